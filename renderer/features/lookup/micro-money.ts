/** Prices of look-ups travel in millionths of the currency. */
const microPerUnit = 1_000_000;

/**
 * A price of one look-up or the cost of many: cents for a cost, up to four digits for a price below a cent.
 * @param digits at most; at least two are shown
 */
export function microText(micro: number, currency: string, locale: string, digits = 2): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: Math.max(2, digits),
  }).format(micro / microPerUnit);
}

export const toMicro = (units: number): number => Math.round(units * microPerUnit);
export const fromMicro = (micro: number): number => micro / microPerUnit;
