import type { ListStrategy } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { byPlace, type DueRow, isPlain, type LookLimits, reachableAgain } from './due-entries.ts';
import { isFiltered } from './filter-mark.ts';
import { PlaceQueue } from './place-queue.ts';

/** lists are looked at again after this: retries become due, facts change */
const REFRESH_MS = 2_000;
const REACHABLE_AT_ONCE = 100;

/** Whose turn it is on one list, some hundred entries ahead, in the order of its strategy. */
export class ReadyList {
  readonly #read: ReadDb;
  readonly #campaignId: string;
  readonly #waiting: PlaceQueue;
  readonly #pending: PlaceQueue;
  #reachable: DueRow[] = [];
  #retriesFirst = true;
  #refreshedAt = Number.NEGATIVE_INFINITY;

  constructor(read: ReadDb, campaignId: string, limits: LookLimits) {
    this.#read = read;
    this.#campaignId = campaignId;
    this.#waiting = new PlaceQueue(read, campaignId, 'waiting', limits);
    this.#pending = new PlaceQueue(read, campaignId, 'pending', limits);
  }

  isOld(now: number): boolean {
    const age = now - this.#refreshedAt;
    return age < 0 || age >= REFRESH_MS;
  }

  /** The next question looks at the store again. */
  forget(): void {
    this.#refreshedAt = Number.NEGATIVE_INFINITY;
  }

  refresh(now: number, strategy: ListStrategy): void {
    this.#refreshedAt = now;
    this.#retriesFirst = strategy.retriesFirst;
    if (!isFiltered(this.#read, this.#campaignId, strategy)) {
      this.#reachable = [];
      this.#waiting.rows = [];
      this.#pending.rows = [];
      return;
    }
    this.#reachable = strategy.reachableAgainFirst
      ? reachableAgain(this.#read, this.#campaignId, now, REACHABLE_AT_ONCE)
      : [];
    // without retries first, both are put in one order, and that is by place
    const ordered = isPlain(strategy) && this.#retriesFirst;
    this.#waiting.refresh(now, ordered);
    this.#pending.refresh(now, ordered);
  }

  get hasMore(): boolean {
    return this.#waiting.hasMore || this.#pending.hasMore;
  }

  /** entries that are kept ahead */
  get size(): number {
    return this.#reachable.length + this.#waiting.rows.length + this.#pending.rows.length;
  }

  /** A further part of the walk, which may find nobody. */
  walk(now: number): void {
    (this.#waiting.hasMore ? this.#waiting : this.#pending).walk(now);
  }

  drop(row: DueRow): void {
    this.#reachable = this.#reachable.filter((each) => each !== row);
    this.#waiting.drop(row);
    this.#pending.drop(row);
  }

  /** In their order; who was reachable again comes up a second time in their own place. */
  *inOrder(): Generator<DueRow> {
    yield* [...this.#reachable];
    if (this.#retriesFirst) {
      yield* [...this.#waiting.rows];
      yield* [...this.#pending.rows];
    } else yield* this.#merged();
  }

  /** Beyond the place up to which both are known, the other may still have somebody earlier. */
  #merged(): DueRow[] {
    const frontiers = [this.#waiting.frontier, this.#pending.frontier].filter(
      (each) => each !== null,
    );
    return [...this.#waiting.rows, ...this.#pending.rows]
      .filter((row) =>
        frontiers.every(
          ({ rank, position }) =>
            row.rank < rank || (row.rank === rank && row.position <= position),
        ),
      )
      .sort(byPlace);
  }
}
