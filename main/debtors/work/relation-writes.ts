import type { ParsedInput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { leaveTrace } from './leave-trace.ts';
import { requireDebtor, requireRow } from './require-debtor.ts';

export const relationWrites = {
  'relation.save': saveRelation,
  'relation.remove': removeRelation,
} satisfies WriteMap;

type SaveRelation = Unbranded<ParsedInput<'relation.save'>> & { personId: string | null };

/** @throws AppError `relation.self`, `contract.not-found` */
function saveRelation(
  db: WriteDb,
  context: WriteContext,
  input: SaveRelation,
): { relationId: string; debtorId: string } {
  const debtor = requireDebtor(db, input.debtorId, context.now);
  const other =
    input.otherDebtorId === undefined || input.otherDebtorId === null
      ? null
      : requireDebtor(db, input.otherDebtorId, context.now).id;
  if (other === debtor.id) throw new AppError('relation.self', 'nobody is their own guarantor');
  const { kind, name, maySpeak, contact = null, note = null } = input;
  const columns = { kind, name, otherDebtorId: other, contact, maySpeak, note };
  const relationId = input.relationId ?? context.newId();
  if (input.relationId === undefined) {
    db.insert('relation', {
      id: relationId,
      debtorId: debtor.id,
      ...columns,
      createdAt: context.now,
    });
  } else {
    requireOwn(db, relationId, debtor.id);
    db.update('relation', relationId, columns);
  }
  const { personId } = input;
  leaveTrace(db, context, { debtorId: debtor.id, personId, what: 'relation.saved', name, kind });
  return { relationId, debtorId: debtor.id };
}

interface RelationRow {
  id: string;
  debtorId: string;
  kind: string;
  name: string;
}

function requireRelation(db: WriteDb, relationId: string): RelationRow {
  return requireRow<RelationRow>(
    db,
    'SELECT id, debtorId, kind, name FROM relation WHERE id = ? AND deletedAt IS NULL',
    relationId,
  );
}

function requireOwn(db: WriteDb, relationId: string, debtorId: string): void {
  if (requireRelation(db, relationId).debtorId === debtorId) return;
  throw new AppError('contract.not-found', 'this relation is on another card');
}

function removeRelation(
  db: WriteDb,
  context: WriteContext,
  input: { relationId: string; personId: string | null },
): { debtorId: string } {
  const { debtorId, kind, name } = requireRelation(db, input.relationId);
  db.remove('relation', input.relationId);
  const { personId } = input;
  leaveTrace(db, context, { debtorId, personId, what: 'relation.removed', name, kind });
  return { debtorId };
}
