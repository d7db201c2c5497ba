import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AllocatedPart, allocate, LAWFUL_ORDER, type OwedDebt } from './allocation.ts';
import { openingOf, openOf, owedOf } from './open-amounts.ts';

const debt = (
  debtId: string,
  dueOn: string | null,
  fees: number,
  interest: number,
  principal: number,
): OwedDebt => ({
  debtId,
  dueOn,
  owed: { fees, interest, principal },
});
const shown = (parts: readonly AllocatedPart[]) =>
  parts.map((part) => `${part.debtId} ${part.component} ${part.amountMinor}`);

describe('allocating a payment', () => {
  const debts = [
    debt('new', '2024-02-01', 10, 20, 300),
    debt('old', '2023-01-01', 5, 6, 100),
    debt('dateless', null, 0, 0, 50),
  ];

  it('by law covers what is due beside the principal first, of the oldest debt first', () => {
    const { parts, restMinor } = allocate(130, debts, LAWFUL_ORDER);
    expect(shown(parts)).toEqual([
      'old fees 5',
      'old interest 6',
      'old principal 100',
      'new fees 10',
      'new interest 9',
    ]);
    expect(restMinor).toBe(0);
  });

  it('covers the debts that were named first, in their order', () => {
    expect(shown(allocate(60, debts, LAWFUL_ORDER, ['dateless', 'new']).parts)).toEqual([
      'dateless principal 50',
      'new fees 10',
    ]);
  });

  it('goes by the order of the firm', () => {
    const order = {
      components: ['principal', 'interest', 'fees'],
      debts: 'smallestFirst',
      across: 'componentsFirst',
    } as const;
    expect(
      shown(allocate(475, debts, { ...order, components: [...order.components] }).parts),
    ).toEqual([
      'dateless principal 50',
      'old principal 100',
      'new principal 300',
      'old interest 6',
      'new interest 19',
    ]);
  });

  it('leaves over what nobody owes', () => {
    expect(allocate(1_000, debts, LAWFUL_ORDER).restMinor).toBe(1_000 - 491);
  });

  it('never takes more than there is or than is owed', () => {
    const minor = fc.nat({ max: 1_000 });
    const owing = fc.array(fc.tuple(minor, minor, minor), { maxLength: 5 });
    fc.assert(
      fc.property(fc.nat({ max: 8_000 }), owing, (amountMinor, rows) => {
        const owed = rows.map(([fees, interest, principal], index) =>
          debt(`d${index}`, null, fees, interest, principal),
        );
        const { parts, restMinor } = allocate(amountMinor, owed, LAWFUL_ORDER);
        const sum = parts.reduce((total, part) => total + part.amountMinor, 0);
        expect(sum + restMinor).toBe(amountMinor);
        for (const part of parts) {
          expect(part.amountMinor).toBeGreaterThan(0);
          expect(part.amountMinor).toBeLessThanOrEqual(
            owed.find((each) => each.debtId === part.debtId)!.owed[part.component],
          );
        }
        if (restMinor > 0) expect(sum).toBe(rows.flat().reduce((total, each) => total + each, 0));
      }),
    );
  });
});

describe('what of a balance is what', () => {
  const columns = {
    principalMinor: 1_000,
    interestMinor: 200,
    feesMinor: 50,
    paidMinor: 300,
    balanceMinor: 950,
  };

  it('takes what was paid before by the order in force', () => {
    expect(openingOf(columns, 0, LAWFUL_ORDER)).toEqual({ fees: 0, interest: 0, principal: 950 });
  });

  it('shows an overpaid debt in its principal, and a balance above its parts in the fees', () => {
    expect(openingOf({ ...columns, balanceMinor: -10 }, 0, LAWFUL_ORDER)).toEqual({
      fees: 0,
      interest: 0,
      principal: -10,
    });
    expect(openingOf({ ...columns, balanceMinor: 1_300 }, 0, LAWFUL_ORDER)).toEqual({
      fees: 100,
      interest: 200,
      principal: 1_000,
    });
  });

  it('adds up to the balance, and owes nothing below zero', () => {
    const minor = fc.integer({ min: 0, max: 5_000 });
    const signed = fc.integer({ min: -5_000, max: 5_000 });
    fc.assert(
      fc.property(
        minor,
        minor,
        minor,
        minor,
        signed,
        signed,
        signed,
        (principalMinor, interestMinor, feesMinor, paidMinor, principal, interest, fees) => {
          const entries = { principal, interest, fees };
          const total = principal + interest + fees;
          const balanceMinor = principalMinor + interestMinor + feesMinor - paidMinor + total;
          const opening = openingOf(
            { principalMinor, interestMinor, feesMinor, paidMinor, balanceMinor },
            total,
            LAWFUL_ORDER,
          );
          const open = openOf(opening, entries);
          expect(open.principal + open.interest + open.fees).toBe(balanceMinor);
          const owed = owedOf(open, LAWFUL_ORDER.components);
          expect(Math.min(owed.principal, owed.interest, owed.fees)).toBeGreaterThanOrEqual(0);
          expect(owed.principal + owed.interest + owed.fees).toBe(Math.max(0, balanceMinor));
        },
      ),
    );
  });
});
