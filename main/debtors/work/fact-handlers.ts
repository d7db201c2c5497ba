import type { Handlers } from '../../contract-server/types.ts';
import { findCandidates } from '../merge/find-candidates.ts';
import { previewMerge } from '../merge/preview-merge.ts';
import type { DebtorWorkParts, Work } from './work-context.ts';
import { workWrites } from './work-writes.ts';

export function factHandlers(work: Work): Handlers {
  return {
    'relation.save': async (input, context) => {
      const { relationId } = await work('relation.save', input, context);
      return { relationId };
    },
    'relation.remove': async (input, context) => {
      await work('relation.remove', input, context);
      return {};
    },
    'consent.record': async (input, context) => {
      const { consentId } = await work('consent.record', input, context);
      return { consentId };
    },
    'consent.withdraw': async (input, context) => {
      await work('consent.withdraw', input, context);
      return {};
    },
    'flag.set': async (input, context) => {
      const { holdId } = await work('flag.set', input, context);
      return { holdId };
    },
    'flag.lift': async (input, context) => {
      await work('flag.lift', input, context);
      return {};
    },
    'flag.explain': async (input, context) => {
      await work('flag.explain', input, context);
      return {};
    },
    'debtor.edit': async (input, context) => {
      await work('debtor.edit', input, context);
      return {};
    },
    'debt.edit': async (input, context) => {
      await work('debt.edit', input, context);
      return {};
    },
  };
}

export function mergeHandlers(
  { store, clock }: DebtorWorkParts,
  work: Work,
  announce: (debtorId: string) => void,
): Handlers {
  return {
    'merge.find-candidates': (input) => ({
      candidates: store.read.snapshot(() => findCandidates(store.read, input, clock.now())),
    }),
    'merge.preview': (input) => store.read.snapshot(() => previewMerge(store.read, input)),
    'merge.commit': async (input, context) => {
      const merged = await work('merge.commit', input, context);
      announce(input.mergedDebtorId);
      return merged;
    },
    'merge.undo': async (input, { principal, commandId }) => {
      const undone = await store.write(
        workWrites,
        'merge.undo',
        { ...input, personId: principal.personId },
        commandId === null ? {} : { commandId },
      );
      announce(undone.keptDebtorId);
      announce(undone.restoredDebtorId);
      return undone;
    },
  };
}
