import type {
  AdapterParts,
  AskedMessage,
  GatewayAdapter,
  GatewayEvent,
  HandOver,
  OutgoingMessage,
  Receipt,
  WebhookReply,
  WebhookRequest,
} from '../../../types.ts';
import type { Poller, PollOutcome } from './poll-loop.ts';
import { PollLoop } from './poll-loop.ts';

/** What is particular to one provider. */
export interface Provider {
  concurrency: number;
  maxMediaBytes: number | null;
  send(message: OutgoingMessage): Promise<HandOver>;
  query(asked: AskedMessage): Promise<Receipt | 'notTaken' | null>;
  pollers: readonly Poller[];
  /** Reads a report; `status` says what is wrong with it. Whoever made it has shown the secret in the path. */
  readWebhook(request: WebhookRequest): Promise<WebhookReading>;
}

export type WebhookReading =
  | { ok: true; events: readonly GatewayEvent[]; reply: WebhookReply }
  | { ok: false; status: 400 | 401 | 503; code: string };

export const plainReply = (body: string, status = 200): WebhookReply => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body,
});

const CLOSE_WITHIN_MS = 5_000;

/** A gateway that is asked over HTTP: hand-over, polling, webhooks, and how the connection is. */
export function createHttpGateway(
  parts: AdapterParts,
  pollEveryMs: number,
  provider: Provider,
): GatewayAdapter {
  const { clock, events, log } = parts;
  let closed = false;
  const underWay = new Set<Promise<unknown>>();
  const tell = stateTeller(parts, () => closed);
  const loops = provider.pollers.map(
    (poller) => new PollLoop(poller, parts, pollEveryMs, (outcome) => tell.polled(outcome)),
  );

  const track = <Value>(work: Promise<Value>): Promise<Value> => {
    underWay.add(work);
    const done = () => underWay.delete(work);
    work.then(done, done);
    return work;
  };

  return {
    concurrency: provider.concurrency,
    maxMediaBytes: provider.maxMediaBytes,

    open() {
      if (pollEveryMs === 0) return tell.ready();
      tell.connecting();
      for (const loop of loops) loop.start();
    },

    async close() {
      closed = true;
      await Promise.race([
        Promise.allSettled([...underWay, ...loops.map((loop) => loop.close())]),
        new Promise<void>((resolve) => clock.setTimer(CLOSE_WITHIN_MS, resolve)),
      ]);
    },

    async send(message) {
      const handOver = await track(provider.send(message));
      tell.sent(handOver);
      return handOver;
    },

    query: (asked) => track(provider.query(asked)),

    async webhook(request) {
      const reading = await track(provider.readWebhook(request));
      if (!reading.ok) {
        log('a report of the provider was refused', { code: reading.code });
        return plainReply('', reading.status);
      }
      try {
        if (reading.events.length > 0) await track(events(reading.events));
      } catch {
        // It comes again: providers repeat what is not answered with 2xx.
        return plainReply('', 503);
      }
      return reading.reply;
    },
  };
}

/** Tells changes of state only. */
function stateTeller(parts: AdapterParts, isClosed: () => boolean) {
  let last = '';
  const tell = (
    kind: 'connecting' | 'ready' | 'limited' | 'failing',
    code: string | null,
    detail: string | null,
  ) => {
    const key = `${kind} ${code ?? ''} ${detail ?? ''}`;
    if (key === last || isClosed()) return;
    last = key;
    parts.onState({ kind, code, detail });
  };
  const failed = (code: string, detail: string | null) =>
    tell(code === 'gateway.throttled' ? 'limited' : 'failing', code, detail);
  return {
    connecting: () => tell('connecting', null, null),
    ready: () => tell('ready', null, null),
    polled(outcome: PollOutcome) {
      if (outcome === 'fine') tell('ready', null, null);
      else if (outcome !== 'idle') failed(outcome.code, outcome.detail);
      // With nothing to ask, nothing speaks against it.
      else if (last.startsWith('connecting')) tell('ready', null, null);
    },
    sent(handOver: HandOver) {
      if (handOver.kind === 'later' || handOver.kind === 'unknown') {
        failed(handOver.code, handOver.detail);
      } else tell('ready', null, null);
    },
  };
}
