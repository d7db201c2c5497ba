import { randomBytes } from 'node:crypto';
import { countSms } from '#shared/util/index.ts';
import { practiceLogins } from './practice-logins.ts';
import type { ProviderContext } from './practice-providers.ts';
import {
  e164Of,
  isNumber,
  jsonBody,
  type PracticeAnswer,
  type PracticeProvider,
} from './practice-request.ts';
import { type DebtorAnswer, ProviderPhones, type TakenMessage } from './provider-phones.ts';

/** Speaks as SerwerSMS does, API v2 with JSON. */
export function createSerwersmsProvider({ clock, seed }: ProviderContext): PracticeProvider {
  const newId = () => randomBytes(5).toString('hex');
  const phones = new ProviderPhones({ clock, seed, newId });
  const files = new Set<string>();
  return {
    handle(request) {
      if (request.headers.authorization !== `Bearer ${practiceLogins.serwersms.token}`) {
        return failure(1001, 'InvalidUser', 'Incorrect login or password');
      }
      const body = jsonBody(request);
      switch (request.path) {
        case '/account/limits.json':
          return { status: 200, json: { items: [{ type: 'full', value: 1_000 }] } };
        case '/files/add.json': {
          if (request.body.length === 0) return failure(2000, 'ValidationRequiredError', 'No file');
          const id = newId();
          files.add(id);
          return { status: 200, json: { success: true, id } };
        }
        case '/messages/send_sms.json':
          return send(body, phones, 'sms', []);
        case '/messages/send_mms.json': {
          const ids = [body.file_id].flat().map(String);
          if (!ids.every((id) => files.has(id)))
            return failure(1004, 'InvalidID', 'Invalid parameter ID');
          return send(body, phones, 'mms', ids);
        }
        case '/messages/reports.json':
          return reports(body, phones);
        case '/messages/recived.json':
          return received(body, phones);
        default:
          return failure(1000, 'InvalidAction', 'Not specified action to execute');
      }
    },
    stop: () => phones.stop(),
  };
}

function send(
  body: Record<string, unknown>,
  phones: ProviderPhones,
  channel: 'sms' | 'mms',
  media: readonly string[],
): PracticeAnswer {
  const to = String(body.phone ?? '');
  const text = String((channel === 'sms' ? body.text : body.title) ?? '');
  if (!isNumber(to)) return failure(2001, 'ValidationPhoneError', 'Invalid phone number');
  if (text === '' && media.length === 0) return failure(3101, 'SendError', 'Message is empty');
  const message = phones.take({
    channel,
    reference: typeof body.unique_id === 'string' ? body.unique_id : null,
    to: e164Of(to),
    from: typeof body.sender === 'string' ? body.sender : null,
    text,
    parts: countSms(text).parts,
    callbackUrl: null,
    media,
  });
  const item = {
    id: message.id,
    phone: message.to,
    status: 'queued',
    queued: warsaw(message.takenAt),
    parts: message.parts,
    error_code: null,
    error_message: null,
    text,
  };
  return { status: 200, json: { success: true, queued: 1, unsent: 0, items: [item] } };
}

function reports(body: Record<string, unknown>, phones: ProviderPhones): PracticeAnswer {
  const ids = new Set([body.id ?? []].flat().map(String));
  const references = new Set([body.unique_id ?? []].flat().map(String));
  const found = phones
    .list()
    .filter(
      ({ id, reference }) => ids.has(id) || (reference !== null && references.has(reference)),
    );
  const items = found.map(reportOf);
  return { status: 200, json: { paging: { page: 1, count: 1 }, items } };
}

function reportOf(message: TakenMessage) {
  const statuses = {
    sent: 'sent',
    delivered: 'delivered',
    failed: 'undelivered',
    expired: 'undelivered',
  };
  const reason = message.failure === 'unknownAddress' ? 'wrong_number' : 'message_rejected';
  const reasons = {
    failed: { reason },
    expired: { reason: 'message_expired' },
    sent: {},
    delivered: {},
  };
  return {
    id: message.id,
    unique_id: message.reference,
    phone: message.to,
    status: statuses[message.state],
    queued: warsaw(message.takenAt),
    sent: warsaw(message.takenAt),
    ...(message.state === 'delivered' ? { delivered: warsaw(message.stateAt) } : {}),
    ...reasons[message.state],
    type: message.channel === 'mms' ? 'mms' : 'full',
  };
}

function received(body: Record<string, unknown>, phones: ProviderPhones): PracticeAnswer {
  const from = String(body.date_from ?? '');
  const page = Number(body.page ?? 1);
  const limit = Number(body.limit ?? 100);
  const all = phones.answers().filter((answer) => warsaw(answer.at) >= from);
  const items = all.slice((page - 1) * limit, page * limit).map(receivedItem);
  const count = Math.max(1, Math.ceil(all.length / limit));
  return { status: 200, json: { paging: { page, count }, items } };
}

function receivedItem(answer: DebtorAnswer) {
  return {
    id: Number.parseInt(answer.id, 16),
    type: 'eco',
    phone: answer.from,
    recived: warsaw(answer.at),
    message_id: answer.answers.id,
    blacklist: false,
    text: answer.text,
  };
}

const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Warsaw',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const warsaw = (at: number) => format.format(at);

/** Errors come with 200. */
function failure(code: number, type: string, message: string): PracticeAnswer {
  return { status: 200, json: { error: { code, type, message } } };
}
