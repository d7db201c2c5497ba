import type { CommandOutput } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';

type WriteOffList = Unbranded<CommandOutput<'write-off.list'>>;

export interface WriteOffQuery {
  status?: 'proposed' | 'approved' | 'rejected' | 'withdrawn' | undefined;
  debtorId?: string | undefined;
  before?: string | undefined;
  limit: number;
}

/** Newest first: what waits for a decision, with what the debt is now. */
export function listWriteOffs(read: ReadDb, query: WriteOffQuery): WriteOffList {
  const where = ['w.deletedAt IS NULL', 'd.deletedAt IS NULL'];
  const params: unknown[] = [];
  const add = (condition: string, value: unknown) => {
    where.push(condition);
    params.push(value);
  };
  if (query.status !== undefined) add('w.status = ?', query.status);
  if (query.debtorId !== undefined) add('w.debtorId = ?', query.debtorId);
  if (query.before !== undefined) {
    add(
      '(w.createdAt, w.id) < (SELECT x.createdAt, x.id FROM writeOff x WHERE x.id = ?)',
      query.before,
    );
  }
  const rows = read.all<WriteOffList['writeOffs'][number]>(
    `SELECT w.id AS writeOffId, w.debtorId, w.debtId, w.amountMinor, w.currency, w.reason, w.status,
       p.displayName AS proposedByName, w.proposedBy, q.displayName AS decidedByName, w.decidedAt,
       w.decisionNote, w.createdAt, d.displayName, b.externalRef AS debtRef, b.creditorName, b.balanceMinor
     FROM writeOff w JOIN debtor d ON d.id = w.debtorId JOIN debt b ON b.id = w.debtId
     LEFT JOIN person p ON p.id = w.proposedBy LEFT JOIN person q ON q.id = w.decidedBy
     WHERE ${where.join(' AND ')} ORDER BY w.createdAt DESC, w.id DESC LIMIT ?`,
    ...params,
    query.limit + 1,
  );
  const waiting = read.get<{ count: number }>(
    `SELECT count(*) AS count FROM writeOff w JOIN debtor d ON d.id = w.debtorId
     WHERE w.status = 'proposed' AND w.deletedAt IS NULL AND d.deletedAt IS NULL`,
  );
  return {
    writeOffs: rows.slice(0, query.limit),
    more: rows.length > query.limit,
    proposedTotal: waiting?.count ?? 0,
  };
}
