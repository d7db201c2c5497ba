import type {
  AdapterKind,
  AdapterParts,
  GatewayEvent,
  OutgoingMedia,
  Receipt,
  WebhookRequest,
} from '../../../types.ts';
import { httpParts, jsonOf } from '../common/gateway-parts.ts';
import { ACCOUNT_RETRY_MS, later } from '../common/hand-over.ts';
import {
  createHttpGateway,
  type Provider,
  plainReply,
  type WebhookReading,
} from '../common/http-gateway.ts';
import { Outstanding } from '../common/outstanding.ts';
import { number, text } from '../common/read-json.ts';
import { failing, fine, testHttpGateway, warning } from '../common/test-steps.ts';
import { accountLogin, isVonageSigned, messagesLogin } from './vonage-auth.ts';
import {
  inboundPoller,
  recordsByDate,
  recordsPoller,
  type VonageRecords,
} from './vonage-records.ts';
import { vonageHandOver, vonageRequest } from './vonage-send.ts';
import { mediaLinks, readVonageMessage, readVonageStatus } from './vonage-status.ts';

const USUAL_BASE = 'https://api.nexmo.com';
const MAX_MEDIA_BYTES = 600_000;
const MAX_INCOMING_BYTES = 6 * 1024 * 1024;

/** SMS and MMS by Vonage's Messages API v1; without webhooks, by its Reports API. */
export const vonageAdapter: AdapterKind<'vonage'> = {
  kind: 'vonage',
  create: (parts) =>
    createHttpGateway(
      parts as unknown as AdapterParts,
      parts.settings.pollEveryMs,
      provider(parts),
    ),
  test(parts, message) {
    const { settings, secrets } = parts;
    const { http, base } = httpParts(parts, settings.baseUrl, USUAL_BASE);
    return testHttpGateway(
      parts,
      {
        missing() {
          if (settings.apiKey === '' || !secrets.apiSecret) return 'gateway.account-missing';
          return messagesLogin(parts) === null ? 'gateway.bad-private-key' : null;
        },
        async login() {
          const headers = { authorization: accountLogin(parts) };
          const exchange = await http({
            method: 'GET',
            url: `${base}/account/get-balance`,
            headers,
          });
          const left = exchange.kind === 'answer' ? number(exchange.json(), 'value') : null;
          const balance =
            left === null
              ? null
              : left > 0
                ? fine(`${left} EUR`)
                : warning('gateway.no-credit', '0');
          return { exchange, balance, finding: null };
        },
        sender: () =>
          settings.senders[0] === undefined
            ? failing('gateway.no-sender')
            : fine(settings.senders[0]),
        receive: () => {
          if (settings.pollEveryMs > 0) return fine();
          return parts.webhookUrl?.() ? fine() : warning('gateway.nothing-received');
        },
        send: (wanted) => send(parts, wanted),
      },
      message,
    );
  },
};

const send = async (
  parts: AdapterParts<'vonage'>,
  message: Parameters<Provider['send']>[0],
): ReturnType<Provider['send']> => {
  const { http, base } = httpParts(parts, parts.settings.baseUrl, USUAL_BASE);
  const authorization = messagesLogin(parts);
  if (authorization === null) return later('gateway.bad-private-key', null, ACCOUNT_RETRY_MS);
  const request = vonageRequest(message, parts);
  if ('kind' in request) return request;
  const exchange = await http({
    method: 'POST',
    url: `${base}/v1/messages`,
    headers: { authorization },
    body: { kind: 'json', value: request.body },
  });
  return vonageHandOver(exchange, message);
};

function provider(parts: AdapterParts<'vonage'>): Provider {
  const { settings, clock } = parts;
  const { http, base } = httpParts(parts, settings.baseUrl, USUAL_BASE);
  const records: VonageRecords = {
    http,
    base,
    clock,
    headers: { authorization: accountLogin(parts) },
    account: settings.apiKey,
    fetchMedia: (value) => fetchMedia(parts, value),
  };
  const waiting = new Outstanding(settings.pollEveryMs, (settings.validityMinutes + 60) * 60_000);
  for (const { providerId, at } of parts.unfinished?.(20_000) ?? []) waiting.add(providerId, at);

  return {
    concurrency: 10,
    maxMediaBytes: MAX_MEDIA_BYTES,
    async send(message) {
      const handOver = await send(parts, message);
      if (handOver.kind === 'accepted') {
        for (const id of handOver.providerIds) waiting.add(id, clock.now());
      }
      return handOver;
    },
    /** Records come late, so one that is missing proves nothing. */
    async query({ messageId, to, permittedAt }): Promise<Receipt | null> {
      const found = await recordsByDate(records, permittedAt, to);
      const own = found.find((event) => event.messageId === messageId);
      return own ?? null;
    },
    pollers: [recordsPoller(records, waiting), inboundPoller(records)],
    readWebhook: (request) => readWebhook(parts, waiting, request),
  };
}

async function readWebhook(
  parts: AdapterParts<'vonage'>,
  waiting: Outstanding,
  request: WebhookRequest,
): Promise<WebhookReading> {
  const secret = parts.secrets.signatureSecret ?? '';
  if (secret !== '' && !isVonageSigned(secret, request.headers.authorization, request.body)) {
    return { ok: false, status: 401, code: 'gateway.bad-signature' };
  }
  const body = jsonOf(request);
  let event: GatewayEvent | null = null;
  if (text(body, 'status') !== null) {
    event = readVonageStatus(body);
    if (event !== null && event.state !== 'accepted' && event.providerId !== null) {
      waiting.finish(event.providerId);
    }
  } else {
    const media = await fetchMedia(parts, body);
    if (media === null) return { ok: false, status: 503, code: 'gateway.media-not-fetched' };
    event = readVonageMessage(body, media);
    if (event === null) return { ok: false, status: 400, code: 'gateway.bad-report' };
  }
  return { ok: true, events: event === null ? [] : [event], reply: plainReply('') };
}

/** @returns null when they cannot be had now; those that are gone are left out */
async function fetchMedia(
  parts: AdapterParts<'vonage'>,
  value: unknown,
): Promise<OutgoingMedia[] | null> {
  const { http, base } = httpParts(parts, parts.settings.baseUrl, USUAL_BASE);
  const media: OutgoingMedia[] = [];
  for (const { url, name } of mediaLinks(value)) {
    if (!mayFetch(base, url)) continue;
    const answer = await http({ method: 'GET', url, maxBytes: MAX_INCOMING_BYTES });
    if (answer.kind !== 'answer' || answer.status >= 500) return null;
    if (answer.status !== 200) continue;
    const mediaType = answer.mediaType || 'application/octet-stream';
    media.push({ name, mediaType, bytes: answer.bytes });
  }
  return media;
}

/** Only from Vonage: a report must not make us ask somebody else. */
function mayFetch(base: string, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const target = new URL(url);
  const own = new URL(base);
  if (target.origin === own.origin) return true;
  const ofVonage = /(^|\.)(nexmo\.com|vonage\.com|nexmocdn\.com)$/.test(target.hostname);
  return own.protocol === 'https:' && target.protocol === 'https:' && ofVonage;
}
