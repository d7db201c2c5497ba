import type { CallbackRow } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';

export type CallbackView = Unbranded<CallbackRow>;
type Row = Omit<CallbackView, 'timeZone'> & { timeZonesJson: string };

const SELECT = `SELECT b.id AS callbackId, b.debtorId, d.displayName, b.at, d.timeZonesJson, b.personId,
    p.displayName AS agentName, b.contactPointId, c.value AS number, b.campaignId, b.status,
    (SELECT t.text FROM interactionContent t WHERE t.interactionId = b.interactionId AND t.kind = 'note'
      AND t.erasedAt IS NULL LIMIT 1) AS note, b.createdAt
  FROM callback b JOIN debtor d ON d.id = b.debtorId LEFT JOIN person p ON p.id = b.personId
  LEFT JOIN contactPoint c ON c.id = b.contactPointId`;

export function loadCallback(read: ReadDb, callbackId: string): CallbackView | null {
  const row = read.get<Row>(`${SELECT} WHERE b.id = ?`, callbackId);
  return row ? toView(row) : null;
}

export interface CallbackQuery {
  /** theirs and everybody's; null: of all people */
  personId: string | null;
  debtorId?: string | undefined;
  until?: number | undefined;
  limit: number;
}

/** Open ones, the earliest first. */
export function listCallbacks(read: ReadDb, query: CallbackQuery, now: number) {
  const rows = read.all<Row>(
    `${SELECT} WHERE b.status = 'open' AND b.at <= ? AND b.deletedAt IS NULL AND d.deletedAt IS NULL
       AND (? IS NULL OR b.personId IS NULL OR b.personId = ?) AND (? IS NULL OR b.debtorId = ?)
     ORDER BY b.at, b.id LIMIT ?`,
    query.until ?? Number.MAX_SAFE_INTEGER,
    query.personId,
    query.personId,
    query.debtorId ?? null,
    query.debtorId ?? null,
    query.limit,
  );
  const due = read.get<{ count: number }>(
    `SELECT count(*) AS count FROM callback b JOIN debtor d ON d.id = b.debtorId
     WHERE b.status = 'open' AND b.at <= ? AND b.deletedAt IS NULL AND d.deletedAt IS NULL
       AND (? IS NULL OR b.personId IS NULL OR b.personId = ?)`,
    now,
    query.personId,
    query.personId,
  );
  return { callbacks: rows.map(toView), dueNow: due?.count ?? 0 };
}

function toView({ timeZonesJson, ...row }: Row): CallbackView {
  return { ...row, timeZone: (JSON.parse(timeZonesJson) as string[])[0] ?? 'UTC' };
}
