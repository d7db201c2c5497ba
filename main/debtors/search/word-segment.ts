import type { BitSet } from './bit-set.ts';

/** Sorted words, each with its rows: one text, and three arrays of numbers. Never changed once made. */
export interface WordSegment {
  text: string;
  /** where each word begins in the text, and where the last one ends */
  starts: Uint32Array;
  /** where the rows of each word begin in `rows`, and where the last ones end */
  offsets: Uint32Array;
  rows: Uint32Array;
}

export function segmentBytes({ text, starts, offsets, rows }: WordSegment): number {
  return text.length + starts.byteLength + offsets.byteLength + rows.byteLength;
}

/** Of some rows with their words. */
export function makeSegment(entries: ReadonlyMap<number, readonly string[]>): WordSegment {
  const byWord = new Map<string, number[]>();
  for (const [row, words] of entries) {
    for (const word of words) {
      const rows = byWord.get(word);
      if (rows) rows.push(row);
      else byWord.set(word, [row]);
    }
  }
  const writer = new SegmentWriter();
  // the order of JavaScript's own comparison, which looking up uses too
  for (const word of [...byWord.keys()].sort()) writer.add(word, byWord.get(word) ?? []);
  return writer.finish();
}

/** Two segments as one. @param isGone rows that are left out */
export function mergeSegments(
  one: WordSegment,
  other: WordSegment,
  isGone: (row: number) => boolean = () => false,
): WordSegment {
  const writer = new SegmentWriter(one.rows.length + other.rows.length);
  const [ones, others] = [one.starts.length - 1, other.starts.length - 1];
  let at = 0;
  let otherAt = 0;
  while (at < ones || otherAt < others) {
    const word = at < ones ? wordAt(one, at) : null;
    const otherWord = otherAt < others ? wordAt(other, otherAt) : null;
    const takesOne = otherWord === null || (word !== null && word <= otherWord);
    const takesOther = word === null || (otherWord !== null && otherWord <= word);
    if (takesOne) writer.append(one, at, isGone);
    if (takesOther) writer.append(other, otherAt, isGone);
    writer.close(takesOne ? (word ?? '') : (otherWord ?? ''));
    if (takesOne) at += 1;
    if (takesOther) otherAt += 1;
  }
  return writer.finish();
}

export function emptySegment(): WordSegment {
  return new SegmentWriter().finish();
}

/** Adds the rows of all words that begin so, or of the one that is the same. */
export function addRowsOf(
  segment: WordSegment,
  word: string,
  how: 'prefix' | 'exact',
  found: BitSet,
): void {
  const first = halve(segment, (each) => each >= word);
  const last =
    how === 'prefix'
      ? halve(segment, (each) => each >= word && !each.startsWith(word))
      : first + Number(first < segment.starts.length - 1 && wordAt(segment, first) === word);
  const end = segment.offsets[last] ?? 0;
  for (let at = segment.offsets[first] ?? 0; at < end; at += 1) found.add(segment.rows[at] ?? 0);
}

class SegmentWriter {
  readonly #words: string[] = [];
  readonly #offsets: number[] = [0];
  #rows: Uint32Array;
  #filled = 0;

  constructor(expectedRows = 1_024) {
    this.#rows = new Uint32Array(expectedRows);
  }

  add(word: string, rows: readonly number[]): void {
    this.#makeRoom(rows.length);
    this.#rows.set(rows, this.#filled);
    this.#filled += rows.length;
    this.close(word);
  }

  append(from: WordSegment, index: number, isGone: (row: number) => boolean): void {
    const end = from.offsets[index + 1] ?? 0;
    for (let at = from.offsets[index] ?? 0; at < end; at += 1) {
      const row = from.rows[at] ?? 0;
      if (isGone(row)) continue;
      this.#rows[this.#filled] = row;
      this.#filled += 1;
    }
  }

  /** What was appended since the last one are the rows of this word; a word without rows is left out. */
  close(word: string): void {
    if (this.#filled === this.#offsets.at(-1)) return;
    this.#words.push(word);
    this.#offsets.push(this.#filled);
  }

  finish(): WordSegment {
    const starts = new Uint32Array(this.#words.length + 1);
    this.#words.forEach((word, index) => {
      starts[index + 1] = (starts[index] ?? 0) + word.length;
    });
    return {
      text: this.#words.join(''),
      starts,
      offsets: Uint32Array.from(this.#offsets),
      rows: this.#rows.slice(0, this.#filled),
    };
  }

  #makeRoom(rows: number): void {
    if (this.#filled + rows <= this.#rows.length) return;
    const larger = new Uint32Array(2 * (this.#filled + rows));
    larger.set(this.#rows);
    this.#rows = larger;
  }
}

function wordAt({ text, starts }: WordSegment, index: number): string {
  return text.slice(starts[index] ?? 0, starts[index + 1] ?? 0);
}

/** The first word that is beyond; the number of words when none is. */
function halve(segment: WordSegment, isBeyond: (word: string) => boolean): number {
  let low = 0;
  let high = segment.starts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBeyond(wordAt(segment, middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}
