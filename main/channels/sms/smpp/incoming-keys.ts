import { createHash } from 'node:crypto';
import type { Clock } from '#shared/util/index.ts';
import type { Pdu } from './wire/index.ts';

/** One connection; only told apart from others. */
type Connection = object;

interface Taken {
  digest: string;
  key: string;
  /** the connection that it came by; null: one of an earlier life */
  connection: Connection | null;
  /** when our acknowledgement was written, on the monotonic clock */
  acknowledgedAtMs: number | null;
  /** epoch ms; null: stays until it is certain that it does not come again */
  expiresAt: number | null;
}

/** After a new bind, or after a late acknowledgement, an SMSC delivers again within this. */
const redeliveredWithinMs = 15 * 60_000;
/** An SMSC that waits less for an acknowledgement than this is not known. */
const promptWithinMs = 5_000;
const maxTaken = 2_000;

/**
 * Names for messages from phones. deliver_sm carries no id in SMPP 3.4, so that the same message delivered twice cannot be
 * told from somebody who wrote the same twice by content alone. What tells them apart is our acknowledgement: until it is
 * certain that the SMSC read it, the same content is the same message; from then on, it is a new one. It is certain once the
 * SMSC answered a request that we wrote after it. What is not certain is kept over restarts.
 */
export class IncomingKeys {
  #clock: Clock;
  #taken: Taken[] = [];
  #made = 0;

  /** @param kept as `kept` gave it; null at first */
  constructor(clock: Clock, kept: string | null) {
    this.#clock = clock;
    this.#taken = readKept(kept);
  }

  /** @returns `isNew`: `kept` is to be made durable before the message is */
  keyFor(digest: string, connection: Connection): { key: string; isNew: boolean } {
    this.#forgetExpired();
    const again = this.#taken.find((taken) => taken.digest === digest);
    if (again !== undefined) {
      again.connection = connection;
      again.acknowledgedAtMs = null;
      return { key: again.key, isNew: false };
    }
    this.#made += 1;
    const key = `${digest}.${this.#clock.now().toString(36)}.${this.#made.toString(36)}`;
    const fresh = { digest, key, connection, acknowledgedAtMs: null, expiresAt: null };
    this.#taken.push(fresh);
    if (this.#taken.length > maxTaken) this.#taken.shift();
    return { key, isNew: true };
  }

  /** Our answer to it was written. */
  acknowledged(key: string, connection: Connection, arrivedAtMs: number): void {
    const taken = this.#taken.find((other) => other.key === key);
    if (taken === undefined || taken.connection !== connection) return;
    taken.acknowledgedAtMs = this.#clock.monotonic();
    if (taken.acknowledgedAtMs - arrivedAtMs > promptWithinMs) {
      taken.expiresAt = this.#clock.now() + redeliveredWithinMs;
    }
  }

  /** A request written then on this connection is answered: so the SMSC read all that was written before. */
  heard(connection: Connection, writtenAtMs: number): void {
    if (this.#taken.length === 0) return;
    this.#taken = this.#taken.filter(
      (taken) =>
        taken.connection !== connection ||
        taken.expiresAt !== null ||
        taken.acknowledgedAtMs === null ||
        taken.acknowledgedAtMs >= writtenAtMs,
    );
  }

  /** A new connection is bound: what an earlier one left open comes soon, or not at all. */
  bound(connection: Connection): void {
    const expiresAt = this.#clock.now() + redeliveredWithinMs;
    for (const taken of this.#taken) {
      if (taken.connection !== connection) taken.expiresAt ??= expiresAt;
    }
  }

  /** What is not certain yet, to be kept over a restart: digests, no text and no number. */
  kept(): string {
    return JSON.stringify(this.#taken.map(({ digest, key }) => [digest, key]));
  }

  #forgetExpired(): void {
    const now = this.#clock.now();
    if (!this.#taken.some(({ expiresAt }) => expiresAt !== null && expiresAt <= now)) return;
    this.#taken = this.#taken.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
  }
}

/** The same for the same message, however often it comes. */
export function digestOf({ fields, tlvs }: Pdu): string {
  const hash = createHash('sha256');
  const texts = [
    fields.source_addr,
    fields.destination_addr,
    fields.data_coding,
    // a second delivery may be marked as one, without a change of the rest
    (fields.esm_class ?? 0) & 0x40,
    tlvs.receipted_message_id,
    tlvs.user_message_reference,
    tlvs.sar_msg_ref_num,
    tlvs.sar_segment_seqnum,
  ];
  hash.update(JSON.stringify(texts));
  hash.update(fields.short_message ?? '');
  hash.update(tlvs.message_payload ?? '');
  return hash.digest('base64url').slice(0, 27);
}

function readKept(kept: string | null): Taken[] {
  if (kept === null) return [];
  try {
    const pairs: unknown = JSON.parse(kept);
    if (!Array.isArray(pairs)) return [];
    return pairs.map(([digest, key]) => ({
      digest: String(digest),
      key: String(key),
      connection: null,
      acknowledgedAtMs: null,
      expiresAt: null,
    }));
  } catch {
    // a cursor that cannot be read is as none: at worst a message is shown twice
    return [];
  }
}
