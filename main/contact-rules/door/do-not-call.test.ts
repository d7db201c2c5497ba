import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { createCalendars } from '../calendars/calendars.ts';
import { loadCalendars } from '../calendars/load-calendars.ts';
import { createContactRules } from '../contact-rules.ts';
import { loadPacks } from '../packs/load-packs.ts';
import type { ContactRequest } from '../types.ts';
import { packsForStore } from './choose-packs.ts';
import { createClockGuard } from './clock-guard.ts';

const resources = join(import.meta.dirname, '../../../resources');
/** a Tuesday, ten in the morning in Warsaw */
const clock = {
  now: () => Date.parse('2026-11-24T10:00:00+01:00'),
  monotonic: () => 0,
  setTimer: () => () => {},
};
const listed = '+48601234567';
const free = '+48601234568';

let store: TestStore;
const rules = createContactRules({
  packs: packsForStore(loadPacks(join(resources, 'rule-packs')), 'real'),
  calendars: createCalendars(loadCalendars(join(resources, 'calendars'))),
  storeKind: 'real',
  clockGuard: createClockGuard(clock),
});

beforeEach(() => {
  store = openTestStore({ storeKind: 'real', clock });
  store.runNow((db) => {
    db.insert('debtor', {
      id: 'd1',
      externalRef: 'd1',
      kind: 'person',
      displayName: 'Made Up',
      searchName: 'made up',
      language: 'pl',
      jurisdiction: 'PL',
      timeZonesJson: '["Europe/Warsaw"]',
      createdAt: 0,
    });
    for (const value of [listed, free]) {
      db.insert('contactPoint', {
        id: value,
        debtorId: 'd1',
        kind: 'mobile',
        value,
        status: 'active',
        timeZonesJson: '[]',
        createdAt: 0,
      });
    }
    db.insert('doNotCall', { id: 'n1', list: 'wishes', number: listed, createdAt: 0 });
  });
});
afterEach(() => store.close());

const aCall: ContactRequest = {
  debtorId: 'd1',
  channel: 'call',
  mode: 'manual',
  purpose: 'collection',
  target: 'debtor',
};
const ask = (request: Partial<ContactRequest>) =>
  store.runNow((db, context) =>
    rules.reserve(db, context, { ...aCall, ...request }, { callId: 'call-1' }),
  );

test.each(['call', 'sms', 'mms', 'voiceMessage'] as const)(
  'a number on a list of the firm is refused by %s, with the reason',
  (channel) => {
    const decision = ask({ channel, number: listed });
    expect(decision).toMatchObject({ allowed: false, overridable: false, nextAllowedAt: null });
    expect(decision.blockedBy.map(({ because }) => because)).toEqual(['doNotCallList']);
  },
);

test('the contact point stands for its number, and a number of nobody is looked up too', () => {
  expect(ask({ contactPointId: listed }).blockedBy[0]?.because).toBe('doNotCallList');
  store.runNow((db) =>
    db.insert('doNotCall', { id: 'n2', list: 'x', number: '+48223334455', createdAt: 0 }),
  );
  expect(ask({ debtorId: '', number: '+48223334455' }).blockedBy[0]?.because).toBe('doNotCallList');
});

test('another number of the same debtor is free, and so is one that left the list', () => {
  const decide = (number: string) => rules.decide(store.read, { ...aCall, number }, clock.now());
  expect(decide(free)).toMatchObject({ allowed: true, blockedBy: [] });
  expect(decide(listed).allowed).toBe(false);
  store.runNow((db) => db.remove('doNotCall', 'n1'));
  expect(decide(listed)).toMatchObject({ allowed: true, blockedBy: [] });
});

test('the refusal is kept with its reason', () => {
  ask({ number: listed });
  const row = store.read.get<{ resultJson: string }>('SELECT resultJson FROM contactDecision');
  expect(row?.resultJson).toContain('doNotCallList');
});
