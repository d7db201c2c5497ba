import { describe, expect, it } from 'vitest';
import { aCard } from '../../testing/fixtures.ts';
import {
  nextDayOfMonth,
  planInput,
  proposePlan,
  rowsOf,
  withNextRow,
  withRestInLast,
} from './plan-draft.ts';

const now = new Date(2026, 10, 21, 12).getTime();
const card = aCard();
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('a plan that is being built', () => {
  it('starts with all open debts in six months', () => {
    const { input } = planInput(proposePlan(card, now), card);
    expect(input).toMatchObject({
      debtIds: [card.debts[0]?.debtId, card.debts[1]?.debtId],
      currency: 'PLN',
      parts: { kind: 'equal', count: 6, every: 'month', firstOn: '2026-12-05' },
    });
    expect(input?.parts).not.toHaveProperty('amountMinor');
  });

  it.each([
    [{ debtIds: [] }, 'debts'],
    [{ count: '0' }, 'count'],
    [{ count: '2.5' }, 'count'],
    [{ by: 'amount', amount: 'much' } as const, 'amount'],
    [{ downPayment: 'x' }, 'down-payment'],
    [{ firstOn: '' }, 'first-on'],
    [{ mode: 'custom', rows: [] } as const, 'rows'],
    [{ mode: 'custom', rows: [{ dueOn: '2026-12-01', amount: '' }] } as const, 'rows'],
  ])('with %j lacks %s', (part, need) => {
    expect(planInput({ ...proposePlan(card, now), ...part }, card)).toEqual({ input: null, need });
  });

  it('asks by the amount, with a first payment of its own', () => {
    const draft = {
      ...proposePlan(card, now),
      by: 'amount',
      amount: '200',
      downPayment: '500,00',
    } as const;
    expect(planInput(draft, card).input?.parts).toEqual({
      kind: 'equal',
      firstOn: '2026-12-05',
      every: 'month',
      amountMinor: 20_000,
      downPaymentMinor: 50_000,
    });
  });
});

describe('instalments one by one', () => {
  const rows = [
    { dueOn: '2026-12-31', amount: '100' },
    { dueOn: '2027-01-31', amount: '100' },
  ];

  it('go on a month later, at the end of a shorter month if need be', () => {
    expect(withNextRow(rows, now).at(-1)).toEqual({ dueOn: '2027-02-28', amount: '100' });
    expect(withNextRow([], now)).toEqual([{ dueOn: '2026-12-05', amount: '' }]);
  });

  it('leave the rest to the last one', () => {
    expect(plain(withRestInLast(rows, 284_550, 'PLN', 'pl')[1]?.amount ?? '')).toBe('2745,50');
    expect(withRestInLast(rows, 9_000, 'PLN', 'pl')).toEqual(rows);
  });

  it('start from what was computed', () => {
    const preview = {
      instalments: [{ position: 0, dueOn: '2026-12-05', amountMinor: 47_425, restMinor: 0 }],
      totalMinor: 47_425,
      owedMinor: 47_425,
      problems: [],
    };
    expect(rowsOf(preview, 'PLN', 'pl')).toEqual([{ dueOn: '2026-12-05', amount: '474,25' }]);
  });
});

describe('a day of the month', () => {
  it.each([
    [10, '2026-12-10'],
    [28, '2026-11-28'],
    [21, '2026-12-21'],
    [31, '2026-11-30'],
  ])('%i is next on %s', (day, date) => {
    expect(nextDayOfMonth(day, now)).toBe(date);
  });
});
