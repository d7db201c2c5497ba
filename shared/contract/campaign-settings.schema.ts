import { z } from 'zod';
import { callerIdId, lookupGatewayId, scriptId } from '../domain/index.ts';
import { listFilter } from './search.contract.ts';

/** Delay before a debtor is tried again after each result, ms; absent = never again. */
export const retryRules = z.strictObject({
  busyMs: z.number().int().positive().nullable(),
  noAnswerMs: z.number().int().positive().nullable(),
  rejectedMs: z.number().int().positive().nullable(),
  machineMs: z.number().int().positive().nullable(),
  networkFailureMs: z.number().int().positive().nullable(),
  abandonedMs: z.number().int().positive().nullable(),
  maxAttemptsPerDebtor: z.number().int().min(1).max(100),
});
export type RetryRules = z.infer<typeof retryRules>;

/** How a campaign dials. `power` and `predictive` start more calls than there are free agents. */
export const campaignMode = z.enum(['preview', 'progressive', 'power', 'predictive']);
export type CampaignMode = z.infer<typeof campaignMode>;

export const pacingSettings = z.strictObject({
  /** power: lines for each free agent */
  linesPerAgent: z.number().min(1).max(10).default(1.5),
  /** predictive: silent calls accepted, percent of the people who answer; the rules' own limits hold besides */
  silentGoalPercent: z.number().min(0).max(5).default(1),
  /** over what the goal is held: each day for itself, or 30 days together */
  goalWindow: z.enum(['day', 'days30']).default('day'),
  /** calls that nobody answered may be taken back after `minRingMs` when no agent will be free */
  takeBack: z.boolean().default(false),
  /** never less than the rules say */
  minRingMs: z.number().int().min(15_000).max(60_000).default(15_000),
  /** notices of a wrap-up that is about to end are believed */
  wrapUpNotices: z.boolean().default(true),
  /** what a dial must be worth where contacts are limited, in seconds of talk; 0: dials cost nothing */
  dialPriceS: z.number().min(0).max(600).default(0),
});
export type PacingSettings = z.infer<typeof pacingSettings>;

/** One property of a debtor that the order of a list can be made from; each is brought to 0 … 1 over the list. */
export const strategyProperty = z.enum([
  /** of all open debts */
  'amount',
  /** days past due of the oldest open debt */
  'age',
  /** a promise was broken, the later the more */
  'brokenPromise',
  /** likelihood to pay, learnt from the firm's own outcomes */
  'payScore',
  /** never contacted */
  'neverContacted',
  /** days since the last contact */
  'sinceContact',
  /** has paid something */
  'hasPaid',
  /** fewer tries first */
  'fewTries',
  /** the number answers at this hour */
  'answersNow',
  /** days to the end of the limitation period, the fewer the more */
  'limitation',
]);
export type StrategyProperty = z.infer<typeof strategyProperty>;

const monthDay = z.number().int().min(1).max(31);

/** Which debtors of a portfolio are called, and in what order: data, the same everywhere that it is asked. */
export const listStrategy = z.strictObject({
  /** those who fit are called, the others wait; empty: everybody */
  filter: listFilter.default({}),
  /** debtors who fit the first of these that they fit come before those of the next, whatever their weights */
  priorities: z
    .array(z.strictObject({ name: z.string().trim().min(1).max(80), filter: listFilter }))
    .max(20)
    .default([]),
  /** −100 … 100: how much each property brings a debtor forward */
  weights: z.partialRecord(strategyProperty, z.number().min(-100).max(100)).default({}),
  /** other weights on some days of the month (the firm's calendar); the first that fits holds */
  periods: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(80),
        /** `lastDays`: the last n days of the month */
        days: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('fromTo'), from: monthDay, to: monthDay }),
          z.strictObject({ kind: z.literal('lastDays'), days: monthDay }),
          /** days on which wages come, and so many days after */
          z.strictObject({
            kind: z.literal('payDays'),
            days: z.array(monthDay).min(1).max(10),
            after: z.number().int().min(0).max(7),
          }),
        ]),
        weights: z.partialRecord(strategyProperty, z.number().min(-100).max(100)),
      }),
    )
    .max(10)
    .default([]),
  /** retries that are due come before debtors who were never tried */
  retriesFirst: z.boolean().default(true),
  /** phones that look-up found switched on again come first */
  reachableAgainFirst: z.boolean().default(true),
});
export type ListStrategy = z.infer<typeof listStrategy>;

const numberKind = z.enum(['mobile', 'home', 'work', 'other']);
const hour = z.number().int().min(0).max(24);

/** Which of a debtor's numbers at which hour of the debtor's clock, and for how long. */
export const numberRules = z.strictObject({
  /** the first that fits the hour names the kinds in their order; kinds not named come last, `never` not at all */
  hours: z
    .array(
      z.strictObject({
        days: z.enum(['every', 'workdays', 'weekend']),
        from: hour,
        to: hour,
        order: z.array(numberKind).max(4),
        never: z.array(numberKind).max(4).default([]),
      }),
    )
    .max(24),
  /** how often which number answered, of this debtor and of those alike, counts more than the table of hours */
  learn: z.boolean().default(true),
  /** failures in a row after which a number is retired; null: never */
  failuresBeforeRetired: z.number().int().min(1).max(50).nullable().default(8),
  /** tries of one number in a day of the debtor; the rules' own limits hold besides */
  maxTriesPerDay: z.number().int().min(1).max(20).nullable().default(3),
  /** after a try that reached nobody another number of the debtor may be tried so much later; null: only when the first may be */
  otherNumberAfterMs: z
    .number()
    .int()
    .min(0)
    .nullable()
    .default(30 * 60_000),
});
export type NumberRules = z.infer<typeof numberRules>;

export const callerIdChoice = z.strictObject({
  /** the pool; empty: only the campaign's own number */
  pool: z.array(callerIdId).max(1_000).default([]),
  /** most likely to be answered, or each in its turn */
  choose: z.enum(['best', 'rotation']).default('best'),
  /** a number of the debtor's own region comes first, where the rules allow it */
  localPresence: z.boolean().default(false),
  /** another number after each try that reached nobody */
  changeAfterFailure: z.boolean().default(true),
  /** calls with one number in an hour, unless the number says less */
  maxPerHour: z.number().int().min(1).max(10_000).nullable().default(100),
});
export type CallerIdChoice = z.infer<typeof callerIdChoice>;

export const campaignLookup = z.strictObject({
  gatewayId: lookupGatewayId.nullable().default(null),
  /** an answer so old still counts */
  maxAgeDays: z.number().int().min(1).max(365).default(30),
  /** dead numbers leave the list; absent ones wait so long */
  absentWaitMs: z
    .number()
    .int()
    .positive()
    .default(6 * 3_600_000),
});

export const campaignSettings = z.strictObject({
  mode: campaignMode,
  /** how a person is recognised; only `off` (the answer) is built so far */
  answerDetection: z.enum(['off']),
  ringTimeoutMs: z.number().int().min(5_000).max(120_000),
  /** a person who answers and meets no agent for so long hears the abandonment message */
  answerToAgentMaxMs: z.number().int().min(0).max(10_000),
  maxConcurrentCalls: z.number().int().min(1).max(500),
  wrapUpMs: z.number().int().min(0).max(3_600_000).nullable(),
  recordCalls: z.boolean(),
  retry: retryRules,
  pacing: pacingSettings,
  strategy: listStrategy,
  numbers: numberRules,
  callerIds: callerIdChoice,
  lookup: campaignLookup,
  /** preview: the agent has so long before the call goes out by itself; null: only by the agent's key */
  previewMs: z.number().int().min(3_000).max(600_000).nullable(),
  /** who met silence is called again after so long (and then with an agent on the line); null: never by this campaign */
  silentCoolDownMs: z.number().int().min(0).nullable(),
  /** share of an agent who is in several campaigns */
  weight: z.number().int().min(1).max(100),
  /** codes offered in wrap-up; empty: all that are active */
  dispositions: z.array(z.string().min(1).max(40)).max(50),
  scriptId: scriptId.nullable(),
});
export type CampaignSettings = z.infer<typeof campaignSettings>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What a new campaign starts with, and what one of an earlier version is filled up with. */
export const defaultCampaignSettings: CampaignSettings = {
  mode: 'progressive',
  answerDetection: 'off',
  ringTimeoutMs: 25_000,
  answerToAgentMaxMs: 2_000,
  maxConcurrentCalls: 60,
  wrapUpMs: MINUTE_MS,
  recordCalls: true,
  retry: {
    busyMs: 5 * MINUTE_MS,
    noAnswerMs: 2 * HOUR_MS,
    rejectedMs: 24 * HOUR_MS,
    machineMs: 24 * HOUR_MS,
    networkFailureMs: 30 * MINUTE_MS,
    abandonedMs: 72 * HOUR_MS,
    maxAttemptsPerDebtor: 5,
  },
  pacing: pacingSettings.parse({}),
  strategy: listStrategy.parse({}),
  numbers: numberRules.parse({
    hours: [
      { days: 'workdays', from: 8, to: 17, order: ['work', 'mobile', 'home'] },
      { days: 'workdays', from: 0, to: 24, order: ['home', 'mobile'], never: ['work'] },
      { days: 'weekend', from: 0, to: 24, order: ['mobile', 'home'], never: ['work'] },
    ],
  }),
  callerIds: callerIdChoice.parse({}),
  lookup: campaignLookup.parse({}),
  previewMs: 30_000,
  silentCoolDownMs: 72 * HOUR_MS,
  weight: 10,
  dispositions: [],
  scriptId: null,
};
