import type { NumberRules } from '#shared/contract/index.ts';

export type HourRow = NumberRules['hours'][number];
export const numberKinds = ['mobile', 'home', 'work', 'other'] as const;
export type NumberKind = (typeof numberKinds)[number];
/** `last`: after those that have a place; `never`: not in these hours */
export const ranks = ['1', '2', '3', '4', 'last', 'never'] as const;
export type Rank = (typeof ranks)[number];

/** The place of a kind of number in a row of the table. */
export function rankOf(row: HourRow, kind: NumberKind): Rank {
  if (row.never.includes(kind)) return 'never';
  const place = row.order.indexOf(kind);
  return place === -1 ? 'last' : (String(place + 1) as Rank);
}

/** With a kind at another place: the others keep their order and close up. */
export function withRank(row: HourRow, kind: NumberKind, rank: Rank): HourRow {
  const order = row.order.filter((one) => one !== kind);
  const never = row.never.filter((one) => one !== kind);
  if (rank === 'never') return { ...row, order, never: [...never, kind] };
  if (rank === 'last') return { ...row, order, never };
  const place = Number(rank) - 1;
  return { ...row, never, order: [...order.slice(0, place), kind, ...order.slice(place)] };
}

/** A row whose hours are turned round covers nothing. */
export function isEmptyRow(row: HourRow): boolean {
  return row.from >= row.to;
}

/** What a new row begins with: evenings of workdays, mobile first. */
export const newHourRow: HourRow = {
  days: 'workdays',
  from: 17,
  to: 20,
  order: ['mobile', 'home'],
  never: [],
};
