import { z } from 'zod';
import {
  debtId,
  debtorId,
  documentId,
  instant,
  interactionId,
  isoDate,
  letterTemplateId,
  paymentId,
  paymentPlanId,
} from '../domain/index.ts';
import { defineCommands, defineEvents, everyone, leads } from './define.ts';
import { documentLanguage } from './export.contract.ts';

/** What a letter is for; decides which data it needs. */
export const letterKind = z.enum([
  'demandForPayment',
  'paymentPlan',
  'paymentConfirmation',
  'balanceStatement',
  'other',
]);
export type LetterKind = z.infer<typeof letterKind>;

/** What can stand in a text as `{{name}}`. Amounts and dates are written as the letter's language does. */
export const letterField = z.enum([
  'letter.date',
  'letter.reference',
  'letter.deadline',
  'firm.name',
  'firm.address',
  'firm.phone',
  'firm.email',
  'debtor.name',
  'debtor.address',
  'debtor.reference',
  'debtor.taxId',
  'creditor.name',
  'total.principal',
  'total.interest',
  'total.fees',
  'total.paid',
  'total.balance',
  'account.toPay',
  'account.bank',
  'account.title',
  'plan.total',
  'plan.count',
  'plan.firstDueOn',
  'plan.lastDueOn',
  'payment.amount',
  'payment.paidOn',
  'payment.method',
  'payment.reference',
  'agent.name',
]);
export type LetterField = z.infer<typeof letterField>;

/** A part is printed only when this holds. `more` and `less` compare amounts (minor units) and counts. */
export const letterCondition = z.strictObject({
  field: letterField,
  is: z.enum(['present', 'absent', 'more', 'less']),
  than: z.number().int().optional(),
});
export type LetterCondition = z.infer<typeof letterCondition>;

const when = letterCondition.optional();
const letterText = z.string().max(10_000);

export const letterPart = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    style: z.enum(['normal', 'heading', 'strong', 'small']).default('normal'),
    align: z.enum(['left', 'center', 'right', 'justify']).default('left'),
    text: letterText,
    when,
  }),
  z.strictObject({
    kind: z.literal('debts'),
    columns: z
      .array(
        z.enum([
          'reference',
          'creditor',
          'issuedOn',
          'dueOn',
          'principal',
          'interest',
          'fees',
          'paid',
          'balance',
        ]),
      )
      .min(1)
      .max(9),
    withTotal: z.boolean().default(true),
    when,
  }),
  z.strictObject({ kind: z.literal('instalments'), when }),
  z.strictObject({ kind: z.literal('payments'), when }),
  /** a framed box: amount, account, title of the transfer, deadline */
  z.strictObject({ kind: z.literal('payTo'), when }),
  z.strictObject({ kind: z.literal('signature'), text: letterText, when }),
  z.strictObject({ kind: z.literal('space'), millimetres: z.number().int().min(1).max(100), when }),
  z.strictObject({ kind: z.literal('pageBreak'), when }),
]);
export type LetterPart = z.infer<typeof letterPart>;

export const letterBody = z.strictObject({
  subject: z.string().trim().min(1).max(300),
  /** `letter.deadline` is this many days after the date of the letter */
  deadlineDays: z.number().int().min(0).max(365).default(14),
  parts: z.array(letterPart).min(1).max(100),
});
export type LetterBody = z.infer<typeof letterBody>;

export const letterTemplate = z.object({
  letterTemplateId,
  name: z.string(),
  kind: letterKind,
  language: documentLanguage,
  version: z.number().int(),
  /** came with the program and was not changed: a lawyer must check it before it is used */
  sample: z.boolean(),
  updatedAt: instant,
  updatedBy: z.string().nullable(),
  body: letterBody,
});
export type LetterTemplate = z.infer<typeof letterTemplate>;

export const letterhead = z.strictObject({
  name: z.string().trim().max(200),
  street: z.string().trim().max(200),
  postalCode: z.string().trim().max(20),
  city: z.string().trim().max(120),
  country: z.string().trim().max(80),
  /** NIP, REGON, KRS, ИНН, company number …: as they are printed */
  ids: z.array(z.strictObject({ label: z.string().max(40), value: z.string().max(60) })).max(6),
  phone: z.string().trim().max(60),
  email: z.string().trim().max(120),
  website: z.string().trim().max(120),
  bankName: z.string().trim().max(120),
  bankAccount: z.string().trim().max(60),
  footer: z.string().max(1000),
});
export type Letterhead = z.infer<typeof letterhead>;

const letterheadOutput = letterhead.extend({
  logo: z
    .object({
      mediaType: z.enum(['image/png', 'image/jpeg']),
      base64: z.string(),
      width: z.number().int(),
      height: z.number().int(),
    })
    .nullable(),
});

/** What a letter is written about. Debts: the open ones when absent. */
const letterSubject = {
  debtorId,
  debtIds: z.array(debtId).min(1).max(500).optional(),
  paymentPlanId: paymentPlanId.optional(),
  paymentId: paymentId.optional(),
  /** date of the letter; today where the debtor lives when absent; interest runs to it */
  date: isoDate.optional(),
};

export const debtorDocument = z.object({
  documentId,
  debtorId,
  kind: z.string(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  language: documentLanguage.nullable(),
  letterTemplateId: letterTemplateId.nullable(),
  templateVersion: z.number().int().nullable(),
  createdAt: instant,
  createdBy: z.string().nullable(),
  /** null: a draft, nothing has left the house */
  sentAt: instant.nullable(),
  sentBy: z.string().nullable(),
  sentHow: z.enum(['post', 'registeredPost', 'courier', 'hand', 'email', 'mms']).nullable(),
  interactionId: interactionId.nullable(),
  /** its file is gone (erasure) */
  erasedAt: instant.nullable(),
});
export type DebtorDocument = z.infer<typeof debtorDocument>;

const opened = z.object({ url: z.string(), expiresAt: instant });

const templateErrors = [
  'document.template-invalid',
  'document.no-payment-plan',
  'document.no-payment',
  'document.nothing-owed',
] as const;

export const documentCommands = defineCommands({
  'document.get-letterhead': {
    roles: everyone,
    input: z.strictObject({}),
    output: letterheadOutput,
  },
  'document.set-letterhead': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      letterhead,
      /** PNG or JPEG up to 512 kB, uploaded before; null removes it, absent keeps what is there */
      logoFileId: z.string().max(64).nullable().optional(),
    }),
    output: letterheadOutput,
    errors: ['document.logo-unreadable', 'document.logo-too-large', 'import.unknown-file'],
  },
  'document.list-templates': {
    roles: everyone,
    input: z.strictObject({ kind: letterKind.optional(), language: documentLanguage.optional() }),
    output: z.object({ templates: z.array(letterTemplate) }),
  },
  /** Without an id a new template; with one a new version of it, if `version` is still the newest. */
  'document.save-template': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      letterTemplateId: letterTemplateId.optional(),
      version: z.number().int().optional(),
      name: z.string().trim().min(1).max(120),
      kind: letterKind,
      language: documentLanguage,
      body: letterBody,
    }),
    output: letterTemplate,
    errors: ['document.template-changed', 'document.template-invalid'],
  },
  'document.template-versions': {
    roles: leads,
    input: z.strictObject({ letterTemplateId }),
    output: z.object({
      versions: z.array(
        z.object({
          version: z.number().int(),
          name: z.string(),
          at: instant,
          by: z.string().nullable(),
          body: letterBody,
        }),
      ),
    }),
  },
  'document.remove-template': {
    roles: leads,
    changes: true,
    input: z.strictObject({ letterTemplateId }),
    output: z.object({}),
  },
  /** The letter as PDF, from a saved template or from one that is being written. Nothing is kept. */
  'document.preview': {
    roles: everyone,
    input: z.strictObject({
      ...letterSubject,
      letterTemplateId: letterTemplateId.optional(),
      draft: z
        .strictObject({ kind: letterKind, language: documentLanguage, body: letterBody })
        .optional(),
    }),
    output: opened.extend({
      pages: z.number().int(),
      /** fields of the text that have no value for this debtor: they are printed as a line to fill in */
      missing: z.array(letterField),
    }),
    errors: [...templateErrors, 'call.not-identified'],
  },
  /** Keeps the letter as a draft with the debtor. */
  'document.create': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ ...letterSubject, letterTemplateId }),
    output: debtorDocument,
    errors: [...templateErrors, 'call.not-identified'],
  },
  'document.list': {
    roles: everyone,
    input: z.strictObject({ debtorId }),
    output: z.object({ documents: z.array(debtorDocument) }),
  },
  'document.open': {
    roles: everyone,
    input: z.strictObject({ documentId }),
    output: opened.extend({ name: z.string(), mediaType: z.string() }),
    errors: ['document.erased', 'document.unreadable'],
  },
  /** It has left the house: from now on it stands in the history and cannot be removed. */
  'document.mark-sent': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      documentId,
      how: z.enum(['post', 'registeredPost', 'courier', 'hand']),
      /** when it was handed over; now when absent */
      sentAt: instant.optional(),
      /** number of the registered letter and the like */
      reference: z.string().trim().max(120).optional(),
    }),
    output: debtorDocument,
    errors: ['document.already-sent', 'document.sent-in-future'],
  },
  /** Drafts only. */
  'document.remove': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ documentId }),
    output: z.object({}),
    errors: ['document.already-sent'],
  },
});

export const documentEvents = defineEvents({
  'document.changed': z.object({ debtorId }),
});
