import type { Access } from '../access/index.ts';
import type { ContractServer } from '../contract-server/index.ts';
import type { Lists } from '../debtors/index.ts';
import { createLookupHandlers, LookupJobs } from '../dialer/lookup/index.ts';
import type { EngineCore } from './engine-core.ts';

/** Look-ups of numbers, which go on where the last run left them. */
export async function startLookups(
  server: ContractServer,
  { store, clock, logger }: EngineCore,
  { audit }: Access,
  lists: Lists,
): Promise<LookupJobs> {
  const log = (message: string, details?: Record<string, unknown>) => logger.warn(message, details);
  const jobs = new LookupJobs({ store, clock, fetch: globalThis.fetch, log });
  server.register(
    createLookupHandlers({
      store,
      storeKind: store.meta.storeKind,
      clock,
      jobs,
      idsOf: (filter, sort) => lists.idsOf(filter, sort),
      audit,
      publisher: server,
    }),
  );
  await jobs.resume();
  return jobs;
}
