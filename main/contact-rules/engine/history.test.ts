import { describe, expect, test } from 'vitest';
import {
  anEvent,
  aQuestion,
  askRules,
  baseRule,
  compileRules,
  noon,
} from '../testing/ask-rules.ts';
import { type ContactEvent, explainRule } from './index.ts';

const at = (text: string) => Date.parse(text);
const cap = (limit: number, more: object = {}) => ({
  ...baseRule,
  id: 'C',
  kind: 'cap',
  counts: ['attempt'],
  direction: 'out',
  countChannels: ['call'],
  excludeFlags: [],
  scope: ['person'],
  limit,
  window: { type: 'calendarDays', days: 7 },
  ...more,
});
/** Monday */
const historyFrom = at('2026-11-23T09:00:00+01:00');
const calls = (count: number, text = '2026-11-24T09:00:00+01:00'): ContactEvent[] =>
  Array.from({ length: count }, () => anEvent(text));

describe('contacts before a day are not known', () => {
  const allowed = (limit: number, events: ContactEvent[], from = historyFrom) =>
    askRules([cap(limit)], { events, facts: { historyFrom: from } }).allowed;

  test('half of each cap counts as used, the odd one in favour of the contact', () => {
    // 7: three are taken as used
    expect(allowed(7, calls(3))).toBe(true);
    expect(allowed(7, calls(4))).toBe(false);
    expect(askRules([cap(7)], { events: calls(6) }).allowed).toBe(true);
    expect(allowed(1, [])).toBe(true);
  });

  test('it stops counting when that day leaves the window', () => {
    const answer = askRules([cap(4)], { events: calls(2), facts: { historyFrom } });
    expect(answer.nextAllowedAt).toBe(at('2026-11-30T00:00:00+01:00'));
    const longAgo = at('2026-11-17T23:59:59+01:00');
    expect(allowed(4, calls(2), longAgo)).toBe(true);
  });

  test('known events on both sides of that day count beside it', () => {
    const older = calls(1, '2026-11-22T09:00:00+01:00');
    expect(allowed(4, [...older, ...calls(1)])).toBe(false);
    expect(allowed(5, [...older, ...calls(1)])).toBe(true);
  });

  test('a day ahead of the clock counts as now', () => {
    expect(allowed(4, calls(2), noon + 86_400_000)).toBe(false);
  });
});

describe('how many events count', () => {
  const explain = (rule: object, options: Parameters<typeof aQuestion>[0]) =>
    explainRule(compileRules([rule])[0]!, aQuestion(options));

  test('those in the window at the asked instant, with what is taken as used', () => {
    expect(explain(cap(7), { events: calls(2) })).toEqual({ counted: 2, limit: 7 });
    expect(explain(cap(7), { events: calls(2), facts: { historyFrom } })).toEqual({
      counted: 5,
      limit: 7,
    });
    expect(explain(cap(7), { events: calls(2, '2026-11-17T23:00:00+01:00') })).toEqual({
      counted: 0,
      limit: 7,
    });
  });

  test('where zones disagree, the one where most count', () => {
    // 23:30 on the 17th in Warsaw is the 18th in Almaty: seven days ago there, and not here
    const zones = ['Europe/Warsaw', 'Asia/Almaty'];
    const facts = { residence: { jurisdiction: 'XX', zones } };
    const events = calls(1, '2026-11-17T23:30:00+01:00');
    expect(explain(cap(7), { events, facts })).toEqual({ counted: 1, limit: 7 });
    expect(explain(cap(7), { events })).toEqual({ counted: 0, limit: 7 });
  });

  test('of a rule about who is reached, the talks with such persons', () => {
    const addressee = {
      ...baseRule,
      id: 'A',
      kind: 'addressee',
      targets: ['thirdParty'],
      maxContacts: 2,
      allowedTopics: [],
    };
    const events = [anEvent(noon, { kind: 'conversation', target: 'thirdParty' })];
    const request = { target: 'thirdParty' as const };
    expect(explain(addressee, { events, request })).toEqual({ counted: 1, limit: 2 });
    expect(explain(addressee, { events })).toBeNull();
  });

  test('a rule that does not count has nothing to explain', () => {
    expect(explain({ ...baseRule, id: 'P', kind: 'personalBlock' }, {})).toBeNull();
  });
});
