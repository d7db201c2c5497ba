import { AppError } from '#shared/errors/index.ts';
import type { ReadDb } from '../../store/index.ts';
import { keptDebtorId } from '../work/require-debtor.ts';
import { conditionsOf, type HistoryQuery } from './history-query.ts';
import {
  completeHistory,
  type HistoryHead,
  type HistoryItem,
  selectHistoryHead,
} from './history-rows.ts';

/**
 * One page of a debtor's history, newest first. The id of a merged debtor stands for the one that was kept.
 * @throws AppError `contract.not-found` when `before` is not in this history
 */
export function loadHistory(
  read: ReadDb,
  query: HistoryQuery,
): { items: HistoryItem[]; more: boolean } {
  const debtorId = keptDebtorId(read, query.debtorId) ?? query.debtorId;
  const conditions = conditionsOf(read, { ...query, debtorId });
  if (query.before !== undefined) {
    const at = positionOf(read, debtorId, query.before);
    conditions.push(['(i.at, i.id) < (?, ?)', at, query.before]);
  }
  const heads = read.all<HistoryHead>(
    `${selectHistoryHead} WHERE ${conditions.map(([sql]) => sql).join(' AND ')}
     ORDER BY i.at DESC, i.id DESC LIMIT ?`,
    ...conditions.flatMap(([, ...params]) => params),
    query.limit + 1,
  );
  const more = heads.length > query.limit;
  return { items: completeHistory(read, heads.slice(0, query.limit)), more };
}

/** One item, as it is announced after it was added; null when it is unknown. */
export function loadInteraction(read: ReadDb, interactionId: string): HistoryItem | null {
  const head = read.get<HistoryHead>(`${selectHistoryHead} WHERE i.id = ?`, interactionId);
  return head ? (completeHistory(read, [head])[0] ?? null) : null;
}

function positionOf(read: ReadDb, debtorId: string, interactionId: string): number {
  const row = read.get<{ at: number }>(
    'SELECT at FROM interaction WHERE id = ? AND debtorId = ?',
    interactionId,
    debtorId,
  );
  if (!row) throw new AppError('contract.not-found', 'this is not in the history of this debtor');
  return row.at;
}
