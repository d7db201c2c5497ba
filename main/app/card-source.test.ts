import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RulePack } from '../contact-rules/index.ts';
import { createClockGuard, createContactRules } from '../contact-rules/index.ts';
import type { OpenStore } from '../store/index.ts';
import { openTestStore, type TestStore } from '../testing/open-test-store.ts';
import { CardSource } from './card-source.ts';

const NOW = Date.UTC(2026, 10, 24, 9);
const clock = { now: () => NOW, monotonic: () => 0, setTimer: () => () => {} };

/** No text messages at all; calls need a supervisor. */
const pack: RulePack = {
  id: 'test',
  version: '1',
  title: 'Test',
  jurisdiction: 'PL',
  actors: ['collector'],
  effectiveFrom: '2020-01-01',
  calendars: [],
  rules: (['call', 'sms'] as const).map((channel) => ({
    id: channel,
    kind: 'cap',
    basis: 'policy',
    source: 'test',
    channels: [channel],
    severity: channel === 'call' ? 'denyUnlessOverride' : 'deny',
    counts: ['message'],
    direction: 'out',
    countChannels: [channel],
    excludeFlags: [],
    scope: ['person'],
    limit: 0,
    window: { type: 'calendarDays', days: 1 },
  })),
  sources: [],
  review: { status: 'draft' },
};

let store: TestStore;
beforeEach(() => {
  store = openTestStore({ storeKind: 'real', clock });
  store.runNow((db) => {
    db.insert('debtor', {
      id: 'debtor',
      externalRef: 'r',
      kind: 'person',
      displayName: 'Made Up',
      searchName: 'made up',
      language: 'pl',
      jurisdiction: 'PL',
      timeZonesJson: '["Europe/Warsaw"]',
      createdAt: 0,
    });
    for (const [rank, [kind, value, status]] of [
      ['mobile', '+48601234567', 'active'],
      ['home', '+48221234567', 'active'],
      ['email', 'jan@example.com', 'active'],
      ['messenger', 'jan', 'active'],
      ['mobile', '+48601234568', 'wrongNumber'],
    ].entries()) {
      db.insert('contactPoint', {
        id: value,
        debtorId: 'debtor',
        kind,
        value,
        status,
        rank,
        timeZonesJson: '[]',
        createdAt: 0,
      });
    }
  });
});
afterEach(() => store.close());

it('asks the door once for every address and every channel that it can take', () => {
  const clockGuard = createClockGuard(clock);
  const rules = createContactRules({ packs: [pack], storeKind: 'real', clockGuard });
  let questions = 0;
  const counting: typeof rules.decideMany = (...asked) => {
    questions += 1;
    return rules.decideMany(...asked);
  };
  store.runNow((db) =>
    db.insert('contactOverride', {
      id: 'override',
      debtorId: 'debtor',
      contactPointId: '+48221234567',
      channel: 'call',
      rulesJson: JSON.stringify([{ rule: 'call', pack: 'test', because: 'cap', until: null }]),
      state: 'granted',
      requestedAt: NOW,
      expiresAt: NOW + 60_000,
    }),
  );
  const cards = new CardSource(store as unknown as OpenStore, { decideMany: counting }, clock);
  const points = cards.load('debtor')!.contactPoints.map((point) => ({
    value: point.value,
    call: point.permission && {
      allowed: point.permission.allowed,
      overridable: point.permission.overridable,
      override: point.permission.override?.overrideId ?? null,
    },
    messages: point.messages.map(({ channel, permission }) => [channel, permission.allowed]),
  }));
  expect(questions).toBe(1);
  const refused = { allowed: false, overridable: true, override: null };
  expect(points).toEqual([
    {
      value: '+48601234567',
      call: refused,
      messages: [
        ['voiceMessage', true],
        ['sms', false],
        ['mms', true],
      ],
    },
    {
      value: '+48221234567',
      call: { allowed: true, overridable: true, override: 'override' },
      messages: [['voiceMessage', true]],
    },
    { value: 'jan@example.com', call: null, messages: [['email', true]] },
    { value: 'jan', call: null, messages: [['chat', true]] },
    { value: '+48601234568', call: null, messages: [] },
  ]);
});
