import type { CampaignScreening } from '#shared/contract/index.ts';

/** When the first of those who may not be called now may be; null when some may now, or no date is in sight. */
export function nextOpening(screening: CampaignScreening, now: number): number | null {
  if (screening.allowedNow > 0) return null;
  const openings = screening.refused
    .map(({ firstAt }) => firstAt)
    .filter((at): at is number => at !== null && at > now);
  return openings.length === 0 ? null : Math.min(...openings);
}

/** "12 %": how much of the list it is. */
export function shareText(part: number, whole: number, locale: string): string | null {
  if (whole === 0) return null;
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(part / whole);
}

/** "12.5 hours"; beyond ten without the fraction. */
export function hoursText(hours: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'hour',
    unitDisplay: 'short',
    maximumFractionDigits: hours < 10 ? 1 : 0,
  }).format(hours);
}
