import type { AdapterKind, AdapterParts, GatewayEvent, HandOver, Receipt } from '../../../types.ts';
import { httpParts, jsonOf } from '../common/gateway-parts.ts';
import { later, rejected } from '../common/hand-over.ts';
import {
  createHttpGateway,
  type Provider,
  plainReply,
  type WebhookReading,
} from '../common/http-gateway.ts';
import { badPollAnswer, type Poller, pollFailure } from '../common/poll-loop.ts';
import { items, member, number, text } from '../common/read-json.ts';
import { fine, testHttpGateway, warning } from '../common/test-steps.ts';
import { type InfobipSource, readInfobipReceived } from './infobip-received.ts';
import { infobipHandOver, mmsRequest, smsRequest } from './infobip-send.ts';
import { readInfobipReport } from './infobip-status.ts';

const USUAL_BASE = 'https://api.infobip.com';
/** What every operator delivers, as its documentation says. */
const MAX_MEDIA_BYTES = 300_000;
const LIMIT = 200;
/** Logs show a message after this time at the latest, and for two days. */
const LISTED_AFTER_MS = 3 * 60_000;
const LOGS_KEPT_MS = 47 * 3_600_000;

/** SMS (v3) and MMS (v2) by Infobip. Our id is the message's id there. */
export const infobipAdapter: AdapterKind<'infobip'> = {
  kind: 'infobip',
  create: (parts) =>
    createHttpGateway(
      parts as unknown as AdapterParts,
      parts.settings.pollEveryMs,
      provider(parts),
    ),
  test(parts, message) {
    const { settings, secrets } = parts;
    const { http, base, headers, send } = account(parts);
    return testHttpGateway(
      parts,
      {
        missing: () => (secrets.apiKey ? null : 'gateway.account-missing'),
        async login() {
          const url = `${base}/account/1/balance`;
          const exchange = await http({ method: 'GET', url, headers });
          const answer = exchange.kind === 'answer' ? exchange.json() : undefined;
          const left = number(answer, 'balance');
          const detail = `${left ?? ''} ${text(answer, 'currency') ?? ''}`.trim();
          const balance =
            left === null ? null : left > 0 ? fine(detail) : warning('gateway.no-credit', detail);
          return { exchange, balance, finding: null };
        },
        sender: () =>
          settings.senders[0] === undefined
            ? warning('gateway.no-sender')
            : fine(settings.senders[0]),
        receive: () => {
          if (settings.pollEveryMs > 0) return fine();
          return parts.webhookUrl?.() ? fine() : warning('gateway.nothing-received');
        },
        send,
      },
      message,
    );
  },
};

function account(parts: AdapterParts<'infobip'>) {
  const { http, base } = httpParts(parts, parts.settings.baseUrl, USUAL_BASE);
  const headers = { authorization: `App ${parts.secrets.apiKey ?? ''}` };
  const post = (path: string, value: unknown) =>
    http({ method: 'POST', url: base + path, headers, body: { kind: 'json', value } });

  const upload = async (
    media: { name: string; mediaType: string; bytes: Uint8Array },
    contentId: string,
  ): Promise<string | HandOver> => {
    const exchange = await http({
      method: 'POST',
      url: `${base}/mms/1/content`,
      headers: {
        ...headers,
        'x-content-id': contentId,
        'x-media-type': media.mediaType,
        'x-validity-period-minutes': '2880',
      },
      body: { kind: 'bytes', bytes: media.bytes, mediaType: 'application/octet-stream' },
    });
    // Only the picture was lost: the message itself was not handed over yet.
    if (exchange.kind !== 'answer') return later(exchange.code, exchange.detail);
    const id = text(exchange.json(), 'uploadedContentId');
    if (id !== null) return id;
    const { status } = exchange;
    const refused = status === 400 || status === 413 || status === 415;
    if (refused) return rejected('gateway.media-refused', `HTTP ${status}`);
    const failure = pollFailure(exchange);
    return later(
      failure?.code ?? 'gateway.bad-answer',
      `HTTP ${status}`,
      failure?.retryAfterMs ?? null,
    );
  };

  const send: Provider['send'] = async (message) => {
    if (message.channel !== 'mms') {
      return infobipHandOver(await post('/sms/3/messages', smsRequest(message, parts)), message);
    }
    const uploaded: string[] = [];
    for (const [index, media] of message.media.entries()) {
      const id = await upload(media, `${message.messageId}-${index}`);
      if (typeof id !== 'string') return id;
      uploaded.push(id);
    }
    const request = mmsRequest(message, parts, uploaded);
    return infobipHandOver(await post('/mms/2/messages', request), message);
  };
  return { http, base, headers, send };
}

function provider(parts: AdapterParts<'infobip'>): Provider {
  const { settings, clock } = parts;
  const { http, base, headers, send } = account(parts);
  const source = { http, base, headers };
  const mms = settings.mms
    ? [
        reports(source, 'mms-reports', '/mms/2/reports'),
        inbox(source, 'mms-inbox', '/mms/1/inbox/reports'),
      ]
    : [];
  return {
    concurrency: 10,
    maxMediaBytes: MAX_MEDIA_BYTES,
    send,
    async query({ messageId, channel, permittedAt }): Promise<Receipt | 'notTaken' | null> {
      const path = channel === 'mms' ? '/mms/2/logs' : '/sms/3/logs';
      const url = `${base}${path}?messageId=${encodeURIComponent(messageId)}`;
      const exchange = await http({ method: 'GET', url, headers });
      if (exchange.kind !== 'answer' || exchange.status !== 200) return null;
      const answer = exchange.json();
      if (!Array.isArray(member(answer, 'results'))) return null;
      const found = items(answer, 'results').map(readInfobipReport);
      const own = found.find((event) => event?.providerId === messageId);
      if (own) return { ...own, messageId };
      const age = clock.now() - permittedAt;
      return age >= LISTED_AFTER_MS && age <= LOGS_KEPT_MS ? 'notTaken' : null;
    },
    pollers: [
      reports(source, 'reports', '/sms/3/reports'),
      inbox(source, 'inbox', '/sms/1/inbox/reports'),
      ...mms,
    ],
    readWebhook: (request) => readWebhook(source, jsonOf(request)),
  };
}

/**
 * Receipts, each told once. What the store could not take is kept by the loop and given again; what a crash between their
 * answer and our row loses, the outbox asks for by its id.
 */
function reports(source: InfobipSource, name: string, path: string): Poller {
  return {
    name,
    async poll() {
      const url = `${source.base}${path}?limit=${LIMIT}`;
      const exchange = await source.http({ method: 'GET', url, headers: source.headers });
      const failure = pollFailure(exchange);
      if (failure !== null || exchange.kind !== 'answer') return failure ?? badPollAnswer;
      const answer = exchange.json();
      if (answer === undefined) return badPollAnswer;
      const results = items(answer, 'results');
      const events = results.map(readInfobipReport).filter((event) => event !== null);
      return { ok: true, events, cursor: null, more: results.length >= LIMIT };
    },
  };
}

/** Messages of debtors, each told once. */
function inbox(source: InfobipSource, name: string, path: string): Poller {
  /** what was told and lacks its pictures: it is told once, so it waits here */
  let unread: unknown[] = [];
  return {
    name,
    async poll() {
      let more = false;
      if (unread.length === 0) {
        const url = `${source.base}${path}?limit=${LIMIT}`;
        const exchange = await source.http({ method: 'GET', url, headers: source.headers });
        const failure = pollFailure(exchange);
        if (failure !== null || exchange.kind !== 'answer') return failure ?? badPollAnswer;
        const answer = exchange.json();
        if (answer === undefined) return badPollAnswer;
        unread = items(answer, 'results');
        more = (number(answer, 'pendingMessageCount') ?? 0) > 0;
      }
      const events: GatewayEvent[] = [];
      const waiting: unknown[] = [];
      for (const item of unread) {
        const event = await readInfobipReceived(source, item);
        if (event === 'later') waiting.push(item);
        else if (event !== null) events.push(event);
      }
      unread = waiting;
      return { ok: true, events, cursor: null, more: more && waiting.length === 0 };
    },
  };
}

/** Reports and messages of debtors look alike but for their status. */
async function readWebhook(source: InfobipSource, body: unknown): Promise<WebhookReading> {
  if (!Array.isArray(member(body, 'results'))) {
    return { ok: false, status: 400, code: 'gateway.bad-report' };
  }
  const events: GatewayEvent[] = [];
  for (const item of items(body, 'results')) {
    const event = readInfobipReport(item) ?? (await readInfobipReceived(source, item));
    if (event === 'later') return { ok: false, status: 503, code: 'gateway.media-not-fetched' };
    if (event !== null) events.push(event);
  }
  return { ok: true, events, reply: plainReply('') };
}
