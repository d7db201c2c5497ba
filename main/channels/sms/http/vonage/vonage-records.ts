import type { Clock } from '#shared/util/index.ts';
import type { GatewayEvent, OutgoingMedia, Receipt } from '../../../types.ts';
import type { HttpClient } from '../common/http-client.ts';
import { digitsOf } from '../common/numbers.ts';
import type { Outstanding } from '../common/outstanding.ts';
import { badPollAnswer, nothingToAsk, type Poller, pollFailure } from '../common/poll-loop.ts';
import { items, member, text } from '../common/read-json.ts';
import { readVonageMessage, readVonageStatus } from './vonage-status.ts';

export interface VonageRecords {
  http: HttpClient;
  base: string;
  clock: Clock;
  headers: Readonly<Record<string, string>>;
  /** the API key */
  account: string;
  /** null: not now */
  fetchMedia(record: unknown): Promise<OutgoingMedia[] | null>;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Records are made with a delay. */
const OVERLAP_MS = 30 * MINUTE_MS;
const MAX_IDS = 20;

/** One question to the Reports API; https://developer.vonage.com/en/api/reports, version 2. */
function ask(source: VonageRecords, query: Record<string, string>, nextUrl: string | null = null) {
  const { http, base, headers, account } = source;
  const first = new URLSearchParams({ account_id: account, product: 'MESSAGES', ...query });
  const url = nextUrl ?? `${base}/v2/reports/records?${first}`;
  return http({ method: 'GET', url, headers, maxBytes: 8 * 1024 * 1024 });
}

/** Receipts of messages that are on their way, by their ids. */
export function recordsPoller(source: VonageRecords, waiting: Outstanding): Poller {
  return {
    name: 'records',
    async poll() {
      const ids = waiting.take(source.clock.now(), MAX_IDS);
      if (ids.length === 0) return nothingToAsk;
      const exchange = await ask(source, { direction: 'outbound', id: ids.join(',') });
      const failure = pollFailure(exchange);
      const answer = exchange.kind === 'answer' ? exchange.json() : undefined;
      if (failure !== null || answer === undefined) {
        waiting.putBack(ids, source.clock.now());
        return failure ?? badPollAnswer;
      }
      const events = receiptsOf(answer);
      for (const { providerId, state } of events) {
        if (state !== 'accepted' && providerId !== null) waiting.finish(providerId);
      }
      return { ok: true, events, cursor: null, more: ids.length === MAX_IDS };
    },
  };
}

function receiptsOf(answer: unknown): Receipt[] {
  return items(answer, 'records')
    .map(readVonageStatus)
    .filter((event) => event !== null);
}

/** What went to a number in the minutes around an instant. */
export async function recordsByDate(
  source: VonageRecords,
  at: number,
  to: string,
): Promise<Receipt[]> {
  const exchange = await ask(source, {
    direction: 'outbound',
    to: digitsOf(to),
    date_start: new Date(at - 5 * MINUTE_MS).toISOString(),
    date_end: new Date(at + 15 * MINUTE_MS).toISOString(),
  });
  return exchange.kind === 'answer' && exchange.status === 200 ? receiptsOf(exchange.json()) : [];
}

/**
 * Messages of debtors by the time they came. Cursor: `since <epoch ms>`, or `page <epoch ms of its window's end> <address>`.
 * A question spans a day at most.
 */
export function inboundPoller(source: VonageRecords): Poller {
  return {
    name: 'inbound',
    async poll(cursor) {
      const now = source.clock.now();
      const page = /^page (\d+) (\S+)$/.exec(cursor ?? '');
      const stored = Number(/^since (\d+)$/.exec(cursor ?? '')?.[1] ?? now);
      const start = Math.min(stored, now) - OVERLAP_MS;
      const end = page === null ? Math.min(start + DAY_MS - 1, now) : Number(page[1]);
      const window = {
        direction: 'inbound',
        include_message: 'true',
        date_start: new Date(start).toISOString(),
        date_end: new Date(end).toISOString(),
      };
      const exchange = await ask(source, window, page?.[2] ?? null);
      const failure = pollFailure(exchange);
      if (failure !== null || exchange.kind !== 'answer') return failure ?? badPollAnswer;
      const answer = exchange.json();
      if (answer === undefined) return badPollAnswer;
      const events: GatewayEvent[] = [];
      for (const record of items(answer, 'records')) {
        const media = await source.fetchMedia(record);
        if (media === null) return { ...badPollAnswer, code: 'gateway.media-not-fetched' };
        const event = readVonageMessage(record, media);
        if (event !== null) events.push(event);
      }
      const next = nextPage(source.base, answer);
      const since = Math.floor(end / MINUTE_MS) * MINUTE_MS;
      return {
        ok: true,
        events,
        cursor: next === null ? `since ${since}` : `page ${end} ${next}`,
        more: next !== null || end < now - OVERLAP_MS,
      };
    },
  };
}

/** Only on the same host: the login goes with it. */
function nextPage(base: string, answer: unknown): string | null {
  const href = text(member(member(answer, '_links'), 'next'), 'href');
  if (href === null || !URL.canParse(href, base)) return null;
  const next = new URL(href, base);
  return next.origin === new URL(base).origin ? next.href : null;
}
