import { countSms, findUcs2Character } from '#shared/util/index.ts';
import type { HandOver, OutgoingMedia, OutgoingMessage } from '../../../types.ts';
import {
  commonHandOver,
  fromProviderError,
  later,
  rejected,
  unreadable,
} from '../common/hand-over.ts';
import type { Exchange } from '../common/http-client.ts';
import { compactId } from '../common/numbers.ts';
import { items, number, text } from '../common/read-json.ts';
import { serwersmsMeaning } from './serwersms-errors.ts';

const MAX_TITLE = 40;
const takenMedia = new Set(['image/gif', 'image/jpeg', 'image/png', 'text/plain']);

/** Members of `messages/send_sms`; without a sender the message goes from a number that is not ours (ECO). */
export function smsBody(message: OutgoingMessage, sender: string | null): Record<string, unknown> {
  return {
    phone: message.to,
    text: message.text,
    ...(sender === null ? {} : { sender }),
    ...(findUcs2Character(message.text) === null ? {} : { utf: true }),
    details: true,
    unique_id: compactId(message.messageId),
  };
}

/**
 * Files of an MMS, uploaded before it is sent: its pictures, and its text as a page of its own unless the title holds it.
 * @returns a refusal when one of them is not taken there
 */
export function mmsFiles(message: OutgoingMessage): OutgoingMedia[] | HandOver {
  const foreign = message.media.find(({ mediaType }) => !takenMedia.has(mediaType));
  if (foreign !== undefined) return rejected('gateway.media-refused', foreign.mediaType);
  const inTitle = message.text === '' || titleOf(message) === message.text;
  const page = { name: 'text.txt', mediaType: 'text/plain', bytes: Buffer.from(message.text) };
  return inTitle ? [...message.media] : [...message.media, page];
}

export function mmsBody(
  message: OutgoingMessage,
  fileIds: readonly string[],
): Record<string, unknown> {
  return {
    phone: message.to,
    title: titleOf(message),
    file_id: fileIds.length === 1 ? fileIds[0] : fileIds,
    details: true,
    unique_id: compactId(message.messageId),
  };
}

function titleOf({ subject, text: body }: OutgoingMessage): string {
  return (subject || body).slice(0, MAX_TITLE);
}

/** What the answer to `send_sms` and `send_mms` means. */
export function serwersmsHandOver(exchange: Exchange, message: OutgoingMessage): HandOver {
  if (exchange.kind === 'answer') {
    const answer = exchange.json();
    const code = number(answer, 'error', 'code');
    if (code !== null) {
      return fromProviderError(serwersmsMeaning(code), code, text(answer, 'error', 'message'));
    }
    const [item] = items(answer, 'items');
    const status = text(item, 'status');
    const ownCode = number(item, 'error_code');
    if (status === 'unsent' || (ownCode !== null && ownCode !== 0)) {
      const word = text(item, 'error_message');
      return fromProviderError(serwersmsMeaning(ownCode ?? 0), ownCode ?? 'unsent', word);
    }
    const id = text(item, 'id');
    if (exchange.status < 300 && id !== null) {
      const counted = message.channel === 'sms' ? countSms(message.text).parts : 1;
      return { kind: 'accepted', providerIds: [id], parts: number(item, 'parts') ?? counted };
    }
  }
  const common = commonHandOver(exchange);
  if (common !== null) return common;
  return exchange.kind === 'answer' ? unreadable(exchange) : later('gateway.refused', null);
}
