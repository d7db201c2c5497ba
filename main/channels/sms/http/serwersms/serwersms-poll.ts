import type { Clock } from '#shared/util/index.ts';
import type { Exchange } from '../common/http-client.ts';
import type { Outstanding } from '../common/outstanding.ts';
import {
  badPollAnswer,
  nothingToAsk,
  type Poller,
  type PollFailure,
  pollFailure,
} from '../common/poll-loop.ts';
import { items, member, number, text } from '../common/read-json.ts';
import { toWarsaw } from '../common/warsaw-time.ts';
import type { SerwersmsCall } from './serwersms-adapter.ts';
import { serwersmsMeaning } from './serwersms-errors.ts';
import { readReceived, readReport } from './serwersms-report.ts';

/** As documented: most ids in one question. */
const MAX_IDS = 500;
const MINUTE_MS = 60_000;
/** More than the hour that Warsaw's clock repeats in autumn. */
const OVERLAP_MS = 90 * MINUTE_MS;
const PAGE_SIZE = 100;

/** Receipts of messages that are on their way, asked for by their ids. */
export function reportsPoller(call: SerwersmsCall, waiting: Outstanding, clock: Clock): Poller {
  return {
    name: 'reports',
    async poll() {
      const ids = waiting.take(clock.now(), MAX_IDS);
      if (ids.length === 0) return nothingToAsk;
      const exchange = await call('messages/reports', { id: ids, limit: MAX_IDS });
      const failure = failureOf(exchange);
      if (failure !== null) waiting.putBack(ids, clock.now());
      if (failure !== null || exchange.kind !== 'answer') return failure ?? badPollAnswer;
      const events = items(exchange.json(), 'items')
        .map((item) => readReport(item))
        .filter((event) => event !== null);
      for (const { providerId, state } of events) {
        if (state !== 'accepted' && providerId !== null) waiting.finish(providerId);
      }
      return { ok: true, events, cursor: null, more: ids.length === MAX_IDS };
    },
  };
}

/** Answers of debtors, by the time they came. Cursor: `since <epoch ms>` or `page <epoch ms> <since> <n>`. */
export function receivedPoller(call: SerwersmsCall, clock: Clock): Poller {
  return {
    name: 'received',
    async poll(cursor) {
      const now = clock.now();
      const page = /^page (\d+) (\d+) (\d+)$/.exec(cursor ?? '');
      const begunAt = page === null ? now : Number(page[1]);
      const stored = Number(/^since (\d+)$/.exec(cursor ?? '')?.[1] ?? now);
      const since = page === null ? Math.min(stored, now) : Number(page[2]);
      const pageNumber = page === null ? 1 : Number(page[3]);
      const exchange = await call('messages/recived', {
        date_from: toWarsaw(since - OVERLAP_MS),
        page: pageNumber,
        limit: PAGE_SIZE,
        order: 'asc',
      });
      const failure = failureOf(exchange);
      if (failure !== null || exchange.kind !== 'answer') return failure ?? badPollAnswer;
      const answer = exchange.json();
      const events = items(answer, 'items')
        .map(readReceived)
        .filter((event) => event !== null);
      const more = pageNumber < (number(answer, 'paging', 'count') ?? 1);
      const next = more
        ? `page ${begunAt} ${since} ${pageNumber + 1}`
        : `since ${Math.floor(begunAt / MINUTE_MS) * MINUTE_MS}`;
      return { ok: true, events, cursor: next, more };
    },
  };
}

function failureOf(exchange: Exchange): PollFailure | null {
  const answer = exchange.kind === 'answer' ? exchange.json() : undefined;
  const code = number(answer, 'error', 'code');
  if (code !== null) {
    const word = text(answer, 'error', 'message');
    return { ok: false, code: serwersmsMeaning(code).code, detail: word, retryAfterMs: null };
  }
  const failure = pollFailure(exchange);
  if (failure !== null) return failure;
  return Array.isArray(member(answer, 'items')) ? null : badPollAnswer;
}
