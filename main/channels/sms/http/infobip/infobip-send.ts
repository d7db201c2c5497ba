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
import { digitsOf } from '../common/numbers.ts';
import { items, member, number, text } from '../common/read-json.ts';
import { infobipError, infobipRefusal } from './infobip-status.ts';

/** Two days; more is cut to it there. */
const MAX_VALIDITY_MINUTES = 2_880;

/** Members that SMS and MMS share. */
function common(message: OutgoingMessage, parts: AdapterParts<'infobip'>): Record<string, unknown> {
  const sender = senderOf(message, parts.settings);
  const minutes = Math.round(validityMsOf(message, parts.settings) / 60_000);
  const url = parts.webhookUrl?.() ?? null;
  return {
    ...(sender === null ? {} : { sender: digitsOf(sender) }),
    destinations: [{ to: digitsOf(message.to), messageId: message.messageId }],
    options: {
      validityPeriod: {
        amount: Math.min(Math.max(minutes, 1), MAX_VALIDITY_MINUTES),
        timeUnit: 'MINUTES',
      },
    },
    ...(url === null ? {} : { webhooks: { delivery: { url }, contentType: 'application/json' } }),
  };
}

/** Body of `POST /sms/3/messages`. */
export function smsRequest(message: OutgoingMessage, parts: AdapterParts<'infobip'>): unknown {
  return {
    messages: [{ ...common(message, parts), content: { text: message.text } }],
    options: { includeSmsCountInResponse: true },
  };
}

/** Body of `POST /mms/2/messages`; pictures were uploaded before. */
export function mmsRequest(
  message: OutgoingMessage,
  parts: AdapterParts<'infobip'>,
  uploadedIds: readonly string[],
): unknown {
  const words = message.text === '' ? [] : [{ type: 'TEXT', text: message.text }];
  const pictures = uploadedIds.map((id) => ({ type: 'UPLOADED_REFERENCE', uploadedContentId: id }));
  const title = message.subject === '' ? {} : { title: message.subject };
  const content = { ...title, messageSegments: [...words, ...pictures] };
  return { messages: [{ ...common(message, parts), content }] };
}

/** What the answer to a new message means. */
export function infobipHandOver(exchange: Exchange, message: OutgoingMessage): HandOver {
  const usual = commonHandOver(exchange);
  if (usual !== null) return usual;
  if (exchange.kind !== 'answer') return later('gateway.refused', null);
  const answer = exchange.json();
  if (exchange.status >= 400) return requestRefusal(answer) ?? unreadable(exchange);
  const [item] = items(answer, 'messages');
  const id = text(item, 'messageId');
  const status = member(item, 'status');
  if (id === null || status === undefined) return unreadable(exchange);
  const refusal = infobipRefusal(status);
  if (refusal !== null) {
    return fromProviderError(
      refusal,
      text(status, 'name') ?? 'REJECTED',
      text(status, 'description'),
    );
  }
  const counted = message.channel === 'sms' ? countSms(message.text).parts : 1;
  const parts = number(item, 'details', 'messageCount') ?? counted;
  return { kind: 'accepted', providerIds: [id], parts };
}

/** 400: which member is wrong stands in `violations`. */
function requestRefusal(answer: unknown): HandOver | null {
  const error = infobipError(answer);
  if (error === null) return null;
  const wrong = items(answer, 'violations').map((one) => text(one, 'property') ?? '');
  const detail = [error.word, error.text, ...wrong].filter(Boolean).join(' ');
  if (wrong.some((name) => name.endsWith('.to')))
    return rejected('gateway.bad-number', detail, true);
  if (wrong.some((name) => /sender|from$/.test(name)))
    return rejected('gateway.sender-refused', detail);
  return rejected('gateway.refused', detail);
}
