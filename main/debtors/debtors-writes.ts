import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../store/index.ts';
import { addInteractionContent, insertInteraction } from './history/interaction-writes.ts';
import {
  insertPortfolio,
  type NewPortfolio,
  removePortfolio,
  removePortfolioChunk,
} from './writes/portfolio-writes.ts';

/** Writes of this area, for the writer thread. */
export const debtorsWrites = {
  'debtor.addNote': addNote,
  'debtor.createPortfolio': (db: WriteDb, context: WriteContext, input: NewPortfolio) => ({
    portfolioId: insertPortfolio(db, context, input),
  }),
  'debtor.removePortfolio': removePortfolio,
  'debtor.removePortfolioChunk': removePortfolioChunk,
} satisfies WriteMap;

/** @throws AppError `contract.not-found` */
function addNote(
  db: WriteDb,
  context: WriteContext,
  input: { debtorId: string; text: string; personId: string | null },
): { interactionId: string } {
  const debtor = db.get<{ synthetic: number }>(
    'SELECT synthetic FROM debtor WHERE id = ? AND deletedAt IS NULL',
    input.debtorId,
  );
  if (!debtor) throw new AppError('contract.not-found', 'no such debtor');
  const interactionId = insertInteraction(db, context, {
    debtorId: input.debtorId,
    channel: 'note',
    direction: 'out',
    personId: input.personId,
    synthetic: debtor.synthetic === 1,
  });
  addInteractionContent(db, context, interactionId, 'note', input.text);
  return { interactionId };
}
