import type { z } from 'zod';
import type { mergeSide } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { maskNationalId } from '../mask-national-id.ts';

export type MergeSide = Unbranded<z.infer<typeof mergeSide>>;

/** A debtor as one chooses whom to merge. @throws AppError `contract.not-found` */
export function loadMergeSide(read: ReadDb, debtorId: string): MergeSide {
  const row = read.get<Omit<MergeSide, 'nationalIdMasked'> & { nationalId: string | null }>(
    `SELECT d.id AS debtorId, d.displayName, d.externalRef, p.name AS portfolioName, d.city, d.nationalId,
       (SELECT count(*) FROM debt b WHERE b.debtorId = d.id AND b.deletedAt IS NULL) AS debts,
       (SELECT count(*) FROM contactPoint c WHERE c.debtorId = d.id AND c.deletedAt IS NULL) AS contactPoints,
       (SELECT count(*) FROM interaction i WHERE i.debtorId = d.id) AS interactions
     FROM debtor d LEFT JOIN portfolio p ON p.id = d.portfolioId WHERE d.id = ?`,
    debtorId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such debtor');
  const { nationalId, ...side } = row;
  return { ...side, nationalIdMasked: maskNationalId(nationalId) };
}
