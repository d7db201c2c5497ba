import { AppError } from '#shared/errors/index.ts';
import type { AdapterParts, GatewayAdapter, HandOver, OutgoingMessage } from '../../types.ts';
import { submit } from './mm7-client.ts';
import { Mm7Listener } from './mm7-listener.ts';

const CONCURRENCY = 4;
/** envelope, presentation and heads of parts */
const OVERHEAD_BYTES = 6_000;
const CLOSE_MS = 5_000;
const LISTEN_AGAIN_MS = 15_000;

/** An MMS centre that speaks MM7: messages go there by HTTP, reports and answers come to a port of ours. */
export class Mm7Adapter implements GatewayAdapter {
  readonly concurrency = CONCURRENCY;
  readonly maxMediaBytes: number;
  readonly #parts: AdapterParts<'mm7'>;
  readonly #ended = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  #listener: Mm7Listener | null = null;
  #opening: Promise<void> = Promise.resolve();
  #cancelRetry: (() => void) | null = null;
  #closed = false;

  constructor(parts: AdapterParts<'mm7'>) {
    this.#parts = parts;
    this.maxMediaBytes = parts.settings.maxBytes - OVERHEAD_BYTES;
  }

  open(): void {
    const { settings, onState } = this.#parts;
    onState({ kind: 'connecting', code: null, detail: null });
    if (settings.listenPort === 0) onState({ kind: 'ready', code: null, detail: null });
    else this.#opening = this.#listen();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRetry?.();
    await this.#opening;
    let cancel = () => {};
    const limit = new Promise<void>((resolve) => {
      cancel = this.#parts.clock.setTimer(CLOSE_MS, () => {
        this.#ended.abort(new Error('closed'));
        this.#listener?.closeNow();
        resolve();
      });
    });
    const done = Promise.all([...this.#running, this.#listener?.close()]);
    await Promise.race([done, limit]);
    await done;
    cancel();
    this.#parts.onState({ kind: 'off', code: null, detail: null });
  }

  async send(message: OutgoingMessage): Promise<HandOver> {
    if (this.#closed)
      return { kind: 'later', code: 'gateway.mm7-busy', detail: null, retryAfterMs: null };
    const sending = submit(this.#parts, message, this.#ended.signal);
    this.#running.add(sending);
    try {
      const outcome = await sending;
      this.#tell(outcome);
      return outcome;
    } finally {
      this.#running.delete(sending);
    }
  }

  /** MM7 has no way to ask what became of a message. */
  query(): Promise<null> {
    return Promise.resolve(null);
  }

  async #listen(): Promise<void> {
    const { onState, clock } = this.#parts;
    const listener = new Mm7Listener(this.#parts);
    try {
      await listener.open();
      this.#listener = listener;
      onState({ kind: 'ready', code: null, detail: null });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      onState({ kind: 'failing', code: error.code, detail: error.message });
      if (this.#closed) return;
      this.#cancelRetry = clock.setTimer(LISTEN_AGAIN_MS, () => {
        this.#opening = this.#listen();
      });
    }
  }

  #tell(outcome: HandOver): void {
    if (this.#closed) return;
    const { onState, settings } = this.#parts;
    // without its port it stays failing, however well messages leave
    if (settings.listenPort !== 0 && this.#listener === null) return;
    if (outcome.kind === 'accepted' || outcome.kind === 'rejected') {
      onState({ kind: 'ready', code: null, detail: null });
    } else onState({ kind: 'failing', code: outcome.code, detail: outcome.detail });
  }
}
