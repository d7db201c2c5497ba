/** What a day came to. */
export interface DayResult {
  /** talk and wrap-up of the campaign's calls, within the day */
  busyMs: number;
  /** agents' time within the day without absences and other calls */
  staffedMs: number;
  /** answered by a person: connected or abandoned, without machines that an agent found */
  answered: number;
  abandoned: number;
  dials: number;
  takenBack: number;
  /** abandoned among the first 50 answers of the day */
  abandonedOfFirst50: number;
  /** calls at once, at most */
  mostCalls: number;
  /** answers of the pacer that broke a rule: too many lines, or a call taken back that may not be */
  violations: number;
}

export const emptyDay = (): DayResult => ({
  busyMs: 0,
  staffedMs: 0,
  answered: 0,
  abandoned: 0,
  dials: 0,
  takenBack: 0,
  abandonedOfFirst50: 0,
  mostCalls: 0,
  violations: 0,
});

/** Minutes of talk and wrap-up in an hour of an agent who is there. */
export function minutesPerHour(days: readonly DayResult[]): number {
  return (60 * sum(days, 'busyMs')) / Math.max(1, sum(days, 'staffedMs'));
}

/** Abandoned ÷ (connected + abandoned), all days together, in %. */
export function abandonmentPercent(days: readonly DayResult[]): number {
  return (100 * sum(days, 'abandoned')) / Math.max(1, sum(days, 'answered'));
}

/** Share of days with more than `limitPercent` abandoned, 0 to 1. */
export function shareOfDaysAbove(days: readonly DayResult[], limitPercent: number): number {
  const above = days.filter((day) => 100 * day.abandoned > limitPercent * day.answered);
  return above.length / Math.max(1, days.length);
}

/** Standard error of a mean over days; NaN with less than two. */
export function standardError(values: readonly number[]): number {
  const count = values.length;
  if (count < 2) return Number.NaN;
  const mean = values.reduce((total, value) => total + value, 0) / count;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (count - 1) / count);
}

function sum(days: readonly DayResult[], key: keyof DayResult): number {
  return days.reduce((total, day) => total + day[key], 0);
}
