import type { Rule, RuleException, RuleOf } from '#shared/rule-packs/index.ts';
import type { ConsentFact, ContactEvent, EngineRequest, Facts } from '../engine/index.ts';
import { localDay, localFields } from './naive-clock.ts';

/**
 * A second, slow reading of the rules that tests compare the engine with: it asks Intl for the local
 * date of every instant and knows nothing of segments, windows that are left, or next instants.
 */
export interface NaiveCase {
  rules: readonly Rule[];
  facts: Facts;
  events: readonly ContactEvent[];
  request: Omit<EngineRequest, 'at'>;
  holidays: ReadonlySet<string>;
}

/** Whether every rule that concerns the contact says yes at one instant, or is lifted. */
export function naiveAllowed(one: NaiveCase, at: number): boolean {
  return one.rules.every(
    (rule) =>
      !concerns(one, rule, at) ||
      saysYes(one, rule, at) ||
      (rule.unless ?? []).some((exception) => lifts(one, rule, exception, at)),
  );
}

function concerns({ request }: NaiveCase, rule: Rule, at: number): boolean {
  if (rule.from !== undefined && at < Date.parse(`${rule.from}T00:00:00+14:00`)) return false;
  if (rule.to !== undefined && at >= Date.parse(`${rule.to}T00:00:00-12:00`)) return false;
  if (!rule.channels.includes(request.channel)) return false;
  if (rule.targets && !rule.targets.includes(request.target)) return false;
  const byNumber =
    (rule.kind === 'cap' || rule.kind === 'cooldown') && rule.scope.includes('number');
  return !byNumber || request.number !== undefined;
}

function zonesOf({ facts, request }: NaiveCase, rule: Rule, at: number): string[] {
  if (rule.zoneBasis === 'fixed') return [rule.fixedZone ?? ''];
  const { stated } = facts;
  if (stated && (stated.until === undefined || at < stated.until)) return stated.zones;
  const numbers = Object.values(facts.numbers).flatMap(({ presumedZones }) => presumedZones);
  if (rule.zoneBasis === 'allKnown') return [...facts.residence.zones, ...numbers];
  const presumed = request.number === undefined ? undefined : facts.numbers[request.number];
  if (rule.zoneBasis === 'numberPresumed' && presumed && !presumed.zoneDoubt) {
    if (presumed.presumedZones.length > 0) return presumed.presumedZones;
  }
  return facts.residence.zones;
}

function saysYes(one: NaiveCase, rule: Rule, at: number): boolean {
  const { facts, request } = one;
  const zones = zonesOf(one, rule, at);
  switch (rule.kind) {
    case 'hours':
      return zones.every((zone) => isOpen(one, rule, zone, at));
    case 'cap':
      return zones.every((zone) => hasRoom(one, rule, zone, at));
    case 'cooldown':
      return zones.every((zone) => isOver(one, rule, zone, at));
    case 'hold':
      return zones.every((zone) => isFree(one, rule, zone, at));
    case 'personalBlock':
      return zones.every((zone) => isConvenient(one, zone, at));
    case 'consent': {
      const { askLimit } = rule;
      if (consented(one, rule, at, rule.consentKind, rule.scope, rule.validFor)) return true;
      if (!askLimit || !facts.flags.includes('askingConsent')) return false;
      if (askLimit.scope.includes('number') && request.number === undefined) return false;
      return zones.every((zone) => hasRoom(one, askLimit, zone, at));
    }
    case 'firstNotice':
      return (facts.notices ?? []).some(
        (notice) =>
          notice.kind === rule.mustHaveSent &&
          notice.at <= at &&
          (notice.debt === undefined || notice.debt === request.debt),
      );
    case 'addressee':
      return rule.maxContacts === undefined || toldSo(one, rule, at) < rule.maxContacts;
    case 'callerId':
      return isShownRightly(one, rule);
    case 'recording':
      return rule.mode !== 'mandatory' || request.recording !== false;
    default:
      throw new Error('not in the oracle');
  }
}

function isOpen(one: NaiveCase, rule: RuleOf<'hours'>, zone: string, at: number): boolean {
  const { date, weekday, time } = localFields(zone, at);
  const holiday = one.holidays.has(date) && rule.week.holiday !== undefined;
  const windows = rule.week[holiday ? 'holiday' : weekday] ?? [];
  return windows.some(([from, to]) => time >= `${from}:00` && time < `${to}:00`);
}

function hasRoom(one: NaiveCase, rule: RuleOf<'cap'>, zone: string, at: number): boolean {
  const inside = (event: number) => {
    if (event > at) return false;
    if (rule.window.type === 'rolling') return event > at - hours(rule.window.length);
    if (rule.window.type !== 'calendarDays') throw new Error('not in the oracle');
    return localDay(zone, at) - localDay(zone, event) < rule.window.days;
  };
  const counted = countable(one, rule.counts, rule.scope, at)
    .filter(({ flags = [] }) => !flags.some((flag) => rule.excludeFlags.includes(flag)))
    .filter((event) => rule.countChannels.includes(event.channel) && inside(event.at));
  const { historyFrom } = one.facts;
  const unknown = historyFrom !== undefined && inside(historyFrom) ? Math.floor(rule.limit / 2) : 0;
  return counted.length + unknown < rule.limit;
}

function isOver(one: NaiveCase, rule: RuleOf<'cooldown'>, zone: string, at: number): boolean {
  return countable(one, rule.after, rule.scope, at, rule.direction === 'out')
    .filter(({ channel }) => rule.channels.includes(channel))
    .every((event) => {
      if (rule.length.startsWith('PT')) return at >= event.at + hours(rule.length);
      const days = Number(rule.length.slice(1, -1)) + (rule.firstDayCounts ? 0 : 1);
      return localDay(zone, at) - localDay(zone, event.at) >= days;
    });
}

function isFree(one: NaiveCase, rule: RuleOf<'hold'>, zone: string, at: number): boolean {
  return one.facts.holds.every((hold) => {
    if (hold.kind !== rule.holdKind || at < hold.since) return true;
    if (hold.medium !== undefined && hold.medium !== one.request.channel) return true;
    if (hold.until !== undefined && at >= hold.until) return true;
    if (hold.maxDays === undefined) return false;
    return localDay(zone, at) - localDay(zone, hold.since) > hold.maxDays;
  });
}

function isConvenient(one: NaiveCase, zone: string, at: number): boolean {
  return one.facts.personalBlocks.every((block) => {
    const { weekday, time } = localFields(block.zone ?? zone, at);
    if (!block.days.includes(weekday)) return true;
    return time < `${block.from}:00` || time >= `${block.to}:00`;
  });
}

/** How often something was told to such a person up to an instant. */
function toldSo(one: NaiveCase, rule: RuleOf<'addressee'>, at: number): number {
  return countable(
    one,
    ['conversation', 'effectiveCall', 'message'],
    ['person', 'number'],
    at,
  ).filter(({ target = 'debtor' }) => rule.targets?.includes(target) ?? true).length;
}

/** `originCountry` of the generated rules is Great Britain. */
function isShownRightly({ facts, request }: NaiveCase, rule: RuleOf<'callerId'>): boolean {
  if (!rule.withheldAllowed && facts.flags.includes('callerIdWithheld')) return false;
  const { callerId } = request;
  if (callerId === undefined) return true;
  return (
    callerId.startsWith('+44') && !rule.forbiddenRanges.some((range) => callerId.startsWith(range))
  );
}

const hours = (length: string) => Number(length.slice(2, -1)) * 3_600_000;

function countable(
  { events, request }: NaiveCase,
  kinds: readonly string[],
  scope: readonly string[],
  at: number,
  outOnly = true,
): ContactEvent[] {
  const fits = (known: string | undefined, asked: string | undefined) =>
    known === undefined || asked === undefined || known === asked;
  return events.filter(
    (event) =>
      event.at <= at &&
      kinds.includes(event.kind) &&
      (!outOnly || event.direction === 'out') &&
      (!scope.includes('person') || fits(event.person, request.person)) &&
      (!scope.includes('debt') || fits(event.debt, request.debt)) &&
      (!scope.includes('number') || fits(event.number, request.number)),
  );
}

function lifts(one: NaiveCase, rule: Rule, exception: RuleException, at: number): boolean {
  const { flags } = one.facts;
  switch (exception.type) {
    case 'fact':
      return flags.includes(exception.name);
    case 'agreement':
      return flags.includes(`agreement:${exception.field}`);
    case 'directConsent':
      return consented(one, rule, at, 'directConsent', exception.scope, exception.lasts);
    case 'debtorInitiated':
      return flags.includes('debtorInitiated') || wrote(one, exception, at);
    default:
      throw new Error('not in the oracle');
  }
}

/** The debtor wrote or called, and with `once` we have done nothing since. */
function wrote(
  one: NaiveCase,
  { withinChannel, once }: Extract<RuleException, { type: 'debtorInitiated' }>,
  at: number,
): boolean {
  const inChannel = (event: ContactEvent) =>
    !withinChannel || event.channel === one.request.channel;
  const incoming = countable(
    one,
    ['message', 'conversation'],
    ['person', 'debt'],
    at,
    false,
  ).filter((event) => event.direction === 'in' && inChannel(event));
  const ours = one.events.filter((event) => event.direction === 'out' && inChannel(event));
  return incoming.some(
    (event) => !once || !ours.some((answer) => answer.at >= event.at && answer.at <= at),
  );
}

function consented(
  one: NaiveCase,
  rule: Rule,
  at: number,
  kind: string,
  scope: readonly string[],
  lasts: string | undefined,
): boolean {
  const { request, facts } = one;
  const reaches = (consent: ConsentFact) =>
    consent.kind === kind &&
    (!scope.includes('debt') || consent.debt === undefined || consent.debt === request.debt) &&
    (consent.number === undefined || consent.number === request.number) &&
    (consent.channel === undefined ? kind !== 'perMedium' : consent.channel === request.channel);
  return facts.consents.some(
    (consent) =>
      reaches(consent) &&
      at >= consent.at &&
      (consent.until === undefined || at < consent.until) &&
      zonesOf(one, rule, at).every((zone) => {
        const days = localDay(zone, at) - localDay(zone, consent.at);
        if (consent.lastsDays !== undefined && days >= consent.lastsDays) return false;
        if (lasts === undefined) return true;
        if (lasts.startsWith('PT')) return at < consent.at + hours(lasts);
        return days < Number(lasts.slice(1, -1));
      }),
  );
}
