import type { SqlValue, WriteDb } from '../../store/index.ts';
import { type ImportChanges, keepBefore } from './import-before.ts';
import { DEBTOR_COLUMNS } from './packed-record.ts';
import { loadPeopleEdits, type PeopleEdits } from './people-edits.ts';
import type { ChunkDebtor, ChunkParts } from './write-records.ts';

const COLUMN_LIST = DEBTOR_COLUMNS.join(', ');

// the plus keeps the planner from an index on the portfolio, which holds all of its debtors
const SELECT_BY_REF = `SELECT id, mergedInto, erasedAt, importJobId, ${COLUMN_LIST} FROM debtor
  WHERE externalRef = ? AND +portfolioId = ? AND (deletedAt IS NULL OR mergedInto IS NOT NULL)
  ORDER BY deletedAt IS NOT NULL, id LIMIT 1`;
const SELECT_BY_ID = `SELECT id, mergedInto, erasedAt, importJobId, ${COLUMN_LIST} FROM debtor WHERE id = ?`;
const HEAD = 4;

const INSERTED = [
  'id',
  'portfolioId',
  ...DEBTOR_COLUMNS,
  'synthetic',
  'importJobId',
  'createdAt',
] as const;

/** Names are one thing in several columns: a company that was a person has no given name any more. */
const NAME = {
  first: DEBTOR_COLUMNS.indexOf('kind'),
  end: DEBTOR_COLUMNS.indexOf('companyName') + 1,
};
/** A merge may have happened to the one that another was merged into. */
const MAX_MERGES = 20;

export class DebtorWriter {
  readonly #parts: ChunkParts;
  readonly #insert: (values: readonly SqlValue[]) => void;
  readonly #known = new Map<string, ChunkDebtor>();

  constructor(parts: ChunkParts) {
    this.#parts = parts;
    this.#insert = parts.db.inserter('debtor', INSERTED);
  }

  write(values: SqlValue[]): { debtor: ChunkDebtor; outcome: 'created' | 'updated' | 'same' } {
    const ref = String(values[0]);
    let debtor = this.#known.get(ref);
    if (debtor === undefined) {
      debtor = this.#find(ref) ?? undefined;
      if (debtor === undefined) {
        debtor = this.#create(values);
        this.#known.set(ref, debtor);
        return { debtor, outcome: 'created' };
      }
      this.#known.set(ref, debtor);
    }
    if (debtor.isClosed !== null) return { debtor, outcome: 'same' };
    return { debtor, outcome: this.#update(debtor, values) };
  }

  #find(ref: string): ChunkDebtor | null {
    const { db, job } = this.#parts;
    const found = db.prepare(SELECT_BY_REF).raw().get(ref, job.portfolioId) as
      | SqlValue[]
      | undefined;
    if (found === undefined) return null;
    const row = this.#followMerges(found);
    const isMerged = row !== found;
    return {
      id: row[0] as string,
      isNew: false,
      isClosed: row[2] !== null ? 'erased' : isMerged ? 'merged' : null,
      isOfJob: row[3] === job.importJobId,
      values: row.slice(HEAD),
      points: null,
      debts: new Map(),
      notes: new Set(),
      edits: null,
    };
  }

  #followMerges(found: SqlValue[]): SqlValue[] {
    let row = found;
    for (let step = 0; row[1] !== null && step < MAX_MERGES; step += 1) {
      const next = this.#parts.db.prepare(SELECT_BY_ID).raw().get(row[1]) as SqlValue[] | undefined;
      if (next === undefined) break;
      row = next;
    }
    return row;
  }

  #create(values: SqlValue[]): ChunkDebtor {
    const { context, job } = this.#parts;
    const id = context.newId();
    const { portfolioId, synthetic, importJobId } = job;
    this.#insert([id, portfolioId, ...values, Number(synthetic), importJobId, context.now]);
    return {
      id,
      isNew: true,
      isClosed: null,
      isOfJob: true,
      values,
      points: new Set(),
      debts: new Map(),
      notes: new Set(),
      edits: null,
    };
  }

  #update(debtor: ChunkDebtor, values: SqlValue[]): 'updated' | 'same' {
    const isRenamed = values.some(
      (value, index) =>
        index >= NAME.first && index < NAME.end && value !== null && value !== debtor.values[index],
    );
    let changes: ImportChanges | null = null;
    for (const [index, column] of DEBTOR_COLUMNS.entries()) {
      const value = values[index] ?? null;
      const before = debtor.values[index] ?? null;
      const isName = index >= NAME.first && index < NAME.end;
      if (value === before || (value === null && !(isName && isRenamed))) continue;
      if (editsOf(this.#parts.db, debtor).columns.has(column)) continue;
      changes ??= {};
      changes[column] = [before, value];
      debtor.values[index] = value;
    }
    if (changes === null) return 'same';
    const { db, job } = this.#parts;
    if (!debtor.isOfJob) keepBefore(db, job.importJobId, 'debtor', debtor.id, changes);
    db.update('debtor', debtor.id, importedOf(changes));
    return 'updated';
  }
}

/** What people changed of a debtor; nothing of one that this chunk has made. */
export function editsOf(db: WriteDb, debtor: ChunkDebtor): PeopleEdits {
  debtor.edits ??= debtor.isNew ? NO_EDITS : loadPeopleEdits(db, debtor.id);
  return debtor.edits;
}

const NO_EDITS: PeopleEdits = { columns: new Set(), debtIds: new Set() };

/** The columns as the import leaves them. */
export function importedOf(changes: ImportChanges): Record<string, SqlValue> {
  return Object.fromEntries(
    Object.entries(changes).map(([column, [, imported]]) => [column, imported]),
  );
}
