import { z } from 'zod';
import {
  amountMinor,
  campaignId,
  channel,
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
  recordingId,
  timeZone,
} from '../domain/index.ts';
import {
  allocationOrder,
  cardDocument,
  cardScript,
  companyNumber,
  componentAmounts,
  consent,
  contactPoint,
  debt,
  hold,
  interaction,
  interestKind,
  interestUnknown,
  mergedFrom,
  noticeSent,
  payment,
  paymentPlan,
  personalBlock,
  plannedAction,
  priorContact,
  promiseToPay,
  relation,
  statedPlace,
  taxNumber,
  writeOff,
} from './debtor-parts.schema.ts';
import { defineCommands, defineEvents, everyone, leads } from './define.ts';

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

  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  companyName: z.string().nullable(),
  street: z.string().nullable(),
  postalCode: z.string().nullable(),
  /** PESEL, SSN, INN, …; `debtor.reveal-national-id` tells the number */
  nationalIdKind: z.string().nullable(),
  nationalIdValid: z.boolean().nullable(),
  taxId: taxNumber.nullable(),
  companyNumber: companyNumber.nullable(),
  /** open debts, for each currency */
  totalsByComponent: z.array(
    componentAmounts.extend({
      currency: currencyCode,
      paidMinor: amountMinor,
      balanceMinor: amountMinor,
      /** runs and is not in the balance; null when it cannot be counted for one of them */
      interestAccruedMinor: amountMinor.nullable(),
      /** paid and not yet allocated */
      unallocatedMinor: amountMinor,
    }),
  ),
  /** newest first, at most 100; `payment.list` has the rest */
  payments: z.array(payment),
  paymentsTotal: z.number().int(),
  allocationOrder,
  plans: z.array(paymentPlan),
  writeOffs: z.array(writeOff),
  relations: z.array(relation),
  /** in force; `flags` names their kinds */
  holds: z.array(hold),
  consents: z.array(consent),
  /** in force */
  blocks: z.array(personalBlock),
  statedPlace: statedPlace.nullable(),
  notices: z.array(noticeSent),
  documents: z.array(cardDocument),
  /** everything that is planned, the next first; what has no time stands last */
  planned: z.array(plannedAction),
  script: cardScript.nullable(),
  mergedFrom: z.array(mergedFrom),
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
      direction: direction.optional(),
      /** who did it, or joined it */
      personId: personId.optional(),
      campaignId: campaignId.optional(),
      debtId: debtId.optional(),
      /** first and last day, where the debtor lives */
      from: isoDate.optional(),
      to: isoDate.optional(),
      withRecording: z.boolean().optional(),
    }),
    output: z.object({ items: z.array(interaction), more: z.boolean() }),
  },
  /** Who and which campaigns occur in a history: the choices of its filters. */
  'debtor.history-facets': {
    roles: everyone,
    input: z.strictObject({ debtorId }),
    output: z.object({
      channels: z.array(z.object({ channel, count: z.number().int() })),
      people: z.array(z.object({ personId, name: z.string() })),
      campaigns: z.array(z.object({ campaignId, name: z.string() })),
    }),
  },
  /** Audited. */
  'debtor.reveal-national-id': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ debtorId, reason: z.string().trim().max(500).optional() }),
    output: z.object({ nationalId: z.string().nullable(), nationalIdKind: z.string().nullable() }),
  },
  /**
   * Interest to any date, of one debt or of all of a debtor, with the periods that made it. Each period is rounded to
   * whole minor units at its end, halves up; `interestMinor` is their sum.
   */
  'debtor.interest': {
    roles: everyone,
    input: z.strictObject({
      debtorId: debtorId.optional(),
      debtId: debtId.optional(),
      /** the last day that counts */
      onDate: isoDate,
    }),
    output: z.object({
      debts: z.array(
        z.object({
          debtId,
          currency: currencyCode,
          kind: interestKind,
          from: isoDate.nullable(),
          to: isoDate,
          /** null when it cannot be counted */
          interestMinor: amountMinor.nullable(),
          /** of it, what is in the balance already */
          chargedMinor: amountMinor,
          unknown: interestUnknown.nullable(),
          periods: z.array(
            z.object({
              from: isoDate,
              to: isoDate,
              days: z.number().int(),
              principalMinor: amountMinor,
              ratePpm: z.number().int(),
              /** days of a year: 365 or 366 */
              yearDays: z.number().int(),
              interestMinor: amountMinor,
            }),
          ),
          /** of the rates: where they stand, when they were last looked at, and that no lawyer has signed them */
          rates: z
            .object({ source: z.string(), verifiedOn: isoDate, draft: z.boolean() })
            .nullable(),
        }),
      ),
    }),
    errors: ['work.need-debtor-or-debt'],
  },
  /** About 200 peaks of each channel, 0 to 100 (left: the debtor; right: the agent); kept once it was counted. */
  'recording.waveform': {
    roles: everyone,
    input: z.strictObject({ recordingId }),
    output: z.object({
      durationMs: z.number(),
      left: z.array(z.number().int()),
      right: z.array(z.number().int()),
    }),
    errors: ['media.erased', 'media.not-finished'],
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
          priorContact,
          createdAt: instant,
        }),
      ),
    }),
  },
  'debtor.set-prior-contact': {
    roles: leads,
    changes: true,
    input: z.strictObject({ portfolioId, priorContact }),
    output: z.object({}),
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
