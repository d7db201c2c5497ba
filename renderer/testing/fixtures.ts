import {
  type AgentStatus,
  type AppState,
  type Call,
  type Campaign,
  type Disposition,
  defaultCampaignSettings,
  type Principal,
} from '#shared/contract/index.ts';
import type { MissedInbound } from '../stores/index.ts';
import { anId, dayMs, fixedNow, minuteMs } from './fixture-base.ts';

/*
 * People, firms and debts that do not exist. Numbers are from ranges set aside for fiction (Ofcom's drama numbers,
 * +44 7700 900xxx and +44 20 7946 0xxx), so that no test can ever reach anybody.
 */

export { aCard, aContactPoint, aDebt, aPayment, aPlan } from './debtor-fixtures.ts';
export { anId, fixedNow } from './fixture-base.ts';
export { aHistoryOf, anInteraction, longHistory } from './history-fixtures.ts';

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
  party: {
    state: 'identified',
    checks: ['birthDate', 'reference'],
    relation: null,
    at: fixedNow - 140_000,
    revealed: false,
  },
  obligations: [],
  attemptResult: null,
  endedBy: null,
  ...overrides,
});

export const aDisposition = (
  part: Partial<Disposition> & Pick<Disposition, 'code' | 'effect'>,
): Disposition => ({ label: null, key: null, next: {}, active: true, ...part });

export const dispositions: readonly Disposition[] = [
  aDisposition({ code: 'paid', key: '1', effect: 'done' }),
  aDisposition({ code: 'promise', key: '2', effect: 'promise' }),
  aDisposition({ code: 'refuses', key: '3', effect: 'retry' }),
  aDisposition({ code: 'wrongNumber', key: '4', effect: 'wrongNumber' }),
  aDisposition({ code: 'callback', key: '5', effect: 'callback' }),
  aDisposition({ code: 'thirdParty', key: '6', effect: 'retry' }),
  aDisposition({ code: 'dispute', key: '7', effect: 'done' }),
  aDisposition({ code: 'noAnswerVoicemail', key: '8', effect: 'retry' }),
  aDisposition({ code: 'doNotCall', key: '9', effect: 'doNotCall' }),
  aDisposition({ code: 'other', effect: 'retry' }),
];

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
    ...defaultCampaignSettings,
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
  abandonmentMessage: null,
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
