import type { Receipt } from '../../types.ts';
import { ourMessageId, readHeaderIds } from '../compose/message-ids.ts';
import { isReport, returnedMessage } from './delivery-report.ts';
import type { ParsedMail } from './parse-mail.ts';
import { readReportFields } from './report-fields.ts';

const types = ['message/disposition-notification', 'message/global-disposition-notification'];

/**
 * Reads a message disposition notification (RFC 8098): the reader's program says that the mail was displayed. It proves
 * little, so that every state from it is a hint; `deleted`, and what a program did by itself, says nothing of a reader.
 * @returns null when the mail is none, or is about no message of ours; no receipt when it says nothing
 */
export function readNotification(mail: ParsedMail): Receipt[] | null {
  const part = mail.parts.find(({ mediaType }) => types.includes(mediaType));
  if (part === undefined || !isReport(mail)) return null;
  const fields = readReportFields(part.bytes)[0];
  const [original] = readHeaderIds(fields?.get('original-message-id') ?? '', 1);
  const messageId =
    ourMessageId(original ?? '') ??
    returnedMessage(mail.parts) ??
    mail.references.map(ourMessageId).find((id) => id !== null) ??
    null;
  if (messageId === null) return null;
  const disposition = fields?.get('disposition') ?? '';
  const type = /;\s*([a-z]+)/i.exec(disposition)?.[1]?.toLowerCase();
  if (type !== 'displayed') return [];
  return [
    {
      kind: 'receipt',
      providerId: null,
      messageId,
      state: 'read',
      hint: true,
      badAddress: false,
      code: disposition.slice(0, 200),
      at: mail.date,
    },
  ];
}
