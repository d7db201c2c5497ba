import { AppError } from '#shared/errors/index.ts';
import type { ReadDb } from '../../store/index.ts';

/** @throws AppError `contract.not-found` for a number or address of somebody else */
export function assertOwnContactPoint(db: ReadDb, debtorId: string, contactPointId: string): void {
  const row = db.get(
    'SELECT 1 FROM contactPoint WHERE id = ? AND debtorId = ? AND deletedAt IS NULL',
    contactPointId,
    debtorId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such contact point of this debtor');
}

/** @throws AppError `contract.not-found` for a debt of somebody else */
export function assertOwnDebt(db: ReadDb, debtorId: string, debtId: string): void {
  const row = db.get(
    'SELECT 1 FROM debt WHERE id = ? AND debtorId = ? AND deletedAt IS NULL',
    debtId,
    debtorId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such debt of this debtor');
}
