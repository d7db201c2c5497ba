import { AppError } from '#shared/errors/index.ts';
import type { Handlers } from '../../contract-server/types.ts';
import type { ContactHandlersParts } from './contact-handlers.ts';
import { listDecisions, loadDecision } from './decision-rows.ts';

/** Commands `rules.list-decisions` and `rules.replay-decision`. */
export function decisionHandlers({ store, rules }: ContactHandlersParts): Handlers {
  const { read } = store;
  return {
    'rules.list-decisions': (input) => read.snapshot(() => listDecisions(read, input)),
    'rules.replay-decision': ({ decisionId }) =>
      read.snapshot(() => {
        const found = loadDecision(read, decisionId);
        const replayed = rules.replay(read, decisionId);
        if (!found || !replayed) throw new AppError('contract.not-found', 'no such decision');
        return { ...found, ...replayed };
      }),
  };
}
