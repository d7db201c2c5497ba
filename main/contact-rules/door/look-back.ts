import {
  type CapWindow,
  parseDuration,
  type Rule,
  type RulePack,
} from '#shared/rule-packs/index.ts';
import { msPerDay } from '../zones/zone.ts';

/** `noWeekdayReach` looks back so far, whatever the packs count */
const leastDays = 31;
/** local days have up to 25 h, months 31 days, and a change of zone moves midnight by up to 26 h */
const marginDays = 4;

/** How far back events of every kind may count under any rule of these packs, in ms. */
export function lookBackMs(packs: readonly RulePack[]): number {
  const days = packs.flatMap(({ rules }) => rules.map(daysOf));
  return (Math.max(leastDays, ...days) + marginDays) * msPerDay;
}

function daysOf(rule: Rule): number {
  if (rule.kind === 'cap') return daysOfWindow(rule.window);
  if (rule.kind === 'cooldown') return daysOfLength(rule.length);
  if (rule.kind === 'consent' && rule.askLimit) return daysOfWindow(rule.askLimit.window);
  return 0;
}

function daysOfWindow(window: CapWindow): number {
  if (window.type === 'calendarDays') return window.days;
  if (window.type === 'rolling') return daysOfLength(window.length);
  return { day: 1, week: 7, month: 31 }[window.unit];
}

function daysOfLength(text: string): number {
  const length = parseDuration(text);
  return length.kind === 'days' ? length.days : Math.ceil(length.ms / msPerDay);
}
