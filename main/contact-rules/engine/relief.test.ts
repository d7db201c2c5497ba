import { describe, expect, test } from 'vitest';
import { anEvent, askRules, baseRule, noon } from '../testing/ask-rules.ts';
import type { ContactEvent } from './index.ts';

const minute = 60_000;
/** refuses always, unless it is lifted */
const never = (exception: object) => ({
  ...baseRule,
  channels: ['call', 'sms', 'email'],
  id: 'R',
  kind: 'cap',
  counts: ['message'],
  direction: 'out',
  countChannels: ['sms'],
  excludeFlags: [],
  scope: ['person'],
  limit: 0,
  window: { type: 'calendarDays', days: 1 },
  unless: [{ type: 'debtorInitiated', ...exception }],
});
const wrote = (more: Partial<ContactEvent> = {}) =>
  anEvent(noon - 60 * minute, { kind: 'message', direction: 'in', channel: 'sms', ...more });
const weDid = (minutesAgo: number, more: Partial<ContactEvent> = {}) =>
  anEvent(noon - minutesAgo * minute, { kind: 'message', channel: 'sms', ...more });

const allowed = (
  exception: object,
  events: ContactEvent[],
  channel: 'call' | 'sms' | 'email' = 'sms',
  flags: string[] = [],
) => askRules([never(exception)], { events, facts: { flags }, request: { channel } }).allowed;

describe('what the debtor began', () => {
  test('lifts from the moment that they wrote or talked to us', () => {
    expect(allowed({}, [])).toBe(false);
    expect(allowed({}, [wrote()])).toBe(true);
    expect(allowed({}, [wrote({ kind: 'conversation', channel: 'call' })])).toBe(true);
    expect(allowed({}, [wrote({ kind: 'attempt', channel: 'call' })])).toBe(false);
    expect(allowed({}, [wrote({ at: noon + 1 })])).toBe(false);
  });

  test('within the channel, or in all', () => {
    expect(allowed({}, [wrote()], 'call')).toBe(true);
    expect(allowed({ withinChannel: true }, [wrote()], 'call')).toBe(false);
    expect(allowed({ withinChannel: true }, [wrote()])).toBe(true);
  });

  test('once, until our first answer, which is any contact of ours, also one at the same instant', () => {
    const once = { once: true, withinChannel: true };
    expect(allowed(once, [weDid(61), wrote()])).toBe(true);
    expect(allowed(once, [wrote(), weDid(59)])).toBe(false);
    expect(allowed(once, [wrote(), weDid(60)])).toBe(false);
    expect(allowed({ withinChannel: true }, [wrote(), weDid(59)])).toBe(true);
    // they wrote again
    expect(allowed(once, [wrote(), weDid(59), wrote({ at: noon - minute })])).toBe(true);
  });

  test('once within a channel is not used up in another; without a channel it is', () => {
    const call = weDid(59, { kind: 'attempt', channel: 'call' });
    expect(allowed({ once: true, withinChannel: true }, [wrote(), call])).toBe(true);
    expect(allowed({ once: true }, [wrote(), call])).toBe(false);
  });

  test('of another person, or about another debt, lifts nothing', () => {
    expect(allowed({}, [wrote({ person: 'p2' })])).toBe(false);
    expect(allowed({}, [wrote({ debt: 'B' })])).toBe(false);
    expect(allowed({}, [wrote({ debt: 'A' })])).toBe(true);
  });

  test('a stored request of the debtor lifts too', () => {
    expect(allowed({ once: true }, [], 'call', ['debtorInitiated'])).toBe(true);
  });
});
