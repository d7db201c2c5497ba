import { z } from 'zod';
import {
  callId,
  contactPointId,
  debtId,
  debtorId,
  instant,
  isoDate,
  noticeSentId,
  overrideId,
  personalBlockId,
  personId,
  statedPlaceId,
  timeZone,
} from '../domain/index.ts';
import { noticeKinds } from '../rule-packs/index.ts';
import { weekdays } from './debtor-parts.schema.ts';
import { defineCommands, defineEvents, everyone, leads } from './define.ts';
import { contactAnswer, contactChannel, refusal } from './permission.schema.ts';

const done = z.object({});
const reason = z.string().trim().min(3).max(2_000);

export const overrideState = z.enum(['requested', 'granted', 'refused', 'used', 'withdrawn']);

export const contactOverride = z.object({
  overrideId,
  debtorId,
  displayName: z.string(),
  contactPointId: contactPointId.nullable(),
  /** the number or address it is about */
  value: z.string().nullable(),
  channel: contactChannel,
  /** what refused when it was asked for or granted: an override lifts these and no others */
  blockedBy: z.array(refusal),
  state: overrideState,
  requestedBy: personId.nullable(),
  requestedByName: z.string().nullable(),
  requestedAt: instant,
  requestReason: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: instant.nullable(),
  reason: z.string().nullable(),
  /** of a granted one; after it the rules hold again */
  expiresAt: instant.nullable(),
  usedAt: instant.nullable(),
});
export type ContactOverride = z.infer<typeof contactOverride>;

/** The door of contact rules for one debtor: may we, why not, since when and until when. */
export const contactCommands = defineCommands({
  /** Asks the door; takes nothing and stores nothing. */
  'contact.check': {
    roles: everyone,
    input: z.strictObject({
      debtorId,
      channel: contactChannel,
      contactPointId: contactPointId.optional(),
      debtId: debtId.optional(),
      mode: z
        .enum(['manual', 'preview', 'progressive', 'predictive', 'bot', 'prerecorded'])
        .default('manual'),
      purpose: z.enum(['collection', 'marketing', 'service', 'legalNotice']).default('collection'),
      target: z.enum(['debtor', 'spouse', 'guarantor', 'thirdParty', 'lawyer']).default('debtor'),
    }),
    output: contactAnswer,
  },

  /** Asks a supervisor to allow the next contact although rules refuse it. */
  'contact.request-override': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      channel: contactChannel,
      contactPointId: contactPointId.optional(),
      reason,
    }),
    output: contactOverride,
    errors: ['contact-rules.not-overridable', 'contact-rules.not-refused'],
  },
  /** Grants what was asked for, or without having been asked. Never the own request. Kept with the name and the reason. */
  'contact.grant-override': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      /** absent: nobody asked; then `debtorId` and `channel` say what for */
      overrideId: overrideId.optional(),
      debtorId: debtorId.optional(),
      channel: contactChannel.optional(),
      contactPointId: contactPointId.optional(),
      reason,
      /** how long it may be used; default 60 minutes, at most a day */
      forMinutes: z.number().int().min(1).max(1_440).default(60),
    }),
    output: contactOverride,
    errors: [
      'contact-rules.not-overridable',
      'contact-rules.not-refused',
      'contact-rules.own-override',
      'work.already-ended',
    ],
  },
  'contact.refuse-override': {
    roles: leads,
    changes: true,
    input: z.strictObject({ overrideId, reason: reason.optional() }),
    output: contactOverride,
    errors: ['work.already-ended'],
  },
  /** Takes back what was asked for or granted and not used. */
  'contact.withdraw-override': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ overrideId }),
    output: contactOverride,
    errors: ['work.already-ended'],
  },
  /** Newest first; an agent sees the own ones. */
  'contact.list-overrides': {
    roles: everyone,
    input: z.strictObject({
      state: overrideState.optional(),
      debtorId: debtorId.optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ overrides: z.array(contactOverride) }),
  },

  /** "Not then", "not there": effective at once. */
  'contact.add-block': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      contactPointId: contactPointId.optional(),
      days: z.array(z.enum(weekdays)).min(1).max(7),
      /** `HH:MM`, half-open; across midnight: two blocks */
      from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/),
      /** absent: the clock where the debtor lives */
      timeZone: timeZone.optional(),
      /** absent: every channel */
      channels: z.array(contactChannel).min(1).optional(),
      note: z.string().trim().max(500).optional(),
    }),
    output: z.object({ personalBlockId }),
    errors: ['contact.bad-block', 'callback.unknown-zone'],
  },
  'contact.lift-block': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ personalBlockId }),
    output: done,
    errors: ['work.already-ended'],
  },

  /** Where the debtor says to be: beats every other evidence of a time zone until it ends. A new one ends the one before. */
  'contact.state-place': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      timeZones: z.array(timeZone).min(1).max(10),
      label: z.string().trim().max(200).optional(),
      /** the last day there; absent: until it is ended */
      until: isoDate.optional(),
    }),
    output: z.object({ statedPlaceId }),
    errors: ['callback.unknown-zone', 'contact.date-past'],
  },
  'contact.end-place': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ statedPlaceId }),
    output: done,
    errors: ['work.already-ended'],
  },
  /** Says that the prefix of a number misleads about where the person is, or takes that back. */
  'contact.set-zone-doubt': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ contactPointId, doubt: z.boolean() }),
    output: done,
  },

  /** A text went out by another way than from here: by the creditor, by a former agency, by hand. */
  'contact.record-notice': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      debtId: debtId.optional(),
      notice: z.enum(noticeKinds),
      sentOn: isoDate,
      source: z.string().trim().min(1).max(200),
    }),
    output: z.object({ noticeSentId }),
    errors: ['contact.date-ahead'],
  },
  'contact.remove-notice': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ noticeSentId }),
    output: done,
  },
});

export const contactEvents = defineEvents({
  /** somebody asked for an override, or one was decided, used or taken back */
  'contact.override-changed': contactOverride,
});

/** Whom we talk to in a call. */
export const callParty = z.object({
  state: z.enum(['unknown', 'identified', 'thirdPerson']),
  /** what was asked and matched */
  checks: z.array(z.string()),
  /** who the third person is, when they said */
  relation: z.string().nullable(),
  at: instant.nullable(),
  /** the debt is shown although nobody was identified: a reason was given */
  revealed: z.boolean(),
});
export type CallParty = z.infer<typeof callParty>;

/** What can be asked to know who is on the line. */
export const identityChecks = [
  'fullName',
  'birthDate',
  'reference',
  'postalCode',
  'address',
  'nationalIdEnd',
  'taxId',
  'companyName',
] as const;

export const identityCommands = defineCommands({
  /** What to ask in this call, in the order of the firm's setting, with what the answer should be. */
  'call.identity-questions': {
    roles: everyone,
    input: z.strictObject({ callId }),
    output: z.object({
      /** so many must match */
      needed: z.number().int(),
      questions: z.array(z.object({ check: z.enum(identityChecks), expected: z.string() })),
    }),
    errors: ['call.unknown', 'call.not-now'],
  },
  /** The debtor is on the line: the answers that matched. */
  'call.identify': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ callId, checks: z.array(z.enum(identityChecks)).min(1).max(8) }),
    output: callParty,
    errors: ['call.unknown', 'call.not-now', 'call.not-enough-checks', 'call.third-person-on-line'],
  },
  /** Somebody else is on the line: the debt is hidden and stays so. */
  'call.third-person': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      callId,
      relation: z.string().trim().max(200).optional(),
      /** this person does not want to be called again */
      refusesContact: z.boolean().default(false),
    }),
    output: callParty,
    errors: ['call.unknown', 'call.not-now'],
  },
  /** It was a slip of the finger: nobody is known again. */
  'call.reset-party': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ callId }),
    output: callParty,
    errors: ['call.unknown', 'call.not-now'],
  },
  /** Shows the debt without identification, with a reason that is kept. Not with a third person. */
  'call.reveal-debt': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ callId, reason }),
    output: callParty,
    errors: ['call.unknown', 'call.not-now', 'call.third-person-on-line'],
  },
  /** The debtor does not want to be recorded: the recorder stops, or never starts; what law demands is said. */
  'call.refuse-recording': {
    roles: everyone,
    changes: true,
    live: true,
    input: z.strictObject({ callId }),
    output: z.object({
      /** a law demands a recording: the call must be ended */
      mustEnd: z.boolean(),
    }),
    errors: ['call.unknown'],
  },
});
