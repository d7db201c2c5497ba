import { z } from 'zod';
import {
  amountMinor,
  attemptResult,
  campaignId,
  channel,
  contactPointId,
  contactPointKind,
  contactPointStatus,
  currencyCode,
  debtId,
  debtorId,
  direction,
  instant,
  interactionId,
  isoDate,
  money,
  personId,
  portfolioId,
  promiseToPayId,
  recordingId,
  timeZone,
} from '../domain/index.ts';
import { defineCommands, defineEvents, everyone, leads } from './define.ts';

/** Whether a contact may be made now, from the door of contact rules. */
export const permission = z.object({
  allowed: z.boolean(),
  blockedBy: z.array(
    z.object({
      rule: z.string(),
      pack: z.string(),
      because: z.string(),
      until: instant.nullable(),
    }),
  ),
  /** null when allowed now, or when no date is in sight until a fact changes */
  nextAllowedAt: instant.nullable(),
});
export type Permission = z.infer<typeof permission>;

export const contactPoint = z.object({
  contactPointId,
  kind: contactPointKind,
  /** E.164 for phones, address for e-mail, handle for messengers */
  value: z.string(),
  status: contactPointStatus,
  timeZones: z.array(timeZone),
  lastTriedAt: instant.nullable(),
  lastResult: attemptResult.nullable(),
  /** for a call now; null for channels that are not built yet */
  permission: permission.nullable(),
});
export type ContactPoint = z.infer<typeof contactPoint>;

export const debt = z.object({
  debtId,
  externalRef: z.string(),
  creditorName: z.string(),
  debtKind: z.string(),
  currency: currencyCode,
  principalMinor: amountMinor,
  interestMinor: amountMinor,
  feesMinor: amountMinor,
  paidMinor: amountMinor,
  balanceMinor: amountMinor,
  dueOn: isoDate.nullable(),
  daysPastDue: z.number().int().nullable(),
  accountToPay: z.string().nullable(),
  status: z.enum(['open', 'paid', 'closed']),
});
export type Debt = z.infer<typeof debt>;

export const interaction = z.object({
  interactionId,
  channel,
  direction,
  at: instant,
  personId: personId.nullable(),
  agentName: z.string().nullable(),
  campaignId: campaignId.nullable(),
  campaignName: z.string().nullable(),
  /** the other end's number or address */
  peer: z.string().nullable(),
  attemptResult: attemptResult.nullable(),
  dispositionCode: z.string().nullable(),
  talkTimeMs: z.number().nullable(),
  /** note or message body */
  text: z.string().nullable(),
  recordingId: recordingId.nullable(),
  promise: money.extend({ dueOn: isoDate }).nullable(),
});
export type Interaction = z.infer<typeof interaction>;

export const promiseToPay = z.object({
  promiseToPayId,
  debtId: debtId.nullable(),
  amountMinor,
  currency: currencyCode,
  dueOn: isoDate,
  status: z.enum(['open', 'kept', 'broken', 'withdrawn']),
  createdAt: instant,
});

export const debtorCard = z.object({
  debtorId,
  portfolioId: portfolioId.nullable(),
  portfolioName: z.string().nullable(),
  externalRef: z.string(),
  kind: z.enum(['person', 'company']),
  displayName: z.string(),
  birthYear: z.number().int().nullable(),
  /** masked; the whole is asked for and audited later */
  nationalIdMasked: z.string().nullable(),
  language: z.string(),
  jurisdiction: z.string(),
  timeZones: z.array(timeZone),
  address: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string().nullable(),
  /** made up: shown as such */
  synthetic: z.boolean(),
  flags: z.array(z.string()),
  totals: z.array(money),
  oldestDaysPastDue: z.number().int().nullable(),
  debts: z.array(debt),
  contactPoints: z.array(contactPoint),
  promises: z.array(promiseToPay),
  nextAction: z
    .object({ kind: z.enum(['callback', 'promise', 'attempt', 'none']), at: instant.nullable() })
    .nullable(),
  /** the newest screenful, newest first */
  history: z.array(interaction),
  historyTotal: z.number().int(),
});
export type DebtorCard = z.infer<typeof debtorCard>;

export const debtorRow = z.object({
  debtorId,
  displayName: z.string(),
  externalRef: z.string(),
  city: z.string().nullable(),
  language: z.string(),
  balances: z.array(money),
  debtCount: z.number().int(),
  oldestDaysPastDue: z.number().int().nullable(),
  phoneCount: z.number().int(),
  lastInteractionAt: instant.nullable(),
  synthetic: z.boolean(),
});
export type DebtorRow = z.infer<typeof debtorRow>;

export const debtorCommands = defineCommands({
  'debtor.card': {
    roles: everyone,
    input: z.strictObject({ debtorId }),
    output: debtorCard,
  },
  'debtor.history': {
    roles: everyone,
    input: z.strictObject({
      debtorId,
      /** older than this position of the list, as `interactionId` of the last one known */
      before: interactionId.optional(),
      limit: z.number().int().min(1).max(200).default(50),
      channels: z.array(channel).optional(),
      search: z.string().max(200).optional(),
    }),
    output: z.object({ items: z.array(interaction), more: z.boolean() }),
  },
  /** A page of debtors; also the search by name, reference or any part of a number. */
  'debtor.list': {
    roles: everyone,
    input: z.strictObject({
      search: z.string().max(200).default(''),
      portfolioId: portfolioId.optional(),
      sort: z.enum(['name', 'balance', 'age', 'lastInteraction']).default('name'),
      descending: z.boolean().default(false),
      offset: z.number().int().min(0).max(10_000_000).default(0),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ rows: z.array(debtorRow), total: z.number().int() }),
  },
  'debtor.add-note': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ debtorId, text: z.string().trim().min(1).max(10_000) }),
    output: interaction,
  },
  'debtor.list-portfolios': {
    roles: everyone,
    input: z.strictObject({}),
    output: z.object({
      portfolios: z.array(
        z.object({
          portfolioId,
          name: z.string(),
          creditorName: z.string(),
          debtors: z.number().int(),
          debts: z.number().int(),
          balances: z.array(money),
          synthetic: z.boolean(),
          createdAt: instant,
        }),
      ),
    }),
  },
  'debtor.delete-portfolio': {
    roles: leads,
    changes: true,
    input: z.strictObject({ portfolioId }),
    output: z.object({ debtors: z.number().int() }),
    errors: ['debtor.portfolio-in-use'],
  },
});

export const debtorEvents = defineEvents({
  /** something on this card changed: fetch it again if it is on the screen */
  'debtor.changed': z.object({ debtorId }),
  'debtor.interaction-added': z.object({ debtorId, interaction }),
});
