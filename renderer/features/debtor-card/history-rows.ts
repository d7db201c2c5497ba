import type { Interaction } from '#shared/contract/index.ts';

/** One line of the timeline: the heading of a day, or one thing that happened on it. */
export type HistoryRow =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'item'; key: string; item: Interaction; position: number };

/**
 * Items with a heading wherever the day changes; newest first, as they come.
 * @param dayOf names the calendar day of an instant, e.g. `2026-11-21`
 */
export function historyRows(
  items: readonly Interaction[],
  dayOf: (at: number) => string,
): HistoryRow[] {
  const rows: HistoryRow[] = [];
  let day: string | null = null;
  items.forEach((item, position) => {
    const own = dayOf(item.at);
    if (own !== day) {
      day = own;
      // a day can come twice where clocks of several machines disagreed: the place makes the key unique
      rows.push({ kind: 'day', key: `${own} ${position}`, at: item.at });
    }
    rows.push({ kind: 'item', key: item.interactionId, item, position });
  });
  return rows;
}

/** Index of the last day heading at or above a row; -1 when there is none. */
export function headingAbove(rows: readonly HistoryRow[], index: number): number {
  for (let at = Math.min(index, rows.length - 1); at >= 0; at -= 1) {
    if (rows[at]?.kind === 'day') return at;
  }
  return -1;
}

/** Index of the next item in a direction, past the headings; the same one at either end. */
export function nextItem(rows: readonly HistoryRow[], from: number, step: 1 | -1): number {
  for (let at = from + step; at >= 0 && at < rows.length; at += step) {
    if (rows[at]?.kind === 'item') return at;
  }
  return from;
}

/** Newest rows of the card, then what was fetched beyond them, each once. */
export function mergeHistory(
  newest: readonly Interaction[],
  fetched: readonly Interaction[],
): readonly Interaction[] {
  if (fetched.length === 0) return newest;
  const known = new Set(newest.map((item) => item.interactionId));
  return [...newest, ...fetched.filter((item) => !known.has(item.interactionId))];
}
