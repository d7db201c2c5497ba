import { createHmac } from 'node:crypto';
import type { AdapterParts, WebhookRequest } from '../../../types.ts';
import { formOf, sameText } from '../common/gateway-parts.ts';
import type { WebhookReading } from '../common/http-gateway.ts';
import { messageIdFrom, numberFrom } from '../common/numbers.ts';
import { incoming } from '../common/receipts.ts';
import { fetchTwilioMedia, type MediaSource } from './twilio-media.ts';
import { twilioReceipt } from './twilio-message.ts';

/**
 * Base64 of HMAC-SHA1, with the account's token, over the address as Twilio called it and the fields of the form, sorted by
 * name and put together without anything between.
 * @see https://www.twilio.com/docs/usage/security#validating-requests
 */
export function twilioSignature(token: string, url: string, body: URLSearchParams): string {
  const fields = [...body].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const signed = url + fields.map(([name, value]) => name + value).join('');
  return createHmac('sha1', token).update(signed, 'utf8').digest('base64');
}

export interface TwilioWebhook extends MediaSource {
  parts: AdapterParts<'twilio'>;
  accountPath: string;
}

/** A status of a message of ours, or a message of a debtor. */
export async function readTwilioWebhook(
  source: TwilioWebhook,
  request: WebhookRequest,
): Promise<WebhookReading> {
  const { parts } = source;
  const body = formOf({ ...request, path: '' });
  const given = request.headers['x-twilio-signature'] ?? '';
  const token = parts.secrets.authToken ?? '';
  if (token === '' || !isSigned(token, request.url, body, given)) {
    return { ok: false, status: 401, code: 'gateway.bad-signature' };
  }
  if (body.get('AccountSid') !== parts.settings.accountSid) {
    return { ok: false, status: 401, code: 'gateway.bad-signature' };
  }
  const sid = body.get('MessageSid') ?? body.get('SmsSid') ?? '';
  if (!/^\w{2,64}$/.test(sid)) return { ok: false, status: 400, code: 'gateway.bad-report' };
  const status = body.get('MessageStatus') ?? '';
  if (status !== '' && status !== 'received') return readStatus(request, body, sid, status);
  return readMessage(source, body, sid);
}

/** Proxies may add or take off the usual port. */
function isSigned(token: string, url: string, body: URLSearchParams, given: string): boolean {
  const withPort = url.replace(
    /^(https?):\/\/([^/:]+)(?=\/)/,
    (_all, scheme: string, host: string) => `${scheme}://${host}:${scheme === 'https' ? 443 : 80}`,
  );
  return [url, withPort].some((one) => sameText(twilioSignature(token, one, body), given));
}

/** Nothing is to be said or done in answer. */
const emptyReply = {
  status: 200,
  contentType: 'text/xml; charset=utf-8',
  body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
};

function readStatus(
  request: WebhookRequest,
  body: URLSearchParams,
  sid: string,
  status: string,
): WebhookReading {
  const code = body.get('ErrorCode');
  const event = twilioReceipt({
    sid,
    status,
    errorCode: code !== null && /^\d+$/.test(code) ? Number(code) : null,
    at: null,
    messageId: messageIdFrom(formOf({ ...request, body: new Uint8Array() }).get('m')),
  });
  return { ok: true, events: event === null ? [] : [event], reply: emptyReply };
}

async function readMessage(
  source: TwilioWebhook,
  body: URLSearchParams,
  sid: string,
): Promise<WebhookReading> {
  const withMedia = Number(body.get('NumMedia') ?? 0) > 0;
  const media = withMedia
    ? await fetchTwilioMedia(source, `${source.accountPath}/Messages/${sid}`)
    : [];
  if (media === null) return { ok: false, status: 503, code: 'gateway.media-not-fetched' };
  const event = incoming({
    sourceKey: sid,
    channel: withMedia ? 'mms' : 'sms',
    from: numberFrom(body.get('From') ?? ''),
    to: numberFrom(body.get('To') ?? ''),
    text: body.get('Body') || null,
    media,
    at: source.parts.clock.now(),
  });
  return { ok: true, events: [event], reply: emptyReply };
}
