import { people } from '#shared/contract/index.ts';
import { AppError, invariant } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Audience, Handler, Handlers, Publisher } from '../contract-server/types.ts';
import type { Store } from '../store/index.ts';
import { loadCard, type PermissionsFor } from './card/load-card.ts';
import { debtorsWrites } from './debtors-writes.ts';
import { loadHistory, loadInteraction } from './history/load-history.ts';

export interface DebtorsParts {
  store: Store;
  clock: Clock;
  /** the door of contact rules, asked about a call by hand now; it reserves nothing */
  door: PermissionsFor;
  publisher: Publisher;
}

export interface Debtors {
  handlers: Handlers;
  /** goes on with removals that an earlier run of the engine did not finish */
  resumeRemovals(): Promise<void>;
}

const EVERYBODY_AT_WORK: Audience = { kind: 'roles', roles: people };

/** Commands `debtor.*`. */
export function createDebtors(parts: DebtorsParts): Debtors {
  const { store, clock } = parts;
  return {
    handlers: {
      'debtor.card': ({ debtorId }) => {
        const card = loadCard(store.read, debtorId, {
          now: clock.now(),
          permissionsFor: parts.door,
        });
        if (!card) throw new AppError('contract.not-found', 'no such debtor');
        return card;
      },
      'debtor.history': (input) => store.read.snapshot(() => loadHistory(store.read, input)),
      'debtor.add-note': addNote(parts),
      'debtor.delete-portfolio': deletePortfolio(parts),
      'debtor.set-prior-contact': setPriorContact(parts),
    },
    resumeRemovals: () => resumeRemovals(store),
  };
}

function addNote({ store, publisher }: DebtorsParts): Handler<'debtor.add-note'> {
  return async ({ debtorId, text }, { principal, commandId }) => {
    const { interactionId } = await store.write(
      debtorsWrites,
      'debtor.addNote',
      { debtorId, text, personId: principal.personId },
      commandId === null ? {} : { commandId },
    );
    const interaction = loadInteraction(store.read, interactionId);
    invariant(interaction, 'a note that was written can be read');
    publisher.publish('debtor.interaction-added', { debtorId, interaction }, EVERYBODY_AT_WORK);
    return interaction;
  };
}

function deletePortfolio({ store }: DebtorsParts): Handler<'debtor.delete-portfolio'> {
  return async ({ portfolioId }, { commandId }) => {
    const removed = await store.write(
      debtorsWrites,
      'debtor.removePortfolio',
      { portfolioId },
      commandId === null ? {} : { commandId },
    );
    await removeDebtorsOf(store, portfolioId);
    return removed;
  };
}

/** More or fewer contacts are left of each cap: as when rules change. */
function setPriorContact({ store, publisher }: DebtorsParts): Handler<'debtor.set-prior-contact'> {
  return async (input, { principal, commandId }) => {
    const { personId } = principal;
    const options = commandId === null ? {} : { commandId };
    await store.write(debtorsWrites, 'debtor.setPriorContact', { ...input, personId }, options);
    publisher.publish('rules.changed', { personId }, EVERYBODY_AT_WORK);
    return {};
  };
}

/** As an import does: a chunk at a time, behind everything else. */
async function removeDebtorsOf(store: Store, portfolioId: string): Promise<void> {
  let more = true;
  while (more) {
    const input = { portfolioId };
    const options = { priority: 'import' } as const;
    ({ more } = await store.write(debtorsWrites, 'debtor.removePortfolioChunk', input, options));
  }
}

async function resumeRemovals(store: Store): Promise<void> {
  const unfinished = store.read.all<{ id: string }>(
    `SELECT p.id FROM portfolio p WHERE p.deletedAt IS NOT NULL
       AND EXISTS (SELECT 1 FROM debtor d WHERE d.portfolioId = p.id AND d.deletedAt IS NULL)`,
  );
  for (const { id } of unfinished) await removeDebtorsOf(store, id);
}
