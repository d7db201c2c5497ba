import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../main/debtors/sample/seeded-random.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { evaluationFigures } from './contact-rules/evaluations.ts';
import { rulesStoreFor } from './contact-rules/kept-store.ts';
import { reservationFigures, reserveMany } from './contact-rules/reservation-figures.ts';
import { openRulesStore, type RulesStore } from './contact-rules/rules-store.ts';
import {
  firstScreening,
  followFigures,
  startScreeningBench,
  untilIdle,
  viewFigures,
} from './contact-rules/screening-figures.ts';

const DEBTORS = 1_000_000;
const RESERVATIONS = 2_000;
/** those who are drawn: enough that hardly anybody is drawn twice */
const DRAWN = 20_000;

const bench: Bench = {
  summary: 'contact rules: evaluations, screening a list of a million, durable reservations',
  options: ['debtors', 'keep'],
  async run({ note, options }) {
    const debtors = readCount(options.debtors);
    const figures = evaluationFigures({ note });
    const directory = mkdtempSync(join(tmpdir(), 'dialdesk-rules-'));
    try {
      const startedMs = performance.now();
      const made = await rulesStoreFor(directory, debtors, note, options.keep);
      note(`store made in ${Math.round((performance.now() - startedMs) / 1000)} s`);
      return [...figures, ...(await figuresOfStore(made, note))];
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};
export default bench;

async function figuresOfStore(made: RulesStore, note: BenchContext['note']): Promise<Figure[]> {
  const store = await openRulesStore(made.dataDir);
  const screening = startScreeningBench(store);
  const random = seededRandom(11);
  try {
    const debtorIds = drawDebtors(store.read.all.bind(store.read), made.debtors);
    note('screening the list, nothing else to do');
    const first = await firstScreening(screening, made, note);
    const view = await viewFigures(screening, made, '  campaign.screening, the slowest of ten');
    note('holds are set: how soon the list knows');
    const follow = await followFigures(screening, random, debtorIds);
    note('reservations with nothing else to do');
    const alone = await reserveMany(store, random, debtorIds, { count: RESERVATIONS });
    note('reservations and flags while the list is screened again');
    await startOver(screening, made);
    const hasEnded = () => screening.view()?.state === 'idle';
    const beside = await reserveMany(store, random, debtorIds, {
      count: RESERVATIONS,
      until: hasEnded,
      commands: true,
    });
    await untilIdle(screening, ({ state }) => state === 'idle');
    return [
      { name: 'numbers of the debtors', value: made.numbers, unit: 'rows' },
      { name: 'contact events', value: made.events, unit: 'rows' },
      ...first,
      ...view,
      ...follow,
      ...reservationFigures('durable reserving decision', alone),
      ...reservationFigures('durable reserving decision while a list is screened', beside),
    ];
  } finally {
    await screening.close();
    await store.close();
  }
}

async function startOver(
  { screening }: ReturnType<typeof startScreeningBench>,
  { campaignId }: RulesStore,
): Promise<void> {
  await screening.handlers['campaign.screen']?.({ campaignId } as never, {} as never);
  await new Promise((resolve) => setTimeout(resolve, 600));
}

function drawDebtors(
  all: (sql: string, ...params: unknown[]) => unknown[],
  debtors: number,
): string[] {
  const step = Math.max(1, Math.floor(debtors / DRAWN));
  const rows = all('SELECT debtorId FROM contactListEntry WHERE position % ? = 0', step) as {
    debtorId: string;
  }[];
  return rows.map(({ debtorId }) => debtorId);
}

function readCount(text = String(DEBTORS)): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1_000) return count;
  throw new Error('--debtors takes a whole number, 1000 or more');
}
