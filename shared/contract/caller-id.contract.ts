import { z } from 'zod';
import { callerIdId, callerIdReportId, e164, instant, trunkId } from '../domain/index.ts';
import { admins, defineCommands, defineEvents, everyone, leads } from './define.ts';

/** `resting`: not shown until a date; `retired`: not shown any more, kept for what was said about it. */
export const callerIdState = z.enum(['active', 'resting', 'retired']);

export const callerIdProof = z.strictObject({
  kind: z.enum(['contract', 'invoice', 'carrierLetter', 'testCall', 'statement']),
  /** what and where it is, e.g. the number of the contract */
  note: z.string().trim().min(1).max(500),
});
export type CallerIdProof = z.infer<typeof callerIdProof>;

export const callerIdSchedule = z
  .array(
    z.strictObject({
      days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
      from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
    }),
  )
  .max(14);

const counts = {
  calls: z.number().int(),
  answers: z.number().int(),
  refusals: z.number().int(),
  /** answers ÷ calls; null: no calls */
  answerRate: z.number().nullable(),
};

/** A number of the pool, with what came of showing it. */
export const poolNumber = z.object({
  callerIdId,
  trunkId,
  trunkName: z.string(),
  e164: z.string(),
  label: z.string(),
  /** ISO country, and region where the plan of numbers tells it */
  country: z.string().nullable(),
  region: z.string().nullable(),
  state: callerIdState,
  /** code for translated text: answerRateDrop, carrierRefusals, listed, complaint, byHand */
  stateReason: z.string().nullable(),
  stateSince: instant.nullable(),
  restUntil: instant.nullable(),
  proof: callerIdProof.extend({ at: instant, personName: z.string().nullable() }).nullable(),
  schedule: callerIdSchedule,
  maxPerHour: z.number().int().nullable(),
  /** why it may not be shown at all; null: it may */
  refusedBecause: z.enum(['noProof', 'foreign', 'notDialable', 'withheld']).nullable(),
  today: z.object(counts),
  days30: z.object(counts),
  /** answers against what the same calls brought on average; 1 = as the others, with its 90 % interval */
  against: z.object({ ratio: z.number(), low: z.number(), high: z.number() }).nullable(),
  reports: z.number().int(),
  campaigns: z.array(z.string()),
});
export type PoolNumber = z.infer<typeof poolNumber>;

export const callerIdReport = z.object({
  callerIdReportId,
  e164: z.string(),
  kind: z.enum(['listed', 'delisted', 'complaint']),
  source: z.string(),
  note: z.string().nullable(),
  at: instant,
});

export const callerIdCommands = defineCommands({
  'caller-id.list': {
    roles: everyone,
    input: z.strictObject({ includeRetired: z.boolean().default(false) }),
    output: z.object({ numbers: z.array(poolNumber) }),
  },
  'caller-id.save': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      /** absent: a new number */
      callerIdId: callerIdId.optional(),
      trunkId: trunkId.optional(),
      e164: e164.optional(),
      label: z.string().trim().max(80).optional(),
      proof: callerIdProof.optional(),
      schedule: callerIdSchedule.optional(),
      maxPerHour: z.number().int().min(1).max(10_000).nullable().optional(),
    }),
    output: poolNumber,
    errors: ['caller-id.foreign', 'caller-id.not-dialable', 'caller-id.exists'],
  },
  /** `rest` needs a date, `retire` and `activate` none. */
  'caller-id.set-state': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      callerIdId,
      state: callerIdState,
      restUntil: instant.optional(),
      reason: z.string().max(200).optional(),
    }),
    output: poolNumber,
    errors: ['caller-id.last-of-campaign'],
  },
  /** A list of numbers with complaints or on lists of unwanted callers: one number a line, or CSV with a header. */
  'caller-id.import-reports': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      source: z.string().trim().min(1).max(80),
      kind: z.enum(['listed', 'complaint']).default('listed'),
      /** the text of the file, or an address (https) that is fetched once */
      text: z.string().max(2_000_000).optional(),
      url: z.url({ protocol: /^https$/ }).optional(),
      /** true: numbers of ours that the source listed before and does not list now are off it */
      complete: z.boolean().default(false),
    }),
    output: z.object({
      lines: z.number().int(),
      ours: z.number().int(),
      listed: z.number().int(),
      delisted: z.number().int(),
      unreadable: z.number().int(),
    }),
    errors: ['caller-id.nothing-to-import', 'caller-id.fetch-failed'],
  },
  'caller-id.reports': {
    roles: leads,
    input: z.strictObject({ callerIdId }),
    output: z.object({ reports: z.array(callerIdReport) }),
  },
  /** What came of showing a number, by region and hour and by day. */
  'caller-id.results': {
    roles: leads,
    input: z.strictObject({ callerIdId, days: z.number().int().min(1).max(366).default(30) }),
    output: z.object({
      byHour: z.array(z.object({ hour: z.number().int(), ...counts })),
      byRegion: z.array(z.object({ region: z.string(), ...counts })),
      byDay: z.array(z.object({ day: z.string(), ...counts })),
    }),
  },
});

export const callerIdEvents = defineEvents({
  'caller-id.changed': z.object({ callerIdId }),
});
