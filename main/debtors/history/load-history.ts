import type { Channel } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { foldText } from '#shared/util/index.ts';
import type { ReadDb } from '../../store/index.ts';
import {
  completeHistory,
  type HistoryHead,
  type HistoryItem,
  selectHistoryHead,
} from './history-rows.ts';

export interface HistoryQuery {
  debtorId: string;
  /** the last one known: what is older follows */
  before?: string | undefined;
  limit: number;
  channels?: readonly Channel[] | undefined;
  /** in texts, numbers and names of agents; without case and diacritics */
  search?: string | undefined;
}

/**
 * One page of a debtor's history, newest first.
 * @throws AppError `contract.not-found` when `before` is not in this history
 */
export function loadHistory(
  read: ReadDb,
  query: HistoryQuery,
): { items: HistoryItem[]; more: boolean } {
  const where = ['i.debtorId = ?'];
  const params: unknown[] = [query.debtorId];
  if (query.before !== undefined) {
    where.push('(i.at, i.id) < (?, ?)');
    params.push(positionOf(read, query.debtorId, query.before), query.before);
  }
  if (query.channels !== undefined) {
    where.push('i.channel IN (SELECT value FROM json_each(?))');
    params.push(JSON.stringify(query.channels));
  }
  const term = foldText(query.search ?? '');
  if (term !== '') {
    where.push(MATCHES);
    params.push(term, compactNumber(term), term, term);
  }
  const heads = read.all<HistoryHead>(
    `${selectHistoryHead} WHERE ${where.join(' AND ')} ORDER BY i.at DESC, i.id DESC LIMIT ?`,
    ...params,
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

const MATCHES = `(
  EXISTS (SELECT 1 FROM interactionContent t
    WHERE t.interactionId = i.id AND t.erasedAt IS NULL AND instr(fold_text(t.text), ?) > 0)
  OR instr(fold_text(i.peer), ?) > 0
  OR instr(fold_text(p.displayName), ?) > 0
  OR EXISTS (SELECT 1 FROM interactionEvent e JOIN person a ON a.id = e.personId
    WHERE e.interactionId = i.id AND instr(fold_text(a.displayName), ?) > 0))`;

function positionOf(read: ReadDb, debtorId: string, interactionId: string): number {
  const row = read.get<{ at: number }>(
    'SELECT at FROM interaction WHERE id = ? AND debtorId = ?',
    interactionId,
    debtorId,
  );
  if (!row) throw new AppError('contract.not-found', 'this is not in the history of this debtor');
  return row.at;
}

/** "501 234-567" as it stands in an E.164 number; other text as it is. */
function compactNumber(term: string): string {
  return /^[+\d\s()./-]+$/.test(term) ? term.replace(/[\s()./-]/g, '') : term;
}
