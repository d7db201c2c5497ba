import type { Clock } from '#shared/util/index.ts';
import type { Store } from '../../store/index.ts';
import { workWrites } from './work-writes.ts';

export interface SettleJobOptions {
  store: Store;
  clock: Clock;
  onChanged(debtorId: string): void;
  log(message: string, details: Record<string, unknown>): void;
}

/** Debtors live in many zones: their days end all day long. */
const EVERY_MS = 3_600_000;

/** Looks every hour, and at once when the engine starts, for what has become late. */
export class SettleJob {
  readonly #options: SettleJobOptions;
  #cancel: () => void = () => {};
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: SettleJobOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.run()
      .catch((error: unknown) =>
        this.#options.log('promises and plans that are due', { error: String(error) }),
      )
      .then(() => this.#later());
  }

  /** Waits for the chunk that is being written. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#running;
  }

  /** One look at all debtors, a chunk at a time behind everything else. */
  async run(): Promise<void> {
    const { store, onChanged } = this.#options;
    for (let after: string | null = ''; after !== null && !this.#stopped; ) {
      const input: { after: string } = { after };
      const options = { priority: 'import' } as const;
      const chunk = await store.write(workWrites, 'work.settle-due', input, options);
      for (const debtorId of chunk.changed) onChanged(debtorId);
      after = chunk.after;
    }
  }

  #later(): void {
    if (this.#stopped) return;
    this.#cancel = this.#options.clock.setTimer(EVERY_MS, () => this.start());
  }
}
