import type { ParsedInput } from '#shared/contract/index.ts';
import { addDays, addMonths } from '../ledger/calendar-date.ts';

export type PlanParts = ParsedInput<'plan.preview'>['parts'];
type EqualParts = Extract<PlanParts, { kind: 'equal' }>;

export interface ScheduledInstalment {
  dueOn: string;
  amountMinor: number;
}

/** More of them are cut off; the check says so. */
export const MOST_INSTALMENTS = 120;

/**
 * The instalments of a plan. Equal ones come every week, two weeks or month, counted from the first date, so that a plan
 * that starts on the 31st has its last day in short months. What does not divide goes to the last one.
 * @returns none when neither count nor amount is given
 */
export function scheduleOf(parts: PlanParts, totalMinor: number): ScheduledInstalment[] {
  if (parts.kind === 'custom') {
    return parts.instalments.map(({ dueOn, amountMinor }) => ({ dueOn, amountMinor }));
  }
  const { downPaymentMinor = 0, firstOn } = parts;
  const down = Math.min(downPaymentMinor, totalMinor);
  const amounts = equalAmounts(parts, totalMinor - down);
  if (amounts.length === 0 && down < totalMinor) return [];
  const first = down > 0 ? [{ dueOn: firstOn, amountMinor: down }] : [];
  const offset = first.length;
  return [
    ...first,
    ...amounts.map((amountMinor, index) => ({
      dueOn: dateOf(parts, index + offset),
      amountMinor,
    })),
  ];
}

function equalAmounts({ count, amountMinor }: EqualParts, totalMinor: number): number[] {
  if (totalMinor <= 0) return [];
  if (amountMinor !== undefined) {
    const number = Math.min(Math.ceil(totalMinor / amountMinor), MOST_INSTALMENTS + 1);
    return Array.from({ length: number }, (_, index) =>
      index === number - 1 ? totalMinor - amountMinor * (number - 1) : amountMinor,
    );
  }
  if (count === undefined) return [];
  const each = Math.floor(totalMinor / count);
  return Array.from({ length: count }, (_, index) =>
    index === count - 1 ? totalMinor - each * (count - 1) : each,
  );
}

function dateOf({ firstOn, every }: EqualParts, index: number): string {
  if (every === 'month') return addMonths(firstOn, index);
  return addDays(firstOn, index * (every === 'week' ? 7 : 14));
}
