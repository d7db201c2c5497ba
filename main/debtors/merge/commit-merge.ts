import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';
import { leaveTrace } from '../work/leave-trace.ts';
import { keptDebtorId } from '../work/require-debtor.ts';
import { settleAgreements } from '../work/settle-agreements.ts';
import { filledFields, MERGED_FIELD_COLUMNS, type MergedFields } from './debtor-fields.ts';
import { type MovedContent, movedTableNames, movedTables } from './moved-tables.ts';

export interface CommitMerge {
  keptDebtorId: string;
  mergedDebtorId: string;
  reason?: string | undefined;
  personId: string | null;
}

interface Side extends MergedFields {
  id: string;
  externalRef: string;
}

/**
 * Puts two debtors together: everything of the merged one becomes the kept one's, and the merged one is no more than a
 * sign that leads there. Imports that name the merged one reach the kept one.
 * @throws AppError `merge.same`, `merge.already-merged`, `merge.call-up`, `contract.not-found`
 */
export function commitMerge(
  db: WriteDb,
  context: WriteContext,
  input: CommitMerge,
): { debtorMergeId: string; debtorId: string } {
  const { kept, merged } = loadSides(db, input);
  assertNoCall(db, kept.id, merged.id);
  const chunk = db.beginChunk('merge debtors');
  const moved: MovedContent = {
    accounts: keepAccounts(db, kept, merged),
    rows: moveRows(db, merged.id, kept.id),
    relationsTo: pointRelations(db, merged.id, kept.id),
    entries: leaveLists(db, context, merged.id),
    removed: [],
    filled: [],
  };
  moved.removed = removeSuperfluous(db, context, kept.id, moved);
  moved.filled = fillFields(db, kept, merged);
  db.update('debtor', merged.id, { mergedInto: kept.id, deletedAt: context.now });
  const debtorMergeId = context.newId();
  db.insert('debtorMerge', {
    id: debtorMergeId,
    keptDebtorId: kept.id,
    mergedDebtorId: merged.id,
    at: context.now,
    personId: input.personId,
    movedJson: JSON.stringify(moved),
  });
  leaveTrace(db, context, {
    debtorId: kept.id,
    personId: input.personId,
    what: 'debtor.merged',
    name: `${merged.displayName} (${merged.externalRef})`,
    note: input.reason,
  });
  insertAuditEntry(db, context, {
    action: 'debtor.merged',
    personId: input.personId,
    details: { keptDebtorId: kept.id, mergedDebtorId: merged.id, debtorMergeId },
  });
  settleAgreements(db, context, kept.id);
  chunk.end();
  return { debtorMergeId, debtorId: kept.id };
}

function loadSides(db: WriteDb, input: CommitMerge): { kept: Side; merged: Side } {
  const keptId = keptDebtorId(db, input.keptDebtorId);
  const known = keptDebtorId(db, input.mergedDebtorId);
  if (keptId === null || known === null) {
    throw new AppError('contract.not-found', 'no such debtor');
  }
  if (known !== input.mergedDebtorId) {
    throw new AppError('merge.already-merged', 'this debtor was merged before');
  }
  if (keptId === known) throw new AppError('merge.same', 'this is one debtor');
  return { kept: loadSide(db, keptId), merged: loadSide(db, known) };
}

function loadSide(db: WriteDb, debtorId: string): Side {
  const side = db.get<Side>(
    `SELECT id, externalRef, ${MERGED_FIELD_COLUMNS} FROM debtor WHERE id = ?`,
    debtorId,
  );
  if (!side) throw new AppError('contract.not-found', 'no such debtor');
  return side;
}

/** A call would end on a card that is gone. */
function assertNoCall(db: WriteDb, keptId: string, mergedId: string): void {
  for (const id of [keptId, mergedId]) {
    const isUp =
      db.get('SELECT 1 FROM attempt WHERE debtorId = ? AND endedAt IS NULL LIMIT 1', id) ??
      db.get(
        "SELECT 1 FROM contactListEntry WHERE debtorId = ? AND status = 'inProgress' LIMIT 1",
        id,
      );
    if (isUp) throw new AppError('merge.call-up', 'a call with this debtor is up');
  }
}

/** Ids are collected before anything moves: some rows are found through others. */
function moveRows(db: WriteDb, mergedId: string, keptId: string): MovedContent['rows'] {
  const rows: MovedContent['rows'] = {};
  for (const table of movedTableNames) {
    const ids = db.all<{ id: string }>(movedTables[table], mergedId).map(({ id }) => id);
    if (ids.length > 0) rows[table] = ids;
  }
  for (const table of movedTableNames) {
    for (const id of rows[table] ?? []) db.update(table, id, { debtorId: keptId });
  }
  return rows;
}

function pointRelations(db: WriteDb, mergedId: string, keptId: string): string[] {
  const ids = db
    .all<{ id: string }>('SELECT id FROM relation WHERE otherDebtorId = ?', mergedId)
    .map(({ id }) => id);
  for (const id of ids) db.update('relation', id, { otherDebtorId: keptId });
  return ids;
}

/** Debts that are paid to the merged debtor's account go on to be, where the kept one has another or none. */
function keepAccounts(db: WriteDb, kept: Side, merged: Side): MovedContent['accounts'] {
  const account = merged.accountToPay;
  if (account === null || account === kept.accountToPay) return [];
  const debts = db.all<{ id: string }>(
    'SELECT id FROM debt WHERE debtorId = ? AND accountToPay IS NULL',
    merged.id,
  );
  for (const { id } of debts) db.update('debt', id, { accountToPay: account });
  return debts.map(({ id }) => ({ debtId: id, account }));
}

function leaveLists(db: WriteDb, context: WriteContext, mergedId: string): MovedContent['entries'] {
  const entries = db.all<MovedContent['entries'][number]>(
    `SELECT id, status, doneReason FROM contactListEntry WHERE debtorId = ? AND status IN ('pending', 'waiting')`,
    mergedId,
  );
  const left = { status: 'skipped', doneReason: 'merged', updatedAt: context.now };
  for (const { id } of entries) db.update('contactListEntry', id, left);
  return entries;
}

/** The same number twice, and a debtor who stands for themself. */
function removeSuperfluous(
  db: WriteDb,
  context: WriteContext,
  keptId: string,
  moved: MovedContent,
): MovedContent['removed'] {
  const points = db.all<{ id: string }>(
    `SELECT c.id FROM contactPoint c WHERE c.debtorId = ? AND c.deletedAt IS NULL
       AND c.id IN (SELECT value FROM json_each(?))
       AND EXISTS (SELECT 1 FROM contactPoint o WHERE o.debtorId = c.debtorId AND o.value = c.value
         AND o.deletedAt IS NULL AND o.id NOT IN (SELECT value FROM json_each(?)))`,
    keptId,
    JSON.stringify(moved.rows.contactPoint ?? []),
    JSON.stringify(moved.rows.contactPoint ?? []),
  );
  const relations = db.all<{ id: string }>(
    'SELECT id FROM relation WHERE debtorId = ? AND otherDebtorId = ? AND deletedAt IS NULL',
    keptId,
    keptId,
  );
  const removed: MovedContent['removed'] = [
    ...points.map(({ id }) => ({ table: 'contactPoint' as const, id, at: context.now })),
    ...relations.map(({ id }) => ({ table: 'relation' as const, id, at: context.now })),
  ];
  for (const { table, id, at } of removed) db.update(table, id, { deletedAt: at });
  return removed;
}

function fillFields(db: WriteDb, kept: Side, merged: Side): MovedContent['filled'] {
  const filled = filledFields(kept, merged);
  db.update(
    'debtor',
    kept.id,
    Object.fromEntries(filled.map(({ column, value }) => [column, value])),
  );
  return filled;
}
