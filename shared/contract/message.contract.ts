import { z } from 'zod';
import {
  callId,
  campaignId,
  contactPointId,
  currencyCode,
  debtId,
  debtorId,
  documentId,
  gatewayId,
  inboxThreadId,
  instant,
  interactionId,
  letterTemplateId,
  messageBulkId,
  messageId,
  paymentPlanId,
  personId,
  portfolioId,
  templateId,
} from '../domain/index.ts';
import { purposes } from '../rule-packs/index.ts';
import { defineCommands, defineEvents, everyone, leads } from './define.ts';
import { documentLanguage } from './export.contract.ts';
import { messageChannel, senderName } from './gateway-settings.schema.ts';
import { obligation, permission } from './permission.schema.ts';
import { listFilter } from './search.contract.ts';
import { messageField, textProblem } from './template.contract.ts';

/**
 * How far a message came. `permitted`: the door said yes and it is being handed over; `unknown`: it may have left, and the
 * gateway is asked, never told again; `expired`: nobody took it in time.
 */
export const messageStates = [
  'queued',
  'permitted',
  'sent',
  'delivered',
  'read',
  'failed',
  'expired',
  'unknown',
  'cancelled',
] as const;
export const messageState = z.enum(messageStates);
export type MessageState = z.infer<typeof messageState>;

export const messageAttachment = z.object({
  documentId,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
});

export const message = z.object({
  messageId,
  channel: messageChannel,
  debtorId: debtorId.nullable(),
  displayName: z.string().nullable(),
  contactPointId: contactPointId.nullable(),
  to: z.string(),
  sender: z.string().nullable(),
  state: messageState,
  /** why: a code of `message.*`, `gateway.*` or `contact-rules.*`; null when there is nothing to say */
  reason: z.string().nullable(),
  /** what the gateway or the rule said */
  detail: z.string().nullable(),
  /** the state rests on a hint, which proves little */
  hint: z.boolean(),
  subject: z.string().nullable(),
  /** null: not yet filled in (bulk), or erased */
  text: z.string().nullable(),
  attachments: z.array(messageAttachment),
  parts: z.number().int().nullable(),
  templateId: templateId.nullable(),
  templateName: z.string().nullable(),
  gatewayId: gatewayId.nullable(),
  gatewayName: z.string().nullable(),
  messageBulkId: messageBulkId.nullable(),
  callId: callId.nullable(),
  interactionId: interactionId.nullable(),
  personId: personId.nullable(),
  agentName: z.string().nullable(),
  queuedAt: instant,
  dueAt: instant,
  expiresAt: instant.nullable(),
  sentAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  readAt: instant.nullable(),
  finishedAt: instant.nullable(),
});
export type Message = z.infer<typeof message>;

/** Somebody who could get it: an address of the debtor, with what the rules say now. */
export const messageRecipient = z.object({
  contactPointId,
  value: z.string(),
  label: z.string().nullable(),
  permission,
});

/** From a template, or written by hand. */
const content = {
  templateId: templateId.optional(),
  /** of the template; absent: the debtor's own, else the template's usual one */
  language: documentLanguage.optional(),
  /** without a template, or instead of its text after an agent changed it. May hold fields. */
  text: z.string().max(20_000).optional(),
  subject: z.string().trim().max(300).optional(),
  /** made by `message.attach`, in order; absent: those of the template */
  attachments: z.array(documentId).max(10).optional(),
};
const subject = {
  debtorId,
  channel: messageChannel,
  contactPointId: contactPointId.optional(),
  /** which debts it is about; absent: the open ones */
  debtIds: z.array(debtId).min(1).max(500).optional(),
  paymentPlanId: paymentPlanId.optional(),
  /** the thread that it answers */
  inboxThreadId: inboxThreadId.optional(),
  /** absent: the gateway that settings name for the channel */
  gatewayId: gatewayId.optional(),
  sender: senderName.optional(),
};

const attached = messageAttachment.extend({
  /** how it looks, exactly as it will be sent; for as long as `expiresAt` */
  url: z.string(),
  expiresAt: instant,
  /** of pictures, pixels */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** of what it was made from */
  pages: z.number().int().nullable(),
  originalBytes: z.number().int(),
  /** what was done to make it fit */
  steps: z.array(
    z.enum(['page', 'turned', 'metadataRemoved', 'scaled', 'recompressed', 'flattened']),
  ),
});
export type AttachedMedia = z.infer<typeof attached>;

const previewed = z.object({
  language: documentLanguage,
  subject: z.string().nullable(),
  text: z.string(),
  /** of e-mails; shown sandboxed */
  html: z.string().nullable(),
  to: messageRecipient.nullable(),
  gatewayId: gatewayId.nullable(),
  gatewayName: z.string().nullable(),
  sender: z.string().nullable(),
  /** which may be shown instead; absent or empty: the template or the gateway leaves no choice */
  senders: z.array(z.string()).optional(),
  /** fields without a value for this debtor: it cannot be sent while there are any */
  missing: z.array(messageField),
  /** what the content rules of this debtor's places say; those that block refuse the send */
  problems: z.array(textProblem),
  obligations: z.array(obligation),
  /** it names amounts or the debt */
  discloses: z.boolean(),
  /** it discloses, and who is on the line is not identified */
  needsIdentification: z.boolean(),
  attachments: z.array(attached),
  /** files that the template brings are still to be made: a preview without `filesLater` has them */
  filesPending: z.boolean(),
  /** bytes of everything, and the most the gateway takes; null where there is no limit */
  bytes: z.number().int(),
  maxBytes: z.number().int().nullable(),
});
export type MessagePreview = z.infer<typeof previewed>;

const sendErrors = [
  'contact-rules.refused',
  'call.not-identified',
  'message.no-gateway',
  'message.no-recipient',
  'message.missing-fields',
  'message.content-refused',
  'message.empty',
  'message.too-long',
  'message.too-large',
  'message.bad-sender',
  'message.free-text-refused',
  'message.attachment-gone',
  'document.no-payment-plan',
  'document.nothing-owed',
  'template.not-published',
] as const;

/** Who gets it: of a campaign's list, of a portfolio, or of a filter over all. */
const scope = z.strictObject({
  campaignId: campaignId.optional(),
  portfolioId: portfolioId.optional(),
  filter: listFilter.optional(),
});

export const messageBulk = z.object({
  messageBulkId,
  name: z.string(),
  channel: messageChannel,
  templateId,
  templateName: z.string(),
  state: z.enum(['collecting', 'running', 'paused', 'finished', 'cancelled', 'failed']),
  total: z.number().int().nullable(),
  /** how many stand where */
  counts: z.partialRecord(messageState, z.number().int()),
  /** left out before they were queued, by reason: no address, no permission, missing fields, … */
  skipped: z.record(z.string(), z.number().int()),
  dueAt: instant,
  perMinute: z.number().int().nullable(),
  error: z.string().nullable(),
  createdAt: instant,
  createdBy: z.string().nullable(),
  finishedAt: instant.nullable(),
});
export type MessageBulk = z.infer<typeof messageBulk>;

const bulkShape = {
  templateId,
  scope,
  gatewayId: gatewayId.optional(),
  dueAt: instant.optional(),
  /** at most so many a minute, besides what the gateway allows */
  perMinute: z.number().int().min(1).max(100_000).nullable().default(null),
};

export const messageCommands = defineCommands({
  /** Everything that one key opens in the middle of a call: addresses with permissions, and the templates that fit. */
  'message.offer': {
    roles: everyone,
    input: z.strictObject({
      debtorId,
      channel: messageChannel,
      contactPointId: contactPointId.optional(),
    }),
    output: z.object({
      recipients: z.array(messageRecipient),
      /** the debtor's language when a template has it; best fit first */
      templates: z.array(
        z.object({
          templateId,
          name: z.string(),
          language: documentLanguage,
          discloses: z.boolean(),
          sample: z.boolean(),
        }),
      ),
      freeText: z.boolean(),
      /** of the first template to the first address, without waiting for its files; null when there is neither */
      preview: previewed.nullable(),
      /** null when nothing stands in the way besides rules: else a code of `message.*` */
      unavailable: z.string().nullable(),
    }),
  },
  'message.preview': {
    roles: everyone,
    input: z.strictObject({
      ...subject,
      ...content,
      /** the words at once: pictures and papers of the template take longer, and are asked for next */
      filesLater: z.boolean().optional(),
    }),
    output: previewed,
    errors: [
      'message.empty',
      'message.attachment-gone',
      'message.free-text-refused',
      'template.not-published',
      'document.no-payment-plan',
      'document.nothing-owed',
    ],
  },
  /** Makes what goes with a message, fitted to what the gateway takes. A draft until the message is sent. */
  'message.attach': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      debtorId,
      channel: z.enum(['mms', 'email']),
      gatewayId: gatewayId.optional(),
      from: z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('upload'),
          fileId: z.string().max(64),
          name: z.string().trim().min(1).max(200),
        }),
        z.strictObject({
          kind: z.literal('document'),
          documentId,
          as: z.enum(['asIs', 'picture']),
          /** from 1 */
          page: z.number().int().min(1).max(2_000).default(1),
        }),
        z.strictObject({
          kind: z.literal('letter'),
          letterTemplateId,
          debtIds: z.array(debtId).min(1).max(500).optional(),
          paymentPlanId: paymentPlanId.optional(),
          as: z.enum(['pdf', 'picture']),
        }),
      ]),
    }),
    output: attached,
    errors: [
      'message.media-unreadable',
      'message.media-too-large',
      'message.media-kind',
      'message.media-ended',
      'import.unknown-file',
      'document.erased',
      'document.unreadable',
      'document.no-payment',
      'document.no-payment-plan',
      'document.nothing-owed',
      'message.missing-fields',
      'call.not-identified',
    ],
  },
  /**
   * Asks the door, takes the contact and queues the message, in one transaction; it leaves at once, or at `dueAt` (the door
   * is then asked at that time).
   */
  'message.send': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      ...subject,
      ...content,
      purpose: z.enum(purposes).optional(),
      dueAt: instant.optional(),
      /** given up when it could not be handed over by then */
      expiresAt: instant.optional(),
      /** the call in which it is sent */
      callId: callId.optional(),
      /** why it goes out although who is on the line was not identified; kept */
      revealReason: z.string().trim().min(3).max(2_000).optional(),
    }),
    output: message,
    errors: sendErrors,
  },
  /** Only what has not left: queued or scheduled. */
  'message.cancel': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ messageId }),
    output: message,
    errors: ['message.already-left'],
  },
  /** Asks the gateway now what became of it. */
  'message.query': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ messageId }),
    output: message,
    errors: ['message.cannot-query'],
  },
  /** A new message with the same content, when the old one failed or expired; the door is asked again. */
  'message.send-again': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ messageId }),
    output: message,
    errors: [...sendErrors, 'message.not-failed'],
  },
  'message.get': { roles: everyone, input: z.strictObject({ messageId }), output: message },
  /** Newest first. */
  'message.list': {
    roles: everyone,
    input: z.strictObject({
      debtorId: debtorId.optional(),
      messageBulkId: messageBulkId.optional(),
      channel: messageChannel.optional(),
      states: z.array(messageState).max(9).optional(),
      /** only those that are yet to leave */
      waiting: z.boolean().default(false),
      before: instant.optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ messages: z.array(message), more: z.boolean() }),
  },
  /** What a message to many would be, before anything is queued. */
  'message.estimate-many': {
    roles: leads,
    input: z.strictObject(bulkShape),
    output: z.object({
      debtors: z.number().int(),
      /** of a sample, scaled up when there are more than 2,000 debtors */
      allowedNow: z.number().int(),
      allowedLater: z.number().int(),
      noAddress: z.number().int(),
      missingFields: z.number().int(),
      refused: z.number().int(),
      /** SMS: parts in all */
      parts: z.number().int().nullable(),
      seconds: z.number().int(),
      sampled: z.boolean(),
    }),
    errors: ['message.no-gateway', 'template.not-published'],
  },
  'message.send-many': {
    roles: leads,
    changes: true,
    input: z.strictObject({ ...bulkShape, name: z.string().trim().min(1).max(120) }),
    output: messageBulk,
    errors: ['message.no-gateway', 'template.not-published'],
  },
  'message.pause-many': {
    roles: leads,
    changes: true,
    input: z.strictObject({ messageBulkId, paused: z.boolean() }),
    output: messageBulk,
    errors: ['work.already-ended'],
  },
  /** What has not left is cancelled. */
  'message.cancel-many': {
    roles: leads,
    changes: true,
    input: z.strictObject({ messageBulkId }),
    output: messageBulk,
    errors: ['work.already-ended'],
  },
  'message.list-many': {
    roles: leads,
    input: z.strictObject({ limit: z.number().int().min(1).max(200).default(50) }),
    output: z.object({ bulks: z.array(messageBulk) }),
  },
  /** Fields for a pay-by-link pattern, tried on an amount that is made up. */
  'message.try-pay-link': {
    roles: leads,
    input: z.strictObject({ pattern: z.string().trim().max(500), currency: currencyCode }),
    output: z.object({ url: z.string() }),
    errors: ['message.bad-pay-link'],
  },
});

export const messageEvents = defineEvents({
  /** every change of a message that is somebody's: sent by hand, or answered */
  'message.changed': message,
  /** at most twice a second for each */
  'message.bulk-changed': messageBulk,
});
