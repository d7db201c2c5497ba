/** Zones of a country, as the browser's data have them; empty when it knows none. */
export function zonesOfCountry(code: string): string[] {
  const locale = new Intl.Locale(`und-${code}`) as Intl.Locale & {
    getTimeZones?: () => string[] | undefined;
    timeZones?: string[];
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** One zone for each different clock of today and of half a year on: a country's many names for one clock are one choice. */
export function clocksOf(zones: readonly string[], now: number): string[] {
  const halfYearMs = 182 * 86_400_000;
  const seen = new Map<string, string>();
  for (const zone of zones) {
    const clock = [now, now + halfYearMs].map((at) => offsetAt(at, zone)).join(' ');
    if (!seen.has(clock)) seen.set(clock, zone);
  }
  return [...seen.values()];
}

function offsetAt(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    timeZoneName: 'longOffset',
  }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
