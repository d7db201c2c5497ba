import type { Clock } from '#shared/util/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { TokenBucket } from './token-bucket.ts';

interface RunningBulk {
  bulkId: string;
  perMinute: number | null;
  /** null: as fast as the gateway takes them */
  bucket: TokenBucket | null;
}

/** Which messages to many are under way, and how many of each may leave now. */
export class BulkPace {
  readonly #read: ReadDb;
  readonly #clock: Clock;
  #running: RunningBulk[] = [];

  constructor(read: ReadDb, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  /** One was started, paused or ended. */
  refresh(): void {
    const before = new Map(this.#running.map((bulk) => [bulk.bulkId, bulk]));
    this.#running = this.#read
      .all<{ bulkId: string; perMinute: number | null }>(
        `SELECT id AS bulkId, perMinute FROM messageBulk
         WHERE state IN ('collecting', 'running') ORDER BY createdAt, id`,
      )
      .map((row) => before.get(row.bulkId) ?? { ...row, bucket: this.#bucketFor(row.perMinute) });
  }

  get bulkIds(): string[] {
    return this.#running.map(({ bulkId }) => bulkId);
  }

  /** The bulks in turn, each with how many of it may be taken now; whoever was first is last the next time. */
  inTurn(): { bulkId: string; most: number; take(count: number): void }[] {
    const [first, ...rest] = this.#running;
    if (first) this.#running = [...rest, first];
    return this.#running.map(({ bulkId, bucket }) => ({
      bulkId,
      most: bucket?.available ?? Number.POSITIVE_INFINITY,
      take(count) {
        for (let taken = 0; taken < count; taken += 1) bucket?.take();
      },
    }));
  }

  /** ms until one of a bulk that is held back may leave; null: none is */
  get msUntilNext(): number | null {
    const waits = this.#running.flatMap(({ bucket }) =>
      bucket !== null && bucket.available < 1 ? [bucket.msUntilNext] : [],
    );
    return waits.length === 0 ? null : Math.min(...waits);
  }

  #bucketFor(perMinute: number | null): TokenBucket | null {
    if (perMinute === null) return null;
    return new TokenBucket(this.#clock, perMinute / 60, Math.max(1, perMinute / 60));
  }
}
