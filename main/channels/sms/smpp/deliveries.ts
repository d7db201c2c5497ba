import type { AdapterParts, GatewayEvent } from '../../types.ts';
import { digestOf, type IncomingKeys } from './incoming-keys.ts';
import { readIncoming } from './read-deliver.ts';
import { deliverKind } from './receipt.ts';
import { commandStatus, type Pdu, type SmppWire } from './wire/index.ts';

export interface DeliveriesParts {
  adapter: Pick<AdapterParts<'smpp'>, 'clock' | 'cursors' | 'events' | 'log' | 'settings'>;
  keys: IncomingKeys;
  /** null: it says nothing that concerns a message of ours */
  readReceipt(pdu: Pdu): GatewayEvent | null;
}

interface Delivered {
  pdu: Pdu;
  wire: SmppWire;
  arrivedAtMs: number;
}

interface Batched extends Delivered {
  event: GatewayEvent;
  key: string | null;
}

const maxBatch = 500;
/** From here on the SMSC is read no further, until half of it is stored. */
const maxWaiting = 2_000;
/** the name of the cursor */
export const incomingCursor = 'incoming';

/**
 * What the SMSC delivers, stored in batches as large as what came during the last one, and acknowledged only then. What
 * cannot be stored is refused for now, so that it comes again.
 */
export class Deliveries {
  #parts: DeliveriesParts;
  #waiting: Delivered[] = [];
  #paused = new Set<SmppWire>();
  #running = false;
  #closed = false;

  constructor(parts: DeliveriesParts) {
    this.#parts = parts;
  }

  take(pdu: Pdu, wire: SmppWire): void {
    if (this.#closed) return;
    this.#waiting.push({ pdu, wire, arrivedAtMs: this.#parts.adapter.clock.monotonic() });
    if (this.#waiting.length >= maxWaiting && !this.#paused.has(wire)) {
      this.#paused.add(wire);
      wire.pause();
    }
    if (!this.#running) void this.#run();
  }

  /** Nothing is told from now on; what waits is not acknowledged, and so delivered again. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  async #run(): Promise<void> {
    this.#running = true;
    // what arrived in one piece is stored in one, and behind the answers that came before it
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0 && !this.#closed) {
      await this.#store(this.#waiting.splice(0, maxBatch));
      if (this.#waiting.length < maxWaiting / 2) this.#resume();
    }
    this.#running = false;
  }

  #resume(): void {
    for (const wire of this.#paused) wire.resume();
    this.#paused.clear();
  }

  async #store(delivered: readonly Delivered[]): Promise<void> {
    const batch: Batched[] = [];
    let isNew = false;
    for (const one of delivered) {
      const kind = deliverKind(one.pdu);
      if (kind === 'message') {
        const named = this.#parts.keys.keyFor(digestOf(one.pdu), one.wire);
        isNew ||= named.isNew;
        const alphabet = this.#parts.adapter.settings.defaultAlphabet;
        batch.push({ ...one, key: named.key, event: readIncoming(one.pdu, named.key, alphabet) });
        continue;
      }
      const event = kind === 'receipt' ? this.#parts.readReceipt(one.pdu) : null;
      if (event === null) this.#acknowledge({ ...one, key: null }, commandStatus.ok);
      else batch.push({ ...one, key: null, event });
    }
    if (batch.length === 0) return;
    if (isNew && !(await this.#keepKeys())) return this.#refuse(batch);
    await this.#storeBatch(batch);
  }

  async #keepKeys(): Promise<boolean> {
    try {
      await this.#parts.adapter.cursors.write(incomingCursor, this.#parts.keys.kept());
      return true;
    } catch (error) {
      this.#logRefusal(error);
      return false;
    }
  }

  async #storeBatch(batch: readonly Batched[]): Promise<void> {
    try {
      await this.#parts.adapter.events(batch.map(({ event }) => event));
    } catch (error) {
      if (batch.length === 1) {
        this.#logRefusal(error);
        return this.#refuse(batch);
      }
      // one that cannot be stored does not hold up the others
      for (const one of batch) await this.#storeBatch([one]);
      return;
    }
    for (const one of batch) this.#acknowledge(one, commandStatus.ok);
  }

  #refuse(batch: readonly Batched[]): void {
    for (const one of batch) this.#acknowledge(one, commandStatus.temporaryError);
  }

  #acknowledge(
    { pdu, wire, key, arrivedAtMs }: Delivered & { key: string | null },
    status: number,
  ) {
    if (this.#closed) return;
    wire.reply(pdu, status);
    if (key !== null && status === commandStatus.ok) {
      this.#parts.keys.acknowledged(key, wire, arrivedAtMs);
    }
  }

  #logRefusal(error: unknown): void {
    this.#parts.adapter.log('what the SMSC delivered could not be stored', {
      error: String(error),
    });
  }
}
