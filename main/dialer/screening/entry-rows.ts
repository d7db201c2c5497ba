import type { ReadDb } from '../../store/types.ts';
import type { RefusedBy } from './list-counts.ts';

/** An entry with what the store says of it now. */
export interface EntryRow {
  id: string;
  campaignId: string;
  debtorId: string;
  position: number;
  status: string;
  blockedUntil: number;
  blockedRule: string | null;
  blockedPack: string | null;
  blockedBecause: string | null;
}

const COLUMNS = `id, campaignId, debtorId, position, status, blockedUntil, blockedRule, blockedPack, blockedBecause`;

/** The next entries of a list in its order, whatever their status. */
export function entriesAfter(
  read: ReadDb,
  campaignId: string,
  position: number,
  limit: number,
): EntryRow[] {
  return read.all<EntryRow>(
    `SELECT ${COLUMNS} FROM contactListEntry WHERE campaignId = ? AND position > ? ORDER BY position LIMIT ?`,
    campaignId,
    position,
    limit,
  );
}

export function entriesOf(read: ReadDb, ids: readonly string[]): EntryRow[] {
  return read.all<EntryRow>(
    `SELECT ${COLUMNS} FROM contactListEntry WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );
}

export function entriesOfDebtors(read: ReadDb, debtorIds: readonly string[]): EntryRow[] {
  return read.all<EntryRow>(
    `SELECT ${COLUMNS} FROM contactListEntry
      WHERE debtorId IN (SELECT value FROM json_each(?)) AND status IN ('pending','waiting')`,
    JSON.stringify(debtorIds),
  );
}

export function isOpenEntry({ status }: EntryRow): boolean {
  return status === 'pending' || status === 'waiting';
}

export function refusedBy(row: EntryRow): RefusedBy | null {
  if (row.blockedRule === null) return null;
  const { blockedRule: rule, blockedPack: pack, blockedBecause: because } = row;
  return { rule, pack: pack ?? '', because: because ?? '' };
}
