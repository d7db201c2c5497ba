export const durationUnits = ['second', 'minute', 'hour', 'day'] as const;
export type DurationUnit = (typeof durationUnits)[number];

const unitMs: Record<DurationUnit, number> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

export interface Duration {
  value: number;
  unit: DurationUnit;
}

/** The largest unit in which a duration is a whole number: 7 200 000 → 2 hours, 5 400 000 → 90 minutes. */
export function toDuration(ms: number): Duration {
  const unit = [...durationUnits].reverse().find((one) => ms > 0 && ms % unitMs[one] === 0);
  return unit
    ? { value: ms / unitMs[unit], unit }
    : { value: Math.round(ms / 1000), unit: 'second' };
}

export function toMs({ value, unit }: Duration): number {
  return Math.round(value * unitMs[unit]);
}

/** A duration in words, in the reader's language: "2 hours", "90 минут". */
export function durationText(ms: number, locale: string): string {
  const { value, unit } = toDuration(ms);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** The unit's own name for a number: "hours", "godziny". */
export function unitName(unit: DurationUnit, value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
    .formatToParts(value)
    .filter((part) => part.type === 'unit')
    .map((part) => part.value.trim())
    .join(' ');
}
