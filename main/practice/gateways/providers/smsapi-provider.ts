import { countSms } from '#shared/util/index.ts';
import { canFetch } from './callbacks.ts';
import { practiceLogins } from './practice-logins.ts';
import type { ProviderContext } from './practice-providers.ts';
import {
  e164Of,
  formBody,
  isNumber,
  type PracticeAnswer,
  type PracticeProvider,
  type PracticeRequest,
} from './practice-request.ts';
import { ProviderPhones, type TakenMessage } from './provider-phones.ts';

const statuses = {
  sent: { name: 'SENT', number: 403 },
  delivered: { name: 'DELIVERED', number: 404 },
  failed: { name: 'UNDELIVERED', number: 405 },
  expired: { name: 'EXPIRED', number: 402 },
} as const;

/** Speaks as SMSAPI does; it tells reports and answers of debtors to `notify_url`, each once. */
export function createSmsapiProvider({
  clock,
  seed,
  callbacks,
}: ProviderContext): PracticeProvider {
  let count = 0;
  const phones = new ProviderPhones({
    clock,
    seed,
    newId() {
      count += 1;
      return `${clock.now()}${String(count).padStart(6, '0')}`;
    },
    onState(message) {
      if (message.callbackUrl === null) return;
      const { number, name } = statuses[message.state];
      const query = new URLSearchParams({
        MsgId: message.id,
        status: String(number),
        status_name: name,
        idx: message.reference ?? '',
        donedate: String(Math.floor(message.stateAt / 1_000)),
        to: message.to.slice(1),
        username: 'practice',
      });
      callbacks.send({ url: `${message.callbackUrl}?${query}`, method: 'GET' });
    },
    onAnswer(answer) {
      const { callbackUrl } = answer.answers;
      if (callbackUrl === null) return;
      callbacks.send({
        url: callbackUrl,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          MsgId: answer.id,
          sms_from: answer.from.slice(1),
          sms_to: answer.to ?? '',
          sms_text: answer.text,
          sms_date: String(Math.floor(answer.at / 1_000)),
          username: 'practice',
        }).toString(),
      });
    },
  });
  return {
    handle(request) {
      if (request.headers.authorization !== `Bearer ${practiceLogins.smsapi.token}`) {
        return { status: 401, json: failure(101, 'Authorization failed') };
      }
      if (request.path === '/profile')
        return { status: 200, json: { username: 'practice', points: 1_000 } };
      if (request.query.has('status')) return statusOf(request, phones);
      if (request.path === '/sms.do') return send(request, phones, 'sms');
      if (request.path === '/mms.do') return send(request, phones, 'mms');
      return { status: 400, json: failure(1001, 'Invalid action') };
    },
    stop: () => phones.stop(),
  };
}

async function send(
  request: PracticeRequest,
  phones: ProviderPhones,
  channel: 'sms' | 'mms',
): Promise<PracticeAnswer> {
  const form = formBody(request);
  const to = form.get('to') ?? '';
  if (!isNumber(to)) return { status: 200, json: failure(13, 'No correct phone numbers') };
  const reference = form.get('idx');
  const known = reference !== null && phones.findByReference(reference) !== null;
  if (known && form.get('check_idx') === '1') {
    return { status: 200, json: failure(53, 'Not unique idx value') };
  }
  const smil = form.get('smil') ?? '';
  const text = channel === 'sms' ? (form.get('message') ?? '') : (form.get('subject') ?? '');
  if (text === '' && smil === '') return { status: 200, json: failure(11, 'Empty message') };
  const media = [...smil.matchAll(/<(?:img|text) src="([^"]+)"/g)].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  );
  for (const url of media) {
    if (!(await canFetch(url))) return { status: 200, json: failure(23, 'Cannot load file') };
  }
  const message = phones.take({
    channel,
    reference,
    to: e164Of(to),
    from: form.get('from'),
    text,
    parts: countSms(text).parts,
    callbackUrl: form.get('notify_url'),
    media,
  });
  const item = { ...itemOf(message), status: 'QUEUE', parts: message.parts, points: 0.16 };
  return { status: 200, json: { count: 1, list: [item] } };
}

function statusOf(request: PracticeRequest, phones: ProviderPhones): PracticeAnswer {
  const ids = (request.query.get('status') ?? '').split(',');
  const found = ids.map((id) => phones.find(id)).filter((message) => message !== null);
  if (found.length === 0) return { status: 200, json: failure(301, 'Not exists ID message') };
  return { status: 200, json: { count: found.length, list: found.map(itemOf) } };
}

function itemOf(message: TakenMessage) {
  return {
    id: message.id,
    number: message.to.slice(1),
    date_sent: Math.floor(message.takenAt / 1_000),
    status: statuses[message.state].name,
    error: null,
    idx: message.reference,
  };
}

function failure(error: number, message: string) {
  return { error, message };
}
