import type { Money } from '#shared/domain/index.ts';

/** Adds amounts up by currency, the largest sum first; currencies are never mixed. */
export function sumMoney(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, number>();
  for (const { amountMinor, currency } of amounts) {
    sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  }
  return [...sums]
    .map(([currency, amountMinor]) => ({ amountMinor, currency }))
    .sort((a, b) => b.amountMinor - a.amountMinor);
}
