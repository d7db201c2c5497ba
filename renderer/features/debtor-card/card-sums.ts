import type { CommandOutput, Debt, DebtorCard } from '#shared/contract/index.ts';

export type InterestAnswer = CommandOutput<'debtor.interest'>;

/** What is owed in one currency on one day. */
export interface OwedOnDay {
  currency: string;
  balanceMinor: number;
  /** runs and is not in the balance; null when it cannot be counted for one of the debts */
  runningMinor: number | null;
}

/** Today's, which came with the card. */
export function owedToday(card: DebtorCard): OwedOnDay[] {
  return card.totalsByComponent.map(({ currency, balanceMinor, interestAccruedMinor }) => ({
    currency,
    balanceMinor,
    runningMinor: interestAccruedMinor,
  }));
}

/** That of another day: the balance as it is, with the interest up to that day. */
export function owedOnDay(card: DebtorCard, answer: InterestAnswer): OwedOnDay[] {
  const open = new Set(
    card.debts.filter((debt) => debt.status === 'open').map((debt) => debt.debtId as string),
  );
  return card.totalsByComponent.map(({ currency, balanceMinor }) => {
    const own = answer.debts.filter(
      (debt) => debt.currency === currency && open.has(debt.debtId as string),
    );
    const parts = own.map(({ interestMinor, chargedMinor }) =>
      interestMinor === null ? null : interestMinor - chargedMinor,
    );
    return { currency, balanceMinor, runningMinor: sumOrNull(parts) };
  });
}

function sumOrNull(parts: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const part of parts) {
    if (part === null) return null;
    sum += part;
  }
  return sum;
}

/** The worst age of what is still open; null when nothing is. */
export function oldestBand(debts: readonly Debt[]): Debt['ageBand'] | null {
  const order = ['older', 'upTo3Months', 'current'] as const;
  const open = debts.filter((debt) => debt.status === 'open');
  return order.find((band) => open.some((debt) => debt.ageBand === band)) ?? null;
}
