import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPeer } from '../main/testing/peers.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { type BenchEngine, startBenchEngine } from './debtors/bench-engine.ts';
import { createBenchStore, databaseBytes } from './debtors/bench-store.ts';
import { cardFigures } from './debtors/card-figures.ts';
import { type FilledHistory, fillHistory } from './debtors/fill-history.ts';
import { listFigures, searchFigures } from './debtors/find-figures.ts';
import { type BenchFiles, importFigures, writeBenchFiles } from './debtors/import-figures.ts';
import { MemoryWatch } from './debtors/memory-watch.ts';
import { paintFigures } from './debtors/paint-figures.ts';
import { untilListsReady } from './debtors/until-lists-ready.ts';
import { writeFigures } from './debtors/write-figures.ts';

const DEBTORS = 1_000_000;
const INTERACTIONS_A_DEBTOR = 10;
const LONG_HISTORY = 5_000;
/** at the full size; at a smaller one as many as are a tenth of the history */
const LONG_HISTORIES = 25;
const MEMORY_AIM_MB = 300;

interface Run {
  directory: string;
  dataDir: string;
  debtors: number;
  files: BenchFiles;
  memory: MemoryWatch;
  note: BenchContext['note'];
  /** undone in the opposite order, whatever happens */
  undo: (() => unknown)[];
}

const bench: Bench = {
  summary: 'debtors at a million: import, card, search, lists, writes, memory',
  options: ['debtors'],
  async run({ note, options }) {
    const debtors = readCount(options.debtors);
    const startedMs = performance.now();
    const timed = (text: string) => {
      const seconds = Math.round((performance.now() - startedMs) / 1000);
      note(`${String(seconds).padStart(4)} s  ${text}`);
    };
    const directory = mkdtempSync(join(tmpdir(), 'dialdesk-bench-'));
    const undo: (() => unknown)[] = [() => rmSync(directory, { recursive: true, force: true })];
    try {
      timed(`writing the portfolio of ${debtors} debtors`);
      const memory = new MemoryWatch();
      undo.push(() => memory.stop());
      const dataDir = join(directory, 'store');
      const files = writeBenchFiles(directory, debtors);
      const run: Run = { directory, dataDir, debtors, files, memory, note: timed, undo };
      const figures = await measure(run);
      const minutes = (performance.now() - startedMs) / 60_000;
      return [...figures, { name: 'the whole benchmark', value: minutes, unit: 'min' }];
    } finally {
      for (const step of undo.reverse()) await step();
    }
  },
};
export default bench;

async function measure(run: Run): Promise<Figure[]> {
  const { dataDir, debtors, memory, note } = run;
  await createBenchStore(dataDir);
  const imported = await figuresOfImports(run);
  const bytesImported = databaseBytes(dataDir);
  note('filling the history');
  const longHistories = Math.max(1, Math.min(LONG_HISTORIES, Math.floor(debtors / 5_000)));
  const plan = {
    seed: 9,
    interactions: debtors * INTERACTIONS_A_DEBTOR,
    heavyDebtors: longHistories,
    heavyInteractions: LONG_HISTORY,
  };
  const history = await fillHistory(dataDir, plan, note);
  note(`history filled in ${Math.round(history.seconds)} s`);
  const bytes = databaseBytes(dataDir);
  const used = await figuresInUse(run, history);
  return [
    ...imported,
    { name: 'interactions', value: history.interactions, unit: 'rows' },
    {
      name: '  their events, texts, recordings and promises',
      value: besides(history),
      unit: 'rows',
    },
    { name: 'database after imports', value: bytesImported / debtors, unit: 'bytes/debtor' },
    { name: 'database with the history', value: bytes / debtors, unit: 'bytes/debtor' },
    ...used,
    ...memory.figures(MEMORY_AIM_MB),
  ];
}

function besides({ events, contents, recordings, promises }: FilledHistory): number {
  return events + contents + recordings + promises;
}

async function figuresOfImports(run: Run): Promise<Figure[]> {
  const { memory } = run;
  const engine = await start(run);
  const figures = await importFigures(engine, run.files, run);
  memory.follow(null);
  await engine.stop();
  return figures;
}

/** What agents do, on the full store. */
async function figuresInUse(run: Run, { heavyDebtorIds }: FilledHistory): Promise<Figure[]> {
  const { directory, dataDir, files, memory, note } = run;
  memory.during('start on the full store');
  const startedMs = performance.now();
  const engine = await start(run);
  const { client } = engine;
  const addressMs = performance.now() - startedMs;
  await untilListsReady(client);
  const listsMs = performance.now() - startedMs;
  const figures: Figure[] = [
    { name: 'npm start on the full store, to address', value: addressMs, unit: 'ms' },
    { name: 'npm start on the full store, to lists and search', value: listsMs, unit: 'ms' },
  ];
  note('cards over the WebSocket');
  memory.during('cards');
  figures.push(...(await cardFigures({ client, dataDir, heavyDebtorIds })));
  if (hasPeer('chromium')) {
    note('cards in Chromium');
    const { address } = engine.product;
    figures.push(...(await paintFigures({ address, dataDir, heavyDebtorIds })));
  } else note('Chromium is missing: nothing is said of painting');
  memory.during('search');
  figures.push(...(await searchFigures({ client, dataDir, note })));
  note('lists');
  memory.during('lists');
  figures.push(...(await listFigures({ client, dataDir, note })));
  memory.during('writes');
  const file = files.later.path;
  figures.push(...(await writeFigures({ engine, directory, dataDir, file, memory, note })));
  return figures;
}

async function start({ directory, dataDir, memory, undo }: Run): Promise<BenchEngine> {
  const engine = await startBenchEngine(directory, dataDir);
  undo.push(() => engine.stop());
  memory.follow(engine.product.enginePid);
  return engine;
}

function readCount(text = String(DEBTORS)): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1_000) return count;
  throw new Error('--debtors takes a whole number, 1000 or more');
}
