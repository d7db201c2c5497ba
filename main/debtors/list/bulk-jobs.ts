import { type BulkAction, type BulkJob, type ListFilter, leads } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Audience, Handlers, Publisher, Unbranded } from '../../contract-server/types.ts';
import type { Store } from '../../store/index.ts';
import { assertNotAhead } from '../work/notice-writes.ts';
import { type BulkRow, bulkWrites, DEBTORS_IN_PART, findBulk, loadBulks } from './bulk-writes.ts';
import { bytesFromIds, ID_BYTES } from './id-table.ts';

export interface BulkJobsParts {
  store: Store;
  publisher: Publisher;
  clock: Clock;
  /** the debtors of a filter, 16 bytes each */
  idsOf(filter: ListFilter): Promise<Uint8Array>;
  log(message: string, details: Record<string, unknown>): void;
}

const LEADS: Audience = { kind: 'roles', roles: leads };
const PROGRESS_EVERY_PARTS = 4;
const MOST_SHOWN = 20;
/** of one medium or number each: not to be set for many at once */
const NOT_FOR_MANY = new Set(['mediumOptOut', 'wrongNumber']);

/**
 * Actions for many debtors: first the debtors are put down, then part after part is done behind calls and commands. A
 * job that the engine's end interrupted goes on at the next start.
 */
export class BulkJobs {
  readonly handlers: Handlers;
  readonly #parts: BulkJobsParts;
  readonly #running = new Map<string, Promise<void>>();
  #isClosed = false;

  constructor(parts: BulkJobsParts) {
    this.#parts = parts;
    this.handlers = {
      'list.bulk': async ({ debtors, action }, { principal, commandId }) => {
        assertForMany(action);
        if (action.kind === 'recordNotice') assertNotAhead(action.sentOn, parts.clock.now());
        if (action.kind === 'setHold') assertLasts(action.until, parts.clock.now());
        const isListed = 'debtorIds' in debtors;
        const { bulkJobId } = await parts.store.write(
          bulkWrites,
          'list.startBulk',
          {
            personId: principal.personId,
            action,
            filterJson: isListed ? null : JSON.stringify(debtors.filter),
            ids: isListed ? bytesFromIds([...new Set(debtors.debtorIds)]) : null,
          },
          commandId === null ? {} : { commandId },
        );
        this.#run(bulkJobId);
        return this.#view(bulkJobId);
      },
      'list.bulk-jobs': () => ({ jobs: loadBulks(parts.store.read, MOST_SHOWN).map(viewOf) }),
      'list.cancel-bulk': async ({ bulkJobId }) => {
        this.#view(bulkJobId);
        await this.#end(bulkJobId, 'cancelled');
        return this.#view(bulkJobId);
      },
    };
  }

  /** Goes on with what an earlier run of the engine did not finish. */
  resume(): void {
    const left = this.#parts.store.read.all<{ id: string }>(
      "SELECT id FROM bulkJob WHERE state IN ('collecting', 'running') ORDER BY startedAt, id",
    );
    for (const { id } of left) this.#run(id);
  }

  /** Waits for the parts under way; the rest is done at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#running.values());
  }

  /** resolves when nothing is under way */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  /** A repeated command names a job that is under way, or has ended: nothing is done twice. */
  #run(bulkJobId: string): void {
    if (this.#running.has(bulkJobId)) return;
    const work = this.#work(bulkJobId)
      .catch((error: unknown) => this.#fail(bulkJobId, error))
      .finally(() => this.#running.delete(bulkJobId));
    this.#running.set(bulkJobId, work);
  }

  async #work(bulkJobId: string): Promise<void> {
    const job = findBulk(this.#parts.store.read, bulkJobId);
    if (job?.state === 'collecting') await this.#collect(job);
    let more = true;
    for (let part = 0; more && !this.#isClosed; part += 1) {
      ({ more } = await this.#parts.store.write(
        bulkWrites,
        'list.runBulkPart',
        { bulkJobId },
        { priority: 'import' },
      ));
      if (!more || part % PROGRESS_EVERY_PARTS === 0) this.#tell(bulkJobId);
    }
  }

  async #collect({ id: bulkJobId, filterJson }: BulkRow): Promise<void> {
    const { store, idsOf } = this.#parts;
    const options = { priority: 'import' } as const;
    await store.write(bulkWrites, 'list.recollectBulk', { bulkJobId }, options);
    const ids = await idsOf(JSON.parse(filterJson ?? '{}') as ListFilter);
    const step = DEBTORS_IN_PART * ID_BYTES;
    for (let at = 0; at < ids.length && !this.#isClosed; at += step) {
      const part = { bulkJobId, position: at / step, ids: ids.slice(at, at + step) };
      await store.write(bulkWrites, 'list.addBulkPart', part, options);
    }
    // closed in between: it is collected anew at the next start
    if (this.#isClosed) return;
    const total = ids.length / ID_BYTES;
    await store.write(bulkWrites, 'list.beginBulk', { bulkJobId, total }, options);
    this.#tell(bulkJobId);
  }

  async #fail(bulkJobId: string, error: unknown): Promise<void> {
    // the store or the lists were closed: the job goes on at the next start
    if (this.#isClosed) return;
    this.#parts.log('an action for many debtors failed', { bulkJobId, error: String(error) });
    await this.#end(bulkJobId, 'failed').catch(() => {});
  }

  async #end(bulkJobId: string, state: 'cancelled' | 'failed'): Promise<void> {
    await this.#parts.store.write(bulkWrites, 'list.endBulk', { bulkJobId, state });
    this.#tell(bulkJobId);
  }

  #tell(bulkJobId: string): void {
    this.#parts.publisher.publish('list.bulk-progressed', { job: this.#view(bulkJobId) }, LEADS);
  }

  #view(bulkJobId: string): Unbranded<BulkJob> {
    const row = findBulk(this.#parts.store.read, bulkJobId);
    if (!row) throw new AppError('contract.not-found', 'no such job');
    return viewOf(row);
  }
}

function assertForMany(action: Unbranded<BulkAction>): void {
  if (action.kind === 'setHold' && NOT_FOR_MANY.has(action.hold)) {
    throw new AppError('flag.incomplete', 'this flag says of which medium or number it is');
  }
}

function viewOf(row: BulkRow): Unbranded<BulkJob> {
  const { kind } = JSON.parse(row.actionJson) as BulkAction;
  const { state, total, done, changed, startedAt, finishedAt } = row;
  return {
    bulkJobId: row.id,
    action: kind,
    ...{ state, total, done, changed, startedAt, finishedAt },
    passedOver: done - changed,
  };
}

/** A hold that is over when it is set would be lost in silence, for a whole list. @throws AppError `contact.date-past` */
function assertLasts(until: number | undefined, now: number): void {
  if (until !== undefined && until <= now) {
    throw new AppError('contact.date-past', 'the last day of the hold has passed');
  }
}
