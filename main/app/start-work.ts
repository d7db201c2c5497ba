import type { ContractServer } from '../contract-server/index.ts';
import { createDebtorWork, type DebtorWork, workWrites } from '../debtors/index.ts';
import type { CardSource } from './card-source.ts';
import type { EngineCore } from './engine-core.ts';

/** The work on debtors with its hourly look at what is late. A new store gets the sample scripts. */
export async function startDebtorWork(
  server: ContractServer,
  core: EngineCore,
  cards: CardSource,
): Promise<DebtorWork> {
  const { store, clock, logger } = core;
  await store.write(workWrites, 'work.seed-scripts', null);
  const work = createDebtorWork({
    store,
    storeKind: store.meta.storeKind,
    clock,
    door: cards.permissionFor,
    publisher: server,
    log: (message, details) => logger.error(message, details),
  });
  server.register(work.handlers);
  work.start();
  return work;
}
