import type { ContractServer } from '../contract-server/index.ts';
import { createDebtorWork, type DebtorWork, type Lists, workWrites } from '../debtors/index.ts';
import { createStrategyHandlers, Ranking } from '../dialer/ranking/index.ts';
import { announceScores, createScoreHandlers, PayScoreJob } from '../dialer/score/index.ts';
import { createDryRunHandlers, Screening } from '../dialer/screening/index.ts';
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
  { campaigns, readyLists }: TelephonyParts,
): Screening {
  const { store, rules, clock, logger } = core;
  const screening = new Screening({
    store,
    connection: store.connection,
    storeKind: store.meta.storeKind,
    clock,
    clockSuspect: () => !rules.checkClock(store.read),
    publisher: server,
    onFreed: (campaignId) => {
      readyLists.forget(campaignId);
      campaigns.lookAgain(campaignId);
    },
    log: (message, details) => logger.warn(message, details),
  });
  server.register(screening.handlers);
  server.register(createDryRunHandlers({ read: store.read, clock, screening }));
  screening.startWhenNeeded();
  campaigns.onChange(() => screening.startWhenNeeded());
  return screening;
}

/** The likelihood to pay, learnt again once a week. */
export function startPayScores(server: ContractServer, core: EngineCore): PayScoreJob {
  const { store, clock, logger } = core;
  const job = new PayScoreJob({
    store,
    clock,
    onChanged: announceScores(server),
    log: (message, details) => logger.warn(message, details),
  });
  server.register(createScoreHandlers(store, job));
  job.start();
  return job;
}

/** Lists in the order of their campaigns' strategies, and what a strategy would give. */
export function startRanking(
  server: ContractServer,
  core: EngineCore,
  { campaigns, readyLists }: TelephonyParts,
  lists: Lists,
): Ranking {
  const { store, clock, logger } = core;
  const ranking = new Ranking({
    store,
    lists,
    clock,
    onRanked(campaignId) {
      readyLists.forget(campaignId);
      campaigns.lookAgain(campaignId);
    },
    log: (message, details) => logger.warn(message, details),
  });
  server.register(createStrategyHandlers({ read: store.read, clock, lists }));
  ranking.start();
  return ranking;
}
