import type {
  AbandonmentBudget,
  CampaignLive,
  PacerDecision,
  PacingForecast,
  PreviewOffer,
} from '#shared/contract/index.ts';
import { anId, dayMs, fixedNow, minuteMs } from './fixture-base.ts';

/* A campaign at work, made up: its team, its figures of the last hours, and what the pacer thought. */

type LiveAgent = CampaignLive['agents'][number];

const agent = (id: number, displayName: string, part: Partial<LiveAgent>): LiveAgent => ({
  personId: anId(id),
  displayName,
  workState: 'ready',
  since: fixedNow - 9_000,
  readyAt: null,
  callId: null,
  debtorId: null,
  debtorName: null,
  conversations: 14,
  talkTimeMs: 62 * minuteMs,
  idleTimeMs: 11 * minuteMs + 12_000,
  occupancy: 0.81,
  ...part,
});

export const liveAgents: LiveAgent[] = [
  agent(2, 'Paweł Górski', {
    workState: 'talking',
    since: fixedNow - 151_000,
    callId: anId(101),
    debtorId: anId(10),
    debtorName: 'Anna Kowalczyk-Wójcik',
    conversations: 19,
    occupancy: 0.84,
  }),
  agent(3, 'Екатерина Белозёрская', { since: fixedNow - 12_000 }),
  agent(4, '李娜', {
    workState: 'wrapUp',
    since: fixedNow - 33_000,
    readyAt: fixedNow + 14_000,
    occupancy: 0.78,
  }),
  agent(5, 'Katarzyna Wiśniewska-Trzebiatowska', {
    workState: 'talking',
    since: fixedNow - 412_000,
    debtorId: anId(11),
    debtorName: 'Przedsiębiorstwo Usługowo-Handlowe „Jaskółka” Sp. z o.o.',
    conversations: 11,
    occupancy: 0.9,
  }),
  agent(9, 'George Ashcombe', {
    workState: 'wrapUp',
    since: fixedNow - 71_000,
    readyAt: fixedNow - 2_000,
    occupancy: 0.69,
  }),
  agent(8, 'Joanna Kruk', {
    workState: 'notReady',
    since: fixedNow - 9 * minuteMs,
    conversations: 0,
    talkTimeMs: 0,
    idleTimeMs: 0,
    occupancy: null,
  }),
];

/** Four hours in steps of five minutes; a break at lunch, when nobody was there. */
const series: CampaignLive['series'] = Array.from({ length: 48 }, (_, index) => {
  const lunch = index >= 27 && index < 31;
  const wave = Math.sin(index / 3.1) + Math.sin(index / 7.7);
  return {
    at: fixedNow - (48 - index) * 5 * minuteMs,
    calls: lunch ? 0 : Math.round(31 + 6 * wave),
    answered: lunch ? 0 : Math.max(0, Math.round(8 + 3 * wave)),
    abandoned: index % 13 === 5 ? 1 : 0,
    occupancy: lunch || index === 0 ? null : 0.74 + 0.05 * wave,
    abandonedPercent: lunch || index === 0 ? null : Math.max(0, 0.9 + 0.5 * wave),
  };
});

export const aLive = (overrides: Partial<CampaignLive> = {}): CampaignLive => ({
  campaignId: anId(50),
  at: fixedNow,
  mode: 'predictive',
  agents: liveAgents,
  stages: { dialing: 1, ringing: 4, waiting: 1, connected: 2, abandoning: 0 },
  today: {
    calls: 1_412,
    answered: 355,
    connected: 351,
    abandoned: 4,
    takenBack: 37,
    promises: 68,
    abandonedPercent: 1.13,
    answersPerHour: 88.4,
    occupancy: 0.79,
    busyMinutesPerHour: 46.2,
    averageWaitMs: 11_400,
    answerToAgentP95Ms: 1_240,
  },
  series,
  goalPercent: 1,
  pacer: {
    at: fixedNow - 200,
    rule: 'predictive',
    free: 1,
    waiting: 1,
    ringing: 5,
    expectedAnswers: 1.3,
    expectedFree: 0.8,
    risk: 0.0041,
    riskAllowed: 0.0112,
    answerChance: 0.26,
    lastDialAt: fixedNow - 2_000,
    dial: 1,
    cancelled: 0,
    budget: { rule: 'UK-ABANDON-3', percent: 1.13, left: 6, limitPercent: 3 },
  },
  ...overrides,
});

const budget = (part: Partial<AbandonmentBudget>): AbandonmentBudget => ({
  rule: 'UK-ABANDON-3',
  pack: 'gb',
  source: 'Ofcom, persistent misuse statement',
  basis: 'perCampaignDay',
  windowFrom: fixedNow - 13 * 3_600_000,
  windowTo: fixedNow + 11 * 3_600_000,
  numerator: 4,
  denominator: 355,
  percent: 1.13,
  limitPercent: 3,
  throttleAtPercent: 2.4,
  state: 'ok',
  onBreach: 'progressiveOnly',
  left: 6,
  answerToAgentMaxMs: 2_000,
  minRingMs: 15_000,
  recordedMessageWithinMs: 2_000,
  ...part,
});

export const budgets: AbandonmentBudget[] = [
  budget({}),
  budget({
    rule: 'US-ABANDON-3',
    windowFrom: fixedNow - 30 * dayMs,
    windowTo: fixedNow,
    numerator: 214,
    denominator: 8_112,
    percent: 2.64,
    state: 'throttle',
    left: 29,
    onBreach: 'stopCampaign',
  }),
  budget({
    rule: 'FIRM-SILENT-2',
    windowFrom: new Date(2026, 10, 1).getTime(),
    windowTo: fixedNow,
    numerator: 2,
    denominator: 41,
    percent: 4.9,
    limitPercent: 2,
    throttleAtPercent: 1.6,
    state: 'few',
    left: 0,
  }),
];

/** What talk costs in silence: a curve that flattens. */
export function forecasts(goalsPercent: readonly number[], takeBack: boolean): PacingForecast[] {
  return goalsPercent.map((silentGoalPercent) => ({
    mode: 'predictive',
    silentGoalPercent,
    takeBack,
    talkMinutesPerHour:
      34.5 + 13.2 * (1 - Math.exp(-silentGoalPercent / 0.9)) + (takeBack ? 1.9 : 0),
    silentPercent: silentGoalPercent * 0.96,
    dialsPerHour: 210 + 60 * silentGoalPercent,
  }));
}

const rules = ['predictive', 'predictive', 'learning', 'budget-spent', 'line-limit'] as const;

export const decisions: PacerDecision[] = Array.from({ length: 60 }, (_, index) => {
  const rule = rules[index % rules.length] ?? 'predictive';
  const predictive = rule === 'predictive' || rule === 'line-limit';
  return {
    at: fixedNow - 2_000 - index * 3_700,
    dial: rule === 'line-limit' ? 0 : 1 + (index % 2),
    cancel: index % 9 === 4 ? [anId(900 + index)] : [],
    why: {
      rule,
      free: index % 3,
      waiting: index % 7 === 3 ? 1 : 0,
      ringing: 2 + (index % 4),
      ...(predictive
        ? {
            expectedAnswers: 0.6 + (index % 5) * 0.2,
            expectedFree: 0.4 + (index % 3) * 0.3,
            risk: 0.002 + (index % 6) * 0.0017,
            riskAllowed: 0.011,
            answerChance: 0.26,
          }
        : {}),
      budget: { rule: 'UK-ABANDON-3', percent: 1.13, left: 6, limitPercent: 3 },
    },
  };
});

export const anOffer = (overrides: Partial<PreviewOffer> = {}): PreviewOffer => ({
  entryId: anId(400),
  campaignId: anId(50),
  campaignName: 'Telecom 30–90',
  debtorId: anId(10),
  displayName: 'Anna Kowalczyk-Wójcik',
  number: '+447700900123',
  numberKind: 'mobile',
  kind: 'preview',
  offeredAt: fixedNow - 9_000,
  dialsAt: fixedNow + 21_000,
  callbackAt: null,
  ...overrides,
});
