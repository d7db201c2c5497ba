import { z } from 'zod';
import { debtorId, instant, letterTemplateId, templateId } from '../domain/index.ts';
import { purposes } from '../rule-packs/index.ts';
import { defineCommands, defineEvents, everyone, leads } from './define.ts';
import { documentLanguage } from './export.contract.ts';
import { messageChannel, senderName } from './gateway-settings.schema.ts';

/**
 * What can stand in a message as `{{name}}`, with its type. `amount` and `date` are written as the message's language
 * does, and can be compared in conditions (minor units; ISO dates do not compare, only `present`).
 */
export const messageFieldTypes = {
  today: 'date',
  'firm.name': 'text',
  'firm.address': 'text',
  'firm.phone': 'text',
  'firm.email': 'text',
  'agent.name': 'text',
  'debtor.name': 'text',
  'debtor.givenName': 'text',
  'debtor.familyName': 'text',
  'debtor.reference': 'text',
  'creditor.name': 'text',
  'debt.reference': 'text',
  'debt.count': 'count',
  'debt.dueOn': 'date',
  'debt.daysPastDue': 'count',
  'total.principal': 'amount',
  'total.interest': 'amount',
  'total.fees': 'amount',
  'total.paid': 'amount',
  'total.balance': 'amount',
  'account.toPay': 'account',
  'account.bank': 'text',
  'account.title': 'text',
  'plan.total': 'amount',
  'plan.count': 'count',
  'plan.nextAmount': 'amount',
  'plan.nextDueOn': 'date',
  'promise.amount': 'amount',
  'promise.dueOn': 'date',
  /** pay-by-link, made of the pattern in the settings */
  'payment.link': 'link',
  /** address at which this debtor alone opens the attached document */
  'document.link': 'link',
  /** how one says no to more messages, in the message's language */
  optOut: 'text',
} as const;
export type MessageField = keyof typeof messageFieldTypes;
export const messageField = z.enum(
  Object.keys(messageFieldTypes) as [MessageField, ...MessageField[]],
);

/** A block is written only when this holds. */
export const messageCondition = z.strictObject({
  field: messageField,
  is: z.enum(['present', 'absent', 'more', 'less']),
  /** minor units, or a count */
  than: z.number().int().optional(),
});
export type MessageCondition = z.infer<typeof messageCondition>;

export const messageBlock = z.strictObject({
  /** in SMS and MMS all are plain lines; `button` needs `link` and stands as its address where there are no buttons */
  style: z.enum(['text', 'heading', 'button', 'small']).default('text'),
  text: z.string().max(5_000),
  link: z.enum(['payment.link', 'document.link']).optional(),
  when: messageCondition.optional(),
});
export type MessageBlock = z.infer<typeof messageBlock>;

/** What goes with a message, made anew for each debtor. `picture`: the first page as an image (MMS). */
export const templateAttachment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('letter'), letterTemplateId, as: z.enum(['pdf', 'picture']) }),
  /** the newest document of this kind that the debtor has: `invoice`, … */
  z.strictObject({
    kind: z.literal('document'),
    documentKind: z.string().max(60),
    as: z.enum(['asIs', 'picture']),
  }),
]);
export type TemplateAttachment = z.infer<typeof templateAttachment>;

export const messageText = z.strictObject({
  /** of e-mails, and of MMS (up to 40 characters pass everywhere) */
  subject: z.string().trim().max(300).default(''),
  blocks: z.array(messageBlock).min(1).max(60),
});
export type MessageText = z.infer<typeof messageText>;

export const templateBody = z.strictObject({
  purpose: z.enum(purposes).default('collection'),
  /** used where the debtor's own language is not written */
  defaultLanguage: documentLanguage,
  texts: z.partialRecord(documentLanguage, messageText),
  attachments: z.array(templateAttachment).max(5).default([]),
  /** null: the usual one of the gateway */
  sender: senderName.nullable().default(null),
  /** kinds of debt that it fits; empty: all */
  debtKinds: z.array(z.string().max(60)).max(50).default([]),
  /** where it is used (ISO 3166, `US-NY`): whose content rules it has to pass before it is published; empty: those of our site */
  places: z
    .array(z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?(-[A-Z0-9]{1,3})?$/))
    .max(60)
    .default([]),
  /** the first message that this debtor gets from us: rules ask more of it */
  first: z.boolean().default(false),
});
export type TemplateBody = z.infer<typeof templateBody>;

export const messageTemplate = z.object({
  templateId,
  channel: messageChannel,
  name: z.string(),
  /** `draft`: never published; `published`: in use, and `edited` when what is being written differs; `retired`: not offered */
  state: z.enum(['draft', 'published', 'edited', 'retired']),
  /** the newest published; 0: none */
  version: z.number().int(),
  /** came with the program and was not changed: a lawyer must check it before it is used */
  sample: z.boolean(),
  position: z.number().int(),
  /** what is being written */
  body: templateBody,
  /** it names amounts or the debt: sent only to who is identified */
  discloses: z.boolean(),
  updatedAt: instant,
  updatedBy: z.string().nullable(),
});
export type MessageTemplate = z.infer<typeof messageTemplate>;

/** What content rules, fields or lengths have against a text. */
export const textProblem = z.object({
  language: documentLanguage,
  /** null: not of a rule, but of the text itself */
  rule: z.string().nullable(),
  pack: z.string().nullable(),
  source: z.string().nullable(),
  problem: z.enum([
    'missing',
    'forbidden',
    'not-allowed',
    'language',
    'unknown-field',
    'bad-condition',
    'too-long',
    'empty',
    'button-without-link',
    'unknown-letter',
  ]),
  /** a `contentElement`, a field, or null */
  element: z.string().nullable(),
  words: z.string().nullable(),
  /** a rule that only warns does not hold up publishing */
  blocks: z.boolean(),
});
export type TextProblem = z.infer<typeof textProblem>;

const draft = z.strictObject({ channel: messageChannel, body: templateBody });

export const templateCommands = defineCommands({
  'template.list': {
    roles: everyone,
    input: z.strictObject({ channel: messageChannel.optional() }),
    output: z.object({ templates: z.array(messageTemplate) }),
  },
  /** Without an id a new draft. `version` and `updatedAt` of what was read, so that nobody's work is written over. */
  'template.save': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      templateId: templateId.optional(),
      updatedAt: instant.optional(),
      channel: messageChannel,
      name: z.string().trim().min(1).max(120),
      position: z.number().int().min(0).max(10_000).optional(),
      body: templateBody,
    }),
    output: messageTemplate,
    errors: ['template.changed', 'template.invalid'],
  },
  /** All problems of a template as it is being written, in each language and place. */
  'template.check': {
    roles: leads,
    input: z.strictObject({ templateId: templateId.optional(), draft: draft.optional() }),
    output: z.object({ problems: z.array(textProblem) }),
    errors: ['template.invalid'],
  },
  /** What is being written becomes the version in use. Refused while a problem blocks. */
  'template.publish': {
    roles: leads,
    changes: true,
    input: z.strictObject({ templateId, updatedAt: instant }),
    output: messageTemplate,
    errors: ['template.changed', 'template.has-problems'],
  },
  /** Not offered any more; what was sent from it stays readable. */
  'template.retire': {
    roles: leads,
    changes: true,
    input: z.strictObject({ templateId }),
    output: messageTemplate,
  },
  'template.versions': {
    roles: leads,
    input: z.strictObject({ templateId }),
    output: z.object({
      versions: z.array(
        z.object({
          version: z.number().int(),
          name: z.string(),
          at: instant,
          by: z.string().nullable(),
          body: templateBody,
        }),
      ),
    }),
  },
  /** What a debtor would get, from a text that is being written. Discloses, so it is guarded as a send is. */
  'template.preview': {
    roles: leads,
    input: z.strictObject({ draft, debtorId, language: documentLanguage.optional() }),
    output: z.object({
      language: documentLanguage,
      subject: z.string(),
      text: z.string(),
      html: z.string().nullable(),
      /** fields that have no value for this debtor */
      missing: z.array(messageField),
      attachments: z.array(z.string()),
    }),
    errors: ['template.invalid', 'call.not-identified'],
  },
});

export const templateEvents = defineEvents({
  'template.changed': z.object({ templateId }),
});
