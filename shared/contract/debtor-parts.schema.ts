import { z } from 'zod';
import {
  amountMinor,
  attemptResult,
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
  direction,
  documentId,
  holdId,
  instalmentId,
  instant,
  interactionId,
  isoDate,
  money,
  noticeSentId,
  paymentId,
  paymentPlanId,
  personalBlockId,
  personId,
  promiseToPayId,
  recordingId,
  relationId,
  statedPlaceId,
  timeZone,
  writeOffId,
} from '../domain/index.ts';
import { contactChannel, permission } from './permission.schema.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Hours at which somebody can be reached, in the debtor's own time; several may be given. */
export const contactHours = z
  .array(
    z.strictObject({
      days: z.array(z.enum(weekdays)).min(1).max(7),
      /** `HH:MM` */
      from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/),
    }),
  )
  .max(14);
export type ContactHours = z.infer<typeof contactHours>;

export const contactPoint = z.object({
  contactPointId,
  kind: contactPointKind,
  /** E.164 for phones, address for e-mail, handle for messengers */
  value: z.string(),
  status: contactPointStatus,
  timeZones: z.array(timeZone),
  lastTriedAt: instant.nullable(),
  lastResult: attemptResult.nullable(),
  /** for a call now; null for what cannot be called */
  permission: permission.nullable(),
  /** for each other channel that this kind of address can take, now */
  messages: z.array(z.object({ channel: contactChannel, permission })),
  /** the prefix misleads about where the person is */
  zoneDoubt: z.boolean(),
  /** what people call it: "office", "mother's phone" */
  label: z.string().nullable(),
  hours: contactHours.nullable(),
  /** who may be spoken to there, when it is not the debtor alone */
  speakTo: z.string().nullable(),
  /** where it came from: import, agent, debtor, … */
  source: z.string().nullable(),
  /** it was corrected: `contact-point.history` says from what */
  hasHistory: z.boolean(),
  rank: z.number().int(),
});
export type ContactPoint = z.infer<typeof contactPoint>;

export const debtComponent = z.enum(['fees', 'interest', 'principal']);
export type DebtComponent = z.infer<typeof debtComponent>;

export const interestKind = z.enum(['none', 'statutory', 'statutoryCommercial', 'agreed']);
export type InterestKind = z.infer<typeof interestKind>;

/**
 * Why no interest is counted: the rates of this country or of a part of the time are not known; the
 * agreed rate is missing; the day from which it runs is missing or in doubt (interest is given, but not up to when).
 */
export const interestUnknown = z.enum([
  'no-rates',
  'rates-incomplete',
  'no-agreed-rate',
  'no-start',
]);

export const componentAmounts = z.object({
  principalMinor: amountMinor,
  interestMinor: amountMinor,
  feesMinor: amountMinor,
});

/** An account to pay to. `valid`: its check digits; null when its kind has none that we know. */
export const payAccount = z.object({
  number: z.string(),
  /** in groups, as it is printed */
  shown: z.string(),
  valid: z.boolean().nullable(),
  /** ISO 3166 of the bank */
  country: z.string().nullable(),
  of: z.enum(['debt', 'debtor']),
});

export const debt = z.object({
  debtId,
  externalRef: z.string(),
  creditorName: z.string(),
  debtKind: z.string(),
  currency: currencyCode,
  /** as taken over from the creditor */
  principalMinor: amountMinor,
  interestMinor: amountMinor,
  feesMinor: amountMinor,
  /** before we took it over, and since */
  paidMinor: amountMinor,
  /** without interest that runs and is not yet charged */
  balanceMinor: amountMinor,
  dueOn: isoDate.nullable(),
  daysPastDue: z.number().int().nullable(),
  accountToPay: z.string().nullable(),
  status: z.enum(['open', 'paid', 'closed']),
  issuedOn: isoDate.nullable(),
  /** not yet due or without a date: current; up to 3 months of 30.4 days: 92 days */
  ageBand: z.enum(['current', 'upTo3Months', 'older']),
  /** what of the balance is what */
  open: componentAmounts,
  interest: z.object({
    kind: interestKind,
    /** millionths a year, of `agreed` */
    ratePpm: z.number().int().nullable(),
    /** the first day that counts */
    from: isoDate.nullable(),
    /** runs since then and is not in the balance; null when it cannot be counted (`unknown` says why) */
    accruedMinor: amountMinor.nullable(),
    accruedTo: isoDate,
    unknown: interestUnknown.nullable(),
  }),
  limitation: z.object({
    /** the last day on which it can be claimed in court; null when not known */
    on: isoDate.nullable(),
    /** soon: within 90 days; none: not known */
    state: z.enum(['none', 'far', 'soon', 'passed']),
    /** given by a person or a file, or counted from the law */
    source: z.enum(['given', 'law']).nullable(),
    daysLeft: z.number().int().nullable(),
  }),
  account: payAccount.nullable(),
});
export type Debt = z.infer<typeof debt>;

/**
 * Whether somebody worked a portfolio before us. `none`: nobody; `imported`: their contacts were imported and count;
 * `unknown`: half of each cap counts as used when a debtor comes.
 */
export const priorContact = z.enum(['none', 'imported', 'unknown']);
export type PriorContact = z.infer<typeof priorContact>;

/** What a line of the history tells, for channels `payment` and `status`. */
export const happenings = [
  'promise.made',
  'promise.withdrawn',
  'promise.kept',
  'promise.broken',
  'plan.created',
  'plan.cancelled',
  'plan.kept',
  'plan.broken',
  'payment.booked',
  'payment.reversed',
  'write-off.proposed',
  'write-off.approved',
  'write-off.rejected',
  'write-off.withdrawn',
  'callback.set',
  'callback.cancelled',
  'contact-point.added',
  'contact-point.corrected',
  'contact-point.status-set',
  'relation.saved',
  'relation.removed',
  'consent.recorded',
  'consent.withdrawn',
  'flag.set',
  'flag.lifted',
  'flag.explained',
  'block.added',
  'block.lifted',
  'place.stated',
  'place.ended',
  'zone-doubt.set',
  'zone-doubt.lifted',
  'notice.recorded',
  'notice.removed',
  'override.granted',
  'override.used',
  'party.identified',
  'party.third-person',
  'opt-out.read',
  'debtor.edited',
  'debt.edited',
  'debtor.merged',
  'debtor.merge-undone',
] as const;
export const happened = z.object({
  what: z.enum(happenings),
  amountMinor: amountMinor.optional(),
  currency: currencyCode.optional(),
  /** the day it is about: due, paid */
  on: isoDate.optional(),
  /** the instant it is about: of a callback */
  at: instant.optional(),
  count: z.number().int().optional(),
  /** who or what it is about: a relation's name, a number, another debtor */
  name: z.string().optional(),
  /** a word of a closed list: kind of hold, of relation, status of a number, method of a payment */
  kind: z.string().optional(),
});
export type Happened = z.infer<typeof happened>;

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
  /** the recording that `recordingId` names; `recording.waveform` has its shape */
  recording: z
    .object({ recordingId, durationMs: z.number().nullable(), live: z.boolean() })
    .nullable(),
  /** how far a message came */
  delivery: z
    .object({
      state: z.enum(['permitted', 'sent', 'delivered', 'read', 'failed', 'expired', 'unknown']),
      at: instant,
      /** it rests on a hint: a read receipt, a link that was opened */
      hint: z.boolean().optional(),
      /** why it failed, or is not known: a code */
      reason: z.string().nullable().optional(),
    })
    .nullable(),
  /** of e-mails, and of MMS that have one */
  subject: z.string().nullable().optional(),
  attachments: z.array(
    z.object({
      documentId,
      name: z.string(),
      mediaType: z.string(),
      bytes: z.number().int(),
    }),
  ),
  happened: happened.nullable(),
  contactPointId: contactPointId.nullable(),
  debtId: debtId.nullable(),
  /** true: it came with a file, such as the history of a former agency; none of our people did it */
  imported: z.boolean().optional(),
});
export type Interaction = z.infer<typeof interaction>;

export const promiseToPay = z.object({
  promiseToPayId,
  debtId: debtId.nullable(),
  amountMinor,
  currency: currencyCode,
  dueOn: isoDate,
  /** kept in part: `paidMinor` above 0 and below `amountMinor` */
  status: z.enum(['open', 'kept', 'broken', 'withdrawn']),
  createdAt: instant,
  /** what came in for it in time */
  paidMinor: amountMinor,
  interactionId: interactionId.nullable(),
  agentName: z.string().nullable(),
});
export type PromiseToPay = z.infer<typeof promiseToPay>;

export const instalment = z.object({
  instalmentId,
  position: z.number().int(),
  dueOn: isoDate,
  amountMinor,
  paidMinor: amountMinor,
  status: z.enum(['open', 'paid', 'late', 'cancelled']),
});

export const paymentPlan = z.object({
  paymentPlanId,
  currency: currencyCode,
  totalMinor: amountMinor,
  paidMinor: amountMinor,
  debtIds: z.array(debtId),
  status: z.enum(['active', 'kept', 'broken', 'cancelled']),
  createdAt: instant,
  endedAt: instant.nullable(),
  agentName: z.string().nullable(),
  instalments: z.array(instalment),
});
export type PaymentPlan = z.infer<typeof paymentPlan>;

export const paymentMethods = [
  'transfer',
  'cash',
  'card',
  'directDebit',
  'bailiff',
  'postal',
  'compensation',
  'other',
] as const;

export const payment = z.object({
  paymentId,
  debtorId,
  amountMinor,
  currency: currencyCode,
  paidOn: isoDate,
  /** one of `paymentMethods`; imports may bring others */
  method: z.string(),
  reference: z.string().nullable(),
  payer: z.string().nullable(),
  source: z.enum(['manual', 'import', 'bank']),
  status: z.enum(['booked', 'reversed']),
  /** more than was owed: it is the debtor's until it is allocated or given back */
  unallocatedMinor: amountMinor,
  allocation: z.array(
    z.object({ debtId, externalRef: z.string(), component: debtComponent, amountMinor }),
  ),
  interactionId: interactionId.nullable(),
  agentName: z.string().nullable(),
  createdAt: instant,
});
export type Payment = z.infer<typeof payment>;

/** In which order a payment covers what is owed. */
export const allocationOrder = z.object({
  components: z.array(debtComponent).length(3),
  /** which debt comes first */
  debts: z.enum(['oldestFirst', 'smallestFirst', 'largestFirst']),
  /** `componentsFirst`: the fees of all debts, then the interest of all; `debtsFirst`: one debt whole, then the next */
  across: z.enum(['debtsFirst', 'componentsFirst']),
});
export type AllocationOrder = z.infer<typeof allocationOrder>;

export const writeOff = z.object({
  writeOffId,
  debtorId,
  debtId,
  amountMinor,
  currency: currencyCode,
  reason: z.string(),
  status: z.enum(['proposed', 'approved', 'rejected', 'withdrawn']),
  proposedByName: z.string().nullable(),
  proposedBy: personId.nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: instant.nullable(),
  decisionNote: z.string().nullable(),
  createdAt: instant,
});
export type WriteOff = z.infer<typeof writeOff>;

export const relationKinds = [
  'guarantor',
  'coDebtor',
  'spouse',
  'employer',
  'representative',
  'family',
  'other',
] as const;
export const relation = z.object({
  relationId,
  kind: z.enum(relationKinds),
  name: z.string(),
  otherDebtorId: debtorId.nullable(),
  contact: z.string().nullable(),
  /** the case may be spoken about with this person */
  maySpeak: z.boolean(),
  note: z.string().nullable(),
  /** true: this debtor is the guarantor (spouse, …) of `otherDebtorId`; it is changed on that card */
  inverse: z.boolean(),
});
export type Relation = z.infer<typeof relation>;

/** What a person can set by hand. Others (opt-outs, objections) come from calls and rules, and can be lifted. */
export const flagKinds = [
  'dispute',
  'lawyer',
  'insolvency',
  'cease',
  'vulnerable',
  'deceased',
  'wrongNumber',
  'mediumOptOut',
  'breathingSpace',
  'objection',
  'protectedPerson',
  'refusedThirdPerson',
  'workplace',
] as const;
export const hold = z.object({
  holdId,
  /** one of `flagKinds`, or another word of a rule pack */
  kind: z.string(),
  medium: channel.nullable(),
  contactPointId: contactPointId.nullable(),
  debtId: debtId.nullable(),
  since: instant,
  until: instant.nullable(),
  maxDays: z.number().int().nullable(),
  reason: z.string().nullable(),
  agentName: z.string().nullable(),
});
export type Hold = z.infer<typeof hold>;

/** A time at which the debtor does not want to be contacted; local, half-open. */
export const personalBlock = z.object({
  personalBlockId,
  contactPointId: contactPointId.nullable(),
  days: z.array(z.enum(weekdays)),
  from: z.string(),
  to: z.string(),
  timeZone: timeZone.nullable(),
  channels: z.array(contactChannel).nullable(),
  note: z.string().nullable(),
  createdAt: instant,
  agentName: z.string().nullable(),
});

/** Where the debtor says to be. */
export const statedPlace = z.object({
  statedPlaceId,
  timeZones: z.array(timeZone),
  label: z.string().nullable(),
  since: instant,
  until: instant.nullable(),
  agentName: z.string().nullable(),
});

export const noticeSent = z.object({
  noticeSentId,
  notice: z.string(),
  debtId: debtId.nullable(),
  sentAt: instant,
  source: z.string(),
});

/**
 * What a debtor has agreed to. `directConsent`: to more calls, for seven days at most (US-F-01); `otherHours`: agreed other
 * hours; `otherFrequency`: agreed another frequency.
 */
export const consentKinds = [
  'directConsent',
  'otherHours',
  'otherFrequency',
  'marketing',
  'recording',
  'electronicMessages',
  'automatedCalls',
  'thirdParty',
  'dataProcessing',
] as const;
export const consent = z.object({
  consentId,
  kind: z.string(),
  channel: channel.nullable(),
  contactPointId: contactPointId.nullable(),
  givenAt: instant,
  source: z.string(),
  note: z.string().nullable(),
  withdrawnAt: instant.nullable(),
  agentName: z.string().nullable(),
});
export type Consent = z.infer<typeof consent>;

export const cardDocument = z.object({
  documentId,
  name: z.string(),
  kind: z.string(),
  mediaType: z.string(),
  debtId: debtId.nullable(),
  createdAt: instant,
  bytes: z.number().int(),
});

/** One thing that is to happen; `on` is a date without an hour. */
export const plannedAction = z.object({
  kind: z.enum(['callback', 'promise', 'instalment', 'attempt', 'message']),
  at: instant.nullable(),
  on: isoDate.nullable(),
  amountMinor: amountMinor.nullable(),
  currency: currencyCode.nullable(),
  name: z.string().nullable(),
});

/** What to say: sections of plain text. `{…}` stand for data of the card. */
export const cardScript = z.object({
  name: z.string(),
  language: z.string(),
  debtKind: z.string().nullable(),
  /** came with the program: to be replaced by the firm's own */
  sample: z.boolean(),
  sections: z.array(z.object({ title: z.string(), text: z.string() })),
});

export const mergedFrom = z.object({
  debtorMergeId,
  debtorId,
  displayName: z.string(),
  externalRef: z.string(),
  at: instant,
  agentName: z.string().nullable(),
});

export const companyNumber = z.object({
  value: z.string(),
  kind: z.enum(['REGON', 'KRS', 'other']),
  /** its check digits; null when it has none */
  valid: z.boolean().nullable(),
});
export const taxNumber = z.object({
  value: z.string(),
  kind: z.string(),
  valid: z.boolean().nullable(),
});
