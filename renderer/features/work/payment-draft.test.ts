import { describe, expect, it } from 'vitest';
import { aCard } from '../../testing/fixtures.ts';
import { paymentCurrencies, paymentInput, paymentNeed, proposePayment } from './payment-draft.ts';

const now = new Date(2026, 10, 21, 12).getTime();
const card = aCard();
const draft = { ...proposePayment(card, now), amount: '1 200,50' };

describe('a payment that is being typed', () => {
  it('starts today, in the currency of what is open', () => {
    expect(draft).toMatchObject({ currency: 'PLN', paidOn: '2026-11-21' });
    expect(paymentCurrencies(aCard({ debts: [] }))).toEqual([]);
  });

  it('lacks an amount, a day, or has one that has not come', () => {
    expect(paymentNeed({ ...draft, amount: '' }, '2026-11-21')).toBe('amount');
    expect(paymentNeed({ ...draft, paidOn: '' }, '2026-11-21')).toBe('date');
    expect(paymentNeed({ ...draft, paidOn: '2026-11-22' }, '2026-11-21')).toBe('date-ahead');
    expect(paymentNeed(draft, '2026-11-21')).toBeNull();
  });

  it('sends what was filled in only', () => {
    expect(paymentInput({ ...draft, payer: ' Jan ', debtId: 'd' }, card)).toEqual({
      debtorId: card.debtorId,
      amountMinor: 120_050,
      currency: 'PLN',
      paidOn: '2026-11-21',
      method: 'cash',
      debtIds: ['d'],
      payer: 'Jan',
    });
  });
});
