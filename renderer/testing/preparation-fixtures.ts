import type {
  CallScript,
  CampaignSettings,
  DispositionCode,
  DryRun,
  LookupGateway,
  LookupJob,
  PoolNumber,
  StrategyPreview,
} from '#shared/contract/index.ts';
import { defaultCampaignSettings } from '#shared/contract/index.ts';
import { dayMs } from './fixture-base.ts';
import { anId, dispositions, fixedNow } from './fixtures.ts';
import { debtorRows } from './lead-fixtures.ts';

/* How campaigns are prepared, in the same made-up firm. */

const hourMs = 3_600_000;
const counts = (calls: number, answers: number): PoolNumber['today'] => ({
  calls,
  answers,
  refusals: Math.round(calls / 200),
  answerRate: calls === 0 ? null : answers / calls,
});

export const aPoolNumber = (overrides: Partial<PoolNumber> = {}): PoolNumber => ({
  callerIdId: anId(71),
  trunkId: anId(70),
  trunkName: 'Carrier West',
  e164: '+447700900800',
  label: 'Telecom',
  country: 'GB',
  region: 'Leeds',
  state: 'active',
  stateReason: null,
  stateSince: null,
  restUntil: null,
  proof: {
    kind: 'contract',
    note: 'Contract 2026/114, annex 2',
    at: fixedNow - 80 * dayMs,
    personName: 'Marta Zielińska',
  },
  schedule: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' }],
  maxPerHour: 60,
  refusedBecause: null,
  today: counts(214, 41),
  days30: counts(4_912, 871),
  against: { ratio: 1.18, low: 1.06, high: 1.31 },
  reports: 0,
  campaigns: ['Telecom 30–90'],
  ...overrides,
});

export const poolNumbers: PoolNumber[] = [
  aPoolNumber(),
  aPoolNumber({
    callerIdId: anId(72),
    e164: '+447700900801',
    label: '',
    schedule: [],
    maxPerHour: null,
    today: counts(187, 22),
    days30: counts(5_204, 640),
    against: { ratio: 0.96, low: 0.88, high: 1.05 },
    campaigns: ['Telecom 30–90', 'Северная энергосбытовая компания: свыше 90 дней'],
  }),
  aPoolNumber({
    callerIdId: anId(74),
    e164: '+447700900802',
    label: 'Evening',
    state: 'resting',
    stateReason: 'answerRateDrop',
    stateSince: fixedNow - 2 * dayMs,
    restUntil: fixedNow + 12 * dayMs,
    today: counts(0, 0),
    days30: counts(2_410, 171),
    against: { ratio: 0.61, low: 0.5, high: 0.74 },
    reports: 3,
  }),
  aPoolNumber({
    callerIdId: anId(75),
    e164: '+447700900803',
    label: 'New',
    proof: null,
    refusedBecause: 'noProof',
    region: null,
    schedule: [],
    today: counts(0, 0),
    days30: counts(0, 0),
    against: null,
    campaigns: [],
  }),
  aPoolNumber({
    callerIdId: anId(76),
    e164: '+447700900804',
    label: 'Old hotline',
    state: 'retired',
    stateReason: 'byHand',
    stateSince: fixedNow - 40 * dayMs,
    today: counts(0, 0),
    days30: counts(12, 1),
    against: null,
    reports: 1,
    campaigns: [],
  }),
];

const day = (ago: number): string => new Date(fixedNow - ago * dayMs).toISOString().slice(0, 10);
export const numberResults = {
  byHour: Array.from({ length: 13 }, (_, index) => ({
    hour: index + 8,
    ...counts(320 + ((index * 37) % 90), 30 + ((index * 53) % 61)),
  })),
  byRegion: [
    { region: 'Leeds', ...counts(2_104, 421) },
    { region: 'Greater Manchester', ...counts(1_412, 236) },
    { region: '', ...counts(1_396, 214) },
  ],
  byDay: Array.from({ length: 30 }, (_, index) => ({
    day: day(29 - index),
    ...counts(150 + ((index * 29) % 60), index % 7 > 4 ? 0 : 20 + ((index * 13) % 24)),
  })),
};
export const numberReports = [
  {
    callerIdReportId: anId(901),
    e164: '+447700900802',
    kind: 'listed' as const,
    source: 'Who calls',
    note: '14 ratings',
    at: fixedNow - 3 * dayMs,
  },
  {
    callerIdReportId: anId(902),
    e164: '+447700900802',
    kind: 'complaint' as const,
    source: 'E-mail',
    note: null,
    at: fixedNow - 5 * dayMs,
  },
];

export const aGateway = (overrides: Partial<LookupGateway> = {}): LookupGateway => ({
  lookupGatewayId: anId(910),
  kind: 'hlrLookups',
  name: 'HLR Lookups',
  baseUrl: '',
  user: 'key-114',
  hasSecret: true,
  enabled: true,
  priceMicro: 4_500,
  currency: 'EUR',
  maxPerSecond: 20,
  ...overrides,
});
export const gateways: LookupGateway[] = [
  aGateway(),
  aGateway({
    lookupGatewayId: anId(911),
    kind: 'smsapi',
    name: 'SMSAPI (Polska)',
    user: '',
    hasSecret: false,
    enabled: false,
    priceMicro: 11_000,
    currency: 'PLN',
  }),
];

export const aJob = (overrides: Partial<LookupJob> = {}): LookupJob => ({
  lookupJobId: anId(920),
  lookupGatewayId: anId(910),
  gatewayName: 'HLR Lookups',
  portfolioId: null,
  campaignId: anId(50),
  state: 'running',
  numbers: 1_804,
  fromCache: 412,
  done: 631,
  failed: 4,
  costMicro: 2_839_500,
  budgetMicro: 10_000_000,
  currency: 'EUR',
  found: { reachable: 498, absent: 81, dead: 40, invalid: 7, unknown: 5 },
  error: null,
  createdAt: fixedNow - 4 * 60_000,
  finishedAt: null,
  ...overrides,
});
export const jobs: LookupJob[] = [
  aJob(),
  aJob({
    lookupJobId: anId(921),
    campaignId: null,
    portfolioId: anId(61),
    state: 'budgetSpent',
    numbers: 38_412,
    fromCache: 0,
    done: 11_111,
    failed: 31,
    costMicro: 49_999_500,
    budgetMicro: 50_000_000,
    found: { reachable: 8_120, absent: 1_402, dead: 1_400, unknown: 189 },
    createdAt: fixedNow - 2 * dayMs,
    finishedAt: fixedNow - 2 * dayMs + hourMs,
  }),
  aJob({
    lookupJobId: anId(922),
    campaignId: null,
    portfolioId: null,
    state: 'failed',
    numbers: 640,
    fromCache: 0,
    done: 12,
    failed: 1,
    costMicro: 54_000,
    budgetMicro: null,
    found: { reachable: 12 },
    error: 'lookup.gateway-off',
    createdAt: fixedNow - 9 * dayMs,
    finishedAt: fixedNow - 9 * dayMs,
  }),
];

export const dispositionCodes: DispositionCode[] = [
  ...dispositions.map((one, index) => ({
    dispositionCodeId: anId(940 + index),
    code: one.code,
    label: null,
    key: one.key,
    effect: one.effect,
    next:
      one.code === 'refuses'
        ? { retryAfterMs: 3 * dayMs, noteRequired: true }
        : one.code === 'noAnswerVoicemail'
          ? { retryAfterMs: 4 * hourMs, otherNumber: true }
          : one.code === 'dispute'
            ? { leavesAllLists: true, noteRequired: true }
            : {},
    active: true,
    position: index,
    used: (index * 977) % 1_204,
  })),
  {
    dispositionCodeId: anId(960),
    code: 'visitAgreed',
    label: 'Visit agreed',
    key: null,
    effect: 'done' as const,
    next: {},
    active: false,
    position: 20,
    used: 3,
  },
];

export const scripts: CallScript[] = [
  {
    scriptId: anId(970),
    name: 'Telekom, first call',
    language: 'pl',
    debtKind: 'telecom',
    sections: [
      { title: 'Powitanie', text: 'Dzień dobry, {agent}, {firm}. Czy rozmawiam z {debtor}?' },
      {
        title: 'Sprawa',
        text: 'Dzwonię w sprawie faktury {ref} wobec {creditor}. Do zapłaty jest {balance}, od {dueOn}.',
      },
      { title: 'Ustalenie', text: 'Czyli {amount} do {date}, na konto {account}. Dziękuję.' },
    ],
    sample: false,
    campaigns: 2,
  },
  {
    scriptId: anId(971),
    name: 'General',
    language: 'en',
    debtKind: null,
    sections: [{ title: 'Opening', text: 'Good morning, this is {agent} of {firm}.' }],
    sample: true,
    campaigns: 0,
  },
];

export const preparedSettings: CampaignSettings = {
  ...defaultCampaignSettings,
  mode: 'predictive',
  pacing: { ...defaultCampaignSettings.pacing, takeBack: true },
  strategy: {
    ...defaultCampaignSettings.strategy,
    filter: { age: { bands: ['upTo3Months'] }, hasPhone: true },
    priorities: [
      { name: 'Broken promises', filter: { promises: ['broken'] } },
      { name: 'From 1 000 zł', filter: { amount: { fromMinor: 100_000, currency: 'PLN' } } },
    ],
    weights: { amount: 60, age: 20, payScore: 90, sinceContact: -30 },
    periods: [
      {
        name: 'Pay-days',
        days: { kind: 'payDays', days: [10, 25], after: 2 },
        weights: { hasPaid: 80 },
      },
    ],
  },
  callerIds: { ...defaultCampaignSettings.callerIds, pool: [anId(71), anId(72)] },
  lookup: { ...defaultCampaignSettings.lookup, gatewayId: anId(910) },
  dispositions: ['promise', 'callback', 'refuses', 'doNotCall'],
  scriptId: anId(970),
};

export const strategyPreview: StrategyPreview = {
  total: 1_200,
  fitting: 734,
  priorities: [
    { name: 'Broken promises', count: 61 },
    { name: 'From 1 000 zł', count: 208 },
  ],
  period: null,
  rows: debtorRows(0, 25).map((row, index) => ({
    debtorId: row.debtorId,
    displayName: row.displayName,
    externalRef: row.externalRef,
    priority: index < 4 ? 'Broken promises' : index < 12 ? 'From 1 000 zł' : null,
    score: 92.4 - index * 1.7,
    reasons: [
      { property: 'payScore', value: 0.8, adds: 71.3 - index * 1.5 },
      { property: 'amount', value: 0.42, adds: 25.2 },
      ...(index % 3 === 0 ? [{ property: 'sinceContact', value: 0.2, adds: -6.1 }] : []),
    ],
    balances: row.balances,
    oldestDaysPastDue: row.oldestDaysPastDue,
    number: index % 7 === 5 ? null : '+447700900123',
    numberKind: index % 7 === 5 ? null : index % 3 === 0 ? 'home' : 'mobile',
  })),
};

export const aDryRun = (overrides: Partial<DryRun> = {}): DryRun => ({
  campaignId: anId(50),
  at: fixedNow,
  entries: 38_412,
  sampled: 5_000,
  callableNow: 18_204,
  callableToday: 27_910,
  expectedCalls: 41_208,
  expectedAnswers: 6_120,
  agents: 6,
  expectedHours: 112.4,
  byHour: Array.from({ length: 12 }, (_, index) => ({
    at: fixedNow + index * hourMs,
    callable: index > 7 ? 0 : 18_204 + ((index * 7_919) % 9_000),
  })),
  stoppedBy: [
    { rule: 'PL-CAP-1', pack: 'pl', because: 'cap', entries: 6_214 },
    { rule: 'BASE-HOURS', pack: 'safe-base', because: 'hours', entries: 3_120 },
    { rule: 'hold', pack: 'safe-base', because: 'hold', entries: 812 },
  ],
  noNumber: 402,
  excluded: 9_112,
  numberKinds: [
    { kind: 'mobile', entries: 24_120 },
    { kind: 'home', entries: 3_402 },
    { kind: 'work', entries: 611 },
  ],
  callerIds: [
    { e164: '+447700900800', label: 'Telecom', calls: 24_900 },
    { e164: '+447700900801', label: '', calls: 16_308 },
  ],
  guessed: false,
  ...overrides,
});
