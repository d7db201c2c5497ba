import type { AdapterParts, GatewayEvent, WebhookRequest } from '../../../types.ts';
import { formOf } from '../common/gateway-parts.ts';
import { plainReply, type WebhookReading } from '../common/http-gateway.ts';
import { numberFrom } from '../common/numbers.ts';
import { incoming } from '../common/receipts.ts';
import { smsapiReceipt } from './smsapi-status.ts';

/**
 * A report (several ids, statuses and times in one, with commas between) or a message of a debtor. SMSAPI signs nothing: the
 * secret in the path proves it. It repeats until the answer is `OK`.
 */
export function readSmsapiWebhook(
  parts: Pick<AdapterParts, 'clock'>,
  request: WebhookRequest,
): WebhookReading {
  const fields = formOf(request);
  const events =
    fields.has('sms_text') || fields.has('sms_from') ? message(parts, fields) : reports(fields);
  if (events === null) return { ok: false, status: 400, code: 'gateway.bad-report' };
  return { ok: true, events, reply: plainReply('OK') };
}

function reports(fields: URLSearchParams): GatewayEvent[] | null {
  const ids = listOf(fields, 'MsgId');
  if (ids.length === 0) return null;
  const statuses = listOf(fields, 'status');
  const statusNames = listOf(fields, 'status_name');
  const references = listOf(fields, 'idx');
  const times = listOf(fields, 'donedate');
  return ids.flatMap((id, index) => {
    const at = times[index] ?? times[0] ?? '';
    const event = smsapiReceipt({
      id,
      status: statuses[index] ?? statusNames[index] ?? '',
      idx: references[index] ?? null,
      at: /^\d{9,11}$/.test(at) ? Number(at) : null,
    });
    return event === null ? [] : [event];
  });
}

function listOf(fields: URLSearchParams, name: string): string[] {
  return (fields.get(name) ?? '').split(',').filter((one) => one !== '');
}

function message(
  parts: Pick<AdapterParts, 'clock'>,
  fields: URLSearchParams,
): GatewayEvent[] | null {
  const from = fields.get('sms_from') ?? '';
  const text = fields.get('sms_text') ?? '';
  const date = fields.get('sms_date') ?? '';
  if (from === '') return null;
  const at = /^\d{9,11}$/.test(date) ? Number(date) * 1_000 : parts.clock.now();
  const to = fields.get('sms_to') ?? '';
  return [
    incoming({
      // Older accounts give no id: number, instant and text then name it.
      sourceKey: fields.get('MsgId') || `${from} ${date} ${text}`,
      channel: 'sms',
      from: numberFrom(from),
      to: to === '' ? null : numberFrom(to),
      text,
      at,
    }),
  ];
}
