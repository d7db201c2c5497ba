import { describe, expect, it } from 'vitest';
import { type HourRow, isEmptyRow, rankOf, withRank } from './number-hours.ts';

const row: HourRow = {
  days: 'workdays',
  from: 8,
  to: 17,
  order: ['work', 'mobile', 'home'],
  never: ['other'],
};

describe('the place of a kind of number', () => {
  it('is its turn, last, or never', () => {
    expect(rankOf(row, 'work')).toBe('1');
    expect(rankOf(row, 'home')).toBe('3');
    expect(rankOf(row, 'other')).toBe('never');
    expect(rankOf({ ...row, order: [] }, 'home')).toBe('last');
  });

  it('moves, and the others keep their order', () => {
    expect(withRank(row, 'home', '1').order).toEqual(['home', 'work', 'mobile']);
    expect(withRank(row, 'work', 'last').order).toEqual(['mobile', 'home']);
    expect(withRank(row, 'mobile', 'never')).toMatchObject({
      order: ['work', 'home'],
      never: ['other', 'mobile'],
    });
    expect(withRank(row, 'other', '2')).toMatchObject({
      order: ['work', 'other', 'mobile', 'home'],
      never: [],
    });
  });

  it('is taken once whatever is chosen, so that the contract takes it', () => {
    for (const rank of ['1', '2', '3', '4', 'last', 'never'] as const) {
      const next = withRank(row, 'mobile', rank);
      expect([...next.order, ...next.never].filter((one) => one === 'mobile').length).toBe(
        rank === 'last' ? 0 : 1,
      );
    }
  });
});

describe('hours that are turned round', () => {
  it('cover nothing', () => {
    expect(isEmptyRow(row)).toBe(false);
    expect(isEmptyRow({ ...row, from: 17 })).toBe(true);
  });
});
