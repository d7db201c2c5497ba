import type {
  AgentStatus,
  AppState,
  Call,
  Campaign,
  DebtorCard,
  Disposition,
  Interaction,
  Principal,
} from '#shared/contract/index.ts';
import type { MissedInbound } from '../stores/index.ts';

/*
 * People, firms and debts that do not exist. Numbers are from ranges set aside for fiction (Ofcom's drama numbers,
 * +44 7700 900xxx and +44 20 7946 0xxx), so that no test can ever reach anybody.
 */

/** An id that reads as what it is: `anId(3)` → "…-000000000003". */
export function anId(number: number): never {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` as never;
}

export const fixedNow = Date.UTC(2026, 10, 21, 13, 5, 30);
const minuteMs = 60_000;
const dayMs = 86_400_000;

export const aPrincipal = (overrides: Partial<Principal> = {}): Principal => ({
  personId: anId(1),
  displayName: 'Marta Zielińska',
  role: 'agent',
  ...overrides,
});

export const anAppState = (overrides: Partial<AppState> = {}): AppState => ({
  version: '0.1.0',
  storeKind: 'practice',
  startedAt: fixedNow - 3_600_000,
  clockSuspect: false,
  rules: {
    packs: [{ id: 'practice', version: '1', title: 'Practice', status: 'draft', practice: true }],
  },
  practiceCarrier: { running: true, trunkName: 'Practice carrier' },
  synthetic: true,
  ...overrides,
});

export const anAgentStatus = (overrides: Partial<AgentStatus> = {}): AgentStatus => ({
  personId: anId(1),
  displayName: 'Marta Zielińska',
  workState: 'notReady',
  since: fixedNow - 42_000,
  next: 'notReady',
  line: 'up',
  callId: null,
  campaignIds: [anId(50)],
  autoReadyAt: null,
  ...overrides,
});

export const aCall = (overrides: Partial<Call> = {}): Call => ({
  callId: anId(100),
  direction: 'out',
  mode: 'progressive',
  state: 'connected',
  campaignId: anId(50),
  debtorId: anId(10),
  contactPointId: anId(30),
  number: '+447700900123',
  personId: anId(1),
  startedAt: fixedNow - 165_000,
  answeredAt: fixedNow - 152_000,
  joinedAt: fixedNow - 151_000,
  endedAt: null,
  muted: false,
  recording: 'on',
  recordingId: null,
  attemptResult: null,
  endedBy: null,
  ...overrides,
});

export const dispositions: readonly Disposition[] = [
  { code: 'paid', key: '1', effect: 'done', active: true },
  { code: 'promise', key: '2', effect: 'promise', active: true },
  { code: 'refuses', key: '3', effect: 'retry', active: true },
  { code: 'wrongNumber', key: '4', effect: 'wrongNumber', active: true },
  { code: 'callback', key: '5', effect: 'callback', active: true },
  { code: 'thirdParty', key: '6', effect: 'retry', active: true },
  { code: 'dispute', key: '7', effect: 'done', active: true },
  { code: 'noAnswerVoicemail', key: '8', effect: 'retry', active: true },
  { code: 'doNotCall', key: '9', effect: 'doNotCall', active: true },
  { code: 'other', key: null, effect: 'retry', active: true },
];

export const anInteraction = (
  number: number,
  overrides: Partial<Interaction> = {},
): Interaction => ({
  interactionId: anId(1000 + number),
  channel: 'call',
  direction: 'out',
  at: fixedNow - number * dayMs,
  personId: anId(1),
  agentName: 'Marta Zielińska',
  campaignId: anId(50),
  campaignName: 'Telecom 30–90',
  peer: '+447700900123',
  attemptResult: 'answered',
  dispositionCode: null,
  talkTimeMs: null,
  text: null,
  recordingId: null,
  promise: null,
  ...overrides,
});

const message = { talkTimeMs: null, attemptResult: null, agentName: null, campaignName: null };
const newestHistory: Interaction[] = [
  anInteraction(1, { attemptResult: 'noAnswer', at: fixedNow - 190 * minuteMs }),
  anInteraction(2, {
    ...message,
    channel: 'sms',
    text: 'Prosimy o kontakt w sprawie faktury FV/2026/0817. Nest Telekom (dane zmyślone).',
  }),
  anInteraction(3, {
    dispositionCode: 'promise',
    talkTimeMs: 192_000,
    recordingId: anId(900),
    promise: { amountMinor: 40_000, currency: 'PLN', dueOn: '2026-11-12' },
    text: 'Lost the job in August, starts a new one on the 1st. Will pay in two parts.',
  }),
  anInteraction(5, {
    ...message,
    channel: 'payment',
    direction: 'in',
    peer: null,
    text: '200,00 zł',
  }),
  anInteraction(6, {
    direction: 'in',
    attemptResult: 'abandoned',
    agentName: null,
    campaignName: null,
  }),
  anInteraction(7, {
    ...message,
    channel: 'note',
    peer: null,
    agentName: 'Paweł Górski',
    text: 'Asked for the contract by post; address confirmed.',
  }),
  anInteraction(9, { attemptResult: 'busy' }),
];

/** Enough older rows that only a virtual list stays quick. */
export const longHistory: Interaction[] = [
  ...newestHistory,
  ...Array.from({ length: 230 }, (_, index) =>
    anInteraction(20 + index, {
      attemptResult: (['noAnswer', 'busy', 'machine', 'rejected'] as const)[index % 4] ?? 'busy',
    }),
  ),
];

export const aCard = (overrides: Partial<DebtorCard> = {}): DebtorCard => ({
  debtorId: anId(10),
  portfolioId: anId(60),
  portfolioName: 'Nest Telekom 2026-10',
  externalRef: 'NT-104-2231',
  kind: 'person',
  displayName: 'Anna Kowalczyk-Wójcik',
  birthYear: 1982,
  nationalIdMasked: '82•••••••17',
  language: 'pl',
  jurisdiction: 'PL',
  timeZones: ['Europe/Warsaw'],
  address: 'ul. Przykładowa 12/4, 30-001 Kraków',
  city: 'Kraków',
  country: 'PL',
  synthetic: true,
  flags: [],
  totals: [{ amountMinor: 284_550, currency: 'PLN' }],
  oldestDaysPastDue: 74,
  debts: [
    {
      debtId: anId(20),
      externalRef: 'FV/2026/0817',
      creditorName: 'Nest Telekom S.A.',
      debtKind: 'telecom',
      currency: 'PLN',
      principalMinor: 128_450,
      interestMinor: 4_300,
      feesMinor: 2_500,
      paidMinor: 20_000,
      balanceMinor: 115_250,
      dueOn: '2026-09-08',
      daysPastDue: 74,
      accountToPay: 'PL00 0000 0000 0000 0000 0000 0000',
      status: 'open',
    },
    {
      debtId: anId(21),
      externalRef: 'FV/2026/0902',
      creditorName: 'Nest Telekom S.A.',
      debtKind: 'equipment',
      currency: 'PLN',
      principalMinor: 164_000,
      interestMinor: 2_800,
      feesMinor: 2_500,
      paidMinor: 0,
      balanceMinor: 169_300,
      dueOn: '2026-10-08',
      daysPastDue: 44,
      accountToPay: null,
      status: 'open',
    },
    {
      debtId: anId(22),
      externalRef: 'FV/2026/0603',
      creditorName: 'Nest Telekom S.A.',
      debtKind: 'telecom',
      currency: 'PLN',
      principalMinor: 20_000,
      interestMinor: 0,
      feesMinor: 0,
      paidMinor: 20_000,
      balanceMinor: 0,
      dueOn: '2026-07-08',
      daysPastDue: null,
      accountToPay: null,
      status: 'paid',
    },
  ],
  contactPoints: [
    {
      contactPointId: anId(30),
      kind: 'mobile',
      value: '+447700900123',
      status: 'active',
      timeZones: ['Europe/Warsaw'],
      lastTriedAt: fixedNow - 190 * minuteMs,
      lastResult: 'noAnswer',
      permission: { allowed: true, blockedBy: [], nextAllowedAt: null },
    },
    {
      contactPointId: anId(31),
      kind: 'work',
      value: '+442079460144',
      status: 'active',
      timeZones: ['Europe/Warsaw'],
      lastTriedAt: null,
      lastResult: null,
      permission: {
        allowed: false,
        blockedBy: [
          { rule: 'BASE-HOURS', pack: 'base', because: 'hours', until: fixedNow + 40 * 3_600_000 },
        ],
        nextAllowedAt: fixedNow + 40 * 3_600_000,
      },
    },
    {
      contactPointId: anId(32),
      kind: 'home',
      value: '+442079460155',
      status: 'wrongNumber',
      timeZones: [],
      lastTriedAt: fixedNow - 20 * dayMs,
      lastResult: 'answered',
      permission: null,
    },
    {
      contactPointId: anId(33),
      kind: 'email',
      value: 'anna.kowalczyk@przyklad.example',
      status: 'active',
      timeZones: [],
      lastTriedAt: null,
      lastResult: null,
      permission: null,
    },
  ],
  promises: [
    {
      promiseToPayId: anId(40),
      debtId: anId(20),
      amountMinor: 40_000,
      currency: 'PLN',
      dueOn: '2026-11-12',
      status: 'broken',
      createdAt: fixedNow - 18 * dayMs,
    },
    {
      promiseToPayId: anId(41),
      debtId: anId(20),
      amountMinor: 20_000,
      currency: 'PLN',
      dueOn: '2026-10-30',
      status: 'kept',
      createdAt: fixedNow - 30 * dayMs,
    },
  ],
  nextAction: { kind: 'callback', at: fixedNow + 2 * dayMs },
  history: newestHistory,
  historyTotal: longHistory.length,
  ...overrides,
});

export const aCampaign = (overrides: Partial<Campaign> = {}): Campaign => ({
  campaignId: anId(50),
  name: 'Telecom 30–90',
  portfolioId: anId(60),
  portfolioName: 'Nest Telekom 2026-10',
  trunkId: anId(70),
  callerIdId: anId(71),
  status: 'running',
  blockedBy: null,
  nextAt: null,
  settings: {
    mode: 'progressive',
    answerDetection: 'off',
    ringTimeoutMs: 25_000,
    answerToAgentMaxMs: 2_000,
    maxConcurrentCalls: 10,
    wrapUpMs: 30_000,
    recordCalls: true,
    retry: {
      busyMs: 900_000,
      noAnswerMs: 7_200_000,
      rejectedMs: 14_400_000,
      machineMs: 14_400_000,
      networkFailureMs: 600_000,
      abandonedMs: 259_200_000,
      maxAttemptsPerDebtor: 5,
    },
  },
  personIds: [anId(1), anId(2)],
  counters: {
    entries: 1200,
    pending: 640,
    waiting: 212,
    inProgress: 3,
    done: 331,
    skipped: 14,
    attempts: 901,
    answered: 402,
    connected: 389,
    abandoned: 6,
    busy: 118,
    noAnswer: 344,
    failed: 31,
    interrupted: 0,
    dispositions: { promise: 74, callback: 61, refuses: 88 },
    promises: 74,
    talkTimeMs: 41_234_000,
  },
  createdAt: fixedNow - 3 * dayMs,
  ...overrides,
});

export const missedCalls: readonly MissedInbound[] = [
  {
    missedInboundId: anId(80),
    at: fixedNow - 26 * minuteMs,
    number: '+447700900456',
    debtorId: anId(11),
    debtorName: 'Stanisław Brzęczyszczykiewicz',
    reason: 'noAgent',
    resolvedAt: null,
  },
  {
    missedInboundId: anId(81),
    at: fixedNow - 95 * minuteMs,
    number: null,
    debtorId: null,
    debtorName: null,
    reason: 'hungUp',
    resolvedAt: null,
  },
];
