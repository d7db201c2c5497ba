import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberIndex } from './number-index.ts';

function rowsOf(index: NumberIndex, digits: string): number[] {
  const rows = new Set<number>();
  index.find(digits, (row) => {
    rows.add(row);
    return true;
  });
  return [...rows].sort((one, other) => one - other);
}

const digits = (least: number, most: number) =>
  fc
    .array(fc.constantFrom(...'0012345678'), { minLength: least, maxLength: most })
    .map((each) => each.join(''));

describe('rows by parts of their numbers', () => {
  it('are those whose numbers contain the digits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(30), fc.array(digits(1, 15), { maxLength: 3 })), {
          maxLength: 60,
        }),
        fc.array(digits(3, 15), { minLength: 1 }),
        fc.boolean(),
        (changes, wanted, merged) => {
          const index = new NumberIndex();
          const known = new Map<number, string[]>();
          for (const [row, numbers] of changes) {
            index.set(
              row,
              numbers.map((number) => `+${number}`),
            );
            known.set(row, numbers);
          }
          if (merged) index.merge();
          const parts = [...known.values()]
            .flat()
            .flatMap((each) => [each.slice(-4), each.slice(1, 10)]);
          for (const part of [...wanted, ...parts].filter((each) => each.length >= 3)) {
            const expected = [...known]
              .filter(([, numbers]) => numbers.some((number) => number.includes(part)))
              .map(([row]) => row);
            expect(rowsOf(index, part), part).toEqual(expected.sort((one, other) => one - other));
          }
        },
      ),
    );
  });

  it('are found in every block, and stop when it is enough', () => {
    const index = new NumberIndex();
    for (let row = 0; row < 20_000; row += 1) {
      index.set(row * 20, [`+48${500_000_000 + row * 7_919}`, `+4822${1_000_000 + row}`]);
    }
    const expected = Array.from({ length: 20_000 }, (_, row) => row).filter(
      (row) =>
        `48${500_000_000 + row * 7_919}`.includes('5012') ||
        `4822${1_000_000 + row}`.includes('5012'),
    );
    expect(rowsOf(index, '5012')).toEqual(expected.map((row) => row * 20));
    expect(rowsOf(index, '221019999')).toEqual([399_980]);
    let seen = 0;
    index.find('48', () => {
      seen += 1;
      return seen < 5;
    });
    expect(seen).toBe(5);
  });

  it('pass over what is no number', () => {
    const index = new NumberIndex();
    index.set(0, ['', '+', '12345678901234567', 'abc']);
    index.set(1, ['+48 501-234-567']);
    expect(rowsOf(index, '501234567')).toEqual([1]);
    expect(rowsOf(index, '789012')).toEqual([]);
  });
});
