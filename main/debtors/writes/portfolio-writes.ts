import type { PriorContact } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';

export interface NewPortfolio {
  name: string;
  creditorName: string;
  /** made-up data, shown as such */
  synthetic?: boolean;
  /** absent: `unknown`; nobody was ever called about made-up debts */
  priorContact?: PriorContact | undefined;
}

/** @returns the id */
export function insertPortfolio(db: WriteDb, context: WriteContext, input: NewPortfolio): string {
  const id = context.newId();
  db.insert('portfolio', {
    id,
    name: input.name,
    creditorName: input.creditorName,
    synthetic: input.synthetic ?? false,
    priorContact: input.synthetic ? 'none' : (input.priorContact ?? 'unknown'),
    createdAt: context.now,
  });
  return id;
}

/**
 * Takes a portfolio off the lists. Its debtors follow in `removePortfolioChunk`, so that a large one
 * does not hold up calls.
 * @returns how many debtors it has
 * @throws AppError `contract.not-found`; `debtor.portfolio-in-use` while a campaign may dial it
 */
export function removePortfolio(
  db: WriteDb,
  _context: WriteContext,
  input: { portfolioId: string },
): { debtors: number } {
  const { portfolioId } = input;
  const known = db.get('SELECT 1 FROM portfolio WHERE id = ? AND deletedAt IS NULL', portfolioId);
  if (!known) throw new AppError('contract.not-found', 'no such portfolio');
  const campaign = db.get<{ id: string; name: string }>(
    `SELECT id, name FROM campaign WHERE portfolioId = ? AND deletedAt IS NULL
       AND status IN ('draft', 'running', 'paused') LIMIT 1`,
    portfolioId,
  );
  if (campaign) {
    throw new AppError('debtor.portfolio-in-use', 'a campaign uses this portfolio', {
      details: { campaignId: campaign.id, campaignName: campaign.name },
    });
  }
  db.remove('portfolio', portfolioId);
  const counted = db.get<{ debtors: number }>(
    'SELECT count(*) AS debtors FROM debtor WHERE portfolioId = ? AND deletedAt IS NULL',
    portfolioId,
  );
  return { debtors: counted?.debtors ?? 0 };
}

/** some milliseconds of work: a call waits for one chunk at most */
const DEBTORS_IN_A_CHUNK = 20;

/**
 * Tombstones some debtors of a removed portfolio with their debts and contact points. Their history
 * stays: it is evidence, with a retention of its own.
 * @returns whether it has to be called again
 */
export function removePortfolioChunk(
  db: WriteDb,
  _context: WriteContext,
  input: { portfolioId: string },
): { more: boolean } {
  const debtors = db.all<{ id: string }>(
    'SELECT id FROM debtor WHERE portfolioId = ? AND deletedAt IS NULL LIMIT ?',
    input.portfolioId,
    DEBTORS_IN_A_CHUNK,
  );
  const chunk = db.beginChunk('remove portfolio');
  for (const { id } of debtors) {
    removeAllOf(db, 'debt', id);
    removeAllOf(db, 'contactPoint', id);
    db.remove('debtor', id);
  }
  chunk.end();
  return { more: debtors.length === DEBTORS_IN_A_CHUNK };
}

const OWNED = {
  debt: 'SELECT id FROM debt WHERE debtorId = ? AND deletedAt IS NULL',
  contactPoint: 'SELECT id FROM contactPoint WHERE debtorId = ? AND deletedAt IS NULL',
} as const;

function removeAllOf(db: WriteDb, table: keyof typeof OWNED, debtorId: string): void {
  for (const { id } of db.all<{ id: string }>(OWNED[table], debtorId)) db.remove(table, id);
}
