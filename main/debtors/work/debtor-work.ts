import { people } from '#shared/contract/index.ts';
import type { Audience, Handlers, RequestContext } from '../../contract-server/types.ts';
import type { WriteInput } from '../../store/index.ts';
import { loadFacets } from '../history/load-facets.ts';
import { explainInterest } from '../ledger/explain-interest.ts';
import { callbackHandlers, contactPointHandlers } from './contact-handlers.ts';
import { factHandlers, mergeHandlers } from './fact-handlers.ts';
import { agreementHandlers, paymentHandlers, writeOffHandlers } from './money-handlers.ts';
import { requireDebtor } from './require-debtor.ts';
import { settingHandlers } from './setting-handlers.ts';
import { SettleJob } from './settle-job.ts';
import { wishHandlers } from './wish-handlers.ts';
import type { DebtorWorkParts, Work, WorkWrite, Writes } from './work-context.ts';
import { workWrites } from './work-writes.ts';

export type { DebtorWorkParts } from './work-context.ts';

export interface DebtorWork {
  handlers: Handlers;
  /** the look at what has become late; looks at once */
  start(): void;
  stop(): Promise<void>;
}

const EVERYBODY_AT_WORK: Audience = { kind: 'roles', roles: people };

/** Commands of the work on a debtor: `promise.*`, `plan.*`, `payment.*`, `merge.*` and the like. */
export function createDebtorWork(parts: DebtorWorkParts): DebtorWork {
  const { store, clock, publisher } = parts;
  const announce = (debtorId: string) =>
    publisher.publish('debtor.changed', { debtorId }, EVERYBODY_AT_WORK);
  const job = new SettleJob({ store, clock, onChanged: announce, log: parts.log });

  const work: Work = async <Name extends WorkWrite>(
    name: Name,
    input: Omit<WriteInput<Writes, Name>, 'personId'>,
    { principal, commandId }: RequestContext,
  ) => {
    const options = commandId === null ? {} : { commandId };
    const withPerson = { ...input, personId: principal.personId } as WriteInput<Writes, Name>;
    const output = await store.write(workWrites, name, withPerson, options);
    announce((output as { debtorId: string }).debtorId);
    return output;
  };

  return {
    handlers: {
      ...agreementHandlers(parts, work),
      ...paymentHandlers(parts, work),
      ...writeOffHandlers(parts, work),
      ...callbackHandlers(parts, work),
      ...contactPointHandlers(parts, work),
      ...factHandlers(work),
      ...wishHandlers(work),
      ...mergeHandlers(parts, work, announce),
      ...settingHandlers(parts),
      'debtor.history-facets': ({ debtorId }) =>
        store.read.snapshot(() =>
          loadFacets(store.read, requireDebtor(store.read, debtorId, clock.now()).id),
        ),
      'debtor.interest': (input) => ({
        debts: store.read.snapshot(() => explainInterest(store.read, input)),
      }),
      'debtor.reveal-national-id': async (input, context) => {
        const { debtorId } = await work('debtor.reveal-national-id', input, context);
        const row = store.read.get<{ nationalId: string | null; nationalIdKind: string | null }>(
          'SELECT nationalId, nationalIdKind FROM debtor WHERE id = ?',
          debtorId,
        );
        return { nationalId: row?.nationalId ?? null, nationalIdKind: row?.nationalIdKind ?? null };
      },
    },
    start: () => job.start(),
    stop: () => job.stop(),
  };
}
