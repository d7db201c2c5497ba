import { describe, expect, it } from 'vitest';
import { aCard } from '../../testing/fixtures.ts';
import { promiseNeed, proposePromise, suggestAmounts, suggestDates } from './promise-draft.ts';

describe('suggested amounts', () => {
  it('are the whole, then parts rounded up to tens', () => {
    expect(suggestAmounts(115_250, 2)).toEqual([115_250, 58_000, 39_000, 29_000]);
  });

  it('leave out what is equal or too small', () => {
    expect(suggestAmounts(1_500, 2)).toEqual([1_500, 1_000]);
    expect(suggestAmounts(900, 2)).toEqual([900]);
    expect(suggestAmounts(0, 2)).toEqual([]);
  });

  it('know currencies without a minor unit', () => {
    expect(suggestAmounts(5_005, 0)).toEqual([5_005, 2_510, 1_670, 1_260]);
  });
});

describe('suggested dates', () => {
  const at = (year: number, month: number, day: number) =>
    suggestDates(new Date(year, month - 1, day, 12).getTime()).map(({ kind, dueOn }) => [
      kind,
      dueOn,
    ]);

  it('are days ahead, the end of the month and the next tenth', () => {
    expect(at(2026, 11, 21)).toEqual([
      ['in-days', '2026-11-24'],
      ['in-days', '2026-11-28'],
      ['in-days', '2026-12-05'],
      ['end-of-month', '2026-11-30'],
      ['next-tenth', '2026-12-10'],
    ]);
  });

  it('name each day once and never today', () => {
    expect(at(2026, 11, 30).map(([, dueOn]) => dueOn)).not.toContain('2026-11-30');
    const days = at(2026, 11, 3).map(([, dueOn]) => dueOn);
    expect(new Set(days).size).toBe(days.length);
    expect(days).toContain('2026-11-10');
  });

  it('take the tenth of January in December', () => {
    expect(at(2026, 12, 15)).toContainEqual(['next-tenth', '2027-01-10']);
  });
});

describe('a proposed promise', () => {
  it('is about the oldest open debt and lacks its amount', () => {
    const card = aCard();
    const promise = proposePromise(card, '2026-11-28');
    expect(promise.debtId).toBe(card.debts[0]?.debtId);
    expect(promiseNeed(promise, card, '2026-11-21')).toBe('promise-amount');
  });
});
