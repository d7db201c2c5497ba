import { BitSet } from './bit-set.ts';

/** rows whose words stand beside until they are merged into the base */
const MOST_PENDING = 50_000;

/** Sorted words, each with its rows: one text, and two arrays of numbers. */
interface Base {
  text: string;
  /** where each word begins in the text, and where the last one ends */
  starts: Uint32Array;
  /** where the rows of each word begin in `rows`, and where the last ones end */
  offsets: Uint32Array;
  rows: Uint32Array;
}

export type WordMatch = 'prefix' | 'exact';

/**
 * Rows by the words they have. What is new or changed stands beside the base until it is merged in, so a change costs
 * nothing and a search looks at both.
 */
export class WordIndex {
  #base: Base = {
    text: '',
    starts: new Uint32Array(1),
    offsets: new Uint32Array(1),
    rows: new Uint32Array(0),
  };
  #pending = new Map<number, readonly string[]>();

  get bytes(): number {
    const { text, starts, offsets, rows } = this.#base;
    return text.length + starts.byteLength + offsets.byteLength + rows.byteLength;
  }

  /** The words of a row, instead of those it had; none when it is gone. */
  set(row: number, words: readonly string[]): void {
    this.#pending.set(row, words);
    if (this.#pending.size >= MOST_PENDING) this.merge();
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
    for (const [row, own] of this.#pending) {
      const fits = words.every((word) => own.some((each) => isMatch(each, word, how)));
      if (fits && words.length > 0) found.add(row);
      else found.delete(row);
    }
    return found;
  }

  /** Puts what stands beside into the base. */
  merge(): void {
    const added = byWord(this.#pending);
    const words = [...added.keys()].sort(byCode);
    const base = this.#base;
    const count = base.starts.length - 1;
    const names: string[] = [];
    const offsets: number[] = [0];
    const rows = new Uint32Array(base.rows.length + total(added));
    let filled = 0;
    let next = 0;
    const close = (word: string) => {
      if (filled === offsets.at(-1)) return;
      names.push(word);
      offsets.push(filled);
    };
    const addNew = (word: string) => {
      const more = added.get(word) ?? [];
      rows.set(more, filled);
      filled += more.length;
    };
    for (let index = 0; index < count; index += 1) {
      const word = wordAt(base, index);
      for (; next < words.length; next += 1) {
        const other = words[next] as string;
        if (other >= word) break;
        addNew(other);
        close(other);
      }
      for (let at = base.offsets[index] ?? 0; at < (base.offsets[index + 1] ?? 0); at += 1) {
        const row = base.rows[at] ?? 0;
        if (this.#pending.has(row)) continue;
        rows[filled] = row;
        filled += 1;
      }
      if (words[next] === word) {
        addNew(word);
        next += 1;
      }
      close(word);
    }
    for (; next < words.length; next += 1) {
      addNew(words[next] as string);
      close(words[next] as string);
    }
    this.#base = {
      text: names.join(''),
      starts: startsOf(names),
      offsets: Uint32Array.from(offsets),
      rows: filled === rows.length ? rows : rows.slice(0, filled),
    };
    this.#pending = new Map();
  }

  #addRows(word: string, how: WordMatch, found: BitSet): void {
    const base = this.#base;
    const first = firstFrom(base, word);
    const last = how === 'exact' ? firstAfterExact(base, first, word) : firstBeyond(base, word);
    const end = base.offsets[last] ?? 0;
    for (let at = base.offsets[first] ?? 0; at < end; at += 1) found.add(base.rows[at] ?? 0);
  }
}

function isMatch(word: string, wanted: string, how: WordMatch): boolean {
  return how === 'exact' ? word === wanted : word.startsWith(wanted);
}

function byWord(pending: ReadonlyMap<number, readonly string[]>): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [row, words] of pending) {
    for (const word of words) {
      const rows = found.get(word);
      if (rows) rows.push(row);
      else found.set(word, [row]);
    }
  }
  return found;
}

function total(added: ReadonlyMap<string, readonly number[]>): number {
  let sum = 0;
  for (const rows of added.values()) sum += rows.length;
  return sum;
}

/** The order of JavaScript's own comparison, which looking up uses too. */
function byCode(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function startsOf(words: readonly string[]): Uint32Array {
  const starts = new Uint32Array(words.length + 1);
  words.forEach((word, index) => {
    starts[index + 1] = (starts[index] ?? 0) + word.length;
  });
  return starts;
}

function wordAt({ text, starts }: Base, index: number): string {
  return text.slice(starts[index] ?? 0, starts[index + 1] ?? 0);
}

/** The first word that is not before the given; the number of words when all are. */
function firstFrom(base: Base, word: string): number {
  return halve(base, (each) => each >= word);
}

/** The first word after those that begin with the given. */
function firstBeyond(base: Base, prefix: string): number {
  return halve(base, (each) => each >= prefix && !each.startsWith(prefix));
}

function firstAfterExact(base: Base, first: number, word: string): number {
  return first < base.starts.length - 1 && wordAt(base, first) === word ? first + 1 : first;
}

function halve(base: Base, isBeyond: (word: string) => boolean): number {
  let low = 0;
  let high = base.starts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBeyond(wordAt(base, middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}
