import type {
  CommandOutput,
  ContactAnswer,
  ContactOverride,
  DecisionRow,
  OwnPackContent,
  OwnPackRow,
  PackRow,
} from '#shared/contract/index.ts';
import { type RulePack, rulePack } from '#shared/rule-packs/index.ts';
import { anId, dayMs, fixedNow, minuteMs } from './fixture-base.ts';

/** The packs that ship: the screens show the real ones. */
export const shippedPacks: readonly RulePack[] = Object.values(
  import.meta.glob('../../resources/rule-packs/*.json', { eager: true, import: 'default' }),
).map((json) => rulePack.parse(json));

export function packRowOf(pack: RulePack): PackRow {
  const approved = pack.id === 'uk';
  return {
    packId: pack.id,
    version: pack.version,
    title: pack.title,
    jurisdiction: pack.jurisdiction,
    status: approved ? 'counsel-approved' : pack.review.status,
    reviewer: approved ? 'Eleanor Whitcombe, Barrister' : null,
    reviewedOn: approved ? '2026-11-18' : null,
    own: pack.own ?? false,
    practice: pack.practice ?? false,
    fallback: pack.fallback ?? false,
    effectiveFrom: pack.effectiveFrom,
    effectiveTo: pack.effectiveTo ?? null,
    rules: pack.rules.length,
  };
}

export const ownPack: RulePack = rulePack.parse({
  id: 'own-house-rules',
  version: '2',
  title: 'Zasady kontaktu uzgodnione z Nest Telekom',
  jurisdiction: 'PL',
  actors: ['creditor', 'collector', 'debtBuyer', 'servicer'],
  effectiveFrom: '2026-11-01',
  calendars: ['residence'],
  own: true,
  rules: [
    {
      id: 'OWN-01',
      kind: 'cap',
      basis: 'policy',
      source: 'Contract with Nest Telekom, § 7',
      channels: ['call', 'voiceMessage'],
      severity: 'denyUnlessOverride',
      counts: ['attempt'],
      direction: 'out',
      countChannels: ['call', 'voiceMessage'],
      excludeFlags: ['notConnected'],
      scope: ['person'],
      limit: 1,
      window: { type: 'calendarDays', days: 1 },
    },
    {
      id: 'OWN-02',
      kind: 'hours',
      basis: 'policy',
      source: 'Contract with Nest Telekom, § 8',
      channels: ['call'],
      severity: 'deny',
      week: {
        mon: [
          ['09:00', '12:00'],
          ['13:00', '19:00'],
        ],
        tue: [['09:00', '19:00']],
        wed: [['09:00', '19:00']],
        thu: [['09:00', '19:00']],
        fri: [['09:00', '17:00']],
        sat: [],
        sun: [],
        holiday: [],
      },
      calendar: 'residence',
    },
  ],
  sources: [],
  review: { status: 'draft' },
});

export const anOwnPackRow = (overrides: Partial<OwnPackRow> = {}): OwnPackRow => ({
  ownPackId: anId(801),
  packId: 'own-house-rules',
  version: 2,
  title: ownPack.title,
  state: 'draft',
  updatedAt: fixedNow - 12 * minuteMs,
  publishedAt: null,
  publishedByName: null,
  endedAt: null,
  rules: 2,
  used: false,
  ...overrides,
});

export const ownPackRows: OwnPackRow[] = [
  anOwnPackRow(),
  anOwnPackRow({
    ownPackId: anId(802),
    version: 1,
    state: 'inForce',
    updatedAt: fixedNow - 20 * dayMs,
    publishedAt: fixedNow - 20 * dayMs,
    publishedByName: 'Katarzyna Wiśniewska-Szczepańska',
    rules: 1,
    used: true,
  }),
  anOwnPackRow({
    ownPackId: anId(803),
    packId: 'own-winter',
    version: 1,
    title: 'Überbrückung: keine Anrufe zwischen den Jahren',
    state: 'retired',
    updatedAt: fixedNow - 300 * dayMs,
    publishedAt: fixedNow - 330 * dayMs,
    publishedByName: 'Marta Zielińska',
    endedAt: fixedNow - 300 * dayMs,
    rules: 1,
    used: true,
  }),
];

export function ownContent(ownPackId: string): OwnPackContent {
  const row = ownPackRows.find((one) => one.ownPackId === ownPackId) ?? anOwnPackRow();
  const [first] = ownPack.rules;
  const pack = row.version === 1 ? { ...ownPack, rules: [{ ...first, limit: 2 }] } : ownPack;
  return { row, pack: { ...pack, title: row.title }, problems: [] };
}

export const anOverride = (
  number: number,
  overrides: Partial<ContactOverride> = {},
): ContactOverride => ({
  overrideId: anId(820 + number),
  debtorId: anId(10),
  displayName: 'Anna Kowalczyk-Wójcik',
  contactPointId: anId(30),
  value: '+447700900123',
  channel: 'call',
  blockedBy: [
    { rule: 'OWN-01', pack: 'own-house-rules', because: 'cap', until: fixedNow + 11 * 3_600_000 },
    { rule: 'PL-P-01b', pack: 'pl', because: 'cap', until: fixedNow + 11 * 3_600_000 },
  ],
  state: 'requested',
  requestedBy: anId(2),
  requestedByName: 'Paweł Górski',
  requestedAt: fixedNow - 4 * minuteMs,
  requestReason:
    'She asked in the morning to be called again at 14:00 with the amount in writing beside her.',
  decidedByName: null,
  decidedAt: null,
  reason: null,
  expiresAt: null,
  usedAt: null,
  ...overrides,
});

const decided = {
  decidedByName: 'Marta Zielińska',
  decidedAt: fixedNow - 90 * minuteMs,
  reason: 'Agreed with the debtor; note in the history of 09:12.',
};

export const overrides: ContactOverride[] = [
  anOverride(0),
  anOverride(1, {
    displayName: 'Северо-Западная транспортная компания «Магистраль»',
    debtorId: anId(11),
    requestedByName: 'Александра Константинопольская',
    blockedBy: [{ rule: 'US-F-02', pack: 'us-federal', because: 'cooldown', until: null }],
    requestReason: 'Юрист компании просит перезвонить сегодня до конца рабочего дня.',
    requestedAt: fixedNow - 19 * minuteMs,
  }),
  anOverride(2, { requestedBy: anId(1), requestedByName: 'Marta Zielińska', channel: 'sms' }),
  anOverride(3, {
    ...decided,
    state: 'granted',
    expiresAt: fixedNow + 30 * minuteMs,
  }),
  anOverride(4, {
    ...decided,
    state: 'used',
    expiresAt: fixedNow - 30 * minuteMs,
    usedAt: fixedNow - 60 * minuteMs,
  }),
  anOverride(5, { ...decided, state: 'refused', reason: 'Tomorrow is early enough.' }),
];

const packsThen = [
  { id: 'own-house-rules', version: '1' },
  { id: 'pl', version: '2026.11.1' },
  { id: 'safe-base', version: '2026.11.1' },
];

export const aDecision = (number: number, more: Partial<DecisionRow> = {}): DecisionRow => ({
  decisionId: anId(840 + number),
  at: fixedNow - number * 7 * minuteMs,
  debtorId: anId(10),
  displayName: 'Anna Kowalczyk-Wójcik',
  number: '+447700900123',
  channel: 'call',
  mode: 'preview',
  allowed: true,
  blockedBy: [],
  overriddenByName: null,
  overrideReason: null,
  packs: packsThen,
  ...more,
});

const refused = {
  allowed: false,
  blockedBy: anOverride(0).blockedBy,
} as const;

export const decisions: DecisionRow[] = [
  aDecision(0, {
    allowed: true,
    blockedBy: anOverride(0).blockedBy,
    overriddenByName: 'Marta Zielińska',
    overrideReason: 'Agreed with the debtor; note in the history of 09:12.',
    mode: 'manual',
  }),
  aDecision(1, { ...refused, blockedBy: [...refused.blockedBy], mode: 'manual' }),
  aDecision(2),
  aDecision(3, {
    displayName: 'Wang Xiaoming 王小明',
    channel: 'sms',
    mode: 'manual',
    number: '+8613900000000',
    allowed: false,
    blockedBy: [
      { rule: 'zone-unknown', pack: '', because: 'zone-unknown', until: null },
      { rule: 'CN-01', pack: 'cn', because: 'hours', until: fixedNow + 8 * 3_600_000 },
    ],
  }),
  ...Array.from({ length: 40 }, (_, index) =>
    aDecision(4 + index, {
      mode: 'predictive',
      displayName: `Jan Kowalski ${index}`,
      debtorId: anId(2_000 + index),
    }),
  ),
];

const answer: ContactAnswer = {
  allowed: false,
  blockedBy: [
    {
      rule: 'OWN-01',
      pack: 'own-house-rules',
      because: 'cap',
      until: fixedNow + 11 * 3_600_000,
      version: '1',
      packTitle: ownPack.title,
      source: 'Contract with Nest Telekom, § 7',
      basis: 'policy',
      overridable: true,
      counted: 1,
      limit: 1,
    },
    {
      rule: 'PL-P-01b',
      pack: 'pl',
      because: 'cap',
      until: fixedNow + 11 * 3_600_000,
      version: '2026.11.1',
      packTitle: 'Poland',
      source: 'Own policy, narrower than the code on purpose',
      basis: 'policy',
      overridable: true,
      counted: 2,
      limit: 2,
    },
  ],
  nextAllowedAt: fixedNow + 11 * 3_600_000,
  overridable: true,
  override: null,
  channel: 'call',
  at: fixedNow,
  warnings: [],
  obligations: [{ rule: 'PL-D-01', pack: 'pl', what: 'announceRecording', element: null }],
  zones: [
    { timeZone: 'Europe/Warsaw', evidence: 'residence', of: '30-001 Kraków' },
    { timeZone: 'Europe/London', evidence: 'mobile', of: '+44 7700 900123' },
  ],
  packs: packsThen.map(({ id, version }) => ({
    id,
    version,
    title: shippedPacks.find((pack) => pack.id === id)?.title ?? ownPack.title,
    status: 'draft',
    own: id === 'own-house-rules',
  })),
  historyFrom: null,
};

export function replayOf(decisionId: string): CommandOutput<'rules.replay-decision'> {
  const decision = decisions.find((one) => one.decisionId === decisionId) ?? aDecision(0);
  const gone = decisionId === anId(843);
  return {
    decision,
    same: gone ? null : decisionId !== anId(841),
    answer: gone
      ? null
      : {
          ...answer,
          blockedBy: decision.allowed && decision.blockedBy.length === 0 ? [] : answer.blockedBy,
        },
    personName: decision.mode === 'predictive' ? null : 'Paweł Górski',
  };
}

export const retentionPeriods: CommandOutput<'rules.get-retention'>['periods'] = [
  {
    artefact: 'recording',
    jurisdiction: '*',
    atLeast: null,
    atLeastSource: null,
    atMost: null,
    atMostSource: null,
    atMostActs: false,
    chosen: 'P1Y',
    effective: 'P1Y',
    anchor: 'event',
  },
  {
    artefact: 'recording',
    jurisdiction: 'RU',
    atLeast: 'P3Y',
    atLeastSource: 'Ministry of Justice order 134 of 6 May 2024',
    atMost: null,
    atMostSource: null,
    atMostActs: false,
    chosen: null,
    effective: null,
    anchor: 'event',
  },
  {
    artefact: 'contactLog',
    jurisdiction: 'US',
    atLeast: 'P3Y',
    atLeastSource: '12 CFR 1006.100',
    atMost: 'P10Y',
    atMostSource: 'Own policy',
    atMostActs: false,
    chosen: 'P5Y',
    effective: 'P5Y',
    anchor: 'lastCollectionActivity',
  },
];

export const retentionResults: CommandOutput<'rules.preview-retention'>['results'] = [
  {
    artefact: 'recording',
    jurisdiction: 'PL',
    removed: 1_204,
    keptByHold: 38,
    bytes: 4_812_345_678,
    oldest: fixedNow - 412 * dayMs,
  },
  {
    artefact: 'message',
    jurisdiction: 'PL',
    removed: 18_402,
    keptByHold: 0,
    bytes: 12_345_678,
    oldest: fixedNow - 398 * dayMs,
  },
];
