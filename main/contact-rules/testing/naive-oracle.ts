import type { Rule } from '#shared/rule-packs/index.ts';
import type { ContactEvent, Facts } from '../engine/index.ts';

/**
 * A second, slow reading of the rules that tests compare the engine with: it asks Intl for the local
 * date of every instant and knows nothing of segments, windows that are left, or next instants.
 */
export interface NaiveCase {
  rules: readonly Rule[];
  facts: Facts;
  events: readonly ContactEvent[];
  number: string;
  debt: string;
  holidays: ReadonlySet<string>;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const fieldCache = new Map<string, LocalFields>();

interface LocalFields {
  /** `YYYY-MM-DD` */
  date: string;
  weekday: 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat';
  /** `HH:MM:SS` */
  time: string;
}

function localFields(zone: string, at: number): LocalFields {
  const key = `${zone} ${at}`;
  const known = fieldCache.get(key);
  if (known) return known;
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(zone, format);
  const [date = '', time = ''] = format.format(at).split(' ');
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const weekday = names[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? 'sun';
  const fields = { date, weekday, time };
  if (fieldCache.size > 500_000) fieldCache.clear();
  fieldCache.set(key, fields);
  return fields;
}

const dayNumber = (date: string) => Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
const localDay = (zone: string, at: number) => dayNumber(localFields(zone, at).date);

/** Whether every rule says yes at one instant. */
export function naiveAllowed(one: NaiveCase, at: number): boolean {
  return one.rules.every(
    (rule) =>
      zonesOf(one.facts, rule, one.number, at).every((zone) => saysYes(one, rule, zone, at)) ||
      consented(one, rule, at),
  );
}

function zonesOf(facts: Facts, rule: Rule, number: string, at: number): string[] {
  if (rule.zoneBasis === 'fixed') return [rule.fixedZone ?? ''];
  const { stated } = facts;
  if (stated && (stated.until === undefined || at < stated.until)) return stated.zones;
  const numbers = Object.values(facts.numbers).flatMap(({ presumedZones }) => presumedZones);
  if (rule.zoneBasis === 'allKnown') return [...facts.residence.zones, ...numbers];
  const presumed = facts.numbers[number];
  if (rule.zoneBasis === 'numberPresumed' && presumed && !presumed.zoneDoubt) {
    if (presumed.presumedZones.length > 0) return presumed.presumedZones;
  }
  return facts.residence.zones;
}

function saysYes(one: NaiveCase, rule: Rule, zone: string, at: number): boolean {
  switch (rule.kind) {
    case 'hours': {
      const { date, weekday, time } = localFields(zone, at);
      const holiday = one.holidays.has(date) && rule.week.holiday !== undefined;
      const windows = rule.week[holiday ? 'holiday' : weekday] ?? [];
      return windows.some(([from, to]) => time >= `${from}:00` && time < `${to}:00`);
    }
    case 'cap': {
      const counted = countable(one, rule.counts, rule.scope, rule.excludeFlags, at).filter(
        (event) => {
          if (rule.window.type === 'rolling') return event.at > at - hours(rule.window.length);
          if (rule.window.type !== 'calendarDays') throw new Error('not in the oracle');
          return localDay(zone, at) - localDay(zone, event.at) < rule.window.days;
        },
      );
      return counted.length < rule.limit;
    }
    case 'cooldown':
      return countable(one, rule.after, rule.scope, [], at, rule.direction === 'out').every(
        (event) => {
          if (rule.length.startsWith('PT')) return at >= event.at + hours(rule.length);
          const days = Number(rule.length.slice(1, -1)) + (rule.firstDayCounts ? 0 : 1);
          return localDay(zone, at) - localDay(zone, event.at) >= days;
        },
      );
    case 'hold':
      return one.facts.holds.every((hold) => {
        if (hold.kind !== rule.holdKind || at < hold.since) return true;
        if (hold.until !== undefined && at >= hold.until) return true;
        if (hold.maxDays === undefined) return false;
        return localDay(zone, at) - localDay(zone, hold.since) > hold.maxDays;
      });
    case 'personalBlock':
      return one.facts.personalBlocks.every((block) => {
        const { weekday, time } = localFields(block.zone ?? zone, at);
        if (!block.days.includes(weekday)) return true;
        return time < `${block.from}:00` || time >= `${block.to}:00`;
      });
    default:
      throw new Error('not in the oracle');
  }
}

const hours = (length: string) => Number(length.slice(2, -1)) * 3_600_000;

function countable(
  { events, number, debt }: NaiveCase,
  kinds: readonly string[],
  scope: readonly string[],
  excluded: readonly string[],
  at: number,
  outOnly = true,
): ContactEvent[] {
  return events.filter(
    (event) =>
      event.at <= at &&
      kinds.includes(event.kind) &&
      (!outOnly || event.direction === 'out') &&
      !(event.flags ?? []).some((flag) => excluded.includes(flag)) &&
      (!scope.includes('debt') || event.debt === undefined || event.debt === debt) &&
      (!scope.includes('number') || event.number === undefined || event.number === number),
  );
}

function consented({ facts, debt, number }: NaiveCase, rule: Rule, at: number): boolean {
  const direct = rule.unless?.find((exception) => exception.type === 'directConsent');
  if (!direct) return false;
  const zones = zonesOf(facts, rule, number, at);
  return facts.consents.some(
    (consent) =>
      at >= consent.at &&
      (consent.until === undefined || at < consent.until) &&
      (consent.debt === undefined || consent.debt === debt) &&
      zones.every((zone) => {
        const days = Math.min(7, consent.lastsDays ?? 7);
        return localDay(zone, at) - localDay(zone, consent.at) < days;
      }),
  );
}
