import { describe, expect, it } from 'vitest';
import { sumMoney } from './money-sums.ts';

describe('sums of money', () => {
  it('adds up by currency, largest first', () => {
    expect(
      sumMoney([
        { amountMinor: 100, currency: 'PLN' },
        { amountMinor: 900, currency: 'RUB' },
        { amountMinor: 50, currency: 'PLN' },
      ]),
    ).toEqual([
      { amountMinor: 900, currency: 'RUB' },
      { amountMinor: 150, currency: 'PLN' },
    ]);
  });
});
