import type { ReadDb } from '../../store/types.ts';

const HOUR_MS = 3_600_000;
/** A choice that no attempt followed is forgotten: the door refused, or the debtor was taken. */
const UNUSED_MS = 5_000;

/**
 * How often each number was shown within the last hour: counted from attempts, whoever made them, and from choices whose attempt
 * is being written.
 */
export class HourCap {
  readonly #read: ReadDb;
  /** instants of choices that are not rows yet, by number */
  readonly #chosen = new Map<string, number[]>();
  /** a number that was found full is not asked about again before */
  readonly #fullUntil = new Map<string, { cap: number; until: number }>();

  constructor(read: ReadDb) {
    this.#read = read;
  }

  /** @returns when the number may be shown again; `at`: now */
  freeFrom(e164: string, cap: number | null, at: number): number {
    if (cap === null) return at;
    const full = this.#fullUntil.get(e164);
    if (full && full.until > at && full.cap >= cap) return full.until;
    const chosen = this.#pending(e164, at);
    const started = this.#read.all<{ reservedAt: number }>(
      'SELECT reservedAt FROM attempt WHERE callerId = ? AND reservedAt > ? ORDER BY reservedAt DESC LIMIT ?',
      e164,
      at - HOUR_MS,
      cap,
    );
    if (started.length + chosen < cap) return at;
    const oldest = started[Math.max(0, cap - chosen - 1)] ?? started.at(-1);
    const until = oldest === undefined ? at + UNUSED_MS : oldest.reservedAt + HOUR_MS;
    if (chosen === 0) this.#fullUntil.set(e164, { cap, until });
    return until;
  }

  chose(e164: string, at: number): void {
    this.#chosen.set(e164, [...(this.#chosen.get(e164) ?? []), at]);
  }

  /** The attempt of a choice is a row now. */
  started(e164: string): void {
    this.#chosen.get(e164)?.shift();
  }

  #pending(e164: string, at: number): number {
    const chosen = this.#chosen.get(e164);
    if (chosen === undefined) return 0;
    const open = chosen.filter((chosenAt) => chosenAt > at - UNUSED_MS);
    if (open.length === 0) this.#chosen.delete(e164);
    else this.#chosen.set(e164, open);
    return open.length;
  }
}
