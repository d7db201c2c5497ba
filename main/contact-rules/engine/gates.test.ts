import { describe, expect, test } from 'vitest';
import { anEvent, askRules, baseRule, noon } from '../testing/ask-rules.ts';
import type { ConsentFact, ContactEvent, NoticeFact } from './index.ts';

const day = 86_400_000;
const electronic = ['call', 'sms', 'email'];

describe('a first notice', () => {
  const rule = (more: object) => ({
    ...baseRule,
    id: 'N',
    kind: 'firstNotice',
    mustHaveSent: 'validationNotice',
    blocksUntilSent: true,
    ...more,
  });
  const ask = (notices: NoticeFact[], more: object = {}, request: object = {}) =>
    askRules([rule(more)], { facts: { notices }, request });
  const sent = (more: Partial<NoticeFact> = {}): NoticeFact => ({
    kind: 'validationNotice',
    at: noon - day,
    ...more,
  });

  test('refuses without a date until it was sent', () => {
    expect(ask([])).toMatchObject({
      allowed: false,
      nextAllowedAt: null,
      blockedBy: [{ rule: 'N', because: 'firstNotice', until: null }],
    });
    expect(ask([sent({ at: noon })]).allowed).toBe(true);
    expect(ask([sent({ at: noon + 1 })])).toMatchObject({
      allowed: false,
      nextAllowedAt: noon + 1,
    });
  });

  test('of another kind, or about another debt, does not do', () => {
    expect(ask([sent({ kind: 'servicerNotice' })]).allowed).toBe(false);
    expect(ask([sent({ debt: 'B' })]).allowed).toBe(false);
    expect(ask([sent({ debt: 'A' })]).allowed).toBe(true);
    expect(ask([sent()]).allowed).toBe(true);
  });

  test('about one debt does not reach a contact whose debt is not known', () => {
    expect(askRules([rule({})], { facts: { notices: [sent({ debt: 'A' })] } }).allowed).toBe(true);
    const { blockedBy } = ask([sent({ debt: 'A' })], {}, { debt: undefined });
    expect(blockedBy).toHaveLength(1);
  });

  test('that blocks nothing is owed as long as it was not sent, with its time', () => {
    const more = { blocksUntilSent: false, within: 'P5D' };
    expect(ask([], more)).toMatchObject({
      allowed: true,
      obligations: [
        {
          rule: 'N',
          pack: 'test',
          what: 'firstNotice',
          details: { mustHaveSent: 'validationNotice', within: 'P5D', blocksUntilSent: false },
        },
      ],
    });
    expect(ask([sent()], more).obligations).toEqual([]);
  });
});

describe('a gate of consent', () => {
  const rule = (more: object = {}) => ({
    ...baseRule,
    channels: electronic,
    id: 'C',
    kind: 'consent',
    consentKind: 'perMedium',
    scope: ['person'],
    proof: true,
    ...more,
  });
  const ask = (consents: ConsentFact[], more: object = {}, request: object = {}) =>
    askRules([rule(more)], { facts: { consents }, request });
  const consent = (more: Partial<ConsentFact>): ConsentFact => ({
    kind: 'perMedium',
    at: noon - day,
    ...more,
  });

  test('per medium opens for the medium that the consent names, and no other', () => {
    expect(ask([consent({ channel: 'call' })]).allowed).toBe(true);
    expect(ask([consent({ channel: 'sms' })]).allowed).toBe(false);
    expect(ask([consent({})]).allowed).toBe(false);
  });

  test('of another kind, a consent that names no channel is for all, and one that does for that', () => {
    const express = { consentKind: 'express' };
    expect(ask([consent({ kind: 'express' })], express).allowed).toBe(true);
    expect(ask([consent({ kind: 'express', channel: 'sms' })], express).allowed).toBe(false);
  });

  test('for a number opens for that number, and one for none for all', () => {
    const byNumber = { consentKind: 'express', scope: ['number'] };
    const [mine, other] = [{ number: 'n1' }, { number: 'n2' }];
    expect(ask([consent({ kind: 'express', ...mine })], byNumber, mine).allowed).toBe(true);
    expect(ask([consent({ kind: 'express', ...other })], byNumber, mine).allowed).toBe(false);
    expect(ask([consent({ kind: 'express', ...mine })], byNumber).allowed).toBe(false);
    expect(ask([consent({ kind: 'express' })], byNumber, mine).allowed).toBe(true);
  });

  test('closes when the consent is withdrawn', () => {
    expect(ask([consent({ channel: 'call', until: noon })]).allowed).toBe(false);
    expect(ask([consent({ channel: 'call', until: noon + 1 })]).allowed).toBe(true);
  });

  describe('with a limit of asking', () => {
    const askLimit = {
      ...baseRule,
      channels: ['sms', 'email'],
      id: 'C-ask',
      kind: 'cap',
      counts: ['message'],
      direction: 'out',
      countChannels: ['sms', 'email'],
      excludeFlags: [],
      scope: ['person'],
      limit: 1,
      window: { type: 'calendarDays', days: 7 },
    };
    const asking = (events: ContactEvent[], flags: string[], channel: 'sms' | 'call' = 'sms') =>
      askRules([rule({ askLimit })], { facts: { flags }, events, request: { channel } });
    const asked = anEvent('2026-11-20T10:00:00+01:00', { kind: 'message', channel: 'email' });

    test('lets a contact that only asks for consent pass, so often and no more', () => {
      expect(asking([], ['askingConsent']).allowed).toBe(true);
      expect(asking([asked], ['askingConsent'])).toMatchObject({
        allowed: false,
        nextAllowedAt: Date.parse('2026-11-27T00:00:00+01:00'),
      });
    });

    test('is no way round it for other contacts, or in channels that it does not name', () => {
      expect(asking([], []).nextAllowedAt).toBeNull();
      expect(asking([], ['askingConsent'], 'call').nextAllowedAt).toBeNull();
    });
  });
});

describe('who is reached', () => {
  const rule = (maxContacts: number) => ({
    ...baseRule,
    id: 'A',
    kind: 'addressee',
    targets: ['thirdParty', 'spouse'],
    maxContacts,
    allowedTopics: ['location'],
  });
  const talk = (more: Partial<ContactEvent> = {}) =>
    anEvent(noon - day, { kind: 'conversation', target: 'thirdParty', number: 'n1', ...more });
  const ask = (events: ContactEvent[], maxContacts = 1, number: string | null = 'n1') =>
    askRules([rule(maxContacts)], {
      events,
      request: { target: 'thirdParty', ...(number === null ? {} : { number }) },
    });

  test('may be reached so often, then never, and only about some topics', () => {
    expect(ask([])).toMatchObject({
      allowed: true,
      obligations: [{ what: 'limitedTopics', details: { topics: ['location'], maxContacts: 1 } }],
    });
    expect(ask([talk()])).toMatchObject({
      allowed: false,
      nextAllowedAt: null,
      blockedBy: [{ because: 'addressee', until: null }],
    });
    expect(ask([talk()], 2).allowed).toBe(true);
    expect(ask([talk(), talk({ kind: 'message', channel: 'sms' })], 2).allowed).toBe(false);
  });

  test.each<[string, Partial<ContactEvent>]>([
    ['an attempt that told nobody anything', { kind: 'attempt' }],
    ['a talk that they began', { direction: 'in' }],
    ['a talk with the debtor', { target: 'debtor' }],
    ['a talk on another number', { number: 'n2' }],
    ['a talk with somebody of another debtor', { person: 'p2' }],
  ])('%s does not count', (_what, more) => {
    expect(ask([talk(more)]).allowed).toBe(true);
  });

  test('who was reached is not known: it was the debtor', () => {
    const { target: _unknown, ...event } = talk();
    expect(ask([event]).allowed).toBe(true);
  });

  test('without a number, talks on every number count', () => {
    expect(ask([talk({ number: 'n2' })], 1, null).allowed).toBe(false);
  });
});

describe('the number that is shown', () => {
  const rule = (more: object) => ({
    ...baseRule,
    id: 'I',
    kind: 'callerId',
    withheldAllowed: false,
    must: ['dialable'],
    forbiddenRanges: [],
    localPresence: 'warn',
    ...more,
  });
  const refused = (more: object, callerId?: string) =>
    askRules([rule(more)], { request: callerId === undefined ? {} : { callerId } }).blockedBy;

  test('may not be of a forbidden range', () => {
    const premium = { forbiddenRanges: ['+449'] };
    expect(refused(premium, '+449012345678')).toMatchObject([{ because: 'callerId', until: null }]);
    expect(refused(premium, '+442079460000')).toEqual([]);
  });

  test('must be of a country that is allowed, and of a known one', () => {
    const polish = { originCountry: ['PL', 'DE'] };
    expect(refused(polish, '+48221234567')).toEqual([]);
    expect(refused(polish, '+442079460000')).toHaveLength(1);
    expect(refused(polish, '+8816123456789')).toHaveLength(1);
  });

  test('is not asked about while it is not known', () => {
    expect(refused({ originCountry: ['PL'], forbiddenRanges: ['+4'] })).toEqual([]);
  });
});
