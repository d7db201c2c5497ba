import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { AtDialog } from './at/at-dialog.ts';
import type { ByteLine, LineAddress, OpenLine } from './line/byte-line.ts';
import { type LinkEffect, type LinkEvent, type LinkState, transition } from './link-state.ts';

export interface ModemLinkParts<Facts> {
  clock: Clock;
  openLine: OpenLine;
  address: LineAddress;
  /** sets the modem up; throws when it cannot be */
  prepare(dialog: AtDialog): Promise<Facts>;
  onUnsolicited(line: string, body: string | null): void;
  /** after every change; `error`: why it is not ready */
  onChange(state: LinkState, error: AppError | null): void;
}

/** After these only a person can help: trying again could lock the card. */
const FINAL_CODES = new Set([
  'gateway.modem-pin-needed',
  'gateway.modem-pin-refused',
  'gateway.modem-puk',
]);

/** Keeps the line to a modem open: opens it again when it was unplugged, or when the modem is silent. */
export class ModemLink<Facts> {
  readonly #parts: ModemLinkParts<Facts>;
  #state: LinkState = { kind: 'closed' };
  #line: ByteLine | null = null;
  #dialog: AtDialog | null = null;
  #facts: Facts | null = null;
  #leaving: Promise<void> = Promise.resolve();
  #cancelRetry: (() => void) | null = null;
  /** what a line says that was left in the meantime is of no interest */
  #generation = 0;

  constructor(parts: ModemLinkParts<Facts>) {
    this.#parts = parts;
  }

  open(): void {
    this.#step({ kind: 'open' }, null);
  }

  /** Resolves when the port is free. */
  async close(): Promise<void> {
    this.#cancelRetry?.();
    this.#step({ kind: 'close' }, null);
    await this.#leaving;
  }

  /** null while it is not ready */
  get ready(): { dialog: AtDialog; facts: Facts } | null {
    const { kind } = this.#state;
    if (kind !== 'ready' || this.#dialog === null || this.#facts === null) return null;
    return { dialog: this.#dialog, facts: this.#facts };
  }

  /** Something went wrong that only a new line heals. */
  fail(error: AppError): void {
    this.#step({ kind: FINAL_CODES.has(error.code) ? 'refused' : 'failed' }, error);
  }

  #step(event: LinkEvent, error: AppError | null): void {
    const before = this.#state;
    const { state, effects } = transition(before, event);
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    if (state !== before) this.#parts.onChange(state, error);
  }

  #perform(effect: LinkEffect): void {
    switch (effect.kind) {
      case 'openLine':
        void this.#openLine();
        return;
      case 'prepare':
        void this.#prepare();
        return;
      case 'leaveLine':
        this.#leaveLine();
        return;
      case 'retryAfter':
        this.#cancelRetry = this.#parts.clock.setTimer(effect.ms, () =>
          this.#step({ kind: 'retry' }, null),
        );
    }
  }

  async #openLine(): Promise<void> {
    const generation = ++this.#generation;
    const { openLine, address, clock, onUnsolicited } = this.#parts;
    const isCurrent = () => generation === this.#generation;
    // one program at a time: the port must be free of our own last line
    await this.#leaving;
    const dialog = new AtDialog({
      clock,
      onUnsolicited,
      write: (bytes) => this.#line?.write(bytes),
    });
    try {
      const line = await openLine(address, {
        onData: (bytes) => dialog.push(bytes),
        onEnd: (reason) => {
          dialog.end();
          if (isCurrent()) this.fail(new AppError('gateway.modem-gone', reason));
        },
      });
      if (!isCurrent()) {
        await line.close();
        return;
      }
      this.#line = line;
      this.#dialog = dialog;
      this.#step({ kind: 'opened' }, null);
    } catch (error) {
      if (isCurrent()) this.fail(appError(error));
    }
  }

  async #prepare(): Promise<void> {
    const dialog = this.#dialog;
    const generation = this.#generation;
    if (dialog === null) return;
    try {
      const facts = await this.#parts.prepare(dialog);
      if (generation !== this.#generation) return;
      this.#facts = facts;
      this.#step({ kind: 'prepared' }, null);
    } catch (error) {
      if (generation === this.#generation) this.fail(appError(error));
    }
  }

  #leaveLine(): void {
    this.#generation += 1;
    const line = this.#line;
    this.#dialog?.end();
    this.#line = null;
    this.#dialog = null;
    this.#facts = null;
    if (line === null) return;
    this.#leaving = line.close().catch(() => {
      // it is gone already
    });
  }
}

function appError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('gateway.modem-gone', String(error), { cause: error });
}
