import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { listStrategy } from '#shared/contract/index.ts';
import { Lists } from '../../main/debtors/index.ts';
import { campaignWrites } from '../../main/dialer/campaigns/writes.ts';
import { Ranking } from '../../main/dialer/ranking/index.ts';
import { type OpenStore, openConnection, systemClock } from '../../main/store/index.ts';
import type { BenchContext, Figure } from '../bench.ts';
import { rulesStoreFor } from '../contact-rules/kept-store.ts';
import { openRulesStore, type RulesStore } from '../contact-rules/rules-store.ts';
import { nextFigures } from './next-rounds.ts';
import type { DialerPart } from './part.ts';

const DEBTORS = 1_000_000;
const LEAST_DEBTORS = 10_000;
const BLOCKED_SHARE = 0.9;
const PREVIEW_AIM_MS = 2_000;
/** for a million */
const RANKING_AIM_S = 180;
const strategy = listStrategy.parse({
  filter: { statuses: ['open'] },
  priorities: [{ name: 'much', filter: { amount: { fromMinor: 400_000 } } }],
  weights: { amount: 40, neverContacted: 20, fewTries: 10 },
});

/** The product's own store, threads and door over made-up debtors; nobody is dialed and nothing is reserved. */
export const nextDebtors: DialerPart = {
  name: 'next-debtors',
  async figures(context) {
    const debtors = readCount(context.options.debtors);
    const directory = mkdtempSync(join(tmpdir(), 'dialdesk-next-'));
    try {
      const made = await rulesStoreFor(directory, debtors, context.note, context.options.keep);
      await change(made, 'UPDATE debt SET balanceMinor = 1000 + abs(random()) % 500000');
      return await measure(made, context.note);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

async function measure(made: RulesStore, note: BenchContext['note']): Promise<Figure[]> {
  const ranked = await withStore(made, (store) => rankingFigures(store, made, note));
  note('next debtors, hardly anybody blocked');
  const due = await withStore(made, (store) => nextFigures(store, made, 'mostly due'));
  await change(
    made,
    `UPDATE contactListEntry SET blockedUntil = ${Date.now() + 86_400_000}
      WHERE abs(random()) % 1000 < ${BLOCKED_SHARE * 1000}`,
  );
  note('next debtors, nine in ten blocked');
  const blocked = await withStore(made, (store) => nextFigures(store, made, '90 % blocked'));
  return [...due, ...blocked, ...ranked];
}

async function withStore(
  made: RulesStore,
  work: (store: OpenStore) => Promise<Figure[]>,
): Promise<Figure[]> {
  const store = await openRulesStore(made.dataDir);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** As a write of the product would leave it; no engine runs meanwhile. */
async function change(made: RulesStore, sql: string): Promise<void> {
  const store = await openRulesStore(made.dataDir);
  const { connection } = store;
  await store.close();
  const database = openConnection({ ...connection, role: 'writer' });
  database.exec(sql);
  database.close();
}

async function rankingFigures(
  store: OpenStore,
  { campaignId, debtors }: RulesStore,
  note: BenchContext['note'],
): Promise<Figure[]> {
  await store.write(campaignWrites, 'campaign.update', { campaignId, settings: { strategy } });
  const log = () => {};
  const lists = new Lists({
    store,
    connection: store.connection,
    clock: systemClock,
    publisher: { publish: log },
    log,
  });
  try {
    note('the thread of lists reads every debtor');
    const preview = { ...portfolioOf(store), strategy, weights: strategy.weights, limit: 50 };
    await untilReady(lists, preview);
    const previewsMs: number[] = [];
    for (let round = 0; round < 10; round += 1)
      previewsMs.push(await timed(() => lists.previewOrder(preview)));
    note('the list is put in order');
    const ranking = new Ranking({ store, lists, clock: systemClock, onRanked: log, log });
    const firstMs = await timed(() => ranking.work());
    const followMs = await timed(() => ranking.work());
    const again = new Ranking({ store, lists, clock: systemClock, onRanked: log, log });
    const againMs = await timed(() => again.work());
    const aim = (RANKING_AIM_S * debtors) / 1_000_000;
    return [
      {
        name: `preview of a strategy over ${debtors} debtors, the slowest of ten`,
        value: Math.max(...previewsMs),
        unit: 'ms',
        aim: PREVIEW_AIM_MS,
      },
      { name: `a list of ${debtors} put in order`, value: firstMs / 1_000, unit: 's', aim },
      { name: '  again, when nothing differs', value: againMs / 1_000, unit: 's' },
      { name: '  a look for changes, when there are none', value: followMs, unit: 'ms' },
    ];
  } finally {
    await lists.close();
  }
}

function portfolioOf(store: OpenStore): { portfolioId: string } {
  const row = store.read.get<{ id: string }>('SELECT id FROM portfolio LIMIT 1');
  if (!row) throw new Error('the store has no portfolio');
  return { portfolioId: row.id };
}

const READY_IN_MS = 15 * 60_000;

/** The thread says so while it is being built; the first preview also has it read what only strategies ask for. */
async function untilReady(
  lists: Lists,
  preview: Parameters<Lists['previewOrder']>[0],
): Promise<void> {
  const untilMs = performance.now() + READY_IN_MS;
  while (performance.now() < untilMs) {
    const isReady = await lists.previewOrder(preview).then(
      () => true,
      () => false,
    );
    if (isReady) return;
    await wait(200);
  }
  throw new Error('the thread of lists was not ready in a quarter of an hour');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

function readCount(text = String(DEBTORS)): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= LEAST_DEBTORS) return count;
  throw new Error(`--debtors takes a whole number, ${LEAST_DEBTORS} or more`);
}
