import type { Clock } from '#shared/util/index.ts';
import type { GatewayEvent } from '../../../types.ts';
import { numberFrom } from '../common/numbers.ts';
import {
  badPollAnswer,
  type Poller,
  type PollFailure,
  type PollStep,
  pollFailure,
} from '../common/poll-loop.ts';
import { items, text } from '../common/read-json.ts';
import { incoming } from '../common/receipts.ts';
import { fetchTwilioMedia, type MediaSource } from './twilio-media.ts';
import { readTwilioMessage, type TwilioMessage, twilioReceipt } from './twilio-message.ts';

export interface TwilioPolling extends MediaSource {
  clock: Clock;
  /** `/2010-04-01/Accounts/AC…` */
  accountPath: string;
  validityMs: number;
}

const MINUTE_MS = 60_000;
/** What is asked for again each time: clocks differ, and lists are filled with a delay. */
const OVERLAP_MS = 10 * MINUTE_MS;
const DEEP_EVERY_MS = 15 * MINUTE_MS;
const PAGE_SIZE = 500;

/**
 * Messages of both directions by the day and time they were sent. The quick one looks back a few minutes, for answers and
 * most receipts; the deep one as far as a message may be on its way, for phones that were switched off.
 */
export function twilioPollers(source: TwilioPolling): Poller[] {
  return [
    { name: 'messages', poll: (cursor) => poll(source, cursor, quickSince(source, cursor)) },
    {
      name: 'messages-deep',
      everyMs: DEEP_EVERY_MS,
      poll: (cursor) => poll(source, cursor, source.clock.now() - source.validityMs - OVERLAP_MS),
    },
  ];
}

/** Cursor: `since <epoch ms>`, or the path of the next page. */
function quickSince(source: TwilioPolling, cursor: string | null): number {
  const since = Number(/^since (\d+)/.exec(cursor ?? '')?.[1] ?? Number.NaN);
  const now = source.clock.now();
  return (Number.isNaN(since) ? now : Math.min(since, now)) - OVERLAP_MS;
}

async function poll(
  source: TwilioPolling,
  cursor: string | null,
  since: number,
): Promise<PollStep | PollFailure> {
  const { http, base, headers, accountPath, clock } = source;
  const startedAt = clock.now();
  const page = /^page (\d+) (\/\S+)$/.exec(cursor ?? '');
  const after = new Date(since).toISOString().replace(/\.\d+Z$/, 'Z');
  const first = `${accountPath}/Messages.json?DateSent%3E=${encodeURIComponent(after)}&PageSize=${PAGE_SIZE}`;
  const exchange = await http({
    method: 'GET',
    url: base + (page?.[2] ?? first),
    headers,
    maxBytes: 8 * 1024 * 1024,
  });
  const failure = pollFailure(exchange);
  if (failure !== null || exchange.kind !== 'answer') return failure ?? badPollAnswer;
  const answer = exchange.json();
  if (answer === undefined) return badPollAnswer;
  const events: GatewayEvent[] = [];
  for (const item of items(answer, 'messages')) {
    const message = readTwilioMessage(item);
    if (message === null) continue;
    const event = await eventOf(source, message);
    if (event === 'later') return { ...badPollAnswer, code: 'gateway.media-not-fetched' };
    if (event !== null) events.push(event);
  }
  const next = nextPage(text(answer, 'next_page_uri'), accountPath);
  const begunAt = page === null ? startedAt : Number(page[1]);
  return {
    ok: true,
    events,
    // Pages go on from the instant at which the first was asked for.
    cursor: next === null ? `since ${roundDown(begunAt)}` : `page ${begunAt} ${next}`,
    more: next !== null,
  };
}

/** A cursor moves once a minute, not at every question: each move is written. */
function roundDown(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

/** Only ever below our own account, on the same host. */
function nextPage(uri: string | null, accountPath: string): string | null {
  return uri?.startsWith(`${accountPath}/Messages.json?`) ? uri : null;
}

async function eventOf(
  source: TwilioPolling,
  message: TwilioMessage,
): Promise<GatewayEvent | 'later' | null> {
  if (message.direction !== 'inbound') {
    const { sid, status, errorCode, updatedAt } = message;
    return twilioReceipt({ sid, status, errorCode, at: updatedAt });
  }
  if (message.status === 'receiving') return null;
  const path = `${source.accountPath}/Messages/${message.sid}`;
  const media = message.media > 0 ? await fetchTwilioMedia(source, path) : [];
  if (media === null) return 'later';
  return incoming({
    sourceKey: message.sid,
    channel: message.media > 0 ? 'mms' : 'sms',
    from: numberFrom(message.from ?? ''),
    to: message.to === null ? null : numberFrom(message.to),
    text: message.body,
    media,
    at: message.sentAt ?? message.createdAt,
  });
}
