import { describe, expect, it } from 'vitest';
import {
  countOf,
  isMarked,
  type Marks,
  markState,
  mostMarks,
  noMarks,
  withMarks,
} from './marks.ts';

const some = (...ids: string[]): Marks => ({ kind: 'some', ids: new Set(ids) });
const all: Marks = { kind: 'all' };

describe('marked debtors', () => {
  it('are those that were marked', () => {
    const marks = withMarks(noMarks, ['a', 'b'], true, []);
    expect(isMarked(marks, 'a')).toBe(true);
    expect(isMarked(marks, 'c')).toBe(false);
    expect(countOf(withMarks(marks, ['a'], false, []), 9)).toBe(1);
  });

  it('can be all that the filter finds, loaded or not', () => {
    expect(isMarked(all, 'never loaded')).toBe(true);
    expect(countOf(all, 12_340)).toBe(12_340);
    expect(withMarks(all, ['a'], true, ['a'])).toBe(all);
  });

  it('are the loaded ones without it, when one of all is unmarked', () => {
    expect(withMarks(all, ['b'], false, ['a', 'b', 'c'])).toEqual(some('a', 'c'));
  });

  it('say whether they are none, some or all', () => {
    expect(markState(noMarks, 0)).toBe('none');
    expect(markState(some('a'), 2)).toBe('some');
    expect(markState(some('a', 'b'), 2)).toBe('all');
    expect(markState(all, 2)).toBe('all');
  });

  it('are no more one by one than a command takes', () => {
    const many = Array.from({ length: mostMarks + 5 }, (_, index) => `d${index}`);
    expect(countOf(withMarks(noMarks, many, true, []), 1_000_000)).toBe(mostMarks);
  });
});
