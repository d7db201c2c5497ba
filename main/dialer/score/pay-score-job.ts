import type { Clock } from '#shared/util/index.ts';
import type { Store } from '../../store/types.ts';
import { casesOf, type PayCase } from './cases.ts';
import { loadPasts } from './debtor-past.ts';
import { newestReport, scoreWrites } from './model-rows.ts';
import { type Trained, trainPayModel } from './train.ts';

export interface PayScoreJobOptions {
  store: Store;
  clock: Clock;
  /** lets other work of the thread pass */
  pause?: () => Promise<void>;
  onChanged(): void;
  log(message: string, details?: Record<string, unknown>): void;
}

/** Why the last training came to nothing. */
export type Refused = Omit<Extract<Trained, { ok: false }>, 'ok'>;

/** Debtors read between two pauses: about a millisecond. */
const DEBTORS_AT_ONCE = 25;
const MOST_CASES = 100_000;
const IDS_AT_ONCE = 5_000;
const DAY_MS = 86_400_000;
const OLD_MS = 7 * DAY_MS;
const FIRST_LOOK_MS = 10 * 60_000;

/** Learns the likelihood to pay again once a week, and when it is asked to; calls go on meanwhile. */
export class PayScoreJob {
  readonly #options: PayScoreJobOptions;
  #running: Promise<void> | null = null;
  #refused: Refused | null = null;
  #cancelLook: () => void = () => {};
  #stopped = false;

  constructor(options: PayScoreJobOptions) {
    this.#options = options;
  }

  get training(): boolean {
    return this.#running !== null;
  }

  get refused(): Refused | null {
    return this.#refused;
  }

  start(): void {
    this.#lookLater(FIRST_LOOK_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelLook();
    await this.#running;
  }

  /** Starts a training unless one is under way. @returns when it is over; never rejects */
  train(): Promise<void> {
    this.#running ??= this.#train().finally(() => {
      this.#running = null;
      if (!this.#stopped) this.#options.onChanged();
    });
    return this.#running;
  }

  async #train(): Promise<void> {
    const { store, log } = this.#options;
    try {
      const trained = await trainPayModel(await this.#readCases(), () => this.#pause());
      if (this.#stopped) return;
      this.#refused = trained.ok ? null : refusalOf(trained);
      if (!trained.ok) return;
      const { ok: _ok, ...kept } = trained;
      await store.write(scoreWrites, 'score.keep-model', kept);
    } catch (error) {
      if (!this.#stopped) log('likelihood to pay', { error: String(error) });
    }
  }

  /** Of a store with more debtors than cases are wanted, every so many pages are left out: all ages are seen alike. */
  async #readCases(): Promise<PayCase[]> {
    const { store, clock } = this.#options;
    const { read } = store;
    const now = clock.now();
    const step = Math.max(1, Math.ceil((await this.#countDebtors()) / MOST_CASES));
    const cases: PayCase[] = [];
    let after = '';
    for (let page = 0; cases.length < MOST_CASES && !this.#stopped; page += 1) {
      const rows = read.all<{ id: string }>(
        'SELECT id FROM debtor WHERE id > ? ORDER BY id LIMIT ?',
        after,
        DEBTORS_AT_ONCE,
      );
      const last = rows.at(-1);
      if (!last) break;
      after = last.id;
      if (page % step !== 0) continue;
      for (const past of loadPasts(
        read,
        rows.map(({ id }) => id),
      ))
        cases.push(...casesOf(past, now));
      await this.#pause();
    }
    return cases.slice(0, MOST_CASES);
  }

  /** In pages: one count over a million would hold everything up. */
  async #countDebtors(): Promise<number> {
    const { read } = this.#options.store;
    let total = 0;
    let after = '';
    while (!this.#stopped) {
      const page = read.get<{ n: number; last: string | null }>(
        'SELECT count(*) AS n, max(id) AS last FROM (SELECT id FROM debtor WHERE id > ? ORDER BY id LIMIT ?)',
        after,
        IDS_AT_ONCE,
      );
      if (!page || page.last === null) break;
      total += page.n;
      after = page.last;
      await this.#pause();
    }
    return total;
  }

  async #pause(): Promise<void> {
    const { pause } = this.#options;
    await (pause ? pause() : new Promise((resolve) => setImmediate(resolve)));
    if (this.#stopped) throw new Error('the engine stops');
  }

  #lookLater(delayMs: number): void {
    this.#cancelLook = this.#options.clock.setTimer(delayMs, () => {
      const { store, clock } = this.#options;
      const newest = newestReport(store.read);
      if (newest === null || clock.now() - newest.at > OLD_MS) void this.train();
      this.#lookLater(DAY_MS);
    });
  }
}

function refusalOf({ because, cases, payers, needed }: Extract<Trained, { ok: false }>): Refused {
  return { because, cases, payers, needed };
}
