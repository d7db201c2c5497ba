import type { RankedEntries } from '../../debtors/list/strategy/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/types.ts';

/** All of a list has its places under a revision. */
export interface RankingMark {
  campaignId: string;
  revision: string;
  /** epoch ms */
  startedAt: number;
  /** epoch ms */
  finishedAt: number;
  /** of the last entry */
  position: number;
}

export interface RankingChunk extends RankedEntries {
  mark: RankingMark | null;
}

interface EntryRow {
  debtorId: string;
  status: string;
  doneReason: string | null;
  attempts: number;
}

/**
 * Puts down places in the order of a strategy. They are not logged: they follow from other rows of this file. Who promised
 * to pay leaves every list, and comes back when the promise is no longer open and something is still owed; both are logged,
 * for they are what became of the entry.
 */
export const rankingWrites = {
  'ranking.apply': (db: WriteDb, context: WriteContext, chunk: RankingChunk): void => {
    for (const [entryId, rank, excluded] of chunk.ranked)
      db.run(
        'UPDATE contactListEntry SET rank = ?, excluded = ? WHERE id = ?',
        rank,
        excluded,
        entryId,
      );
    for (const entryId of chunk.promised) leaveForPromise(db, context, entryId);
    for (const entryId of chunk.returned) comeBack(db, context, entryId);
    if (chunk.mark !== null) keepMark(db, chunk.mark);
  },
} satisfies WriteMap;

function leaveForPromise(db: WriteDb, context: WriteContext, entryId: string): void {
  const entry = load(db, entryId);
  const isOpen = entry?.status === 'pending' || entry?.status === 'waiting';
  if (!entry || !isOpen || !hasOpenPromise(db, entry.debtorId)) return;
  const columns = { status: 'done', doneReason: 'promise', updatedAt: context.now };
  db.update('contactListEntry', entryId, columns);
}

function comeBack(db: WriteDb, context: WriteContext, entryId: string): void {
  const entry = load(db, entryId);
  if (entry?.status !== 'done' || entry.doneReason !== 'promise') return;
  if (hasOpenPromise(db, entry.debtorId)) return;
  const status = entry.attempts === 0 ? 'pending' : 'waiting';
  db.update('contactListEntry', entryId, { status, doneReason: null, updatedAt: context.now });
}

function load(db: WriteDb, entryId: string): EntryRow | undefined {
  return db.get<EntryRow>(
    'SELECT debtorId, status, doneReason, attempts FROM contactListEntry WHERE id = ?',
    entryId,
  );
}

function hasOpenPromise(db: WriteDb, debtorId: string): boolean {
  return (
    db.get(
      `SELECT 1 FROM promiseToPay INDEXED BY promiseDebtor WHERE debtorId = ? AND status = 'open' AND deletedAt IS NULL LIMIT 1`,
      debtorId,
    ) !== undefined
  );
}

function keepMark(db: WriteDb, mark: RankingMark): void {
  db.run(
    `INSERT INTO campaignRanking (campaignId, revision, startedAt, finishedAt, position) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (campaignId) DO UPDATE SET revision = excluded.revision, startedAt = excluded.startedAt,
        finishedAt = excluded.finishedAt, position = excluded.position`,
    mark.campaignId,
    mark.revision,
    mark.startedAt,
    mark.finishedAt,
    mark.position,
  );
}
