import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPacks } from '../packs/load-packs.ts';
import { anEvent, aQuestion, askRules, baseRule, noon } from '../testing/ask-rules.ts';
import { type ContactEvent, compilePack, evaluate } from './index.ts';

const day = 86_400_000;
const recording = (id: string, mode: string, more: object = {}) => ({
  ...baseRule,
  id,
  kind: 'recording',
  mode,
  preBufferAllowed: false,
  combine: 'strictestOfBothEnds',
  ...more,
});
const packs = loadPacks(join(import.meta.dirname, '../../../resources/rule-packs'));
/** the rules about recording of packs that ship */
const recordingRules = (...ids: string[]) =>
  packs
    .filter(({ id }) => ids.includes(id))
    .flatMap((pack) => compilePack(pack))
    .filter(({ kind }) => kind === 'recording');

describe('recording', () => {
  test('B07: one party at our end, everybody at theirs: announced before it starts', () => {
    const texas = recording('TX', 'onePartyOk');
    const california = recording('CA', 'announce');
    const { allowed, obligations } = askRules([texas, california]);
    expect(allowed).toBe(true);
    expect(obligations).toEqual([{ rule: 'CA', pack: 'test', what: 'announceRecording' }]);
  });

  test('B07 with the packs that ship: a debtor in California is told', () => {
    const { allowed, obligations } = evaluate(aQuestion(), recordingRules('us-federal', 'us-ca'));
    expect(allowed).toBe(true);
    expect(obligations.map(({ what }) => what)).toContain('announceRecording');
  });

  test('B08: where law demands a recording, a call without one is refused until somebody agrees', () => {
    const request = { recording: false };
    expect(askRules([recording('RU-13', 'mandatory')], { request })).toMatchObject({
      allowed: false,
      nextAllowedAt: null,
      blockedBy: [{ rule: 'RU-13', because: 'recording', until: null, overridable: false }],
    });
    for (const known of [{ recording: true }, {}]) {
      expect(askRules([recording('RU-13', 'mandatory')], { request: known }).allowed).toBe(true);
    }
  });

  test('B08 with the packs that ship: Germany goes on unrecorded, Russia does not begin', () => {
    const unrecorded = aQuestion({ request: { recording: false } });
    const german = evaluate(unrecorded, recordingRules('de'));
    expect(german).toMatchObject({ allowed: true, obligations: [] });
    expect(evaluate(unrecorded, recordingRules('ru')).blockedBy).toMatchObject([
      { rule: 'RU-13', because: 'recording' },
    ]);
  });

  test('nothing is announced where nothing is recorded', () => {
    const rules = [recording('A', 'announce'), recording('C', 'allPartyConsent')];
    expect(askRules(rules, { request: { recording: false } }).obligations).toEqual([]);
    expect(askRules(rules).obligations).toHaveLength(2);
  });

  test('a rule that is not in force, or lifted, asks for nothing and conflicts with nothing', () => {
    const rules = [
      recording('M', 'mandatory', { to: '2026-11-01' }),
      recording('F', 'forbidden', { unless: [{ type: 'fact', name: 'guaranteedAgent' }] }),
      recording('A', 'announce', { from: '2027-01-01' }),
    ];
    expect(askRules(rules)).toMatchObject({
      allowed: true,
      obligations: [{ rule: 'F', what: 'recordingForbidden' }],
    });
    expect(askRules(rules, { facts: { flags: ['guaranteedAgent'] } }).obligations).toEqual([]);
  });
});

describe('what must be said at the first contact', () => {
  const first = {
    ...baseRule,
    channels: ['call', 'sms'],
    id: 'T',
    kind: 'content',
    when: 'first',
    mustInclude: ['miniMirandaFirst'],
  };
  const owed = (events: ContactEvent[], request: object = {}) =>
    askRules([first], { events, request }).obligations.length > 0;
  const told = (more: Partial<ContactEvent> = {}) =>
    anEvent(noon - 300 * day, { kind: 'conversation', debt: 'A', ...more });

  test('is owed until something was told about this debt', () => {
    expect(owed([])).toBe(true);
    expect(owed([told()])).toBe(false);
    expect(owed([told({ kind: 'message', channel: 'sms' })])).toBe(false);
  });

  test.each<[string, Partial<ContactEvent>]>([
    ['an attempt', { kind: 'attempt' }],
    ['a talk that they began', { direction: 'in' }],
    ['a talk about another debt', { debt: 'B' }],
    ['a talk with another person on the number', { person: 'p2' }],
  ])('%s is not yet a first contact', (_what, more) => expect(owed([told(more)])).toBe(true));

  test('a contact whose debt is not known on either side fits', () => {
    const { debt: _unknown, ...someDebt } = told();
    expect(owed([someDebt])).toBe(false);
    expect(owed([told({ debt: 'B' })], { debt: undefined })).toBe(false);
  });

  test('other contents are owed every time', () => {
    const every = { ...first, when: 'every' };
    expect(askRules([every], { events: [told()] }).obligations).toHaveLength(1);
  });
});
