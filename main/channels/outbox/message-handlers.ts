import { people } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { IdSource } from '#shared/util/index.ts';
import { countSms } from '#shared/util/sms-text.ts';
import type { Audit } from '../../contract-server/index.ts';
import type { Handler, Handlers, Publisher, RequestContext } from '../../contract-server/types.ts';
import { readMessageSettings } from '../gateways/index.ts';
import {
  bytesOf,
  type ComposedMessage,
  type ComposeParts,
  composeMessage,
  mayWrite,
  toPreview,
} from './compose-message.ts';
import { refusalOf } from './fill-due.ts';
import { isFinal } from './message-machine.ts';
import { listViews, loadView, loadViews, type MessageView } from './message-view.ts';
import type { Outbox } from './outbox.ts';
import { contentOf, findMessage, loadAttachments, type MessageRow } from './outbox-rows.ts';
import { askRecipients, debtOf, keptDebtor } from './recipients.ts';

export interface MessageHandlersParts extends ComposeParts {
  outbox: Outbox;
  idSource: IdSource;
  publisher: Publisher;
  audit: Audit;
}

const DAY_MS = 86_400_000;
const EVERYBODY = { kind: 'roles', roles: people } as const;

/** Commands on single messages. */
export function createMessageHandlers(parts: MessageHandlersParts): Handlers {
  const { store, outbox } = parts;
  announceChanges(parts);
  return {
    'message.offer': offer(parts),
    'message.preview': async (input, context) =>
      toPreview(parts, await composeMessage(parts, input, context), context),
    'message.send': send(parts),
    'message.send-again': sendAgain(parts),
    'message.cancel': async ({ messageId }, { commandId }) => {
      await outbox.cancel(messageId, once(commandId));
      return loadView(store.read, messageId);
    },
    'message.query': async ({ messageId }) => {
      const { state } = loadView(store.read, messageId);
      if (isFinal(state) || state === 'queued' || state === 'permitted')
        throw new AppError('message.cannot-query', `a message that is ${state} is not asked about`);
      if (!(await outbox.query(messageId)))
        throw new AppError('message.cannot-query', 'its gateway is off');
      return loadView(store.read, messageId);
    },
    'message.get': ({ messageId }) => loadView(store.read, messageId),
    'message.list': (input) => {
      const { debtorId } = input;
      const kept = debtorId === undefined ? undefined : keptDebtor(store.read, debtorId);
      return listViews(store.read, { ...input, debtorId: kept ?? debtorId });
    },
  };
}

/** Steps that add a line to the history, or take or give back a contact that the rules count. */
const stepsOfCard: ReadonlySet<string> = new Set([
  'permitted',
  'sent',
  'failed',
  'expired',
  'cancelled',
]);

/** After each commit: messages by hand, and cards on which more changed than how far a message came. */
function announceChanges({ outbox, store, publisher }: MessageHandlersParts): void {
  outbox.onChange(({ messageIds, debtorIds }) => {
    const changed = new Set(debtorIds);
    for (const view of loadViews(store.read, messageIds)) {
      publisher.publish('message.changed', view, EVERYBODY);
      if (view.debtorId !== null && stepsOfCard.has(view.state)) changed.add(view.debtorId);
    }
    for (const debtorId of changed) publisher.publish('debtor.changed', { debtorId }, EVERYBODY);
  });
}

function offer(parts: MessageHandlersParts): Handler<'message.offer'> {
  const { store, clock, texts, hub, rules } = parts;
  return async (input, context) => {
    const { channel, contactPointId } = input;
    const { principal } = context;
    const debtorId = keptDebtor(store.read, input.debtorId);
    if (debtorId === null) throw new AppError('contract.not-found', 'no such debtor');
    const templates = texts.offer(store.read, { debtorId, channel, debtIds: null });
    const [first] = templates;
    const wanted = { debtorId, channel, contactPointId };
    const composed =
      first === undefined
        ? null
        : await composeMessage(
            parts,
            {
              ...wanted,
              templateId: first.templateId,
              language: first.language,
              filesLater: true,
            },
            context,
          ).catch(unlessExpected);
    const purpose = composed?.purpose ?? 'collection';
    const debtId = debtOf(store.read, debtorId, undefined);
    const about = { debtorId, channel, debtId, purpose, personId: principal.personId };
    const recipients = askRecipients(store.read, rules, about, clock.now());
    const hasGateway = hub.choose(channel) !== null;
    return {
      recipients: recipients.map(({ recipient }) => recipient),
      templates,
      freeText: mayWrite(readMessageSettings(store.read).freeText, principal.role),
      preview: composed === null ? null : await toPreview(parts, composed, context),
      unavailable: unavailable(hasGateway, recipients.length),
    };
  };
}

/** A template that cannot be made for this debtor leaves the others, and writing by hand. */
function unlessExpected(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}

function unavailable(hasGateway: boolean, recipients: number): string | null {
  if (!hasGateway) return 'message.no-gateway';
  return recipients === 0 ? 'message.no-recipient' : null;
}

function send(parts: MessageHandlersParts): Handler<'message.send'> {
  return async (input, context) => {
    const composed = await composeMessage(parts, input, context);
    assertComplete(composed);
    assertMayDisclose(composed.undisclosed, input.revealReason);
    const revealed = composed.undisclosed === null ? null : (input.revealReason ?? null);
    const { read } = parts.store;
    const { filled, to, gateway, debtorId, attachments } = composed;
    if (to === null || gateway === null) throw new AppError('message.no-recipient', 'no address');
    const now = parts.clock.now();
    const dueAt = Math.max(now, input.dueAt ?? now);
    const linkDays = readMessageSettings(read).documentLinkDays;
    return queue(parts, context, {
      channel: input.channel,
      debtorId,
      debtId: composed.debtId,
      contactPointId: to.recipient.contactPointId,
      toAddress: to.recipient.value,
      sender: composed.sender,
      gatewayId: gateway.record.gatewayId,
      templateId: input.templateId ?? null,
      templateVersion: filled.templateVersion,
      language: filled.language,
      purpose: composed.purpose,
      callId: input.callId ?? null,
      threadId: input.inboxThreadId ?? null,
      content: { text: filled.text, subject: filled.subject, html: filled.html },
      attachments,
      documentLink: linkOf(composed, now + linkDays * DAY_MS),
      parts: input.channel === 'sms' ? countSms(filled.text).parts : null,
      dueAt,
      expiresAt: input.expiresAt ?? dueAt + DAY_MS,
      revealReason: revealed,
    });
  };
}

type Queued = Omit<Parameters<Outbox['queue']>[0], 'messageId' | 'personId'>;

/** @throws AppError `contact-rules.refused` */
async function queue(
  { outbox, idSource, store, audit }: MessageHandlersParts,
  { principal, commandId }: RequestContext,
  message: Queued,
): Promise<MessageView> {
  const { personId } = principal;
  const messageId = idSource.next();
  const reply = await outbox.queue({ ...message, messageId, personId }, once(commandId));
  if (!reply.ok) {
    const { blockedBy, nextAllowedAt, overridable, override } = reply.decision;
    throw new AppError('contact-rules.refused', 'the rules do not allow this message now', {
      details: { blockedBy, nextAllowedAt, overridable, override },
    });
  }
  if (message.revealReason !== null) {
    const details = { messageId: reply.messageId, debtorId: message.debtorId };
    audit({ action: 'message.sent-unidentified', personId, details });
  }
  return loadView(store.read, reply.messageId);
}

function linkOf({ documentLink, attachments }: ComposedMessage, expiresAt: number) {
  const [first] = attachments;
  if (documentLink === null || first === undefined) return null;
  return { id: documentLink.linkId, documentId: first.documentId, expiresAt };
}

/** @throws AppError `message.*` for the first thing that stands in the way */
function assertComplete(composed: ComposedMessage): void {
  const { filled, to, gateway, attachments, maxBytes } = composed;
  if (gateway === null) throw new AppError('message.no-gateway', 'no gateway carries this');
  if (to === null) throw new AppError('message.no-recipient', 'no such address of this debtor');
  const refusal = refusalOf(filled);
  if (refusal !== null) {
    const { missing, problems } = filled;
    throw new AppError(refusal.reason, refusal.detail ?? 'the text cannot be sent', {
      details: { missing, problems },
    });
  }
  if (filled.text.trim() === '' && attachments.length === 0)
    throw new AppError('message.empty', 'there is nothing to send');
  const bytes = bytesOf(composed);
  if (maxBytes !== null && bytes > maxBytes)
    throw new AppError('message.too-large', 'the gateway takes less', {
      details: { bytes, maxBytes },
    });
}

/** With a third person on the line nothing is given out; with somebody unknown only for a reason. */
function assertMayDisclose(undisclosed: string | null, revealReason: string | undefined): void {
  if (undisclosed === null) return;
  if (undisclosed !== 'thirdPerson' && revealReason !== undefined) return;
  throw new AppError('call.not-identified', 'it is not known that the debtor is on the line', {
    details: { because: undisclosed },
  });
}

function sendAgain(parts: MessageHandlersParts): Handler<'message.send-again'> {
  const { store, clock, hub, mayDisclose } = parts;
  return async ({ messageId }, context) => {
    const row = findMessage(store.read, messageId);
    if (row === null) throw new AppError('contract.not-found', 'no such message');
    if (row.state !== 'failed' && row.state !== 'expired')
      throw new AppError('message.not-failed', `this message is ${row.state}`);
    const debtorId = row.debtorId === null ? null : keptDebtor(store.read, row.debtorId);
    const content = contentOf(store.read, row);
    if (debtorId === null || content === null)
      throw new AppError('message.empty', 'what was written is gone');
    const asked = mayDisclose({ debtorId, personId: context.principal.personId });
    assertMayDisclose(asked.ok ? null : asked.because, undefined);
    const gateway = hub.choose(row.channel, row.gatewayId ?? undefined) ?? hub.choose(row.channel);
    if (gateway === null) throw new AppError('message.no-gateway', 'no gateway carries this');
    const to = sameAddress(parts, row, debtorId, context);
    const now = clock.now();
    const senders: readonly string[] = gateway.record.settings.senders;
    const { channel, templateId, templateVersion, language, purpose, threadId, debtId } = row;
    const attachments = (loadAttachments(store.read, [messageId]).get(messageId) ?? []).map(
      ({ messageId: _messageId, ...kept }) => kept,
    );
    return queue(parts, context, {
      channel,
      debtorId,
      debtId,
      ...to,
      sender:
        row.sender !== null && senders.includes(row.sender) ? row.sender : (senders[0] ?? null),
      gatewayId: gateway.record.gatewayId,
      templateId,
      templateVersion,
      language,
      purpose,
      callId: null,
      threadId,
      content,
      attachments,
      // the address in the text still leads to its document
      documentLink: null,
      parts: row.parts,
      dueAt: now,
      expiresAt: now + DAY_MS,
      revealReason: null,
    });
  };
}

/** @throws AppError `message.no-recipient` when the address is not in use any more */
function sameAddress(
  { store, rules, clock }: MessageHandlersParts,
  { channel, debtId, purpose, toAddress }: MessageRow,
  debtorId: string,
  { principal }: RequestContext,
): { contactPointId: string; toAddress: string } {
  const about = { debtorId, channel, debtId, purpose, personId: principal.personId };
  const found = askRecipients(store.read, rules, about, clock.now()).find(
    ({ recipient }) => recipient.value === toAddress,
  );
  if (!found) throw new AppError('message.no-recipient', 'this address is not in use any more');
  return { contactPointId: found.recipient.contactPointId, toAddress };
}

function once(commandId: string | null) {
  return commandId === null ? {} : { commandId };
}
