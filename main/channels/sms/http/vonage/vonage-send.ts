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
import { items, text } from '../common/read-json.ts';
import { vonageMeaning } from './vonage-status.ts';

const DAY_S = 86_400;

/** Body of `POST /v1/messages`, or why there is none. */
export function vonageRequest(
  message: OutgoingMessage,
  parts: AdapterParts<'vonage'>,
): { body: Record<string, unknown> } | HandOver {
  const { settings } = parts;
  const sender = senderOf(message, settings);
  if (sender === null) return later('gateway.no-sender', null, 60_000);
  const ttl = Math.round(validityMsOf(message, settings) / 1_000);
  const url = parts.webhookUrl?.() ?? null;
  const common = {
    to: digitsOf(message.to),
    from: digitsOf(sender),
    client_ref: message.messageId,
    ttl: Math.min(Math.max(ttl, 300), message.channel === 'mms' ? 3 * DAY_S : 7 * DAY_S),
    ...(url === null ? {} : { webhook_url: url, webhook_version: 'v1' }),
  };
  if (message.channel !== 'mms') {
    return { body: { ...common, channel: 'sms', message_type: 'text', text: message.text } };
  }
  const urls = message.media.map((media) => parts.publishMedia?.(media) ?? null);
  const links = urls.filter((one) => one !== null);
  if (links.length < urls.length) return rejected('gateway.needs-public-address', null);
  const caption = [message.subject, message.text].filter(Boolean).join('\n');
  const [first, ...others] = links;
  if (first === undefined) {
    return { body: { ...common, channel: 'mms', message_type: 'text', text: caption } };
  }
  if (others.length === 0) {
    const image = { url: first, ...(caption === '' ? {} : { caption }) };
    return { body: { ...common, channel: 'mms', message_type: 'image', image } };
  }
  const pictures = links.map((link) => ({ type: 'image', url: link }));
  const words = caption === '' ? [] : [{ type: 'text', text: caption }];
  return {
    body: { ...common, channel: 'mms', message_type: 'content', content: [...words, ...pictures] },
  };
}

/** What the answer to a new message means: 202 with `message_uuid`. */
export function vonageHandOver(exchange: Exchange, message: OutgoingMessage): HandOver {
  if (exchange.kind === 'answer' && exchange.status >= 400 && exchange.status < 500) {
    const refusal = refusalOf(exchange.status, exchange.json());
    if (
      refusal !== null &&
      exchange.status !== 401 &&
      exchange.status !== 403 &&
      exchange.status !== 429
    ) {
      return refusal;
    }
  }
  const usual = commonHandOver(exchange);
  if (usual !== null) return usual;
  if (exchange.kind !== 'answer') return later('gateway.refused', null);
  const id = text(exchange.json(), 'message_uuid');
  if (id === null) return unreadable(exchange);
  const parts = message.channel === 'sms' ? countSms(message.text).parts : 1;
  return { kind: 'accepted', providerIds: [id], parts };
}

function refusalOf(status: number, answer: unknown): HandOver | null {
  const title = text(answer, 'title');
  if (title === null) return null;
  const type = text(answer, 'type')?.split('#').at(-1) ?? '';
  const wrong = items(answer, 'invalid_parameters').map((one) => text(one, 'name') ?? '');
  const detail = [title, text(answer, 'detail'), ...wrong].filter(Boolean).join(' ');
  if (wrong.includes('to')) return rejected('gateway.bad-number', detail, true);
  if (wrong.includes('from')) return rejected('gateway.sender-refused', detail);
  return fromProviderError(vonageMeaning(status, type, title), type || title, detail);
}
