import { z } from 'zod';
import {
  channel,
  contactPointId,
  debtorId,
  inboxThreadId,
  instant,
  interactionId,
  messageId,
  personId,
} from '../domain/index.ts';
import { defineCommands, defineEvents, everyone } from './define.ts';
import { messageChannel } from './gateway-settings.schema.ts';
import { messageAttachment, messageRecipient, messageState } from './message.contract.ts';

/** How a message found its debtor; `person`: somebody said so. */
export const matchedBy = z.enum(['thread', 'reference', 'number', 'address', 'person']);

/** What a reply asks for, as it was read; `unclear`: the channel is held until a person has read it. */
export const readOptOut = z.object({
  verdict: z.enum(['optOut', 'unclear']),
  words: z.string().nullable(),
});

export const inboxThread = z.object({
  inboxThreadId,
  /** null: nobody's yet */
  debtorId: debtorId.nullable(),
  displayName: z.string().nullable(),
  /** the number or address that it came from */
  peer: z.string().nullable(),
  channels: z.array(channel),
  state: z.enum(['open', 'snoozed', 'done']),
  snoozedUntil: instant.nullable(),
  assignedTo: personId.nullable(),
  assignedToName: z.string().nullable(),
  lastAt: instant,
  lastDirection: z.enum(['in', 'out']),
  /** the beginning of the newest text */
  snippet: z.string(),
  unread: z.number().int(),
  matchedBy: matchedBy.nullable(),
  optOut: readOptOut.nullable(),
});
export type InboxThread = z.infer<typeof inboxThread>;

export const inboxItem = z.object({
  interactionId: interactionId.nullable(),
  direction: z.enum(['in', 'out']),
  /** `call`: a missed one */
  channel,
  at: instant,
  from: z.string().nullable(),
  agentName: z.string().nullable(),
  subject: z.string().nullable(),
  text: z.string().nullable(),
  /** as it came: to be sanitised and shown in a sandbox */
  html: z.string().nullable(),
  attachments: z.array(messageAttachment),
  /** of ours */
  messageId: messageId.nullable(),
  state: messageState.nullable(),
  hint: z.boolean(),
  reason: z.string().nullable(),
  /** an out-of-office note and the like */
  automatic: z.boolean(),
  optOut: readOptOut.nullable(),
});
export type InboxItem = z.infer<typeof inboxItem>;

export const inboxView = z.enum(['open', 'mine', 'unassigned', 'unmatched', 'snoozed', 'done']);
export type InboxView = z.infer<typeof inboxView>;

export const inboxCommands = defineCommands({
  'inbox.list': {
    roles: everyone,
    input: z.strictObject({
      view: inboxView.default('open'),
      channel: channel.optional(),
      /** newest first; the `lastAt` of the last one that is known */
      before: instant.optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      threads: z.array(inboxThread),
      more: z.boolean(),
      /** up to 1,000 of each: more are not counted */
      counts: z.record(inboxView, z.number().int()),
    }),
  },
  /** Oldest first; opening it does not mark it as read. */
  'inbox.thread': {
    roles: everyone,
    input: z.strictObject({
      inboxThreadId,
      before: instant.optional(),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    output: z.object({
      thread: inboxThread,
      items: z.array(inboxItem),
      more: z.boolean(),
      /** where an answer can go, with what the rules say now; first the way that the debtor used last */
      replies: z.array(messageRecipient.extend({ channel: messageChannel })),
      /** of an unmatched one: whose it might be, and why */
      candidates: z.array(
        z.object({
          debtorId,
          displayName: z.string(),
          externalRef: z.string(),
          why: matchedBy,
          contactPointId: contactPointId.nullable(),
        }),
      ),
    }),
  },
  /** Finds or makes the thread of a debtor, to write from its card. */
  'inbox.thread-of': {
    roles: everyone,
    input: z.strictObject({ debtorId }),
    output: z.object({ inboxThreadId: inboxThreadId.nullable() }),
  },
  'inbox.mark-read': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ inboxThreadId, read: z.boolean().default(true) }),
    output: inboxThread,
  },
  /** null: nobody's. An agent takes and gives back what is their own or nobody's; a lead anything. */
  'inbox.assign': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ inboxThreadId, personId: personId.nullable() }),
    output: inboxThread,
    errors: ['inbox.assigned-to-other'],
  },
  /** It comes back at this instant, or when something new comes in. */
  'inbox.snooze': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ inboxThreadId, until: instant }),
    output: inboxThread,
    errors: ['inbox.snooze-in-past'],
  },
  'inbox.done': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ inboxThreadId }),
    output: inboxThread,
  },
  'inbox.reopen': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ inboxThreadId }),
    output: inboxThread,
  },
  /**
   * Says whose it is: its messages go to the debtor's history, opt-outs in them act at once, and with `addContactPoint` the
   * number or address becomes one of the debtor's.
   */
  'inbox.match': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      inboxThreadId,
      debtorId,
      addContactPoint: z.boolean().default(false),
    }),
    output: inboxThread,
    errors: ['inbox.already-matched'],
  },
  /** It was given to the wrong debtor: back to the queue of those that are nobody's. */
  'inbox.unmatch': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ inboxThreadId, interactionId }),
    output: inboxThread,
    errors: ['inbox.not-matched'],
  },
});

export const inboxEvents = defineEvents({
  'inbox.changed': z.object({ inboxThreadId }),
  /** something came in: for the counter, and for the card while its debtor is shown */
  'inbox.message-received': z.object({
    inboxThreadId,
    debtorId: debtorId.nullable(),
    interactionId,
    channel,
    at: instant,
    displayName: z.string().nullable(),
    snippet: z.string(),
  }),
});
