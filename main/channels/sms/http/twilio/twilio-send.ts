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
import { number, text } from '../common/read-json.ts';
import { twilioMeaning } from './twilio-errors.ts';

type Fields = [string, string][];

/** Twilio keeps a message no longer than this, in seconds. */
const MAX_VALIDITY_S = 36_000;

/**
 * Parameters of a new Message resource.
 * @returns a refusal for what Twilio cannot be given at all
 * @see https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 */
export function twilioFields(
  message: OutgoingMessage,
  parts: AdapterParts<'twilio'>,
): Fields | HandOver {
  const { settings } = parts;
  const fields: Fields = [['To', message.to]];
  const sender = senderOf(message, settings);
  if (sender !== null) fields.push(['From', sender]);
  // A service picks a number of its own when none is wanted.
  else if (settings.messagingServiceSid !== '') {
    fields.push(['MessagingServiceSid', settings.messagingServiceSid]);
  } else return later('gateway.no-sender', null, 60_000);
  if (message.text !== '') fields.push(['Body', twilioBody(message)]);
  for (const media of message.media) {
    const url = parts.publishMedia?.(media) ?? null;
    if (url === null) return rejected('gateway.needs-public-address', null);
    fields.push(['MediaUrl', url]);
  }
  const callback = parts.webhookUrl?.() ?? null;
  if (callback !== null) fields.push(['StatusCallback', `${callback}?m=${message.messageId}`]);
  const validityS = Math.round(validityMsOf(message, settings) / 1_000);
  fields.push(['ValidityPeriod', String(Math.min(Math.max(validityS, 1), MAX_VALIDITY_S))]);
  return fields;
}

/** An MMS has no subject of its own here. */
export function twilioBody({ channel, subject, text: body }: OutgoingMessage): string {
  return channel === 'mms' && subject !== '' ? `${subject}\n${body}` : body;
}

/** What Twilio's answer to a new message means. */
export function twilioHandOver(exchange: Exchange, message: OutgoingMessage): HandOver {
  const own = exchange.kind === 'answer' ? exchange.json() : undefined;
  const code = number(own, 'code');
  if (
    exchange.kind === 'answer' &&
    exchange.status >= 400 &&
    exchange.status < 500 &&
    code !== null
  ) {
    const meaning = twilioMeaning(code);
    const retryAfterMs = exchange.retryAfterMs ?? meaning.retryAfterMs;
    return fromProviderError(
      { ...meaning, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
      code,
      text(own, 'message'),
    );
  }
  const common = commonHandOver(exchange);
  if (common !== null || exchange.kind !== 'answer')
    return common ?? later('gateway.refused', null);
  const sid = text(own, 'sid');
  if (sid === null) return unreadable(exchange);
  const parts = number(own, 'num_segments') || countSms(message.text).parts;
  return { kind: 'accepted', providerIds: [sid], parts };
}
