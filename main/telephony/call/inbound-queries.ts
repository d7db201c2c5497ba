import type { ReadDb } from '../../store/types.ts';

export interface MissedRow {
  missedInboundId: string;
  at: number;
  number: string | null;
  debtorId: string | null;
  debtorName: string | null;
  reason: 'noAgent' | 'hungUp' | 'rejected';
  resolvedAt: number | null;
}

const SELECT = `SELECT m.id AS missedInboundId, m.at, m.number, m.debtorId, d.displayName AS debtorName, m.reason,
  m.resolvedAt FROM missedInbound m LEFT JOIN debtor d ON d.id = m.debtorId WHERE m.deletedAt IS NULL`;

/** Newest first; the work list holds those that nobody has called back yet. */
export function listMissed(db: ReadDb, includeResolved: boolean): MissedRow[] {
  return includeResolved
    ? db.all<MissedRow>(`${SELECT} ORDER BY m.at DESC LIMIT 500`)
    : db.all<MissedRow>(`${SELECT} AND m.resolvedAt IS NULL ORDER BY m.at DESC LIMIT 500`);
}

export function findMissed(db: ReadDb, missedInboundId: string): MissedRow | null {
  return db.get<MissedRow>(`${SELECT} AND m.id = ?`, missedInboundId) ?? null;
}

export function countMissed(db: ReadDb): number {
  const row = db.get<{ n: number }>(
    'SELECT COUNT(*) AS n FROM missedInbound WHERE resolvedAt IS NULL AND deletedAt IS NULL',
  );
  return row?.n ?? 0;
}
