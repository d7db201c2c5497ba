import { AnswerBook } from './answer-book.ts';
import { DropWatch, RefusalWatch } from './drop-watch.ts';

/** One ended call, as the number that it showed is judged by it. */
export interface EndedCall {
  /** E.164 */
  shown: string;
  region: string;
  hour: number;
  /** epoch ms */
  at: number;
  answered: boolean;
  /** by a carrier */
  refused: boolean;
}

/** Learns how often numbers are answered, and says when one should rest. */
export class NumberLearner {
  readonly book = new AnswerBook();
  readonly #drops = new DropWatch();
  readonly #refusals = new RefusalWatch();

  /** @returns what the call means for the state of its number */
  learn({ shown, region, hour, at, answered, refused }: EndedCall): {
    type: 'refusedByCarriers' | 'dropped';
  } | null {
    const expected =
      this.book.expectedRate(region, hour, at) * cautious(this.book.overall(shown, at));
    this.book.add({ shown, region, hour, calls: 1, answers: answered ? 1 : 0 }, at);
    const isRefused = this.#refusals.add(shown, refused);
    const hasDropped = this.#drops.add(shown, answered, expected, at);
    if (isRefused) return { type: 'refusedByCarriers' };
    return hasDropped ? { type: 'dropped' } : null;
  }

  /** A number begins anew. */
  forget(shown: string): void {
    this.book.forget(shown);
    this.#drops.forget(shown);
    this.#refusals.forget(shown);
  }
}

/** A number that had luck is not held to it: one standard error less than it is believed to be. */
function cautious({ mean, shape }: { mean: number; shape: number }): number {
  return Math.min(1.5, Math.max(0.3, mean * (1 - 1 / Math.sqrt(shape))));
}
