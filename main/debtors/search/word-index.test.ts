import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordIndex } from './word-index.ts';

function rowsOf(index: WordIndex, words: readonly string[], how: 'prefix' | 'exact', size: number) {
  const rows: number[] = [];
  index.match(words, how, size).forEach((row) => {
    rows.push(row);
  });
  return rows;
}

describe('rows by their words', () => {
  it('are those that a plain look finds, however many came and changed', () => {
    const index = new WordIndex();
    const known: string[][] = [];
    const word = (seed: number) =>
      `${'abc'[seed % 3]}${'xyz'[Math.floor(seed / 3) % 3]}${seed % 977}`;
    const set = (row: number, seed: number) => {
      const words = [...new Set([word(seed), word(seed * 7 + 1)])];
      known[row] = words;
      index.set(row, words);
    };
    for (let row = 0; row < 90_000; row += 1) set(row, row * 13);
    for (let each = 0; each < 21_000; each += 1) set((each * 37) % 90_000, each * 11 + 5);
    for (let row = 90_000; row < 93_000; row += 1) set(row, row);
    for (const [words, how] of [
      [['a'], 'prefix'],
      [['bx', 'c'], 'prefix'],
      [['cz97', 'b'], 'prefix'],
      [['ax9'], 'exact'],
      [['zz'], 'prefix'],
    ] as const) {
      const fits = (each: string, wanted: string) =>
        how === 'exact' ? each === wanted : each.startsWith(wanted);
      const expected = known.flatMap((own, row) =>
        words.every((wanted) => own.some((each) => fits(each, wanted))) ? [row] : [],
      );
      expect(rowsOf(index, words, how, 93_000), words.join()).toEqual(expected);
    }
  });

  it('follow every change, in any order', () => {
    const words = fc.array(fc.constantFrom('ab', 'abc', 'b', 'ż', '小明'), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), words)), (changes) => {
        const index = new WordIndex();
        const known = new Map<number, string[]>();
        for (const [row, own] of changes) {
          index.set(row, own);
          known.set(row, own);
        }
        for (const wanted of ['a', 'ab', 'ż', '小']) {
          const expected = [...known].filter(([, own]) =>
            own.some((each) => each.startsWith(wanted)),
          );
          expect(rowsOf(index, [wanted], 'prefix', 21)).toEqual(
            expected.map(([row]) => row).sort((one, other) => one - other),
          );
        }
      }),
    );
  });
});
