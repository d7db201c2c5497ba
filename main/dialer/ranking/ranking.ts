import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { RankChanges, RankedEntries, RankPage, RankQuery } from '../../debtors/index.ts';
import type { Store } from '../../store/types.ts';
import { readRankedLists } from './ranked-lists.ts';
import { type RankingChunk, type RankingMark, rankingWrites } from './ranking-writes.ts';

/** The thread of lists, as ranking asks it. */
export interface RankSource {
  rankPage(query: RankQuery & { position: number }): Promise<RankPage>;
  rankChanges(query: RankQuery): Promise<RankChanges>;
}

export interface RankingParts {
  store: Store;
  lists: RankSource;
  clock: Clock;
  /** entries of a list have other places now, have come back or left */
  onRanked(campaignId: string): void;
  log(message: string, details?: Record<string, unknown>): void;
}

const LOOK_EVERY_MS = 1_000;
/** what changed is looked for so seldom that looking takes at most this part of the time */
const SHARE_OF_TIME = 20;
const AFTER_FAILURE_MS = 5_000;
const ROWS_IN_CHUNK = 250;

/**
 * Keeps the place of every entry of open lists as the strategy of its campaign wants it: all of a list once for each
 * strategy (and day, where it hangs on days), and whoever changed within some seconds. Who is measured and how is
 * decided in the thread of lists; here is only what is asked when, and what is written.
 */
export class Ranking {
  readonly #parts: RankingParts;
  /** looked at as a whole by this run, by campaign: the revision */
  readonly #known = new Map<string, string>();
  #cancel: (() => void) | null = null;
  #working: Promise<void> | null = null;
  #isClosed = false;
  #isHurried = false;

  constructor(parts: RankingParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#next(0);
  }

  /** Settings of a campaign were changed: its list is looked at as soon as can be. */
  hurry(): void {
    if (this.#working) this.#isHurried = true;
    else if (this.#cancel) this.#next(0);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    await this.#working;
  }

  /** One look at every open list. Resolves when all of them have their places. */
  async work(): Promise<void> {
    const { store, clock } = this.#parts;
    const lists = readRankedLists(store.read, clock.now());
    const open = new Set(lists.map(({ campaignId }) => campaignId));
    for (const campaignId of this.#known.keys())
      if (!open.has(campaignId)) this.#known.delete(campaignId);
    for (const list of lists) {
      if (this.#isClosed) return;
      if (this.#known.get(list.campaignId) !== list.revision || !(await this.#follow(list)))
        await this.#rankAll(list);
    }
  }

  #next(delayMs: number): void {
    this.#cancel?.();
    this.#cancel = this.#isClosed
      ? null
      : this.#parts.clock.setTimer(delayMs, () => this.#onTimer());
  }

  #onTimer(): void {
    this.#cancel = null;
    const { clock } = this.#parts;
    const startedMs = clock.monotonic();
    this.#working = this.work()
      .then(() => Math.max(LOOK_EVERY_MS, SHARE_OF_TIME * (clock.monotonic() - startedMs)))
      .catch((error: unknown) => this.#failed(error))
      .then((delayMs) => {
        this.#working = null;
        this.#next(this.#isHurried ? 0 : delayMs);
        this.#isHurried = false;
      });
  }

  /** A thread that is being built or started again is no failure: what was asked is asked again. */
  #failed(error: unknown): number {
    const isPassing = error instanceof AppError && error.code.startsWith('list.');
    if (!isPassing && !this.#isClosed)
      this.#parts.log('lists were not put in order', { error: String(error) });
    return AFTER_FAILURE_MS;
  }

  /** @returns false when all of the list has to be looked at */
  async #follow(list: RankQuery): Promise<boolean> {
    const changes = await this.#parts.lists.rankChanges(list);
    if (!changes.known) return false;
    await this.#write(list.campaignId, changes, null);
    return true;
  }

  /** From the beginning, also after a restart: only what differs is written, so nothing is written twice. */
  async #rankAll(list: RankQuery): Promise<void> {
    const { campaignId, revision } = list;
    const { clock, lists } = this.#parts;
    const startedAt = clock.now();
    let position = -1;
    for (let done = false; !done; ) {
      const page = await lists.rankPage({ ...list, position });
      if (this.#isClosed) return;
      ({ position, done } = page);
      const mark = { campaignId, revision, startedAt, finishedAt: clock.now(), position };
      await this.#write(campaignId, page, done ? mark : null);
    }
    this.#known.set(campaignId, revision);
  }

  async #write(campaignId: string, found: RankedEntries, mark: RankingMark | null): Promise<void> {
    const chunks: RankingChunk[] = chunksOf(found);
    if (mark !== null) chunks.push({ ranked: [], promised: [], returned: [], mark });
    for (const chunk of chunks)
      await this.#parts.store.write(rankingWrites, 'ranking.apply', chunk, { priority: 'import' });
    if (chunks.length > 0 && !this.#isClosed) this.#parts.onRanked(campaignId);
  }
}

/** In parts of a few milliseconds each, for a call waits no longer than that. */
function chunksOf({ ranked, promised, returned }: RankedEntries): RankingChunk[] {
  const chunks: RankingChunk[] = [];
  const length = Math.max(ranked.length, promised.length, returned.length);
  for (let from = 0; from < length; from += ROWS_IN_CHUNK) {
    const part = <Item>(list: readonly Item[]) => list.slice(from, from + ROWS_IN_CHUNK);
    chunks.push({
      ranked: part(ranked),
      promised: part(promised),
      returned: part(returned),
      mark: null,
    });
  }
  return chunks;
}
