import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../../main/debtors/sample/seeded-random.ts';
import type { BenchContext, Figure } from '../bench.ts';
import { diskFlushes } from '../main-job/baselines.ts';
import { twoPercentiles } from '../main-job/latency.ts';
import type { BenchEngine } from './bench-engine.ts';
import { openBenchStore } from './bench-store.ts';
import { drawDebtorIds } from './draw-queries.ts';
import type { EngineClient } from './engine-client.ts';
import { startImport } from './import-file.ts';
import type { MemoryWatch } from './memory-watch.ts';

const WRITES = 300;
const MOST_WRITES = 2_000;
const LONGEST_MS = 90_000;
/** people do not write one thing upon the other */
const PAUSE_MS = 5;
const AIM_MS = 25;

interface WriteParts {
  engine: BenchEngine;
  directory: string;
  dataDir: string;
  /** new debtors, to be imported meanwhile */
  file: string;
  memory: MemoryWatch;
  note: BenchContext['note'];
}

/** Notes and promises, acknowledged as durable, with nothing else to do and while an import runs. */
export async function writeFigures(parts: WriteParts): Promise<Figure[]> {
  const { engine, directory, dataDir, file, memory, note } = parts;
  const debtors = await debtorsWhoOwe(dataDir);
  const writer = new Writer(await engine.connect(), debtors);
  await writer.writeFor(() => writer.count < 40);
  writer.forget();
  note('notes and promises with nothing else to do');
  await writer.writeFor(() => writer.count < WRITES);
  const alone = writer.forget();
  const flushes = diskFlushes(directory, 200);
  note('notes and promises while an import runs');
  memory.during('writes beside an import');
  const running = await startImport(engine.client, file);
  let hasEnded = false;
  // what becomes of it after the measurement is of no interest: the engine may be stopped in the middle of it
  void running.ended
    .finally(() => {
      hasEnded = true;
    })
    .catch(() => {});
  const startedMs = performance.now();
  await writer.writeFor(
    () => !hasEnded && writer.count < MOST_WRITES && performance.now() - startedMs < LONGEST_MS,
  );
  const beside = writer.forget();
  const overlap = (performance.now() - startedMs) / 1000;
  const importJobId = running.importJobId as never;
  const { rows, state } = await engine.client.send('import.status', { importJobId });
  if (state !== 'running' && state !== 'finished') throw new Error(`the import is ${state}`);
  memory.during('rest');
  writer.close();
  return [
    ...twoPercentiles('note while an import runs', beside.notes, {
      baseline: alone.notes,
      aim: AIM_MS,
    }),
    ...twoPercentiles('promise while an import runs', beside.promises, {
      baseline: alone.promises,
      aim: AIM_MS,
    }),
    {
      name: '  writes beside the import',
      value: beside.notes.length + beside.promises.length,
      unit: 'writes',
    },
    { name: '  rows the import stored meanwhile', value: rows / overlap, unit: 'rows/s' },
    ...twoPercentiles('disk flush', flushes),
  ];
}

interface OwingDebtor {
  debtorId: string;
  currency: string;
}

class Writer {
  #notes: number[] = [];
  #promises: number[] = [];
  #turn = 0;
  readonly #client: EngineClient;
  readonly #debtors: readonly OwingDebtor[];

  constructor(client: EngineClient, debtors: readonly OwingDebtor[]) {
    this.#client = client;
    this.#debtors = debtors;
  }

  get count(): number {
    return this.#notes.length + this.#promises.length;
  }

  async writeFor(goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      await this.#writeOne();
      await wait(PAUSE_MS);
    }
  }

  /** @returns what was measured since the last time */
  forget(): { notes: number[]; promises: number[] } {
    const measured = { notes: this.#notes, promises: this.#promises };
    this.#notes = [];
    this.#promises = [];
    return measured;
  }

  close(): void {
    this.#client.close();
  }

  async #writeOne(): Promise<void> {
    const debtor = this.#debtors[this.#turn % this.#debtors.length];
    this.#turn += 1;
    if (debtor === undefined) throw new Error('nobody owes anything');
    const debtorId = debtor.debtorId as never;
    if (this.#turn % 2 === 0) {
      const text = `Asked for time until payday, ${this.#turn}.`;
      this.#notes.push((await this.#client.time('debtor.add-note', { debtorId, text })).ms);
      return;
    }
    const { currency } = debtor;
    const dueOn = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const promise = { debtorId, amountMinor: 100, currency, dueOn };
    this.#promises.push((await this.#client.time('promise.make', promise)).ms);
  }
}

async function debtorsWhoOwe(dataDir: string): Promise<OwingDebtor[]> {
  const database = await openBenchStore(dataDir, 'reader');
  const open = database.prepare(
    "SELECT currency FROM debt WHERE debtorId = ? AND status = 'open' AND balanceMinor > 1000 LIMIT 1",
  );
  try {
    return drawDebtorIds(database, seededRandom(5), 3_000).flatMap((debtorId) => {
      const debt = open.get(debtorId) as { currency: string } | undefined;
      return debt === undefined ? [] : [{ debtorId, currency: debt.currency }];
    });
  } finally {
    database.close();
  }
}
