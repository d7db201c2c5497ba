import { z } from 'zod';
import {
  callerIdId,
  campaignId,
  dialingMode,
  instant,
  personId,
  portfolioId,
  trunkId,
} from '../domain/index.ts';
import { defineCommands, defineEvents, everyone, leads } from './define.ts';

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

export const campaignSettings = z.strictObject({
  mode: dialingMode.exclude(['manual']),
  /** how a person is recognised; only `off` (the answer) is built so far */
  answerDetection: z.enum(['off']),
  ringTimeoutMs: z.number().int().min(5_000).max(120_000),
  /** a person who answers and meets no agent for so long hears the abandonment message */
  answerToAgentMaxMs: z.number().int().min(0).max(10_000),
  maxConcurrentCalls: z.number().int().min(1).max(500),
  wrapUpMs: z.number().int().min(0).max(3_600_000).nullable(),
  recordCalls: z.boolean(),
  retry: retryRules,
});
export type CampaignSettings = z.infer<typeof campaignSettings>;
export type RetryRules = z.infer<typeof retryRules>;

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
    .enum(['noAgent', 'noTrunk', 'trunkDown', 'rules', 'listEmpty', 'clock', 'noCallerId'])
    .nullable(),
  /** with `rules` or `listEmpty`: when the next debtor may be called */
  nextAt: instant.nullable(),
  settings: campaignSettings,
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
});
