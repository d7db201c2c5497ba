import type { ContactOverride } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import { parseRules } from '../door/override-rules.ts';

export type ShownOverride = Unbranded<ContactOverride>;

type Row = Omit<ShownOverride, 'blockedBy'> & { rulesJson: string };

const columns = `o.id AS overrideId, o.debtorId, d.displayName, o.contactPointId, c.value, o.channel, o.rulesJson, o.state,
  o.requestedBy, asker.displayName AS requestedByName, o.requestedAt, o.requestReason,
  decider.displayName AS decidedByName, o.decidedAt, o.reason, o.expiresAt, o.usedAt
  FROM contactOverride o JOIN debtor d ON d.id = o.debtorId
  LEFT JOIN contactPoint c ON c.id = o.contactPointId
  LEFT JOIN person asker ON asker.id = o.requestedBy LEFT JOIN person decider ON decider.id = o.decidedBy`;

/** @throws AppError `contract.not-found` */
export function loadOverride(db: ReadDb, overrideId: string): ShownOverride {
  const row = db.get<Row>(`SELECT ${columns} WHERE o.id = ? AND o.deletedAt IS NULL`, overrideId);
  if (!row) throw new AppError('contract.not-found', 'no such override');
  return shown(row);
}

export interface OverrideFilter {
  state: ShownOverride['state'] | null;
  debtorId: string | null;
  /** only those that this person asked for; null: of everybody */
  requestedBy: string | null;
  limit: number;
}

const filter = `o.deletedAt IS NULL AND (? IS NULL OR o.state = ?) AND (? IS NULL OR o.requestedBy = ?)
  ORDER BY o.requestedAt DESC, o.id DESC LIMIT ?`;

/** Newest first. */
export function listOverrides(
  db: ReadDb,
  { state, debtorId, requestedBy, limit }: OverrideFilter,
): ShownOverride[] {
  const filters = [state, state, requestedBy, requestedBy, limit];
  const rows =
    debtorId === null
      ? db.all<Row>(`SELECT ${columns} WHERE ${filter}`, ...filters)
      : db.all<Row>(`SELECT ${columns} WHERE o.debtorId = ? AND ${filter}`, debtorId, ...filters);
  return rows.map(shown);
}

function shown({ rulesJson, ...row }: Row): ShownOverride {
  return { ...row, blockedBy: parseRules(rulesJson) };
}
