/** Ages of debts as collectors group them: days since the due date, upper bounds included. */
export const ageBuckets = [
  'notDue',
  '1-30',
  '31-60',
  '61-90',
  '91-180',
  '181-365',
  '366+',
] as const;
export type AgeBucket = (typeof ageBuckets)[number];

const BOUNDS: readonly [number, AgeBucket][] = [
  [0, 'notDue'],
  [30, '1-30'],
  [60, '31-60'],
  [90, '61-90'],
  [180, '91-180'],
  [365, '181-365'],
];

/** @param days as from `daysPastDue`: null is not due */
export function ageBucket(days: number | null): AgeBucket {
  return BOUNDS.find(([upTo]) => (days ?? 0) <= upTo)?.[1] ?? '366+';
}
