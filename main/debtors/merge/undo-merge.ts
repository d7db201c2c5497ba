import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';
import { leaveTrace } from '../work/leave-trace.ts';
import { settleAgreements } from '../work/settle-agreements.ts';
import { followDebts } from './follow-debts.ts';
import { type MovedContent, type MovedTable, movedTableNames, ownerOf } from './moved-tables.ts';

export interface UndoneMerge {
  keptDebtorId: string;
  restoredDebtorId: string;
  movedBack: number;
  left: number;
}

interface MergeRow {
  id: string;
  keptDebtorId: string;
  mergedDebtorId: string;
  movedJson: string;
  undoneAt: number | null;
}

/** Counts what an undo put back and what it had to leave. */
interface Tally {
  movedBack: number;
  left: number;
}

/**
 * Takes a merge back: what it moved and is still where it put it goes back, what it filled or removed and nobody has
 * touched since is as it was. What came since stays with the kept debtor, but for what belongs to a debt or a number
 * that goes back (payments of that debt alone, promises, corrections).
 * @throws AppError `merge.already-undone`; `merge.later-merge`: the kept one was merged on since, that comes first
 */
export function undoMerge(
  db: WriteDb,
  context: WriteContext,
  input: { debtorMergeId: string; personId: string | null },
): UndoneMerge {
  const merge = requireMerge(db, input.debtorMergeId);
  const { keptDebtorId: keptId, mergedDebtorId: mergedId } = merge;
  assertUndoable(db, merge);
  const moved = JSON.parse(merge.movedJson) as MovedContent;
  const chunk = db.beginChunk('undo merge');
  const tally: Tally = { movedBack: 0, left: 0 };
  db.update('debtor', mergedId, { mergedInto: null, deletedAt: null });
  putBackRows(db, moved, keptId, mergedId, tally);
  tally.movedBack += followDebts(db, keptId, mergedId, moved);
  putBackRelations(db, moved, keptId, mergedId, tally);
  putBackRemoved(db, moved, tally);
  emptyFilled(db, moved, keptId, tally);
  takeAccounts(db, moved, tally);
  enterLists(db, context, moved);
  db.update('debtorMerge', merge.id, { undoneAt: context.now, undoneBy: input.personId });
  tell(db, context, merge, input.personId);
  for (const id of [keptId, mergedId]) settleAgreements(db, context, id);
  chunk.end();
  return { keptDebtorId: keptId, restoredDebtorId: mergedId, ...tally };
}

function requireMerge(db: WriteDb, debtorMergeId: string): MergeRow {
  const merge = db.get<MergeRow>(
    'SELECT id, keptDebtorId, mergedDebtorId, movedJson, undoneAt FROM debtorMerge WHERE id = ?',
    debtorMergeId,
  );
  if (!merge) throw new AppError('contract.not-found', 'no such merge');
  if (merge.undoneAt !== null) throw new AppError('merge.already-undone', 'it was undone before');
  return merge;
}

function assertUndoable(db: WriteDb, merge: MergeRow): void {
  const sides = db.all<{ id: string; mergedInto: string | null; deletedAt: number | null }>(
    'SELECT id, mergedInto, deletedAt FROM debtor WHERE id IN (?, ?)',
    merge.keptDebtorId,
    merge.mergedDebtorId,
  );
  const kept = sides.find((side) => side.id === merge.keptDebtorId);
  const merged = sides.find((side) => side.id === merge.mergedDebtorId);
  if (!kept || !merged) throw new AppError('contract.not-found', 'no such debtor');
  if (kept.mergedInto !== null) {
    throw new AppError('merge.later-merge', 'undo the later merge first', {
      details: { debtorId: kept.mergedInto },
    });
  }
  if (kept.deletedAt !== null || merged.mergedInto !== kept.id) {
    throw new AppError('contract.not-found', 'this debtor was removed since');
  }
}

function putBackRows(
  db: WriteDb,
  moved: MovedContent,
  keptId: string,
  mergedId: string,
  tally: Tally,
): void {
  for (const table of movedTableNames) {
    for (const id of moved.rows[table] ?? []) {
      if (isOwnedBy(db, table, id, keptId)) {
        db.update(table, id, { debtorId: mergedId });
        tally.movedBack += 1;
      } else tally.left += 1;
    }
  }
}

function isOwnedBy(db: WriteDb, table: MovedTable, id: string, debtorId: string): boolean {
  return db.get<{ debtorId: string | null }>(ownerOf[table], id)?.debtorId === debtorId;
}

function putBackRelations(
  db: WriteDb,
  moved: MovedContent,
  keptId: string,
  mergedId: string,
  tally: Tally,
): void {
  for (const id of moved.relationsTo) {
    const row = db.get<{ otherDebtorId: string | null }>(
      'SELECT otherDebtorId FROM relation WHERE id = ?',
      id,
    );
    if (row?.otherDebtorId === keptId) {
      db.update('relation', id, { otherDebtorId: mergedId });
      tally.movedBack += 1;
    } else tally.left += 1;
  }
}

const ENDED = {
  contactPoint: 'SELECT deletedAt FROM contactPoint WHERE id = ?',
  relation: 'SELECT deletedAt FROM relation WHERE id = ?',
} as const;

function putBackRemoved(db: WriteDb, moved: MovedContent, tally: Tally): void {
  for (const { table, id, at } of moved.removed) {
    const row = db.get<{ deletedAt: number | null }>(ENDED[table], id);
    if (row?.deletedAt === at) db.update(table, id, { deletedAt: null });
    else tally.left += 1;
  }
}

/** An edit since is the newer truth. */
function emptyFilled(db: WriteDb, moved: MovedContent, keptId: string, tally: Tally): void {
  const now = db.get<Record<string, unknown>>('SELECT * FROM debtor WHERE id = ?', keptId);
  const unchanged = moved.filled.filter(({ column, value }) => now?.[column] === value);
  tally.left += moved.filled.length - unchanged.length;
  db.update('debtor', keptId, Object.fromEntries(unchanged.map(({ column }) => [column, null])));
}

function takeAccounts(db: WriteDb, moved: MovedContent, tally: Tally): void {
  for (const { debtId, account } of moved.accounts) {
    const debt = db.get<{ accountToPay: string | null }>(
      'SELECT accountToPay FROM debt WHERE id = ?',
      debtId,
    );
    if (debt?.accountToPay === account) db.update('debt', debtId, { accountToPay: null });
    else tally.left += 1;
  }
}

function enterLists(db: WriteDb, context: WriteContext, moved: MovedContent): void {
  for (const { id, status, doneReason } of moved.entries) {
    const entry = db.get<{ status: string; doneReason: string | null }>(
      'SELECT status, doneReason FROM contactListEntry WHERE id = ?',
      id,
    );
    if (entry?.status !== 'skipped' || entry.doneReason !== 'merged') continue;
    db.update('contactListEntry', id, { status, doneReason, updatedAt: context.now });
  }
}

function tell(db: WriteDb, context: WriteContext, merge: MergeRow, personId: string | null): void {
  const { id: debtorMergeId, keptDebtorId, mergedDebtorId } = merge;
  for (const [debtorId, otherId] of [
    [keptDebtorId, mergedDebtorId],
    [mergedDebtorId, keptDebtorId],
  ] as const) {
    const other = db.get<{ displayName: string; externalRef: string }>(
      'SELECT displayName, externalRef FROM debtor WHERE id = ?',
      otherId,
    );
    const name = `${other?.displayName ?? ''} (${other?.externalRef ?? ''})`;
    leaveTrace(db, context, { debtorId, personId, what: 'debtor.merge-undone', name });
  }
  insertAuditEntry(db, context, {
    action: 'debtor.merge-undone',
    personId,
    details: { keptDebtorId, mergedDebtorId, debtorMergeId },
  });
}
