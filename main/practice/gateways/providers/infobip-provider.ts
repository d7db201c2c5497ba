import { randomUUID } from 'node:crypto';
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

const groups = {
  sent: { groupId: 1, groupName: 'PENDING', id: 26, name: 'PENDING_ACCEPTED' },
  delivered: { groupId: 3, groupName: 'DELIVERED', id: 5, name: 'DELIVERED_TO_HANDSET' },
  failed: { groupId: 2, groupName: 'UNDELIVERABLE', id: 9, name: 'UNDELIVERABLE_NOT_DELIVERED' },
  expired: { groupId: 4, groupName: 'EXPIRED', id: 15, name: 'EXPIRED_EXPIRED' },
} as const;

/** Speaks as Infobip does: SMS v3, MMS v2. Reports and answers are told once each, here as there. */
export function createInfobipProvider({
  clock,
  seed,
  callbacks,
}: ProviderContext): PracticeProvider {
  const untold: Record<'sms' | 'mms', TakenMessage[]> = { sms: [], mms: [] };
  const unread: DebtorAnswer[] = [];
  const contents = new Set<string>();
  const phones = new ProviderPhones({
    clock,
    seed,
    newId: randomUUID,
    onState(message) {
      if (message.callbackUrl === null) untold[message.channel].push(message);
      else {
        callbacks.send({
          url: message.callbackUrl,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ results: [reportOf(message)] }),
        });
      }
    },
    onAnswer: (answer) => unread.push(answer),
  });
  const reports = (channel: 'sms' | 'mms', limit: number): PracticeAnswer => ({
    status: 200,
    json: { results: untold[channel].splice(0, limit).map(reportOf) },
  });

  return {
    handle(request) {
      if (request.headers.authorization !== `App ${practiceLogins.infobip.apiKey}`) {
        return failure(401, 'E401', 'The request lacks valid authentication credentials.');
      }
      const limit = Number(request.query.get('limit') ?? 50);
      switch (request.path) {
        case '/account/1/balance':
          return { status: 200, json: { balance: 1_000, currency: 'EUR' } };
        case '/sms/3/messages':
          return send(jsonBody(request), phones, 'sms', contents);
        case '/mms/2/messages':
          return send(jsonBody(request), phones, 'mms', contents);
        case '/mms/1/content': {
          if (request.body.length === 0) return failure(400, 'E400', 'No content');
          const uploadedContentId = randomUUID();
          contents.add(uploadedContentId);
          return { status: 200, json: { uploadedContentId } };
        }
        case '/sms/3/reports':
          return reports('sms', limit);
        case '/mms/2/reports':
          return reports('mms', limit);
        case '/sms/3/logs':
        case '/mms/2/logs': {
          const found = phones.find(request.query.get('messageId') ?? '');
          return { status: 200, json: { results: found === null ? [] : [reportOf(found)] } };
        }
        case '/sms/1/inbox/reports': {
          const results = unread.splice(0, limit).map(inboxItem);
          const counts = { messageCount: results.length, pendingMessageCount: unread.length };
          return { status: 200, json: { results, ...counts } };
        }
        case '/mms/1/inbox/reports':
          return { status: 200, json: { results: [], messageCount: 0, pendingMessageCount: 0 } };
        default:
          return failure(404, 'E404', 'Requested resource does not exist.');
      }
    },
    stop: () => phones.stop(),
  };
}

interface SendBody {
  messages?: {
    sender?: string;
    destinations?: { to?: string; messageId?: string }[];
    content?: {
      text?: string;
      title?: string;
      messageSegments?: { type?: string; text?: string; uploadedContentId?: string }[];
    };
    webhooks?: { delivery?: { url?: string } };
  }[];
}

function send(
  body: SendBody,
  phones: ProviderPhones,
  channel: 'sms' | 'mms',
  contents: ReadonlySet<string>,
): PracticeAnswer {
  const message = body.messages?.[0];
  const destination = message?.destinations?.[0];
  const to = destination?.to ?? '';
  const segments = message?.content?.messageSegments ?? [];
  const words = segments.map(({ text = '' }) => text).join('');
  const text = message?.content?.text ?? words;
  const media = segments.flatMap(({ uploadedContentId }) => uploadedContentId ?? []);
  const wrong = (property: string) =>
    failure(400, 'E400', 'Request cannot be processed.', [{ property, violation: 'invalid' }]);
  if (!isNumber(to)) return wrong('messages[0].destinations[0].to');
  if (text === '' && media.length === 0) return wrong('messages[0].content.text');
  if (!media.every((id) => contents.has(id))) return wrong('messages[0].content.messageSegments');
  const taken = phones.take({
    ...(destination?.messageId === undefined ? {} : { id: destination.messageId }),
    channel,
    reference: destination?.messageId ?? null,
    to: e164Of(to),
    from: message?.sender ?? null,
    text,
    parts: countSms(text).parts,
    callbackUrl: message?.webhooks?.delivery?.url ?? null,
    media,
  });
  const description = 'Message sent to next instance';
  const item = {
    messageId: taken.id,
    status: { ...groups.sent, description },
    destination: to,
    details: { messageCount: taken.parts },
  };
  return { status: 200, json: { bulkId: randomUUID(), messages: [item] } };
}

function reportOf(message: TakenMessage) {
  const unknownNumber = message.failure === 'unknownAddress';
  const name = unknownNumber ? 'EC_UNKNOWN_SUBSCRIBER' : 'EC_ABSENT_SUBSCRIBER';
  const fine = { groupId: 0, groupName: 'OK', id: 0, name: 'NO_ERROR', permanent: false };
  const failed = { groupId: 1, groupName: 'HANDSET_ERRORS', id: 1, name, permanent: unknownNumber };
  return {
    messageId: message.id,
    to: message.to.slice(1),
    sentAt: stamp(message.takenAt),
    doneAt: stamp(message.stateAt),
    messageCount: message.parts,
    status: groups[message.state],
    error: message.state === 'failed' ? failed : fine,
  };
}

function inboxItem(answer: DebtorAnswer) {
  return {
    messageId: answer.id,
    from: answer.from.slice(1),
    to: answer.to ?? '',
    text: answer.text,
    cleanText: answer.text,
    keyword: '',
    receivedAt: stamp(answer.at),
    smsCount: 1,
  };
}

const stamp = (at: number) => new Date(at).toISOString().replace('Z', '+0000');

function failure(
  status: number,
  errorCode: string,
  description: string,
  violations: readonly { property: string; violation: string }[] = [],
): PracticeAnswer {
  return { status, json: { errorCode, description, action: '', violations, resources: [] } };
}
