import type { WriteContext, WriteDb } from '../../store/index.ts';

export interface Upserted {
  id: string;
  /** `same`: nothing differed, nothing was written */
  outcome: 'created' | 'updated' | 'same';
}

/** Which import last touched a row is no change of the row. */
const NOT_COMPARED = 'importJobId';

/**
 * Inserts a row, or writes those columns of the known one that differ. Columns that are undefined
 * are left as they are.
 */
export function upsertRow(
  db: WriteDb,
  context: WriteContext,
  table: 'debtor' | 'debt' | 'contactPoint',
  known: Readonly<Record<string, unknown>> | undefined,
  columns: Readonly<Record<string, unknown>>,
): Upserted {
  const given = Object.entries(columns).filter(([, value]) => value !== undefined);
  if (!known) {
    const id = context.newId();
    db.insert(table, { id, ...Object.fromEntries(given), createdAt: context.now });
    return { id, outcome: 'created' };
  }
  const id = String(known.id);
  const differing = given.filter(
    ([name, value]) => name !== NOT_COMPARED && known[name] !== asStored(value),
  );
  if (differing.length === 0) return { id, outcome: 'same' };
  const job = given.filter(([name]) => name === NOT_COMPARED);
  db.update(table, id, Object.fromEntries([...differing, ...job]));
  return { id, outcome: 'updated' };
}

function asStored(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}
