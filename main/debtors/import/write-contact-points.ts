import type { SqlValue } from '../../store/index.ts';
import { POINT_COLUMNS } from './packed-record.ts';
import type { ChunkDebtor, ChunkParts } from './write-records.ts';

const INSERTED = [
  'id',
  'debtorId',
  ...POINT_COLUMNS,
  'status',
  'importJobId',
  'createdAt',
] as const;
const VALUE = POINT_COLUMNS.indexOf('value');

/**
 * Contact points of a chunk. A known one stays as people left it: an import does not revive a number that an agent
 * called wrong, corrected or removed.
 */
export class ContactPointWriter {
  readonly #parts: ChunkParts;
  readonly #insert: (values: readonly SqlValue[]) => void;

  constructor(parts: ChunkParts) {
    this.#parts = parts;
    this.#insert = parts.db.inserter('contactPoint', INSERTED);
  }

  /** @returns whether there was a new one */
  write(debtor: ChunkDebtor, points: readonly SqlValue[][]): boolean {
    if (points.length === 0) return false;
    const { context, job } = this.#parts;
    debtor.points ??= this.#known(debtor.id);
    let isChanged = false;
    for (const values of points) {
      const value = String(values[VALUE]);
      if (debtor.points.has(value)) continue;
      debtor.points.add(value);
      const id = context.newId();
      this.#insert([id, debtor.id, ...values, 'active', job.importJobId, context.now]);
      isChanged = true;
    }
    return isChanged;
  }

  #known(debtorId: string): Set<string> {
    const { db } = this.#parts;
    const rows = db.all<{ value: string; deletedAt: number | null; importJobId: string | null }>(
      'SELECT value, deletedAt, importJobId FROM contactPoint WHERE debtorId = ?',
      debtorId,
    );
    const known = new Set<string>();
    for (const { value, deletedAt, importJobId } of rows) {
      if (deletedAt === null || !this.#wasUndone(importJobId)) known.add(value);
    }
    const corrected = db.all<{ beforeJson: string }>(
      'SELECT beforeJson FROM contactPointVersion WHERE debtorId = ?',
      debtorId,
    );
    for (const { beforeJson } of corrected) {
      const { value } = JSON.parse(beforeJson) as { value?: unknown };
      if (typeof value === 'string') known.add(value);
    }
    return known;
  }

  /** What the undo of an import took away may come again. */
  #wasUndone(importJobId: string | null): boolean {
    if (importJobId === null) return false;
    const job = this.#parts.db.get<{ state: string; undoneAt: number | null }>(
      'SELECT state, undoneAt FROM importJob WHERE id = ?',
      importJobId,
    );
    return job !== undefined && (job.undoneAt !== null || job.state !== 'finished');
  }
}
