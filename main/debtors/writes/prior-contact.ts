import type { PriorContact } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';

interface Asked {
  portfolioId: string;
  priorContact: PriorContact;
  personId: string | null;
}

/** What is known of contacts before us decides how many are left of each cap. @throws AppError `contract.not-found` */
export function setPriorContact(
  db: WriteDb,
  context: WriteContext,
  { portfolioId, priorContact, personId }: Asked,
): Record<string, never> {
  const row = db.get<{ priorContact: string }>(
    'SELECT priorContact FROM portfolio WHERE id = ? AND deletedAt IS NULL',
    portfolioId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such portfolio');
  if (row.priorContact === priorContact) return {};
  db.update('portfolio', portfolioId, { priorContact });
  const details = { portfolioId, before: row.priorContact, priorContact };
  insertAuditEntry(db, context, { action: 'debtor.prior-contact-set', personId, details });
  return {};
}

/** A history was imported for a portfolio: its contacts are known now, unless a person says otherwise. */
export function historyImported(
  db: WriteDb,
  context: WriteContext,
  importJobId: string,
  told: PriorContact = 'imported',
): void {
  const job = db.get<{ portfolioId: string; personId: string | null }>(
    `SELECT j.portfolioId, j.personId FROM importJob j JOIN portfolio p ON p.id = j.portfolioId
     WHERE j.id = ? AND j.kind = 'agencyHistory' AND j.imported + j.unchanged > 0 AND p.deletedAt IS NULL`,
    importJobId,
  );
  if (job) setPriorContact(db, context, { ...job, priorContact: told });
}

/** The history was taken back: nobody knows any more what there was. */
export function historyUndone(
  db: WriteDb,
  context: WriteContext,
  portfolioId: string | null,
): void {
  const known = db.get(
    "SELECT 1 FROM portfolio WHERE id = ? AND priorContact = 'imported' AND deletedAt IS NULL",
    portfolioId,
  );
  if (portfolioId === null || !known) return;
  setPriorContact(db, context, { portfolioId, priorContact: 'unknown', personId: null });
}
