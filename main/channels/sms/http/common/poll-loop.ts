import type { Clock } from '#shared/util/index.ts';
import type { AdapterParts, GatewayEvent } from '../../../types.ts';
import { httpDetail } from './hand-over.ts';
import type { Exchange } from './http-client.ts';
import { Seen } from './seen.ts';

/** One thing that a provider is asked for again and again. */
export interface Poller {
  /** of its cursor */
  name: string;
  /** ms; default: as the gateway's settings say */
  everyMs?: number;
  poll(cursor: string | null): Promise<PollStep | PollFailure>;
}

export interface PollStep {
  ok: true;
  events: readonly GatewayEvent[];
  /** null: it stays where it is */
  cursor: string | null;
  /** there is a further page */
  more: boolean;
  /** there was nothing to ask: it says nothing of the connection */
  idle?: true;
}

export const nothingToAsk: PollStep = {
  ok: true,
  events: [],
  cursor: null,
  more: false,
  idle: true,
};

/** What a question came to; `idle`: none was asked. */
export type PollOutcome = PollFailure | 'fine' | 'idle';

export interface PollFailure {
  ok: false;
  code: string;
  detail: string | null;
  retryAfterMs: number | null;
}

/** Pages asked for in a row; what is left comes at the next turn. */
const MAX_PAGES = 50;
const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * Asks, gives what came to its owner, and only when that is durable moves the cursor. A batch that the owner could not
 * take is kept and given again before anything else is asked: some providers tell everything once.
 */
export class PollLoop {
  readonly #poller: Poller;
  readonly #parts: Pick<AdapterParts, 'events' | 'cursors' | 'clock' | 'log'>;
  readonly #everyMs: number;
  readonly #onOutcome: (outcome: PollOutcome) => void;
  readonly #seen = new Seen();
  #cancel: (() => void) | null = null;
  #running: Promise<void> | null = null;
  #pending: PollStep | null = null;
  #failures = 0;
  #closed = false;

  constructor(
    poller: Poller,
    parts: Pick<AdapterParts, 'events' | 'cursors' | 'clock' | 'log'>,
    everyMs: number,
    onOutcome: (outcome: PollOutcome) => void,
  ) {
    this.#poller = poller;
    this.#parts = parts;
    this.#everyMs = poller.everyMs ?? everyMs;
    this.#onOutcome = onOutcome;
  }

  start(): void {
    this.#schedule(0);
  }

  /** Resolves when the question that is under way has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    await this.#running;
  }

  #schedule(delayMs: number): void {
    if (this.#closed) return;
    this.#cancel = this.clock.setTimer(delayMs, () => {
      this.#running = this.#turn().catch((error: unknown) => {
        this.#parts.log('polling failed', { poller: this.#poller.name, error: String(error) });
        this.#failures += 1;
        this.#schedule(this.#pauseMs(null));
      });
    });
  }

  private get clock(): Clock {
    return this.#parts.clock;
  }

  async #turn(): Promise<void> {
    for (let page = 0; page < MAX_PAGES && !this.#closed; page += 1) {
      const step = this.#pending ?? (await this.#poller.poll(this.#cursor()));
      if (!step.ok) {
        this.#failures += 1;
        this.#onOutcome(step);
        this.#schedule(this.#pauseMs(step.retryAfterMs));
        return;
      }
      this.#pending = step;
      await this.#deliver(step);
      this.#pending = null;
      if (step.idle !== true) this.#failures = 0;
      this.#onOutcome(step.idle === true ? 'idle' : 'fine');
      if (!step.more) break;
    }
    this.#schedule(this.#everyMs);
  }

  #cursor(): string | null {
    return this.#parts.cursors.read(this.#poller.name);
  }

  async #deliver(step: PollStep): Promise<void> {
    const fresh = step.events.filter((event) => !this.#seen.has(keyOf(event)));
    if (fresh.length > 0) await this.#parts.events(fresh);
    for (const event of fresh) this.#seen.add(keyOf(event));
    if (step.cursor !== null && step.cursor !== this.#cursor()) {
      await this.#parts.cursors.write(this.#poller.name, step.cursor);
    }
  }

  #pauseMs(retryAfterMs: number | null): number {
    const backoff = Math.max(1_000, this.#everyMs) * 2 ** Math.min(this.#failures - 1, 6);
    return Math.min(Math.max(retryAfterMs ?? 0, backoff), LONGEST_PAUSE_MS);
  }
}

function keyOf(event: GatewayEvent): string {
  return event.kind === 'incoming'
    ? `in ${event.sourceKey}`
    : `${event.providerId ?? ''} ${event.messageId ?? ''} ${event.state} ${event.code ?? ''}`;
}

/** Why a question was not answered; null when it was, with 2xx. */
export function pollFailure(exchange: Exchange): PollFailure | null {
  if (exchange.kind !== 'answer') {
    return { ok: false, code: exchange.code, detail: exchange.detail, retryAfterMs: null };
  }
  const { status, retryAfterMs } = exchange;
  if (status >= 200 && status < 300) return null;
  const codes: Record<number, string> = {
    401: 'gateway.login-refused',
    403: 'gateway.login-refused',
    402: 'gateway.no-credit',
    404: 'gateway.bad-address',
    429: 'gateway.throttled',
  };
  const usual = status >= 500 ? 'gateway.server-error' : 'gateway.refused';
  return { ok: false, code: codes[status] ?? usual, detail: httpDetail(exchange), retryAfterMs };
}

export const badPollAnswer: PollFailure = {
  ok: false,
  code: 'gateway.bad-answer',
  detail: null,
  retryAfterMs: null,
};
