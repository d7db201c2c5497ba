import { z } from 'zod';
import { campaignId, instant, lookupGatewayId, lookupJobId, portfolioId } from '../domain/index.ts';
import { admins, defineCommands, defineEvents, leads } from './define.ts';
import { listFilter } from './search.contract.ts';

export const lookupKind = z.enum(['hlrLookups', 'smsapi', 'twilio', 'infobip', 'practice']);
export type LookupKind = z.infer<typeof lookupKind>;

/** What a network says of a number. `absent`: in service, switched off or out of reach now. */
export const lineStatus = z.enum(['reachable', 'absent', 'dead', 'invalid', 'unknown']);
export type LineStatus = z.infer<typeof lineStatus>;

export const lookupGateway = z.object({
  lookupGatewayId,
  kind: lookupKind,
  name: z.string(),
  /** empty: the provider's own */
  baseUrl: z.string(),
  user: z.string(),
  hasSecret: z.boolean(),
  enabled: z.boolean(),
  /** price of one look-up, millionths of the currency */
  priceMicro: z.number().int().min(0),
  currency: z.string(),
  maxPerSecond: z.number().min(0.1).max(200),
});
export type LookupGateway = z.infer<typeof lookupGateway>;

export const lookupJob = z.object({
  lookupJobId,
  lookupGatewayId,
  gatewayName: z.string(),
  portfolioId: portfolioId.nullable(),
  campaignId: campaignId.nullable(),
  state: z.enum(['running', 'finished', 'stopped', 'failed', 'budgetSpent']),
  numbers: z.number().int(),
  fromCache: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  costMicro: z.number().int(),
  budgetMicro: z.number().int().nullable(),
  currency: z.string().nullable(),
  found: z.partialRecord(lineStatus, z.number().int()),
  error: z.string().nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
});
export type LookupJob = z.infer<typeof lookupJob>;

/** Whose numbers: of a campaign's list, of a portfolio, or of a filter over all. */
const scope = z.strictObject({
  campaignId: campaignId.optional(),
  portfolioId: portfolioId.optional(),
  filter: listFilter.optional(),
  /** answers so old still count and cost nothing */
  maxAgeDays: z.number().int().min(0).max(365).default(30),
});

export const lookupCommands = defineCommands({
  'lookup.list-gateways': {
    roles: leads,
    input: z.strictObject({}),
    output: z.object({ gateways: z.array(lookupGateway) }),
  },
  'lookup.save-gateway': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      lookupGatewayId: lookupGatewayId.optional(),
      kind: lookupKind,
      name: z.string().trim().min(1).max(80),
      baseUrl: z.string().max(300).default(''),
      user: z.string().max(200).default(''),
      /** absent: keep the one that is stored */
      secret: z.string().max(500).optional(),
      enabled: z.boolean().default(true),
      priceMicro: z.number().int().min(0).max(100_000_000).default(0),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .default('EUR'),
      maxPerSecond: z.number().min(0.1).max(200).default(10),
    }),
    output: lookupGateway,
    errors: ['lookup.practice-only', 'lookup.real-only', 'lookup.bad-address'],
  },
  'lookup.remove-gateway': {
    roles: admins,
    changes: true,
    input: z.strictObject({ lookupGatewayId }),
    output: z.object({}),
  },
  /** What it would cost, before anything is asked. */
  'lookup.estimate': {
    roles: leads,
    input: z.strictObject({ lookupGatewayId, scope }),
    output: z.object({
      numbers: z.number().int(),
      fromCache: z.number().int(),
      toAsk: z.number().int(),
      costMicro: z.number().int(),
      currency: z.string(),
    }),
  },
  'lookup.start': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      lookupGatewayId,
      scope,
      /** stops before it would cost more */
      budgetMicro: z.number().int().min(0).nullable(),
    }),
    output: lookupJob,
    errors: ['lookup.nothing-to-ask', 'lookup.gateway-off', 'lookup.already-running'],
  },
  'lookup.stop': {
    roles: leads,
    changes: true,
    input: z.strictObject({ lookupJobId }),
    output: lookupJob,
  },
  'lookup.list-jobs': {
    roles: leads,
    input: z.strictObject({ limit: z.number().int().min(1).max(200).default(50) }),
    output: z.object({ jobs: z.array(lookupJob) }),
  },
});

export const lookupEvents = defineEvents({
  /** at most twice a second for each job */
  'lookup.job-changed': lookupJob,
});
