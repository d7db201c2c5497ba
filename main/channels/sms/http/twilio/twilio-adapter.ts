import type { AdapterKind, AdapterParts, AskedMessage, Receipt } from '../../../types.ts';
import { basic, httpParts } from '../common/gateway-parts.ts';
import { createHttpGateway, type Provider } from '../common/http-gateway.ts';
import { items, member, text } from '../common/read-json.ts';
import { Seen } from '../common/seen.ts';
import { failing, fine, testHttpGateway, warning } from '../common/test-steps.ts';
import { readTwilioMessage, twilioReceipt } from './twilio-message.ts';
import { twilioPollers } from './twilio-poll.ts';
import { twilioBody, twilioFields, twilioHandOver } from './twilio-send.ts';
import { readTwilioWebhook } from './twilio-webhook.ts';

const USUAL_BASE = 'https://api.twilio.com';
/** All media of a message together. */
const MAX_MEDIA_BYTES = 5_000_000;
/** A message that Twilio took shows in its list after this time at the latest. */
const LISTED_AFTER_MS = 5 * 60_000;
const SKEW_MS = 2 * 60_000;
const MAX_UNKNOWN_TEXTS = 2_000;

/** SMS and MMS by Twilio's Messages resource, 2010-04-01. */
export const twilioAdapter: AdapterKind<'twilio'> = {
  kind: 'twilio',
  create: (parts) =>
    createHttpGateway(
      parts as unknown as AdapterParts,
      parts.settings.pollEveryMs,
      provider(parts),
    ),
  test(parts, message) {
    const { settings, secrets } = parts;
    const { http, base, headers, accountPath, send } = account(parts);
    return testHttpGateway(
      parts,
      {
        missing: () =>
          settings.accountSid === '' || !secrets.authToken ? 'gateway.account-missing' : null,
        async login() {
          const exchange = await http({
            method: 'GET',
            url: `${base}${accountPath}.json`,
            headers,
          });
          const read = exchange.kind === 'answer' && exchange.status === 200;
          const state = read ? text(exchange.json(), 'status') : null;
          const suspended = state !== null && state !== 'active';
          const finding = suspended ? failing('gateway.account-suspended', state) : null;
          return { exchange, balance: null, finding };
        },
        sender: () =>
          settings.senders.length > 0 || settings.messagingServiceSid !== ''
            ? fine(settings.senders[0] ?? settings.messagingServiceSid)
            : failing('gateway.no-sender'),
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

function account(parts: AdapterParts<'twilio'>) {
  const { settings, secrets } = parts;
  const { http, base } = httpParts(parts, settings.baseUrl, USUAL_BASE);
  const headers = { authorization: basic(settings.accountSid, secrets.authToken ?? '') };
  const accountPath = `/2010-04-01/Accounts/${encodeURIComponent(settings.accountSid)}`;
  const send: Provider['send'] = async (message) => {
    const fields = twilioFields(message, parts);
    if (!Array.isArray(fields)) return fields;
    const exchange = await http({
      method: 'POST',
      url: `${base}${accountPath}/Messages.json`,
      headers,
      body: { kind: 'form', fields },
    });
    return twilioHandOver(exchange, message);
  };
  return { http, base, headers, accountPath, send };
}

function provider(parts: AdapterParts<'twilio'>): Provider {
  const { settings, clock } = parts;
  const { http, base, headers, accountPath, send } = account(parts);
  /** texts of this run whose fate is unknown, by our id: how such a message is found in Twilio's list */
  const unknownTexts = new Map<string, string>();
  /** sids of this run: a message that is known is not the one that is asked for */
  const known = new Seen();
  const source = { http, base, headers, accountPath };

  return {
    concurrency: 10,
    maxMediaBytes: MAX_MEDIA_BYTES,
    async send(message) {
      const handOver = await send(message);
      if (handOver.kind === 'accepted') for (const sid of handOver.providerIds) known.add(sid);
      if (handOver.kind === 'unknown' && unknownTexts.size < MAX_UNKNOWN_TEXTS) {
        unknownTexts.set(message.messageId, twilioBody(message));
      }
      return handOver;
    },
    query: (asked) => (asked.providerIds.length > 0 ? queryById(asked) : queryByAddress(asked)),
    pollers: twilioPollers({ ...source, clock, validityMs: settings.validityMinutes * 60_000 }),
    readWebhook: (request) => readTwilioWebhook({ ...source, parts }, request),
  };

  async function queryById(asked: AskedMessage): Promise<Receipt | null> {
    const [sid = ''] = asked.providerIds;
    const url = `${base}${accountPath}/Messages/${encodeURIComponent(sid)}.json`;
    const exchange = await http({ method: 'GET', url, headers });
    const message = exchange.kind === 'answer' ? readTwilioMessage(exchange.json()) : null;
    return message === null ? null : receiptOf(message, asked.messageId);
  }

  /**
   * Twilio keeps no reference of ours. What went to that number in those minutes with that text, and is no other message
   * that we know, is it; what an earlier run sent cannot be told apart any more.
   */
  async function queryByAddress(asked: AskedMessage): Promise<Receipt | 'notTaken' | null> {
    const body = unknownTexts.get(asked.messageId);
    if (body === undefined || clock.now() - asked.permittedAt < LISTED_AFTER_MS) return null;
    const query = new URLSearchParams({ To: asked.to, PageSize: '100' });
    const url = `${base}${accountPath}/Messages.json?${query}`;
    const exchange = await http({ method: 'GET', url, headers });
    const answer =
      exchange.kind === 'answer' && exchange.status === 200 ? exchange.json() : undefined;
    if (!Array.isArray(member(answer, 'messages'))) return null;
    const from = asked.permittedAt - SKEW_MS;
    const all = items(answer, 'messages')
      .map(readTwilioMessage)
      .filter((message) => message !== null);
    const reachesBack = all.some(({ createdAt }) => createdAt !== null && createdAt < from);
    // A full page that does not reach back so far tells nothing of what is missing.
    if (text(answer, 'next_page_uri') !== null && !reachesBack) return null;
    const strangers = all.filter(
      ({ sid, direction, createdAt }) =>
        direction !== 'inbound' && !known.has(sid) && (createdAt === null || createdAt >= from),
    );
    if (strangers.length === 0) return 'notTaken';
    const found = strangers.find((message) => message.body === body);
    if (found === undefined) return null;
    known.add(found.sid);
    return receiptOf(found, asked.messageId);
  }
}

function receiptOf(
  message: NonNullable<ReturnType<typeof readTwilioMessage>>,
  messageId: string,
): Receipt | null {
  const { sid, status, errorCode, updatedAt } = message;
  return twilioReceipt({ sid, status, errorCode, at: updatedAt, messageId });
}
