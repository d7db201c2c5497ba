/** A rate as percent with one digit: "12.4 %"; – when there was nothing to reckon it from. */
export function rateText(rate: number | null, locale: string): string {
  if (rate === null) return '–';
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(rate);
}

export type Standing = 'better' | 'worse' | 'same';

/**
 * How a number stands against what the same calls brought on average: better or worse only when its whole interval lies
 * on one side of 1.
 */
export function standingOf(against: { low: number; high: number }): Standing {
  if (against.low > 1) return 'better';
  return against.high < 1 ? 'worse' : 'same';
}

/** 1.18 → "+18 %", 0.7 → "−30 %". */
export function differenceText(ratio: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  }).format(ratio - 1);
}
