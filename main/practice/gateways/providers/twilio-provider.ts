import { createHmac, randomBytes } from 'node:crypto';
import { countSms } from '#shared/util/index.ts';
import { canFetch } from './callbacks.ts';
import { practiceLogins } from './practice-logins.ts';
import type { ProviderContext } from './practice-providers.ts';
import {
  formBody,
  isNumber,
  type PracticeAnswer,
  type PracticeProvider,
  type PracticeRequest,
} from './practice-request.ts';
import { type DebtorAnswer, ProviderPhones, type TakenMessage } from './provider-phones.ts';

const { accountSid, authToken } = practiceLogins.twilio;
const ACCOUNT = `/2010-04-01/Accounts/${accountSid}`;
const AUTHORIZATION = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;

/** Speaks as Twilio's Messages resource does. */
export function createTwilioProvider({
  clock,
  seed,
  callbacks,
}: ProviderContext): PracticeProvider {
  const phones = new ProviderPhones({
    clock,
    seed,
    newId: () => `SM${randomBytes(16).toString('hex')}`,
    onState: (message) => report(message),
  });

  function report(message: TakenMessage): void {
    if (message.callbackUrl === null) return;
    const { status, error } = stateOf(message);
    const fields: Record<string, string> = {
      AccountSid: accountSid,
      MessageSid: message.id,
      SmsSid: message.id,
      MessageStatus: status,
      SmsStatus: status,
      To: message.to,
      From: message.from ?? '',
      ApiVersion: '2010-04-01',
      ...(error === null ? {} : { ErrorCode: String(error) }),
    };
    const signed = Object.keys(fields)
      .sort()
      .map((name) => name + fields[name])
      .join('');
    callbacks.send({
      url: message.callbackUrl,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': createHmac('sha1', authToken)
          .update(message.callbackUrl + signed)
          .digest('base64'),
      },
      body: new URLSearchParams(fields).toString(),
    });
  }

  return {
    async handle(request) {
      if (request.headers.authorization !== AUTHORIZATION)
        return failure(401, 20003, 'Authenticate');
      const { path, method } = request;
      if (path === `${ACCOUNT}.json`)
        return { status: 200, json: { sid: accountSid, status: 'active' } };
      if (path === `${ACCOUNT}/Messages.json`) {
        return method === 'POST' ? create(request, phones) : list(request, phones);
      }
      const one = /\/Messages\/(\w+)\.json$/.exec(path);
      const message = one?.[1] === undefined ? null : phones.find(one[1]);
      return message === null
        ? failure(404, 20404, 'The resource was not found')
        : { status: 200, json: resource(message) };
    },
    stop: () => phones.stop(),
  };
}

async function create(request: PracticeRequest, phones: ProviderPhones): Promise<PracticeAnswer> {
  const form = formBody(request);
  const to = form.get('To') ?? '';
  if (!/^\+/.test(to) || !isNumber(to)) return failure(400, 21211, "Invalid 'To' Phone Number");
  const from = form.get('From') ?? form.get('MessagingServiceSid');
  if (!from) return failure(400, 21603, "A 'From' phone number is required");
  const media = form.getAll('MediaUrl');
  const text = form.get('Body') ?? '';
  if (text === '' && media.length === 0) return failure(400, 21602, 'Message body is required');
  for (const url of media) {
    if (!(await canFetch(url))) return failure(400, 21620, 'Invalid media URL(s)');
  }
  const message = phones.take({
    channel: media.length > 0 ? 'mms' : 'sms',
    reference: null,
    to,
    from: form.get('From'),
    text,
    parts: countSms(text).parts,
    callbackUrl: form.get('StatusCallback'),
    media,
  });
  return { status: 201, json: { ...resource(message), status: 'queued' } };
}

function list(request: PracticeRequest, phones: ProviderPhones): PracticeAnswer {
  const after = Date.parse(request.query.get('DateSent>') ?? '');
  const to = request.query.get('To');
  const size = Number(request.query.get('PageSize') ?? 50);
  const page = Number(request.query.get('Page') ?? 0);
  const all = [
    ...phones.list().map((message) => ({ at: message.takenAt, json: resource(message) })),
    ...phones.answers().map((answer) => ({ at: answer.at, json: answerResource(answer) })),
  ]
    .filter(({ at }) => Number.isNaN(after) || at >= after)
    .filter(({ json }) => to === null || json.to === to)
    .sort((a, b) => b.at - a.at);
  const next = new URLSearchParams(request.query);
  next.set('Page', String(page + 1));
  const more = all.length > (page + 1) * size;
  const messages = all.slice(page * size, (page + 1) * size).map(({ json }) => json);
  const nextPageUri = more ? `${ACCOUNT}/Messages.json?${next}` : null;
  return { status: 200, json: { messages, page, page_size: size, next_page_uri: nextPageUri } };
}

function stateOf(message: TakenMessage): { status: string; error: number | null } {
  if (message.state === 'expired') return { status: 'failed', error: 30036 };
  if (message.state === 'failed') {
    return { status: 'undelivered', error: message.failure === 'unknownAddress' ? 30005 : 30003 };
  }
  return { status: message.state, error: null };
}

function resource(message: TakenMessage) {
  const { status, error } = stateOf(message);
  return {
    sid: message.id,
    account_sid: accountSid,
    status,
    error_code: error,
    direction: 'outbound-api',
    from: message.from,
    to: message.to,
    body: message.text,
    num_segments: String(message.parts),
    num_media: String(message.media.length),
    date_created: new Date(message.takenAt).toUTCString(),
    date_sent: new Date(message.takenAt).toUTCString(),
    date_updated: new Date(message.stateAt).toUTCString(),
  };
}

function answerResource(answer: DebtorAnswer) {
  const at = new Date(answer.at).toUTCString();
  return {
    sid: answer.id,
    account_sid: accountSid,
    status: 'received',
    error_code: null,
    direction: 'inbound',
    from: answer.from,
    to: answer.to,
    body: answer.text,
    num_segments: '1',
    num_media: '0',
    date_created: at,
    date_sent: at,
    date_updated: at,
  };
}

function failure(status: number, code: number, message: string): PracticeAnswer {
  const more = `https://www.twilio.com/docs/errors/${code}`;
  return { status, json: { code, message, more_info: more, status } };
}
