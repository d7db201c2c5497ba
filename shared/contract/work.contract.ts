import { z } from 'zod';
import {
  callbackId,
  campaignId,
  channel,
  consentId,
  contactPointId,
  contactPointKind,
  contactPointStatus,
  currencyCode,
  debtId,
  debtorId,
  debtorMergeId,
  holdId,
  instant,
  isoDate,
  paymentId,
  paymentPlanId,
  personId,
  portfolioId,
  promiseToPayId,
  relationId,
  timeZone,
  writeOffId,
} from '../domain/index.ts';
import {
  allocationOrder,
  consentKinds,
  contactHours,
  contactPoint,
  debtComponent,
  flagKinds,
  interestKind,
  payment,
  paymentMethods,
  relationKinds,
  writeOff,
} from './debtor-parts.schema.ts';
import { admins, defineCommands, everyone, leads } from './define.ts';

const done = z.object({});
const note = z.string().trim().max(2_000);
/** more than zero, and small enough that sums stay exact */
export const positiveMinor = z.number().int().min(1).max(1_000_000_000_000);

const planShape = {
  debtorId,
  /** which debts it covers, all of one currency; the payments of the plan go to them */
  debtIds: z.array(debtId).min(1).max(200),
  currency: currencyCode,
  /** what the instalments add up to; absent: the whole balance of these debts on the first day */
  totalMinor: positiveMinor.optional(),
  parts: z.discriminatedUnion('kind', [
    /** the last one takes what does not divide; with `amountMinor` there are as many as it needs */
    z.strictObject({
      kind: z.literal('equal'),
      count: z.number().int().min(1).max(120).optional(),
      amountMinor: positiveMinor.optional(),
      firstOn: isoDate,
      every: z.enum(['week', 'twoWeeks', 'month']),
      /** smaller or larger than the others, paid on `firstOn` */
      downPaymentMinor: positiveMinor.optional(),
    }),
    z.strictObject({
      kind: z.literal('custom'),
      instalments: z
        .array(z.strictObject({ dueOn: isoDate, amountMinor: positiveMinor }))
        .min(1)
        .max(120),
    }),
  ]),
};

/** `problem` codes: they are shown beside the field that they are about. */
export const planProblem = z.enum([
  'sum-differs',
  'more-than-debt',
  'other-currency',
  'date-past',
  'dates-not-ascending',
  'below-minimum',
  'too-many',
  'too-long',
  'debt-not-open',
  'has-active-plan',
  'parts-missing',
]);

const planErrors = ['plan.invalid', 'contract.not-found'] as const;

export const mergeReason = z.enum([
  'nationalId',
  'taxId',
  'companyNumber',
  'phoneAndName',
  'emailAndName',
  'nameAndBirthDate',
  'nameAndAddress',
]);

export const mergeSide = z.object({
  debtorId,
  displayName: z.string(),
  externalRef: z.string(),
  portfolioName: z.string().nullable(),
  city: z.string().nullable(),
  nationalIdMasked: z.string().nullable(),
  debts: z.number().int(),
  contactPoints: z.number().int(),
  interactions: z.number().int(),
});

export const callbackRow = z.object({
  callbackId,
  debtorId,
  displayName: z.string(),
  at: instant,
  timeZone,
  /** whose it is; null: whoever is there */
  personId: personId.nullable(),
  agentName: z.string().nullable(),
  contactPointId: contactPointId.nullable(),
  number: z.string().nullable(),
  campaignId: campaignId.nullable(),
  status: z.enum(['open', 'done', 'cancelled']),
  note: z.string().nullable(),
  createdAt: instant,
});
export type CallbackRow = z.infer<typeof callbackRow>;

export const workSettings = z.object({
  /** absent: by the law of the debtor's country */
  allocationOrder: allocationOrder.nullable(),
  /** a promise or an instalment is not yet broken or late on so many days after its date (transfers take time) */
  graceDays: z.number().int().min(0).max(30),
  /** a plan is broken when an instalment is so many days late */
  planBrokenAfterDays: z.number().int().min(1).max(365),
  minimumInstalmentMinor: z.number().int().min(0).max(1_000_000_000),
  planLongestMonths: z.number().int().min(1).max(120),
});
export type WorkSettings = z.infer<typeof workSettings>;

/**
 * Work on a debtor. Each change is announced by `debtor.changed` and leaves a line in the history (channel `payment`
 * or `status`). The id of a debtor that was merged stands for the one that was kept.
 */
export const workCommands = defineCommands({
  'promise.make': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      /** absent: whatever is owed in this currency */
      debtId: debtId.optional(),
      amountMinor: positiveMinor,
      currency: currencyCode,
      dueOn: isoDate,
      note: note.optional(),
    }),
    output: z.object({ promiseToPayId }),
    errors: ['promise.date-past', 'promise.more-than-debt', 'promise.other-currency'],
  },
  'promise.withdraw': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ promiseToPayId, reason: note.optional() }),
    output: done,
    errors: ['work.already-ended'],
  },

  /** What a plan would be, and what is wrong with it. Nothing is stored. */
  'plan.preview': {
    roles: everyone,
    input: z.strictObject(planShape),
    output: z.object({
      instalments: z.array(
        z.object({
          position: z.number().int(),
          dueOn: isoDate,
          amountMinor: z.number().int(),
          /** left to pay after it */
          restMinor: z.number().int(),
        }),
      ),
      totalMinor: z.number().int(),
      /** balance of these debts with the interest that runs, to today */
      owedMinor: z.number().int(),
      problems: z.array(z.object({ problem: planProblem, position: z.number().int().nullable() })),
    }),
    errors: planErrors,
  },
  'plan.create': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ ...planShape, note: note.optional() }),
    output: z.object({ paymentPlanId }),
    errors: planErrors,
  },
  'plan.cancel': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ paymentPlanId, reason: note.optional() }),
    output: done,
    errors: ['work.already-ended'],
  },

  'payment.record': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      /** to these first, in this order; absent: by the order in force */
      debtIds: z.array(debtId).max(200).optional(),
      amountMinor: positiveMinor,
      currency: currencyCode,
      paidOn: isoDate,
      method: z.enum(paymentMethods),
      reference: z.string().trim().max(200).optional(),
      payer: z.string().trim().max(200).optional(),
      note: note.optional(),
    }),
    output: payment,
    errors: ['payment.date-ahead', 'payment.no-such-debt'],
  },
  /** What `payment.record` would do with an amount. */
  'payment.preview': {
    roles: everyone,
    input: z.strictObject({
      debtorId,
      debtIds: z.array(debtId).max(200).optional(),
      amountMinor: positiveMinor,
      currency: currencyCode,
      paidOn: isoDate,
    }),
    output: z.object({
      allocation: z.array(
        z.object({
          debtId,
          externalRef: z.string(),
          component: debtComponent,
          amountMinor: z.number().int(),
        }),
      ),
      /** interest that is charged with it */
      chargedInterestMinor: z.number().int(),
      unallocatedMinor: z.number().int(),
    }),
    errors: ['payment.no-such-debt'],
  },
  'payment.reverse': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ paymentId, reason: note.optional() }),
    output: payment,
    errors: ['payment.already-reversed'],
  },
  /** Newest first. */
  'payment.list': {
    roles: everyone,
    input: z.strictObject({
      debtorId: debtorId.optional(),
      portfolioId: portfolioId.optional(),
      from: isoDate.optional(),
      to: isoDate.optional(),
      status: z.enum(['booked', 'reversed']).optional(),
      /** with money that is not allocated */
      unallocated: z.boolean().optional(),
      /** the last one known */
      before: paymentId.optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      payments: z.array(payment.extend({ displayName: z.string() })),
      more: z.boolean(),
    }),
  },

  'write-off.propose': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtId,
      amountMinor: positiveMinor,
      reason: z.string().trim().min(1).max(2_000),
    }),
    output: z.object({ writeOffId }),
    errors: ['write-off.more-than-debt', 'write-off.already-proposed', 'work.debt-not-open'],
  },
  'write-off.decide': {
    roles: leads,
    changes: true,
    input: z.strictObject({ writeOffId, approve: z.boolean(), note: note.optional() }),
    output: done,
    errors: ['work.already-ended', 'write-off.more-than-debt', 'write-off.own'],
  },
  'write-off.withdraw': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ writeOffId }),
    output: done,
    errors: ['work.already-ended'],
  },
  'write-off.list': {
    roles: everyone,
    input: z.strictObject({
      status: z.enum(['proposed', 'approved', 'rejected', 'withdrawn']).optional(),
      debtorId: debtorId.optional(),
      before: writeOffId.optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      writeOffs: z.array(
        writeOff.extend({
          displayName: z.string(),
          debtRef: z.string(),
          creditorName: z.string(),
          balanceMinor: z.number().int(),
        }),
      ),
      more: z.boolean(),
      proposedTotal: z.number().int(),
    }),
  },

  /** A time of the debtor's own clock. An hour that a change of clocks leaves out is the one after it. */
  'callback.set': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      on: isoDate,
      /** `HH:MM` */
      time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      /** absent: the debtor's (the first of several) */
      timeZone: timeZone.optional(),
      contactPointId: contactPointId.optional(),
      /** absent: whoever sets it; null: whoever is there */
      personId: personId.nullable().optional(),
      note: note.optional(),
    }),
    output: callbackRow,
    errors: ['callback.past', 'callback.unknown-zone'],
  },
  'callback.cancel': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ callbackId, done: z.boolean().default(false) }),
    output: done,
    errors: ['work.already-ended'],
  },
  /** Open ones, the earliest first. */
  'callback.list': {
    roles: everyone,
    input: z.strictObject({
      /** mine and everybody's, or all of all people */
      whose: z.enum(['mine', 'all']).default('mine'),
      debtorId: debtorId.optional(),
      /** due by then */
      until: instant.optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ callbacks: z.array(callbackRow), dueNow: z.number().int() }),
  },

  'contact-point.add': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      kind: contactPointKind,
      value: z.string().trim().min(1).max(200),
      label: z.string().trim().max(100).optional(),
      hours: contactHours.optional(),
      speakTo: z.string().trim().max(200).optional(),
    }),
    output: contactPoint,
    errors: ['contact-point.bad-value', 'contact-point.known'],
  },
  /** Absent fields stay. What it was before is kept. */
  'contact-point.correct': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      contactPointId,
      kind: contactPointKind.optional(),
      value: z.string().trim().min(1).max(200).optional(),
      label: z.string().trim().max(100).nullable().optional(),
      hours: contactHours.nullable().optional(),
      speakTo: z.string().trim().max(200).nullable().optional(),
      rank: z.number().int().min(0).max(1_000).optional(),
      reason: note.optional(),
    }),
    output: contactPoint,
    errors: ['contact-point.bad-value', 'contact-point.known'],
  },
  'contact-point.set-status': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      contactPointId,
      status: contactPointStatus,
      reason: note.optional(),
    }),
    output: contactPoint,
  },
  /** What it was, newest first. */
  'contact-point.history': {
    roles: everyone,
    input: z.strictObject({ contactPointId }),
    output: z.object({
      versions: z.array(
        z.object({
          at: instant,
          agentName: z.string().nullable(),
          reason: z.string().nullable(),
          kind: contactPointKind,
          value: z.string(),
          status: contactPointStatus,
          label: z.string().nullable(),
          speakTo: z.string().nullable(),
        }),
      ),
    }),
  },

  'relation.save': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      /** absent: a new one */
      relationId: relationId.optional(),
      kind: z.enum(relationKinds),
      name: z.string().trim().min(1).max(200),
      otherDebtorId: debtorId.nullable().optional(),
      contact: z.string().trim().max(200).nullable().optional(),
      maySpeak: z.boolean().default(false),
      note: note.nullable().optional(),
    }),
    output: z.object({ relationId }),
    errors: ['relation.self'],
  },
  'relation.remove': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ relationId }),
    output: done,
  },

  'consent.record': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      kind: z.enum(consentKinds),
      channel: channel.optional(),
      contactPointId: contactPointId.optional(),
      /** absent: now */
      givenAt: instant.optional(),
      /** how it was given: in a call, in writing, … */
      source: z.string().trim().min(1).max(200),
      note: note.optional(),
    }),
    output: z.object({ consentId }),
    errors: ['consent.date-ahead'],
  },
  'consent.withdraw': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ consentId }),
    output: done,
    errors: ['work.already-ended'],
  },

  'flag.set': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      kind: z.enum(flagKinds),
      debtId: debtId.optional(),
      /** `wrongNumber` needs it */
      contactPointId: contactPointId.optional(),
      /** `mediumOptOut` needs it */
      medium: channel.optional(),
      /** the last day; absent: until lifted */
      until: isoDate.optional(),
      reason: note.optional(),
    }),
    output: z.object({ holdId }),
    errors: ['flag.incomplete', 'flag.set-already', 'contact.date-past'],
  },
  'flag.lift': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ holdId, reason: note.optional() }),
    output: done,
    errors: ['work.already-ended'],
  },
  /** Says why a flag was set, after it was set in haste. */
  'flag.explain': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ holdId, reason: z.string().trim().min(1).max(2_000) }),
    output: done,
    errors: ['work.already-ended'],
  },

  /** Absent fields stay. */
  'debtor.edit': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      displayName: z.string().trim().min(1).max(300).optional(),
      givenName: z.string().trim().max(150).nullable().optional(),
      familyName: z.string().trim().max(150).nullable().optional(),
      companyName: z.string().trim().max(300).nullable().optional(),
      birthDate: isoDate.nullable().optional(),
      nationalId: z.string().trim().max(40).nullable().optional(),
      taxId: z.string().trim().max(40).nullable().optional(),
      companyNumber: z.string().trim().max(40).nullable().optional(),
      accountToPay: z.string().trim().max(64).nullable().optional(),
      language: z.string().min(2).max(12).optional(),
      street: z.string().trim().max(200).nullable().optional(),
      postalCode: z.string().trim().max(20).nullable().optional(),
      city: z.string().trim().max(120).nullable().optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .nullable()
        .optional(),
      timeZones: z.array(timeZone).min(1).max(4).optional(),
    }),
    output: done,
    errors: [
      'debtor.bad-national-id',
      'debtor.bad-tax-id',
      'debtor.bad-account',
      'debtor.bad-zone',
    ],
  },
  /** The terms of one debt, not its amounts. Absent fields stay. */
  'debt.edit': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      debtId,
      debtKind: z.string().trim().max(100).optional(),
      dueOn: isoDate.nullable().optional(),
      issuedOn: isoDate.nullable().optional(),
      interestKind: interestKind.optional(),
      /** millionths a year */
      interestRatePpm: z.number().int().min(0).max(2_000_000).nullable().optional(),
      interestFrom: isoDate.nullable().optional(),
      /** overrides what the law says */
      limitationOn: isoDate.nullable().optional(),
      accountToPay: z.string().trim().max(64).nullable().optional(),
    }),
    output: done,
    errors: ['debtor.bad-account'],
  },

  /** Who may be the same person or firm, the surest first. */
  'merge.find-candidates': {
    roles: everyone,
    input: z.strictObject({ debtorId, limit: z.number().int().min(1).max(50).default(10) }),
    output: z.object({
      candidates: z.array(
        mergeSide.extend({
          reasons: z.array(mergeReason),
          /** 0 to 100 */
          likeness: z.number().int(),
        }),
      ),
    }),
  },
  'merge.preview': {
    roles: everyone,
    input: z.strictObject({ keptDebtorId: debtorId, mergedDebtorId: debtorId }),
    output: z.object({
      kept: mergeSide,
      merged: mergeSide,
      /** rows that move, by kind */
      moves: z.array(z.object({ kind: z.string(), count: z.number().int() })),
      /** fields that both have and that differ: the kept one's stay. National ids are masked. */
      differences: z.array(z.object({ field: z.string(), kept: z.string(), merged: z.string() })),
      /** empty fields of the kept one that the other fills */
      fills: z.array(z.object({ field: z.string(), value: z.string() })),
      warnings: z.array(
        z.enum(['different-national-id', 'different-kind', 'different-portfolio', 'call-up']),
      ),
    }),
    errors: ['merge.same', 'merge.already-merged'],
  },
  'merge.commit': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      keptDebtorId: debtorId,
      mergedDebtorId: debtorId,
      reason: note.optional(),
    }),
    output: z.object({ debtorMergeId, debtorId }),
    errors: ['merge.same', 'merge.already-merged', 'merge.call-up'],
  },
  /** Puts back what moved and is still there. What came since stays where it is. */
  'merge.undo': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ debtorMergeId }),
    output: z.object({
      keptDebtorId: debtorId,
      restoredDebtorId: debtorId,
      /** rows that were put back */
      movedBack: z.number().int(),
      /** rows that had moved on or were removed since, and fields that were edited since */
      left: z.number().int(),
    }),
    errors: ['merge.already-undone', 'merge.later-merge'],
  },

  /** Statutory rates that are known, shipped and entered; newest first. */
  'interest-rate.list': {
    roles: everyone,
    input: z.strictObject({
      jurisdiction: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
    }),
    output: z.object({
      tables: z.array(
        z.object({
          jurisdiction: z.string(),
          kind: z.enum(['statutory', 'statutoryCommercial']),
          source: z.string(),
          verifiedOn: isoDate,
          /** no lawyer has signed it */
          draft: z.boolean(),
          /** the last day for which it is known: after it no interest is shown until a rate is entered */
          knownThrough: isoDate.nullable(),
          rates: z.array(
            z.object({ from: isoDate, ratePpm: z.number().int(), byFirm: z.boolean() }),
          ),
        }),
      ),
    }),
  },
  /** A rate that is newer than the program. Audited. */
  'interest-rate.save': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      jurisdiction: z.string().regex(/^[A-Z]{2}$/),
      kind: z.enum(['statutory', 'statutoryCommercial']),
      from: isoDate,
      /** the last day on which it is known to hold */
      through: isoDate,
      ratePpm: z.number().int().min(0).max(2_000_000),
    }),
    output: done,
    errors: ['interest-rate.bad-dates'],
  },

  'work.settings': { roles: everyone, input: z.strictObject({}), output: workSettings },
  'work.save-settings': {
    roles: admins,
    changes: true,
    input: workSettings.partial().strict(),
    output: workSettings,
  },
});
