import { BitSet } from './bit-set.ts';
import {
  addRowsOf,
  emptySegment,
  makeSegment,
  mergeSegments,
  segmentBytes,
  type WordSegment,
} from './word-segment.ts';

/** rows that stand beside until they are a segment: each search looks at every word of them */
const MOST_PENDING = 8_000;
/** so many segments of one size become one of the next: the larger ones are left, merging them would take too long */
const SEGMENTS_OF_A_SIZE = 5;
const LARGEST_MERGED = 60_000;
/** rows that were set again, until all segments are written anew without them */
const MOST_CHANGED = 20_000;

export type WordMatch = 'prefix' | 'exact';

interface SizedSegment {
  segment: WordSegment;
  /** debtors in it */
  size: number;
}

/**
 * Rows by the words they have. New rows stand beside until there are enough for a segment; segments of one size are
 * merged, up to a quarter of a million rows in each. A row that is set again stands beside for longer: segments are
 * never changed, only written anew.
 */
export class WordIndex {
  #segments: SizedSegment[] = [];
  #pending = new Map<number, readonly string[]>();
  /** instead of what segments have for these rows */
  #changed = new Map<number, readonly string[]>();
  #lastRow = -1;

  get bytes(): number {
    return this.#segments.reduce((sum, { segment }) => sum + segmentBytes(segment), 0);
  }

  /** The words of a row, instead of those it had; none when it is gone. */
  set(row: number, words: readonly string[]): void {
    if (row > this.#lastRow || this.#pending.has(row)) {
      this.#lastRow = Math.max(this.#lastRow, row);
      this.#pending.set(row, words);
      if (this.#pending.size >= MOST_PENDING) this.#flush();
      return;
    }
    this.#changed.set(row, words);
    if (this.#changed.size >= MOST_CHANGED) this.#rewrite();
  }

  /** The rows that have a word for each of the given, in any order. */
  match(words: readonly string[], how: WordMatch, size: number): BitSet {
    const found = new BitSet(size);
    words.forEach((word, index) => {
      if (index === 0) this.#addRows(word, how, found);
      else {
        const more = new BitSet(size);
        this.#addRows(word, how, more);
        found.and(more);
      }
    });
    for (const row of this.#changed.keys()) found.delete(row);
    if (words.length === 0) return found;
    for (const beside of [this.#pending, this.#changed]) {
      for (const [row, own] of beside) {
        if (words.every((word) => own.some((each) => fits(each, word, how)))) found.add(row);
      }
    }
    return found;
  }

  #addRows(word: string, how: WordMatch, found: BitSet): void {
    for (const { segment } of this.#segments) addRowsOf(segment, word, how, found);
  }

  #flush(): void {
    this.#segments.push({ segment: makeSegment(this.#pending), size: this.#pending.size });
    this.#pending = new Map();
    for (let last = this.#lastOfOneSize(); last !== null; last = this.#lastOfOneSize()) {
      const merged = this.#segments.splice(-last.length).reduce((one, other) => ({
        segment: mergeSegments(one.segment, other.segment),
        size: one.size + other.size,
      }));
      this.#segments.push(merged);
    }
  }

  /** The newest segments, when there are enough of about one size. */
  #lastOfOneSize(): SizedSegment[] | null {
    const last = this.#segments.slice(-SEGMENTS_OF_A_SIZE);
    const sizes = last.map(({ size }) => size);
    const isFull = last.length === SEGMENTS_OF_A_SIZE && Math.max(...sizes) <= LARGEST_MERGED;
    return isFull && Math.max(...sizes) <= 2 * Math.min(...sizes) ? last : null;
  }

  /** Leaves rows that changed out of all segments, and makes one of them. */
  #rewrite(): void {
    const changed = this.#changed;
    const isGone = (row: number) => changed.has(row);
    this.#segments = this.#segments.map(({ segment, size }) => ({
      segment: mergeSegments(segment, emptySegment(), isGone),
      size,
    }));
    this.#segments.unshift({ segment: makeSegment(changed), size: Infinity });
    this.#changed = new Map();
  }
}

function fits(word: string, wanted: string, how: WordMatch): boolean {
  return how === 'exact' ? word === wanted : word.startsWith(wanted);
}
