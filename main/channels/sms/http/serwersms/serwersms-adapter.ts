import type {
  AdapterKind,
  AdapterParts,
  HandOver,
  OutgoingMessage,
  Receipt,
} from '../../../types.ts';
import { httpParts, senderOf } from '../common/gateway-parts.ts';
import { later } from '../common/hand-over.ts';
import type { Exchange } from '../common/http-client.ts';
import { createHttpGateway, type Provider } from '../common/http-gateway.ts';
import { compactId } from '../common/numbers.ts';
import { Outstanding } from '../common/outstanding.ts';
import { items, member, number, text } from '../common/read-json.ts';
import { failing, fine, testHttpGateway, warning } from '../common/test-steps.ts';
import { serwersmsMeaning } from './serwersms-errors.ts';
import { receivedPoller, reportsPoller } from './serwersms-poll.ts';
import { readReport } from './serwersms-report.ts';
import { mmsBody, mmsFiles, serwersmsHandOver, smsBody } from './serwersms-send.ts';
import { readSerwersmsWebhook } from './serwersms-webhook.ts';

const USUAL_BASE = 'https://api2.serwersms.pl';
const MAX_MEDIA_BYTES = 300_000;
/** A message that was taken is in the reports after this time at the latest. */
const LISTED_AFTER_MS = 3 * 60_000;

/** SMS and MMS by SerwerSMS, HTTPS API v2 with JSON. */
export const serwersmsAdapter: AdapterKind<'serwersms'> = {
  kind: 'serwersms',
  create: (parts) =>
    createHttpGateway(
      parts as unknown as AdapterParts,
      parts.settings.pollEveryMs,
      provider(parts),
    ),
  test(parts, message) {
    const { settings, secrets } = parts;
    const { call, send } = account(parts);
    return testHttpGateway(
      parts,
      {
        missing() {
          const hasPassword = settings.user !== '' && Boolean(secrets.password);
          return secrets.token || hasPassword ? null : 'gateway.account-missing';
        },
        async login() {
          const exchange = await call('account/limits', {});
          const answer = exchange.kind === 'answer' ? exchange.json() : undefined;
          const code = number(answer, 'error', 'code');
          const word = text(answer, 'error', 'message');
          const finding = code === null ? null : failing(serwersmsMeaning(code).code, word);
          const limits = items(answer, 'items');
          const full = limits.find((item) => text(item, 'type') === 'full');
          const left = number(full, 'value') ?? number(full, 'limit');
          const balance =
            left === null
              ? null
              : left > 0
                ? fine(String(left))
                : warning('gateway.no-credit', '0');
          return { exchange, balance, finding };
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

export type SerwersmsCall = (action: string, body: Record<string, unknown>) => Promise<Exchange>;

function account(parts: AdapterParts<'serwersms'>) {
  const { settings, secrets } = parts;
  const { http, base } = httpParts(parts, settings.baseUrl, USUAL_BASE);
  const headers: Record<string, string> = secrets.token
    ? { authorization: `Bearer ${secrets.token}` }
    : {};
  const login: Record<string, string> = secrets.token
    ? {}
    : { username: settings.user, password: secrets.password ?? '' };
  const call: SerwersmsCall = (action, body) =>
    http({
      method: 'POST',
      url: `${base}/${action}.json`,
      headers,
      body: { kind: 'json', value: { ...login, ...body } },
      maxBytes: 16 * 1024 * 1024,
    });

  /** @returns the file's id, or why there is none: then nothing was sent */
  const upload = async (media: OutgoingMessage['media'][number]): Promise<string | HandOver> => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...login, type: 'mms' })) form.set(name, value);
    form.set(
      'file',
      new Blob([new Uint8Array(media.bytes)], { type: media.mediaType }),
      media.name,
    );
    const url = `${base}/files/add.json`;
    const exchange = await http({
      method: 'POST',
      url,
      headers,
      body: { kind: 'multipart', form },
    });
    if (exchange.kind !== 'answer') return later(exchange.code, exchange.detail);
    const answer = exchange.json();
    const code = number(answer, 'error', 'code');
    const id = text(answer, 'id');
    if (code === null && id !== null) return id;
    const meaning = code === null ? null : serwersmsMeaning(code);
    if (meaning?.kind === 'rejected') {
      return {
        kind: 'rejected',
        code: 'gateway.media-refused',
        detail: String(code),
        badAddress: false,
      };
    }
    return later(meaning?.code ?? 'gateway.bad-answer', `HTTP ${exchange.status}`);
  };

  const send = async (message: OutgoingMessage): Promise<HandOver> => {
    if (message.channel !== 'mms') {
      const exchange = await call(
        'messages/send_sms',
        smsBody(message, senderOf(message, settings)),
      );
      return serwersmsHandOver(exchange, message);
    }
    const files = mmsFiles(message);
    if (!Array.isArray(files)) return files;
    const ids: string[] = [];
    for (const media of files) {
      const id = await upload(media);
      if (typeof id !== 'string') return id;
      ids.push(id);
    }
    return serwersmsHandOver(await call('messages/send_mms', mmsBody(message, ids)), message);
  };
  return { call, send };
}

function provider(parts: AdapterParts<'serwersms'>): Provider {
  const { settings, clock } = parts;
  const { call, send } = account(parts);
  const waiting = new Outstanding(settings.pollEveryMs, (settings.validityMinutes + 60) * 60_000);
  for (const { providerId, at } of parts.unfinished?.(20_000) ?? []) waiting.add(providerId, at);

  return {
    concurrency: 8,
    maxMediaBytes: MAX_MEDIA_BYTES,
    async send(message) {
      const handOver = await send(message);
      if (handOver.kind === 'accepted') {
        for (const id of handOver.providerIds) waiting.add(id, clock.now());
      }
      return handOver;
    },
    async query({ messageId, providerIds, permittedAt }): Promise<Receipt | 'notTaken' | null> {
      const asked =
        providerIds.length > 0 ? { id: providerIds[0] } : { unique_id: compactId(messageId) };
      const exchange = await call('messages/reports', asked);
      if (exchange.kind !== 'answer' || exchange.status >= 300) return null;
      const answer = exchange.json();
      if (!Array.isArray(member(answer, 'items'))) return null;
      const [item] = items(answer, 'items');
      if (item !== undefined) return readReport(item, messageId);
      const settled = clock.now() - permittedAt >= LISTED_AFTER_MS;
      return settled && providerIds.length === 0 ? 'notTaken' : null;
    },
    pollers: [reportsPoller(call, waiting, clock), receivedPoller(call, clock)],
    readWebhook: async (request) => readSerwersmsWebhook(parts, request),
  };
}
