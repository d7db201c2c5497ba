import type { NumberRules } from '#shared/contract/index.ts';
import type { LocalHour } from './debtor-clock.ts';
import { localHour } from './debtor-clock.ts';

/** What a number is: `mobile`, `home`, `work`, `other`. */
export type NumberKind = NumberRules['hours'][number]['order'][number];

type HourRule = NumberRules['hours'][number];

/** Kinds that no rule names stand in this order, after those that it names. */
const COMMON_ORDER: readonly NumberKind[] = ['mobile', 'home', 'work', 'other'];
/** Whatever the table says recurs within a week. */
const LONGEST_WAIT_HOURS = 8 * 24;

/** The first rule of the table that fits an hour; undefined: none, and every kind may be called. */
export function ruleAt(rules: Pick<NumberRules, 'hours'>, moment: LocalHour): HourRule | undefined {
  return rules.hours.find((rule) => fitsDay(rule, moment) && fitsHour(rule, moment.hour));
}

/** @returns the place of a kind in the order of an hour, from 0; null: not called at this hour at all */
export function placeOfKind(rule: HourRule | undefined, kind: string): number | null {
  const known = kindOf(kind);
  if (rule?.never.includes(known)) return null;
  const named = rule?.order.indexOf(known) ?? -1;
  return named >= 0 ? named : (rule?.order.length ?? 0) + COMMON_ORDER.indexOf(known);
}

/**
 * The first instant from `from` on at which the table lets a kind of number be called.
 * @returns epoch ms, or null: at no hour of the week
 */
export function kindAllowedAt(
  rules: Pick<NumberRules, 'hours'>,
  kind: string,
  from: number,
  zone: string,
): number | null {
  let at = from;
  for (let steps = 0; steps < LONGEST_WAIT_HOURS; steps += 1) {
    const moment = localHour(at, zone);
    if (placeOfKind(ruleAt(rules, moment), kind) !== null) return at;
    at = moment.nextHourAt;
  }
  return null;
}

export function kindOf(kind: string): NumberKind {
  return COMMON_ORDER.find((known) => known === kind) ?? 'other';
}

function fitsDay({ days }: HourRule, { weekend }: LocalHour): boolean {
  return days === 'every' || (days === 'weekend') === weekend;
}

/** A rule from a later to an earlier hour goes over midnight. */
function fitsHour({ from, to }: HourRule, hour: number): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}
