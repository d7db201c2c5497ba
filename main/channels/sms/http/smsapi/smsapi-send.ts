import { countSms } from '#shared/util/index.ts';
import type { AdapterParts, HandOver, OutgoingMessage } from '../../../types.ts';
import { senderOf, validityMsOf } from '../common/gateway-parts.ts';
import {
  commonHandOver,
  fromProviderError,
  later,
  rejected,
  unreadable,
} from '../common/hand-over.ts';
import type { Exchange } from '../common/http-client.ts';
import { compactId, digitsOf } from '../common/numbers.ts';
import { items, number, text } from '../common/read-json.ts';
import { smilOf } from './smil.ts';
import { smsapiMeaning } from './smsapi-errors.ts';
import { readSmsapiItem } from './smsapi-status.ts';

type Fields = [string, string][];

const HOUR_S = 3_600;
const MAX_SUBJECT = 40;

/** The path and the form of a new message; `idx` with `check_idx` makes a second one with our id impossible. */
export function smsapiFields(
  message: OutgoingMessage,
  parts: AdapterParts<'smsapi'>,
): { path: string; fields: Fields } | HandOver {
  const { settings, clock } = parts;
  const common: Fields = [
    ['to', digitsOf(message.to)],
    ['idx', compactId(message.messageId)],
    ['check_idx', '1'],
    ['encoding', 'utf-8'],
    ['format', 'json'],
  ];
  const notify = parts.webhookUrl?.() ?? null;
  if (notify !== null) common.push(['notify_url', notify]);
  if (message.channel === 'mms') {
    const words = { name: 'text.txt', mediaType: 'text/plain', bytes: Buffer.from(message.text) };
    const urls = message.media.map((media) => parts.publishMedia?.(media) ?? null);
    const textUrl = message.text === '' ? null : (parts.publishMedia?.(words) ?? null);
    const pictures = urls.filter((url) => url !== null);
    if (pictures.length < urls.length || (textUrl === null && message.text !== '')) {
      return rejected('gateway.needs-public-address', null);
    }
    const subject = (message.subject || message.text).slice(0, MAX_SUBJECT);
    const smil = smilOf(pictures, textUrl);
    return { path: '/mms.do', fields: [...common, ['subject', subject], ['smil', smil]] };
  }
  const sender = senderOf(message, settings);
  const validityS = Math.round(validityMsOf(message, settings) / 1_000);
  // Shorter than an hour and longer than three days are refused there.
  const keptS = Math.min(Math.max(validityS, HOUR_S + 60), 71 * HOUR_S);
  const fields: Fields = [
    ...common,
    ['message', message.text],
    ['expiration_date', String(Math.floor(clock.now() / 1_000) + keptS)],
    ...(sender === null ? [] : ([['from', digitsOf(sender)]] as Fields)),
  ];
  return { path: '/sms.do', fields };
}

/** What SMSAPI's answer means; errors come with 200 as well as with 4xx. */
export function smsapiHandOver(exchange: Exchange, message: OutgoingMessage): HandOver {
  if (exchange.kind === 'answer') {
    const answer = exchange.json();
    const [item] = items(answer, 'list').map(readSmsapiItem);
    const code = number(answer, 'error') ?? item?.error ?? null;
    if (code !== null) return fromProviderError(smsapiMeaning(code), code, text(answer, 'message'));
    if (exchange.status < 300) {
      if (item === undefined || item.id === null) return unreadable(exchange);
      const parts = item.parts ?? (message.channel === 'sms' ? countSms(message.text).parts : 1);
      return { kind: 'accepted', providerIds: [item.id], parts };
    }
  }
  const common = commonHandOver(exchange);
  if (common !== null) return common;
  return exchange.kind === 'answer' ? unreadable(exchange) : later('gateway.refused', null);
}
