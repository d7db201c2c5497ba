import type { WriteContext, WriteDb, WriteMap } from '../store/index.ts';
import { addInteractionContent, insertInteraction } from './history/interaction-writes.ts';
import { requireDebtor } from './work/require-debtor.ts';
import {
  insertPortfolio,
  type NewPortfolio,
  removePortfolio,
  removePortfolioChunk,
} from './writes/portfolio-writes.ts';
import { setPriorContact } from './writes/prior-contact.ts';

/** Writes of this area, for the writer thread. */
export const debtorsWrites = {
  'debtor.addNote': addNote,
  'debtor.createPortfolio': (db: WriteDb, context: WriteContext, input: NewPortfolio) => ({
    portfolioId: insertPortfolio(db, context, input),
  }),
  'debtor.removePortfolio': removePortfolio,
  'debtor.removePortfolioChunk': removePortfolioChunk,
  'debtor.setPriorContact': setPriorContact,
} satisfies WriteMap;

/** @throws AppError `contract.not-found` */
function addNote(
  db: WriteDb,
  context: WriteContext,
  input: { debtorId: string; text: string; personId: string | null },
): { interactionId: string } {
  const debtor = requireDebtor(db, input.debtorId, context.now);
  const interactionId = insertInteraction(db, context, {
    debtorId: debtor.id,
    channel: 'note',
    direction: 'out',
    personId: input.personId,
    synthetic: debtor.synthetic,
  });
  addInteractionContent(db, context, interactionId, 'note', input.text);
  return { interactionId };
}
