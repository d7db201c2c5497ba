import { AppError } from '#shared/errors/index.ts';

/** A length of time as the law states it: whole local calendar days, or hours on a clock. */
export type Duration = { kind: 'days'; days: number } | { kind: 'clock'; ms: number };

const calendarDays = /^P(?:(\d+)W)?(?:(\d+)D)?$/;
const clockTime = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/;
const anyLength =
  /^P(?!$)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/;

/** Whether `text` is an ISO 8601 duration of any units (retention periods use years). */
export function isIsoDuration(text: string): boolean {
  return anyLength.test(text);
}

/** Whether `text` is `PnD`/`PnW` (calendar days) or `PTnHnMnS` (clock time): what a window can be. */
export function isWindowDuration(text: string): boolean {
  return isIsoDuration(text) && (calendarDays.test(text) || clockTime.test(text));
}

/**
 * Reads a window duration.
 * @throws AppError `contact-rules.bad-pack` for units that are neither days nor clock time
 */
export function parseDuration(text: string): Duration {
  const days = calendarDays.exec(text);
  if (days && isIsoDuration(text)) {
    return { kind: 'days', days: 7 * Number(days[1] ?? 0) + Number(days[2] ?? 0) };
  }
  const clock = clockTime.exec(text);
  if (clock && isIsoDuration(text)) {
    const [hours, minutes, seconds] = [clock[1], clock[2], clock[3]].map((part) =>
      Number(part ?? 0),
    );
    return {
      kind: 'clock',
      ms: ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000,
    };
  }
  throw new AppError('contact-rules.bad-pack', `not a length in days or clock time: ${text}`);
}
