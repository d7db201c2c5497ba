import type { Rule } from '#shared/rule-packs/index.ts';
import { dayOfDate, msPerDay } from '../zones/zone.ts';
import type { Interval } from './intervals.ts';

/** A rule may begin or end inside the life of its pack; its days are the widest over all zones. */
export function lifeOf(rule: Rule): Interval {
  const hour = 3_600_000;
  return {
    start: rule.from === undefined ? -Infinity : dayOfDate(rule.from) * msPerDay - 14 * hour,
    end: rule.to === undefined ? Infinity : dayOfDate(rule.to) * msPerDay + 12 * hour,
  };
}
