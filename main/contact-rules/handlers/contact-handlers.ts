import type { Clock } from '#shared/util/index.ts';
import type { Handlers, Publisher } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import type { ContactRules } from '../contact-rules.ts';
import type { OverrideWrites } from '../overrides/override-writes.ts';
import type { ContactRequest } from '../types.ts';
import { decisionHandlers } from './decision-handlers.ts';
import { overrideHandlers } from './override-handlers.ts';

export interface ContactHandlersParts {
  store: Store;
  rules: ContactRules;
  clock: Clock;
  publisher: Publisher;
  /** of the writer thread */
  overrideWrites: OverrideWrites;
}

/** Commands of the door: may we, why not, overrides, and what was decided. */
export function createContactHandlers(parts: ContactHandlersParts): Handlers {
  const { store, rules, clock } = parts;
  return {
    'contact.check': ({ contactPointId, debtId, ...input }) => {
      const request: ContactRequest = {
        ...input,
        ...(contactPointId === undefined ? {} : { contactPointId }),
        ...(debtId === undefined ? {} : { debtId }),
      };
      return store.read.snapshot(() => rules.check(store.read, request, clock.now()));
    },
    ...overrideHandlers(parts),
    ...decisionHandlers(parts),
  };
}
