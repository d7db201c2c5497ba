import { z } from 'zod';
import {
  callerIdId,
  campaignId,
  instant,
  money,
  personId,
  portfolioId,
  trunkId,
} from '../domain/index.ts';
import { campaignMode, campaignSettings, listStrategy } from './campaign-settings.schema.ts';
import { defineCommands, defineEvents, everyone, leads } from './define.ts';

export const campaignStatus = z.enum(['draft', 'running', 'paused', 'stopped', 'finished']);
export type CampaignStatus = z.infer<typeof campaignStatus>;

/** Counted from the store; the same numbers that `debtor.history` and the reports give. */
export const campaignCounters = z.object({
  entries: z.number().int(),
  pending: z.number().int(),
  waiting: z.number().int(),
  inProgress: z.number().int(),
  done: z.number().int(),
  skipped: z.number().int(),
  /** of `pending` and `waiting`, those who do not fit the conditions of the strategy; absent: not known yet, or not told */
  leftOut: z.number().int().optional(),
  attempts: z.number().int(),
  answered: z.number().int(),
  connected: z.number().int(),
  abandoned: z.number().int(),
  busy: z.number().int(),
  noAnswer: z.number().int(),
  failed: z.number().int(),
  interrupted: z.number().int(),
  /** disposed by agents, by code */
  dispositions: z.record(z.string(), z.number().int()),
  promises: z.number().int(),
  talkTimeMs: z.number(),
});
export type CampaignCounters = z.infer<typeof campaignCounters>;

/** What the firm has recorded for those who meet no agent. */
export const abandonmentMessage = z.object({
  /** of the file that was chosen */
  name: z.string(),
  durationMs: z.number().int(),
  setAt: instant,
});
export type AbandonmentMessage = z.infer<typeof abandonmentMessage>;

export const campaign = z.object({
  campaignId,
  name: z.string(),
  portfolioId,
  portfolioName: z.string(),
  trunkId: trunkId.nullable(),
  callerIdId: callerIdId.nullable(),
  status: campaignStatus,
  /** why a running campaign is not dialing now */
  blockedBy: z
    .enum([
      'noAgent',
      'noTrunk',
      'trunkDown',
      'rules',
      'listEmpty',
      'clock',
      'noCallerId',
      /** an abandonment limit is reached whose rule stops the campaign */
      'abandonment',
    ])
    .nullable(),
  /** with `rules` or `listEmpty`: when the next debtor may be called */
  nextAt: instant.nullable(),
  settings: campaignSettings,
  /** null: the one that comes with Dialdesk is spoken, in the debtor's language */
  abandonmentMessage: abandonmentMessage.nullable(),
  /** empty: everyone who is an agent, now and later */
  personIds: z.array(personId),
  counters: campaignCounters,
  createdAt: instant,
});
export type Campaign = z.infer<typeof campaign>;

export const campaignScreening = z.object({
  campaignId,
  state: z.enum(['idle', 'waiting', 'running', 'unavailable']),
  /** entries that are pending or waiting */
  entries: z.number().int(),
  screened: z.number().int(),
  /** the oldest look at an entry that still counts; null: not all were looked at */
  screenedAt: instant.nullable(),
  allowedNow: z.number().int(),
  /** refused now, by the rule with the latest date */
  refused: z.array(
    z.object({
      rule: z.string(),
      pack: z.string(),
      because: z.string(),
      entries: z.number().int(),
      /** when the first of them may be called; null: not before a fact changes */
      firstAt: instant.nullable(),
      lastAt: instant.nullable(),
    }),
  ),
});
export type CampaignScreening = z.infer<typeof campaignScreening>;

const chance = z.number().min(0).max(1);

/** A campaign as it goes, for the page of the lead. Times and counts are of today (the firm's day) unless said. */
export const campaignLive = z.object({
  campaignId,
  at: instant,
  mode: campaignMode,
  agents: z.array(
    z.object({
      personId,
      displayName: z.string(),
      /** preview: looks at a debtor before the call */
      workState: z.enum([
        'offline',
        'notReady',
        'ready',
        'preview',
        'reserved',
        'talking',
        'wrapUp',
      ]),
      since: instant,
      /** in wrapUp: when the agent is expected, by notice or timer */
      readyAt: instant.nullable(),
      callId: z.string().nullable(),
      debtorId: z.string().nullable(),
      debtorName: z.string().nullable(),
      conversations: z.number().int(),
      talkTimeMs: z.number(),
      idleTimeMs: z.number(),
      /** share of the time in this campaign spent talking and in wrap-up; null: not here long enough */
      occupancy: chance.nullable(),
    }),
  ),
  /** calls by where they are now */
  stages: z.object({
    dialing: z.number().int(),
    ringing: z.number().int(),
    waiting: z.number().int(),
    connected: z.number().int(),
    abandoning: z.number().int(),
  }),
  today: z.object({
    calls: z.number().int(),
    answered: z.number().int(),
    connected: z.number().int(),
    abandoned: z.number().int(),
    takenBack: z.number().int(),
    promises: z.number().int(),
    /** abandoned ÷ (connected + abandoned), percent; null: nobody answered */
    abandonedPercent: z.number().nullable(),
    answersPerHour: z.number().nullable(),
    occupancy: chance.nullable(),
    /** minutes of talk and wrap-up in an hour of an agent */
    busyMinutesPerHour: z.number().nullable(),
    averageWaitMs: z.number().nullable(),
    /** from the answer to the agent, 95th percentile */
    answerToAgentP95Ms: z.number().nullable(),
  }),
  /** the last hours in steps of five minutes, oldest first */
  series: z.array(
    z.object({
      at: instant,
      calls: z.number().int(),
      answered: z.number().int(),
      abandoned: z.number().int(),
      occupancy: chance.nullable(),
      abandonedPercent: z.number().nullable(),
    }),
  ),
  goalPercent: z.number().nullable(),
  /** what the pacer thinks; null: it was not asked yet, or the mode has none */
  pacer: z
    .object({
      at: instant,
      rule: z.string(),
      free: z.number(),
      waiting: z.number(),
      ringing: z.number(),
      expectedAnswers: z.number().nullable(),
      expectedFree: z.number().nullable(),
      risk: z.number().nullable(),
      riskAllowed: z.number().nullable(),
      answerChance: z.number().nullable(),
      lastDialAt: instant.nullable(),
      /** what the last decision did; absent: not told */
      dial: z.number().int().optional(),
      cancelled: z.number().int().optional(),
      /** the tightest budget, as in `why` of the decision */
      budget: z
        .object({
          rule: z.string(),
          percent: z.number().nullable(),
          left: z.number(),
          limitPercent: z.number(),
        })
        .nullable()
        .optional(),
    })
    .nullable(),
});
export type CampaignLive = z.infer<typeof campaignLive>;

/** One decision of the pacer, with the numbers that made it. */
export const pacerDecision = z.object({
  at: instant,
  dial: z.number().int(),
  cancel: z.array(z.string()),
  why: z.record(z.string(), z.unknown()),
});
export type PacerDecision = z.infer<typeof pacerDecision>;

/** What a way of pacing would give the present team, simulated from what the campaign has learnt. */
export const pacingForecast = z.object({
  mode: campaignMode,
  silentGoalPercent: z.number().nullable(),
  takeBack: z.boolean(),
  talkMinutesPerHour: z.number(),
  /** talk and wrap-up, to be compared with what was recorded; absent: not reckoned */
  busyMinutesPerHour: z.number().optional(),
  silentPercent: z.number(),
  dialsPerHour: z.number(),
});
export type PacingForecast = z.infer<typeof pacingForecast>;

/** How a list would be called, found without calling anybody. */
export const strategyPreview = z.object({
  /** debtors of the portfolio, those whom the filter leaves, and those who may be called now */
  total: z.number().int(),
  fitting: z.number().int(),
  priorities: z.array(z.object({ name: z.string(), count: z.number().int() })),
  /** the period whose weights hold today */
  period: z.string().nullable(),
  rows: z.array(
    z.object({
      debtorId: z.string(),
      displayName: z.string(),
      externalRef: z.string(),
      priority: z.string().nullable(),
      score: z.number(),
      /** what made the score: property, its value 0 … 1, and what it added */
      reasons: z.array(z.object({ property: z.string(), value: z.number(), adds: z.number() })),
      balances: z.array(money),
      oldestDaysPastDue: z.number().int().nullable(),
      number: z.string().nullable(),
      numberKind: z.string().nullable(),
    }),
  ),
});
export type StrategyPreview = z.infer<typeof strategyPreview>;

export const dryRun = z.object({
  campaignId,
  at: instant,
  /** entries looked at; fewer than the list when it is long: `sampled` says so, and counts are scaled up */
  entries: z.number().int(),
  sampled: z.number().int(),
  callableNow: z.number().int(),
  callableToday: z.number().int(),
  /** calls until the list is through once, with the answers expected of them */
  expectedCalls: z.number(),
  expectedAnswers: z.number(),
  /** with how many agents that was reckoned, and how long it takes them */
  agents: z.number().int(),
  expectedHours: z.number().nullable(),
  byHour: z.array(z.object({ at: instant, callable: z.number().int() })),
  stoppedBy: z.array(
    z.object({
      rule: z.string(),
      pack: z.string(),
      because: z.string(),
      entries: z.number().int(),
    }),
  ),
  noNumber: z.number().int(),
  excluded: z.number().int(),
  numberKinds: z.array(z.object({ kind: z.string(), entries: z.number().int() })),
  callerIds: z.array(z.object({ e164: z.string(), label: z.string(), calls: z.number() })),
  /** true: no outcomes of this campaign yet; the answer chance is a common one */
  guessed: z.boolean(),
});
export type DryRun = z.infer<typeof dryRun>;

export const campaignCommands = defineCommands({
  'campaign.list': {
    roles: everyone,
    input: z.strictObject({}),
    output: z.object({ campaigns: z.array(campaign) }),
  },
  'campaign.get': {
    roles: everyone,
    input: z.strictObject({ campaignId }),
    output: campaign,
  },
  'campaign.create': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      name: z.string().trim().min(1).max(120),
      portfolioId,
      trunkId: trunkId.optional(),
      callerIdId: callerIdId.optional(),
      settings: campaignSettings.partial().optional(),
      /** absent: everyone who is an agent, now and later */
      personIds: z.array(personId).optional(),
    }),
    output: campaign,
  },
  'campaign.update': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      campaignId,
      name: z.string().trim().min(1).max(120).optional(),
      trunkId: trunkId.optional(),
      callerIdId: callerIdId.optional(),
      settings: campaignSettings.partial().optional(),
      /** empty: everyone who is an agent, now and later */
      personIds: z.array(personId).optional(),
    }),
    output: campaign,
  },
  'campaign.start': {
    roles: leads,
    changes: true,
    input: z.strictObject({ campaignId }),
    output: campaign,
    errors: ['campaign.no-trunk', 'campaign.no-caller-id', 'campaign.store-kind'],
  },
  /** No new calls; calls that are up go on. */
  'campaign.pause': {
    roles: leads,
    changes: true,
    input: z.strictObject({ campaignId }),
    output: campaign,
  },
  'campaign.resume': {
    roles: leads,
    changes: true,
    input: z.strictObject({ campaignId }),
    output: campaign,
  },
  /** No new calls, ringing ones are taken back; calls with an agent go on. */
  'campaign.stop': {
    roles: leads,
    changes: true,
    input: z.strictObject({ campaignId }),
    output: campaign,
  },
  /**
   * The firm's own recording for who meets no agent, uploaded before: WAV, PCM of 16 bit or G.711, mono or stereo,
   * 8 … 48 kHz, 1 … 30 s, up to 6 MB. It holds from the next call on.
   */
  'campaign.set-abandonment-message': {
    roles: leads,
    changes: true,
    input: z.strictObject({ campaignId, fileId: z.string().max(64) }),
    output: campaign,
    errors: [
      'import.unknown-file',
      'campaign.message-not-wav',
      'campaign.message-length',
      'campaign.message-silent',
      'campaign.message-too-large',
    ],
  },
  /** The one that comes with Dialdesk is spoken again. */
  'campaign.remove-abandonment-message': {
    roles: leads,
    changes: true,
    input: z.strictObject({ campaignId }),
    output: campaign,
  },
  /** As it sounds on a telephone line. */
  'campaign.open-abandonment-message': {
    roles: leads,
    input: z.strictObject({ campaignId }),
    output: z.object({ url: z.string(), expiresAt: instant, durationMs: z.number().int() }),
    errors: ['campaign.message-damaged'],
  },
  /** What the rules say of every debtor of a list, found without calling anybody. */
  'campaign.screening': {
    roles: leads,
    input: z.strictObject({ campaignId }),
    output: campaignScreening,
  },
  /** Looks at the whole list again. */
  'campaign.screen': {
    roles: leads,
    changes: true,
    input: z.strictObject({ campaignId }),
    output: campaignScreening,
    errors: ['campaign.screening-unavailable'],
  },
  /** The figures of the moment; `campaign.live-changed` follows, at most once a second while it runs. */
  'campaign.live': {
    roles: leads,
    input: z.strictObject({ campaignId }),
    output: campaignLive,
  },
  /** Debtors in the order of a strategy, before it is saved. */
  'campaign.preview-strategy': {
    roles: leads,
    input: z.strictObject({
      portfolioId,
      strategy: listStrategy,
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: strategyPreview,
  },
  'campaign.dry-run': {
    roles: leads,
    input: z.strictObject({ campaignId, agents: z.number().int().min(1).max(500).optional() }),
    output: dryRun,
  },
  /** What other goals would give the present team: the price of a silent call in minutes of talk. */
  'campaign.forecast': {
    roles: leads,
    input: z.strictObject({
      /** absent: before there is a campaign, from common figures */
      campaignId: campaignId.optional(),
      agents: z.number().int().min(1).max(500),
      goalsPercent: z.array(z.number().min(0).max(5)).min(1).max(12),
      takeBack: z.boolean().default(false),
      notices: z.boolean().default(true),
    }),
    output: z.object({
      /** true: too little was learnt; common figures */
      guessed: z.boolean(),
      forecasts: z.array(pacingForecast),
    }),
  },
  /** What the pacer decided, newest first. */
  'campaign.decisions': {
    roles: leads,
    input: z.strictObject({
      campaignId,
      before: instant.optional(),
      after: instant.optional(),
      /** leave out those that changed nothing */
      actionsOnly: z.boolean().default(true),
      limit: z.number().int().min(1).max(1_000).default(200),
    }),
    output: z.object({ decisions: z.array(pacerDecision), more: z.boolean() }),
  },
  /**
   * Takes up what a campaign was told on one day and asks the pacer again: with its own settings the answers must be the same,
   * and with other ones the day is simulated from what was seen. At most 31 days, else `contract.bad-input`.
   */
  'campaign.replay': {
    roles: leads,
    input: z.strictObject({
      campaignId,
      from: instant,
      to: instant,
      silentGoalPercent: z.number().min(0).max(5).optional(),
      takeBack: z.boolean().optional(),
      mode: campaignMode.exclude(['preview']).optional(),
    }),
    output: z.object({
      decisions: z.number().int(),
      /** decisions that came out otherwise with the same settings; 0 unless the pacer was changed since */
      different: z.number().int(),
      recorded: z.object({
        dials: z.number().int(),
        answered: z.number().int(),
        abandoned: z.number().int(),
        busyMinutesPerHour: z.number().nullable(),
        silentPercent: z.number().nullable(),
      }),
      other: pacingForecast.nullable(),
    }),
    errors: ['campaign.nothing-recorded'],
  },
  'campaign.list-attempts': {
    roles: leads,
    input: z.strictObject({
      campaignId,
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({
      attempts: z.array(
        z.object({
          attemptId: z.string(),
          debtorId: z.string(),
          debtorName: z.string(),
          state: z.string(),
          attemptResult: z.string().nullable(),
          dispositionCode: z.string().nullable(),
          reservedAt: instant,
          answeredAt: instant.nullable(),
          joinedAt: instant.nullable(),
          endedAt: instant.nullable(),
        }),
      ),
    }),
  },
});

export const campaignEvents = defineEvents({
  /** at most twice a second for each campaign */
  'campaign.changed': campaign,
  'campaign.screened': campaignScreening,
  'campaign.live-changed': campaignLive,
});
