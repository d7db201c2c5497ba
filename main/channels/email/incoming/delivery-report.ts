import type { Receipt } from '../../types.ts';
import { ourMessageId, readHeaderIds } from '../compose/message-ids.ts';
import { failureOf, type MailStatus, readReportStatus } from '../status-code.ts';
import type { MailPart, ParsedMail } from './parse-mail.ts';
import { afterType, decodeXtext, type ReportFields, readReportFields } from './report-fields.ts';

/** What came of a report about a message of ours. */
export interface ReadReport {
  receipts: Receipt[];
  /** `delayed`: it is still being tried; kept for the log alone */
  delayed: boolean;
}

const statusTypes = ['message/delivery-status', 'message/global-delivery-status'];

/**
 * Reads a delivery status notification (RFC 3464).
 * @returns null when the mail is none, or is about no message of ours
 */
export function readDeliveryReport(mail: ParsedMail): ReadReport | null {
  const part = mail.parts.find(({ mediaType }) => statusTypes.includes(mediaType));
  if (part === undefined || !isReport(mail)) return null;
  const blocks = readReportFields(part.bytes);
  const messageId = reportedMessage(mail, blocks[0]);
  if (messageId === null) return null;
  // the first block is about the message, the others about one recipient each; some leave the first one out
  const recipients = blocks.filter((block) => block.has('action') || block.has('status'));
  const read = recipients.map((block) => receiptOf(block, messageId, mail.date));
  return {
    receipts: read.filter((receipt) => receipt !== null),
    delayed: read.some((receipt) => receipt === null),
  };
}

/** Whoever sends a report on with words of their own has written a message (RFC 6522 §3: a report is nothing else). */
export function isReport(mail: Pick<ParsedMail, 'header'>): boolean {
  return mail.header('content-type').some((type) => /^\s*multipart\/report\b/i.test(type));
}

/** Our envelope id first: it is ours alone; then the Message-ID of what is returned, or is answered. */
function reportedMessage(mail: ParsedMail, message: ReportFields | undefined): string | null {
  const envelopeId = decodeXtext(message?.get('original-envelope-id') ?? '');
  const named = ourMessageId(`<${envelopeId}@envelope>`);
  if (named !== null) return named;
  return returnedMessage(mail.parts) ?? mail.references.map(ourMessageId).find(isText) ?? null;
}

/** Our message, by the head that a report gives back. */
export function returnedMessage(parts: readonly MailPart[]): string | null {
  const headers = [
    'message/rfc822',
    'text/rfc822-headers',
    'message/global',
    'message/global-headers',
  ];
  for (const { bytes } of parts.filter(({ mediaType }) => headers.includes(mediaType))) {
    const found = messageIdIn(bytes);
    if (found !== null) return found;
  }
  return null;
}

function messageIdIn(bytes: Uint8Array): string | null {
  const [head] = readReportFields(bytes);
  const [headerId] = readHeaderIds(head?.get('message-id') ?? '', 1);
  return headerId === undefined ? null : ourMessageId(headerId);
}

/** @returns null for what is no end yet */
function receiptOf(
  block: ReportFields,
  messageId: string,
  mailDate: number | null,
): Receipt | null {
  const diagnostic = afterType(block.get('diagnostic-code') ?? '');
  const status = readReportStatus(block.get('status') ?? '', diagnostic);
  const at = readDate(block.get('last-attempt-date')) ?? mailDate;
  const action = (block.get('action') ?? '').toLowerCase().split(/[\s;(]/)[0];
  const code = codeOf(status, diagnostic, action ?? '');
  const common = { kind: 'receipt', providerId: null, messageId, code, at } as const;
  if (action === 'delayed') return null;
  if (action === 'delivered' || action === 'relayed' || action === 'expanded')
    return { ...common, state: 'delivered', hint: true, badAddress: false };
  // an action that nobody knows is read by its status
  if (action !== 'failed' && status?.class !== 5) return null;
  return { ...common, ...failed(status), ...recipientOf(block), hint: false };
}

/** Behind somebody's forwarding another address may be the one that does not exist. */
function recipientOf(block: ReportFields): Pick<Receipt, 'address'> {
  const recipient = afterType(block.get('final-recipient') ?? '');
  return recipient.includes('@') ? { address: recipient.slice(0, 320) } : {};
}

export function failed(status: MailStatus | null): Pick<Receipt, 'state' | 'badAddress'> {
  const failure = status === null ? 'other' : failureOf(status);
  // given up after days of "not now": the address may well be right
  const gaveUp = failure === 'tookTooLong' || (status?.class === 4 && failure !== 'mailboxFull');
  return {
    state: gaveUp ? 'expired' : 'failed',
    badAddress: !gaveUp && failure === 'addressUnknown',
  };
}

function codeOf(status: MailStatus | null, diagnostic: string, action: string): string {
  const words = diagnostic.replaceAll(/\s+/g, ' ').trim();
  const code = status?.enhanced ?? '';
  const said = words.includes(code) ? words : `${code} ${words}`;
  return (said.trim() || action).slice(0, 200);
}

function readDate(text: string | undefined): number | null {
  const at = Date.parse(text ?? '');
  return Number.isFinite(at) && at > 0 ? at : null;
}

function isText(text: string | null): text is string {
  return text !== null;
}
