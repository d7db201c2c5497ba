import { describe, expect, it } from 'vitest';
import { defaultCampaignSettings, listStrategy, strategyProperty } from '#shared/contract/index.ts';
import { moved } from './moved.ts';
import {
  askable,
  newDays,
  parseMonthDays,
  strategyProperties,
  strengthOf,
} from './strategy-words.ts';

describe('a weight in words', () => {
  it('has three steps each way and none', () => {
    expect([-100, -60, -10, 0, 10, 60, 100].map(strengthOf)).toEqual([
      'far-back',
      'back',
      'bit-back',
      'none',
      'bit-fore',
      'fore',
      'far-fore',
    ]);
  });
});

describe('the strategy', () => {
  it('offers every property that the contract has', () => {
    expect([...strategyProperties].sort()).toEqual([...strategyProperty.options].sort());
  });

  it('reads days of the month out of what is typed', () => {
    expect(parseMonthDays('10, 25 i 10; 42')).toEqual([10, 25]);
    expect(parseMonthDays('')).toEqual([]);
  });

  it('can be asked for while a name is empty', () => {
    const strategy = {
      ...defaultCampaignSettings.strategy,
      priorities: [{ name: ' ', filter: {} }],
      periods: [{ name: '', days: newDays('payDays'), weights: {} }],
    };
    expect(listStrategy.safeParse(strategy).success).toBe(false);
    expect(listStrategy.safeParse(askable(strategy)).success).toBe(true);
  });
});

describe('a member of a list', () => {
  it('moves by one place and stays at the ends', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
  });
});
