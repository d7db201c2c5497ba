import { describe, expect, it } from 'vitest';
import { aCard, aDebt, anId } from '../../testing/fixtures.ts';
import { type InterestAnswer, oldestBand, owedOnDay, owedToday } from './card-sums.ts';

const card = aCard();
const part = (
  number: number,
  interestMinor: number | null,
  chargedMinor = 0,
): InterestAnswer['debts'][number] => ({
  debtId: anId(20 + number),
  currency: 'PLN',
  kind: 'statutory',
  from: '2026-09-09',
  to: '2027-01-01',
  interestMinor,
  chargedMinor,
  unknown: null,
  periods: [],
  rates: null,
});

describe('what is owed', () => {
  it('today is what came with the card', () => {
    expect(owedToday(card)).toEqual([
      { currency: 'PLN', balanceMinor: 284_550, runningMinor: 4_310 },
    ]);
  });

  it('on another day has that day’s interest, without what is charged already', () => {
    const [owed] = owedOnDay(card, { debts: [part(0, 5_000, 1_000), part(1, 2_000)] });
    expect(owed).toEqual({ currency: 'PLN', balanceMinor: 284_550, runningMinor: 6_000 });
  });

  it('does not count debts that are settled', () => {
    const [owed] = owedOnDay(card, { debts: [part(0, 5_000), part(2, 99_999)] });
    expect(owed?.runningMinor).toBe(5_000);
  });

  it('is not known when it is not known of one of the debts', () => {
    const [owed] = owedOnDay(card, { debts: [part(0, 5_000), part(1, null)] });
    expect(owed?.runningMinor).toBeNull();
  });
});

describe('the age of a portfolio of debts', () => {
  it('is the worst of the open ones', () => {
    expect(oldestBand(card.debts)).toBe('upTo3Months');
    expect(oldestBand([aDebt(0, { ageBand: 'older', status: 'paid' }), aDebt(1)])).toBe(
      'upTo3Months',
    );
    expect(oldestBand([])).toBeNull();
  });
});
