import type { ReadDb } from '../../store/index.ts';

export interface NumberMatch {
  debtorId: string;
  contactPointId: string;
  displayName: string;
  portfolioId: string | null;
  status: string;
}

/**
 * Debtors who have this number, the likeliest first: a number that is in use, then the debtor we
 * spoke with last. A family may share one, so there may be several.
 */
export function findDebtorsByNumber(read: ReadDb, e164: string): NumberMatch[] {
  return read.all<NumberMatch>(
    `SELECT p.debtorId, p.id AS contactPointId, d.displayName, d.portfolioId, p.status
     FROM contactPoint p JOIN debtor d ON d.id = p.debtorId AND d.deletedAt IS NULL
     WHERE p.value = ? AND p.deletedAt IS NULL AND p.kind IN ('mobile', 'home', 'work', 'other')
     ORDER BY p.status <> 'active',
       (SELECT max(i.at) FROM interaction i WHERE i.debtorId = p.debtorId) DESC, p.id
     LIMIT 20`,
    e164,
  );
}
