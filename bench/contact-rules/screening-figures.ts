import { setTimeout as wait } from 'node:timers/promises';
import type { SeededRandom } from '../../main/debtors/sample/seeded-random.ts';
import { workWrites } from '../../main/debtors/writes.ts';
import { NO_DATE } from '../../main/dialer/lists/index.ts';
import { Screening, type ScreeningView } from '../../main/dialer/screening/index.ts';
import { type OpenStore, systemClock } from '../../main/store/index.ts';
import type { Figure } from '../bench.ts';
import { twoPercentiles } from '../main-job/latency.ts';
import type { RulesStore } from './rules-store.ts';

const AIM_SECONDS = 180;
const HOLDS = 200;
const LONGEST_MS = 30 * 60_000;

export interface ScreeningBench {
  store: OpenStore;
  screening: Screening;
  view(): ScreeningView | null;
  close(): Promise<void>;
}

/** The product's own thread over the product's own store; nobody listens to what it publishes but us. */
export function startScreeningBench(store: OpenStore): ScreeningBench {
  let newest: ScreeningView | null = null;
  const screening = new Screening({
    store,
    connection: store.connection,
    storeKind: store.meta.storeKind,
    clock: systemClock,
    clockSuspect: () => false,
    publisher: {
      publish: (_name, payload) => {
        newest = payload as unknown as ScreeningView;
      },
    },
    onFreed: () => {},
    log: (message, details) => {
      throw new Error(`${message}: ${JSON.stringify(details)}`);
    },
  });
  return { store, screening, view: () => newest, close: () => screening.close() };
}

/** From the start of the thread until every entry was looked at and what differs is in the store. */
export async function firstScreening(
  bench: ScreeningBench,
  { debtors, campaignId }: RulesStore,
  note: (text: string) => void,
): Promise<Figure[]> {
  const startedMs = performance.now();
  bench.screening.startWhenNeeded();
  await untilIdle(bench, () => true);
  const startMs = performance.now() - startedMs;
  await untilIdle(bench, (view) => view.screened >= debtors && view.state === 'idle');
  const seconds = (performance.now() - startedMs) / 1000;
  const view = bench.view();
  const blocked = bench.store.read.get<{ n: number }>(
    'SELECT count(*) AS n FROM contactListEntry WHERE campaignId = ? AND blockedUntil > 0',
    campaignId,
  );
  note(
    `screened in ${seconds.toFixed(1)} s: ${view?.allowedNow} may be called, ${blocked?.n} rows written; by rule: ${refusedBy(view)}`,
  );
  return [
    {
      name: `screening a list of ${debtors}, with its reads and writes`,
      value: seconds,
      unit: 's',
      aim: (AIM_SECONDS * debtors) / 1_000_000,
    },
    { name: '  of which start of the thread', value: startMs / 1000, unit: 's' },
    {
      name: '  an entry, without that',
      value: (seconds * 1e6 - startMs * 1e3) / debtors,
      unit: 'µs',
    },
    { name: '  entries that may be called now', value: view?.allowedNow ?? 0, unit: 'entries' },
    { name: '  entries that were written', value: blocked?.n ?? 0, unit: 'entries' },
  ];
}

function refusedBy(view: ScreeningView | null): string {
  return (view?.refused ?? [])
    .slice(0, 6)
    .map(({ rule, entries }) => `${rule} ${entries}`)
    .join(', ');
}

/** Until the view says so; a thread that stands still for long has failed. */
export async function untilIdle(
  bench: ScreeningBench,
  holds: (view: ScreeningView) => boolean,
): Promise<void> {
  const startedMs = performance.now();
  while (performance.now() - startedMs < LONGEST_MS) {
    const view = bench.view();
    if (view !== null && holds(view)) return;
    await wait(20);
  }
  throw new Error('the list was not screened in half an hour');
}

/** How long `campaign.screening` takes, asked when its answer of a moment ago is too old to be given again. */
export async function viewFigures(
  bench: ScreeningBench,
  { campaignId }: RulesStore,
  name: string,
): Promise<Figure[]> {
  const ask = bench.screening.handlers['campaign.screening'];
  if (!ask) throw new Error('no such handler');
  const samples: number[] = [];
  for (let index = 0; index < 10; index += 1) {
    await wait(1_020);
    const startedMs = performance.now();
    await ask({ campaignId } as never, {} as never);
    samples.push(performance.now() - startedMs);
  }
  return [{ name, value: Math.max(...samples), unit: 'ms', aim: 50 }];
}

/** From the durable commit of a hold until the entry of its debtor is blocked in the store. */
export async function followFigures(
  { store }: ScreeningBench,
  random: SeededRandom,
  debtorIds: readonly string[],
): Promise<Figure[]> {
  const samples: number[] = [];
  for (let index = 0; index < HOLDS; index += 1) {
    const debtorId = random.pick(debtorIds);
    const blocked = () =>
      store.read.get<{ blockedUntil: number }>(
        'SELECT blockedUntil FROM contactListEntry WHERE debtorId = ?',
        debtorId,
      )?.blockedUntil === NO_DATE;
    if (blocked()) continue;
    await setHold(store, debtorId);
    const committedMs = performance.now();
    while (!blocked()) {
      if (performance.now() - committedMs > 20_000) throw new Error('a hold was not followed');
      await wait(1);
    }
    samples.push(performance.now() - committedMs);
    await wait(random.between(0, 200));
  }
  return twoPercentiles('commit of a hold to its entry in the store', samples, { aim: 1_000 });
}

/** As an agent sets the flag: durable when it resolves. */
export function setHold(store: OpenStore, debtorId: string): Promise<unknown> {
  const flag = { debtorId, kind: 'cease' as const, personId: null, reason: 'bench' };
  return store.write(workWrites, 'flag.set', flag, { priority: 'command' });
}
