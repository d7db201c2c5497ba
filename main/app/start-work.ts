import type { ContractServer } from '../contract-server/index.ts';
import { createDebtorWork, type DebtorWork, workWrites } from '../debtors/index.ts';
import { Screening } from '../dialer/screening/index.ts';
import type { CardSource } from './card-source.ts';
import type { EngineCore } from './engine-core.ts';
import type { TelephonyParts } from './telephony-parts.ts';

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
    door: cards.permissionsFor,
    publisher: server,
    log: (message, details) => logger.error(message, details),
  });
  server.register(work.handlers);
  work.start();
  return work;
}

/** Screening of lists, from when there is a campaign whose debtors may be called one day. */
export function startScreening(
  server: ContractServer,
  core: EngineCore,
  { campaigns }: TelephonyParts,
): Screening {
  const { store, rules, clock, logger } = core;
  const screening = new Screening({
    store,
    connection: store.connection,
    storeKind: store.meta.storeKind,
    clock,
    clockSuspect: () => !rules.checkClock(store.read),
    publisher: server,
    onFreed: (campaignId) => campaigns.lookAgain(campaignId),
    log: (message, details) => logger.warn(message, details),
  });
  server.register(screening.handlers);
  screening.startWhenNeeded();
  campaigns.onChange(() => screening.startWhenNeeded());
  return screening;
}
