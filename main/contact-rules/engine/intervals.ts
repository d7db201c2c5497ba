/** A span of time in which something is in force: `[start, end)`, epoch ms. */
export interface Interval {
  start: number;
  end: number;
}

/** First instant in `[from, limit]` inside one of the intervals. */
export function firstInside(
  intervals: readonly Interval[],
  from: number,
  limit: number,
): number | null {
  let first: number | null = null;
  for (const { start, end } of intervals) {
    const at = Math.max(start, from);
    if (at < end && at <= limit && (first === null || at < first)) first = at;
  }
  return first;
}
