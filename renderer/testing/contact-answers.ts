import type { CampaignScreening, ContactAnswer, ContactOverride } from '#shared/contract/index.ts';
import type { Answers } from './fake-client.ts';
import { anId, dayMs, fixedNow, minuteMs } from './fixture-base.ts';

const hourMs = 60 * minuteMs;

/** The door says no to the second number: two rules, one of them a cap of a law. */
export const aContactAnswer = (overrides: Partial<ContactAnswer> = {}): ContactAnswer => ({
  allowed: false,
  channel: 'call',
  at: fixedNow,
  blockedBy: [
    {
      rule: 'PL-H-01',
      pack: 'pl',
      because: 'hours',
      until: fixedNow + 40 * hourMs,
      version: '2026.1',
      packTitle: 'Poland',
      source: 'Zasady dobrych praktyk KPF, pkt 12',
      basis: 'code',
      overridable: true,
      counted: null,
      limit: null,
    },
    {
      rule: 'BASE-CAP-DAY',
      pack: 'safe-base',
      because: 'cap',
      until: fixedNow + 11 * hourMs,
      version: '1',
      packTitle: 'Safe base',
      source: 'Safe base, 3',
      basis: 'policy',
      overridable: true,
      counted: 2,
      limit: 2,
    },
  ],
  nextAllowedAt: fixedNow + 40 * hourMs,
  overridable: true,
  override: null,
  warnings: [],
  obligations: [],
  zones: [
    { timeZone: 'Europe/Warsaw', evidence: 'address', of: 'Kraków' },
    { timeZone: 'Europe/London', evidence: 'landline', of: '+442079460144' },
  ],
  packs: [
    { id: 'pl', version: '2026.1', title: 'Poland', status: 'draft', own: false },
    { id: 'safe-base', version: '1', title: 'Safe base', status: 'draft', own: false },
    { id: 'own', version: '3', title: 'House rules', status: 'counsel-approved', own: true },
  ],
  historyFrom: fixedNow - 3 * dayMs,
  ...overrides,
});

export const anOverride = (overrides: Partial<ContactOverride> = {}): ContactOverride => ({
  overrideId: anId(600),
  debtorId: anId(10),
  displayName: 'Anna Kowalczyk-Wójcik',
  contactPointId: anId(31),
  value: '+442079460144',
  channel: 'call',
  blockedBy: aContactAnswer().blockedBy,
  state: 'requested',
  requestedBy: anId(1),
  requestedByName: 'Marta Zielińska',
  requestedAt: fixedNow - 2 * minuteMs,
  requestReason: 'Asked to be called at work today',
  decidedByName: null,
  decidedAt: null,
  reason: null,
  expiresAt: null,
  usedAt: null,
  ...overrides,
});

export const aScreening = (overrides: Partial<CampaignScreening> = {}): CampaignScreening => ({
  campaignId: anId(50),
  state: 'idle',
  entries: 852,
  screened: 852,
  screenedAt: fixedNow - 3 * minuteMs,
  allowedNow: 514,
  refused: [
    {
      rule: 'PL-H-01',
      pack: 'pl',
      because: 'hours',
      entries: 211,
      firstAt: fixedNow + 40 * minuteMs,
      lastAt: fixedNow + 40 * hourMs,
    },
    {
      rule: 'BASE-CAP-WEEK',
      pack: 'safe-base',
      because: 'cap',
      entries: 96,
      firstAt: fixedNow + 2 * dayMs,
      lastAt: fixedNow + 2 * dayMs,
    },
    { rule: 'hold', pack: 'safe-base', because: 'hold', entries: 31, firstAt: null, lastAt: null },
  ],
  ...overrides,
});

/** Answers of the door and of who is on the line. */
export function contactAnswers(): Answers {
  let overrides: ContactOverride[] = [];
  const party = {
    checks: [],
    relation: null,
    at: fixedNow,
    revealed: false,
  };
  return {
    'call.identity-questions': () => ({
      needed: 2,
      questions: [
        { check: 'birthDate', expected: '1982-03-15' },
        { check: 'postalCode', expected: '30-001' },
        { check: 'nationalIdEnd', expected: '2317' },
      ],
    }),
    'call.identify': ({ checks }) => ({ ...party, state: 'identified', checks }),
    'call.third-person': ({ relation }) => ({
      ...party,
      state: 'thirdPerson',
      relation: relation ?? null,
    }),
    'call.reset-party': () => ({ ...party, state: 'unknown' }),
    'call.reveal-debt': () => ({ ...party, state: 'unknown', revealed: true }),
    'call.refuse-recording': () => ({ mustEnd: true }),
    'contact.check': ({ channel, contactPointId }) =>
      contactPointId === anId(30) && channel === 'call'
        ? aContactAnswer({
            allowed: true,
            blockedBy: [],
            nextAllowedAt: null,
            overridable: false,
            historyFrom: null,
          })
        : aContactAnswer({ channel }),
    'contact.list-overrides': () => ({ overrides }),
    'contact.request-override': ({ reason }) => {
      overrides = [anOverride({ requestReason: reason })];
      return anOverride({ requestReason: reason });
    },
    'contact.add-block': () => ({ personalBlockId: anId(610) }),
    'contact.state-place': () => ({ statedPlaceId: anId(611) }),
    'contact.record-notice': () => ({ noticeSentId: anId(612) }),
    'flag.set': () => ({ holdId: anId(613) }),
    'flag.lift': () => ({}),
    'flag.explain': () => ({}),
    'campaign.screening': () => aScreening(),
    'campaign.screen': () => aScreening({ state: 'running', screened: 310, screenedAt: null }),
    'document.get-letterhead': () => ({ name: 'Zmyślona Windykacja sp. z o.o.' }) as never,
  };
}
