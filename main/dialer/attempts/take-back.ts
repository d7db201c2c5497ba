import type { Clock } from '#shared/util/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { contactMarks, marksMayHaveChanged, newestChange } from './contact-marks.ts';

/** A call that nobody has answered yet, as far as its permission is concerned. */
export interface UnansweredCall {
  callId: string;
  debtorId: string | null;
  number: string;
  reservationId: string | null;
  /** `contactMarks` as they were when the door last said yes */
  marks: string;
}

export interface TakeBackOptions {
  read: ReadDb;
  clock: Clock;
  /** calls that may still be taken back */
  unanswered(): readonly UnansweredCall[];
  /** whether the door would still say yes to a contact that it gave, which counts already */
  stillAllowed(reservationId: string): boolean;
  takeBack(callId: string): void;
  log(message: string, details?: Record<string, unknown>): void;
}

/** A wish not to be called reaches the far end well within 100 ms: two looks, a decision and a durable row. */
const LOOK_EVERY_MS = 20;

/**
 * Takes calls back that ring while somebody says that they may not be made: by hand, in an import, in a merge, for many at
 * once. It follows the log of changes, in which every write leaves its trace, so that nobody has to announce anything.
 * Runs only while a call is unanswered, and asks the door only about debtors of whom something was written.
 */
export class TakeBack {
  readonly #options: TakeBackOptions;
  #seq = 0;
  #cancelLook: (() => void) | null = null;

  constructor(options: TakeBackOptions) {
    this.#options = options;
  }

  /** A call was reserved: what was written since its decision is looked at first. */
  watch(): void {
    // From the beginning: what came between its decision and now is told by the marks that the decision left.
    this.#seq = 0;
    if (this.#cancelLook === null) this.#lookSoon();
  }

  #lookSoon(): void {
    this.#cancelLook = this.#options.clock.setTimer(LOOK_EVERY_MS, () => {
      this.#cancelLook = null;
      const calls = this.#options.unanswered();
      if (calls.length === 0) return;
      this.#lookSoon();
      this.#look(calls);
    });
  }

  #look(calls: readonly UnansweredCall[]): void {
    const { read } = this.#options;
    const newest = newestChange(read);
    const since = this.#seq;
    if (newest === since) return;
    this.#seq = newest;
    if (since !== 0 && !marksMayHaveChanged(read, since)) return;
    for (const call of calls) this.#guard(() => this.#ask(call));
  }

  #ask(call: UnansweredCall): void {
    const { read, stillAllowed, takeBack } = this.#options;
    const marks = contactMarks(read, call.debtorId, call.number);
    if (marks === call.marks) return;
    call.marks = marks;
    if (call.reservationId === null || stillAllowed(call.reservationId)) return;
    takeBack(call.callId);
  }

  /** One that ends in this very moment has no reservation any more: the others are asked all the same. */
  #guard(ask: () => void): void {
    try {
      ask();
    } catch (error) {
      this.#options.log('take back', { error: String(error) });
    }
  }
}
