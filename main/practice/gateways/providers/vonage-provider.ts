import { randomUUID } from 'node:crypto';
import { canFetch } from './callbacks.ts';
import { practiceLogins } from './practice-logins.ts';
import type { ProviderContext } from './practice-providers.ts';
import {
  e164Of,
  isNumber,
  jsonBody,
  type PracticeAnswer,
  type PracticeProvider,
  type PracticeRequest,
} from './practice-request.ts';
import { type DebtorAnswer, ProviderPhones, type TakenMessage } from './provider-phones.ts';

const { apiKey, apiSecret } = practiceLogins.vonage;
const AUTHORIZATION = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;

/** Speaks as Vonage's Messages API v1 and Reports API v2 do. */
export function createVonageProvider({
  clock,
  seed,
  callbacks,
}: ProviderContext): PracticeProvider {
  const phones = new ProviderPhones({
    clock,
    seed,
    newId: randomUUID,
    onState(message) {
      if (message.callbackUrl === null) return;
      callbacks.send({
        url: message.callbackUrl,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(statusOf(message)),
      });
    },
  });
  return {
    handle(request) {
      if (request.headers.authorization !== AUTHORIZATION) {
        return failure(401, 'Unauthorized', 'You did not provide correct credentials.');
      }
      switch (request.path) {
        case '/account/get-balance':
          return { status: 200, json: { value: 1_000, autoReload: false } };
        case '/v1/messages':
          return send(jsonBody(request), phones);
        case '/v2/reports/records':
          return records(request, phones);
        default:
          return failure(404, 'Not Found', 'There is nothing here.');
      }
    },
    stop: () => phones.stop(),
  };
}

async function send(
  body: Record<string, unknown>,
  phones: ProviderPhones,
): Promise<PracticeAnswer> {
  const to = String(body.to ?? '');
  const invalid = (name: string) =>
    failure(422, 'Invalid params', 'The value of one or more parameters is invalid.', [
      { name, reason: 'invalid' },
    ]);
  if (!isNumber(to)) return invalid('to');
  if (!body.from) return invalid('from');
  const content = Array.isArray(body.content) ? (body.content as Record<string, string>[]) : [];
  const image = body.image as { url?: string; caption?: string } | undefined;
  const links = [image?.url, ...content.map(({ url }) => url)].filter((url) => url !== undefined);
  for (const url of links) if (!(await canFetch(url))) return invalid('image');
  const words = content
    .map(({ text }) => text)
    .filter(Boolean)
    .join('\n');
  const text = String(body.text ?? image?.caption ?? words);
  if (text === '' && links.length === 0) return invalid('text');
  const message = phones.take({
    channel: body.channel === 'mms' ? 'mms' : 'sms',
    reference: typeof body.client_ref === 'string' ? body.client_ref : null,
    to: e164Of(to),
    from: String(body.from),
    text,
    parts: 1,
    callbackUrl: typeof body.webhook_url === 'string' ? body.webhook_url : null,
    media: links,
  });
  return { status: 202, json: { message_uuid: message.id } };
}

function records(request: PracticeRequest, phones: ProviderPhones): PracticeAnswer {
  const { query } = request;
  const ids = query.get('id')?.split(',') ?? null;
  const start = Date.parse(query.get('date_start') ?? '1970-01-01');
  const end = Date.parse(query.get('date_end') ?? '2100-01-01');
  const to = query.get('to');
  const inWindow = (at: number) => at >= start && at < end;
  const outbound = phones
    .list()
    .filter((message) => (ids === null ? inWindow(message.takenAt) : ids.includes(message.id)))
    .filter((message) => to === null || message.to === `+${to}`)
    .map(recordOf);
  const inbound = phones
    .answers()
    .filter(({ at }) => inWindow(at))
    .map(answerRecord);
  const found = query.get('direction') === 'inbound' ? inbound : outbound;
  return {
    status: 200,
    json: { request_status: 'SUCCESS', items_count: found.length, records: found },
  };
}

function statusWord(message: TakenMessage): string {
  const words = {
    sent: 'submitted',
    delivered: 'delivered',
    failed: 'undeliverable',
    expired: 'expired',
  };
  return words[message.state];
}

function statusOf(message: TakenMessage) {
  const code = message.failure === 'unknownAddress' ? '1170' : '1260';
  const error = {
    type: `https://developer.vonage.com/api-errors/messages#${code}`,
    title: code,
    detail: 'The message could not be delivered.',
  };
  return {
    message_uuid: message.id,
    to: message.to.slice(1),
    from: message.from,
    timestamp: new Date(message.stateAt).toISOString(),
    status: statusWord(message),
    channel: message.channel,
    client_ref: message.reference,
    ...(message.state === 'failed' ? { error } : {}),
  };
}

function recordOf(message: TakenMessage) {
  const failed = message.state === 'failed';
  return {
    account_id: apiKey,
    message_id: message.id,
    client_ref: message.reference,
    direction: 'outbound',
    from: message.from,
    to: message.to.slice(1),
    channel: message.channel,
    date_received: new Date(message.takenAt).toISOString(),
    date_finalized: new Date(message.stateAt).toISOString(),
    status: statusWord(message),
    error_code: failed ? (message.failure === 'unknownAddress' ? '1170' : '1260') : '0',
  };
}

function answerRecord(answer: DebtorAnswer) {
  return {
    account_id: apiKey,
    message_id: answer.id,
    direction: 'inbound',
    from: answer.from.slice(1),
    to: answer.to ?? '',
    channel: 'sms',
    date_received: new Date(answer.at).toISOString(),
    message_body: answer.text,
  };
}

function failure(
  status: number,
  title: string,
  detail: string,
  invalid: readonly { name: string; reason: string }[] = [],
): PracticeAnswer {
  const type = 'https://developer.vonage.com/api-errors';
  const more = invalid.length === 0 ? {} : { invalid_parameters: invalid };
  return { status, json: { type, title, detail, instance: randomUUID(), ...more } };
}
