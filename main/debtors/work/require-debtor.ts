import { AppError } from '#shared/errors/index.ts';
import type { ReadDb } from '../../store/index.ts';
import { localDate } from '../local-date.ts';

export interface WorkedDebtor {
  id: string;
  portfolioId: string | null;
  kind: 'person' | 'company';
  displayName: string;
  jurisdiction: string;
  country: string | null;
  timeZones: string[];
  synthetic: boolean;
  /** the date where the debtor lives */
  today: string;
}

interface Row {
  id: string;
  portfolioId: string | null;
  kind: 'person' | 'company';
  displayName: string;
  jurisdiction: string;
  country: string | null;
  timeZonesJson: string;
  synthetic: number;
}

/**
 * The debtor that an id stands for: the one that was kept, where it was merged into another.
 * @returns null when there is none
 */
export function keptDebtorId(db: ReadDb, debtorId: string): string | null {
  let id = debtorId;
  // a chain longer than this is no chain of merges
  for (let hops = 0; hops < 50; hops += 1) {
    const row = db.get<{ mergedInto: string | null; deletedAt: number | null }>(
      'SELECT mergedInto, deletedAt FROM debtor WHERE id = ?',
      id,
    );
    if (!row) return null;
    if (row.mergedInto === null) return row.deletedAt === null ? id : null;
    id = row.mergedInto;
  }
  return null;
}

/** @throws AppError `contract.not-found` */
export function requireDebtor(db: ReadDb, debtorId: string, now: number): WorkedDebtor {
  const id = keptDebtorId(db, debtorId);
  const row =
    id === null
      ? undefined
      : db.get<Row>(
          `SELECT id, portfolioId, kind, displayName, jurisdiction, country, timeZonesJson, synthetic
           FROM debtor WHERE id = ?`,
          id,
        );
  if (!row) throw new AppError('contract.not-found', 'no such debtor');
  const { timeZonesJson, synthetic, ...columns } = row;
  const timeZones = JSON.parse(timeZonesJson) as string[];
  return {
    ...columns,
    timeZones,
    synthetic: synthetic === 1,
    today: localDate(now, timeZones[0] ?? 'UTC'),
  };
}

/** One live row of a table by id. The text of the query is constant for each caller. @throws AppError `contract.not-found` */
export function requireRow<Row>(db: ReadDb, sql: string, id: string): Row {
  const row = db.get<Row>(sql, id);
  if (!row) throw new AppError('contract.not-found', 'no such row');
  return row;
}
