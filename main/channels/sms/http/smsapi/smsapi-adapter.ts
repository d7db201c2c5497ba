import type { AdapterKind, AdapterParts, GatewayEvent, Receipt } from '../../../types.ts';
import { httpParts } from '../common/gateway-parts.ts';
import { createHttpGateway, type Provider } from '../common/http-gateway.ts';
import { Outstanding } from '../common/outstanding.ts';
import { badPollAnswer, nothingToAsk, type Poller, pollFailure } from '../common/poll-loop.ts';
import { items, member, number, text } from '../common/read-json.ts';
import { failing, fine, testHttpGateway, warning } from '../common/test-steps.ts';
import { smsapiMeaning } from './smsapi-errors.ts';
import { smsapiFields, smsapiHandOver } from './smsapi-send.ts';
import { readSmsapiItem, smsapiReceipt } from './smsapi-status.ts';
import { readSmsapiWebhook } from './smsapi-webhook.ts';

const USUAL_BASE = 'https://api.smsapi.pl';
const MAX_MEDIA_BYTES = 300_000;
/** Ids in one question. */
const MAX_IDS = 100;

/** SMS and MMS by SMSAPI (`sms.do`, `mms.do`). Answers of debtors come by webhook alone. */
export const smsapiAdapter: AdapterKind<'smsapi'> = {
  kind: 'smsapi',
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
        missing: () => (secrets.token ? null : 'gateway.account-missing'),
        async login() {
          const exchange = await http({ method: 'GET', url: `${base}/profile`, headers });
          const answer = exchange.kind === 'answer' ? exchange.json() : undefined;
          const error = number(answer, 'error');
          const finding =
            error === null ? null : failing(smsapiMeaning(error).code, text(answer, 'message'));
          const points = number(answer, 'points');
          const empty = points !== null && points <= 0;
          const balance = empty ? warning('gateway.no-credit', '0') : fine(String(points ?? ''));
          return { exchange, balance: points === null ? null : balance, finding };
        },
        sender: () =>
          settings.senders[0] === undefined
            ? warning('gateway.no-sender')
            : fine(settings.senders[0]),
        receive: () => (parts.webhookUrl?.() ? fine() : warning('gateway.answers-need-webhook')),
        send,
      },
      message,
    );
  },
};

function account(parts: AdapterParts<'smsapi'>) {
  const { http, base } = httpParts(parts, parts.settings.baseUrl, USUAL_BASE);
  const headers = { authorization: `Bearer ${parts.secrets.token ?? ''}` };
  const send: Provider['send'] = async (message) => {
    const form = smsapiFields(message, parts);
    if ('kind' in form) return form;
    const { path, fields } = form;
    const exchange = await http({
      method: 'POST',
      url: base + path,
      headers,
      body: { kind: 'form', fields },
    });
    return smsapiHandOver(exchange, message);
  };
  return { http, base, headers, send };
}

function provider(parts: AdapterParts<'smsapi'>): Provider {
  const { settings, clock } = parts;
  const { http, base, headers, send } = account(parts);
  const waiting = new Outstanding(settings.pollEveryMs, (settings.validityMinutes + 60) * 60_000);
  for (const { providerId, at } of parts.unfinished?.(20_000) ?? []) waiting.add(providerId, at);

  const ask = (ids: readonly string[]) =>
    http({
      method: 'GET',
      url: `${base}/sms.do?format=json&status=${ids.map(encodeURIComponent).join(',')}`,
      headers,
    });

  const receiptsPoller: Poller = {
    name: 'receipts',
    async poll() {
      const ids = waiting.take(clock.now(), MAX_IDS);
      if (ids.length === 0) return nothingToAsk;
      const exchange = await ask(ids);
      const failure = pollFailure(exchange);
      const answer = exchange.kind === 'answer' ? exchange.json() : undefined;
      const error = number(answer, 'error');
      const understood =
        failure === null && (error === 301 || member(answer, 'list') !== undefined);
      if (!understood) waiting.putBack(ids, clock.now());
      if (failure !== null) return failure;
      if (error !== null && error !== 301) {
        return {
          ...badPollAnswer,
          code: smsapiMeaning(error).code,
          detail: text(answer, 'message'),
        };
      }
      if (!understood) return badPollAnswer;
      const events = receiptsOf(answer);
      for (const { state, providerId } of events) {
        if (state !== 'accepted' && providerId !== null) waiting.finish(providerId);
      }
      return { ok: true, events, cursor: null, more: ids.length === MAX_IDS };
    },
  };

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
    /** By its id alone; a message without one is not asked for here, but a report of it names our id. */
    async query({ providerIds }) {
      if (providerIds.length === 0) return null;
      const exchange = await ask(providerIds.slice(0, 1));
      return exchange.kind === 'answer' ? (receiptsOf(exchange.json())[0] ?? null) : null;
    },
    pollers: [receiptsPoller],
    async readWebhook(request) {
      const reading = readSmsapiWebhook(parts, request);
      if (reading.ok) for (const event of reading.events) finished(waiting, event);
      return reading;
    },
  };
}

function finished(waiting: Outstanding, event: GatewayEvent): void {
  if (event.kind === 'receipt' && event.state !== 'accepted' && event.providerId !== null) {
    waiting.finish(event.providerId);
  }
}

function receiptsOf(answer: unknown): Receipt[] {
  return items(answer, 'list').flatMap((item) => {
    const { id, status, idx } = readSmsapiItem(item);
    if (id === null || status === null) return [];
    const at = number(item, 'done_date') ?? number(item, 'date_sent');
    const event = smsapiReceipt({ id, status, idx, at });
    return event === null ? [] : [event];
  });
}
