import type { Clock } from '#shared/util/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { inPieces } from '../in-pieces/index.ts';
import { type Against, type Counts, comparing, countsSince, shownSince } from './tally-rows.ts';

export interface MonthFigures {
  days30: ReadonlyMap<string, Counts>;
  against: ReadonlyMap<string, Against>;
}

const FRESH_MS = 60_000;

/** What thirty days brought with each number: added up in pieces, and at most once a minute however often it is looked at. */
export class PastMonth {
  readonly #read: ReadDb;
  readonly #clock: Clock;
  #last: { at: number; e164s: string; figures: Promise<MonthFigures> } | null = null;

  constructor(read: ReadDb, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  /** @param e164s all numbers that the firm has */
  of(e164s: readonly string[]): Promise<MonthFigures> {
    const at = this.#clock.now();
    const key = e164s.join();
    const last = this.#last;
    if (last && last.e164s === key && at >= last.at && at - last.at < FRESH_MS) return last.figures;
    const figures = inPieces(adding(this.#read, e164s, at));
    const made = { at, e164s: key, figures };
    this.#last = made;
    figures.catch(() => {
      if (this.#last === made) this.#last = null;
    });
    return figures;
  }
}

function* adding(
  read: ReadDb,
  e164s: readonly string[],
  now: number,
): Generator<void, MonthFigures> {
  const days30 = new Map<string, Counts>();
  for (const e164 of e164s) {
    days30.set(e164, countsSince(read, e164, shownSince(now)));
    yield;
  }
  return { days30, against: yield* comparing(read, now) };
}
