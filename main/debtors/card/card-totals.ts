import type { Money } from '#shared/domain/index.ts';
import type { CardDebt } from './card-debts.ts';

/** What is open, added up for each currency, in the order of currency codes. */
export function totalsOf(debts: readonly CardDebt[]): Money[] {
  const totals = new Map<string, number>();
  for (const { status, currency, balanceMinor } of debts) {
    if (status !== 'open') continue;
    totals.set(currency, (totals.get(currency) ?? 0) + balanceMinor);
  }
  return [...totals]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, amountMinor]) => ({ amountMinor, currency }));
}

/** Of open debts; null when none is past its date. */
export function oldestDaysPastDue(debts: readonly CardDebt[]): number | null {
  const days = debts.filter((debt) => debt.status === 'open').map((debt) => debt.daysPastDue ?? 0);
  const oldest = Math.max(0, ...days);
  return oldest > 0 ? oldest : null;
}
