import type { AdapterParts, GatewayEvent, WebhookRequest } from '../../../types.ts';
import { formOf } from '../common/gateway-parts.ts';
import { plainReply, type WebhookReading } from '../common/http-gateway.ts';
import { numberFrom } from '../common/numbers.ts';
import { incoming } from '../common/receipts.ts';
import { fromWarsaw } from '../common/warsaw-time.ts';
import { serwersmsReceipt } from './serwersms-report.ts';

/**
 * Reports and answers that SerwerSMS sends on, as set up in its panel. Its documentation that could be read does not name the
 * fields for API v2, so the English and the Polish names are taken; whatever is missed here comes by polling.
 */
export function readSerwersmsWebhook(
  parts: Pick<AdapterParts, 'clock'>,
  request: WebhookRequest,
): WebhookReading {
  const fields = formOf(request);
  const one = (...names: string[]) =>
    names.map((name) => fields.get(name) ?? '').find((value) => value !== '') ?? null;
  const status = one('status', 'stan');
  const id = one('smsid', 'SMSID', 'id', 'message_id');
  let event: GatewayEvent | null = null;
  if (status !== null && id !== null) {
    event = serwersmsReceipt({
      id,
      uniqueId: one('unique_id', 'usmsid', 'USMSID'),
      status,
      reason: one('reason', 'przyczyna'),
      date: one('date', 'data', 'delivered'),
    });
  } else event = message(parts, one);
  if (event === null && status === null) {
    return { ok: false, status: 400, code: 'gateway.bad-report' };
  }
  return { ok: true, events: event === null ? [] : [event], reply: plainReply('OK') };
}

function message(
  parts: Pick<AdapterParts, 'clock'>,
  one: (...names: string[]) => string | null,
): GatewayEvent | null {
  const from = one('phone', 'numer', 'number', 'from');
  const body = one('text', 'wiadomosc', 'message');
  if (from === null || body === null) return null;
  const date = one('recived', 'date', 'data');
  const id = one('incoming_id', 'id');
  const type = one('type', 'typ') ?? 'eco';
  const to = one('to_number', 'ndi', 'to');
  return incoming({
    sourceKey: id === null ? `${from} ${date ?? ''} ${body}` : `${type} ${id}`,
    channel: 'sms',
    from: numberFrom(from),
    to: to === null ? null : numberFrom(to),
    text: body,
    at: fromWarsaw(date) ?? parts.clock.now(),
    answersProviderId: one('message_id', 'smsid', 'SMSID'),
  });
}
