import { createWriteStream, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleCsv } from '../main/debtors/index.ts';
import { commitFile, importEnd, importFile } from './support/import-file.ts';
import { Product } from './support/product.ts';
import { until } from './support/until.ts';

const MEGABYTE = 1024 * 1024;
const options = { seed: 3, language: 'pl', encoding: 'windows-1250', asOf: '2026-11-01' } as const;

describe('large files', () => {
  let product: Product;
  const path = (name: string) => join(product.directory, name);

  beforeAll(async () => {
    product = new Product();
    await product.address();
  });

  afterAll(() => product?.stop());

  it('of 100 MB, cut off in the middle of a record, take no more memory than small ones, and every record is told of', async () => {
    const file = path('large.csv');
    await writeSample(file, 400_000);
    truncateSync(file, 100 * MEGABYTE);
    const lines = countLines(file);
    const bytes = new Blob([readFileSync(file)]);
    const dryRun = true;
    const portfolioName = 'Large';
    const running = await commitFile(product, { name: 'large.csv', bytes, dryRun, portfolioName });
    const { importJobId } = running;
    const third = async () =>
      (await product.rpc('import.status', { importJobId })).rows > lines / 3 || null;
    await until('a third of it', third, 60_000);
    const afterThirdMb = await memoryOf(product);
    const end = await importEnd(product, running, 100_000);
    const afterAllMb = await memoryOf(product);
    // the header is a line and no row; the last row has no end
    expect(end).toMatchObject({ state: 'finished', dryRun: true, rows: lines, rejected: 1 });
    expect(end.imported).toBe(lines - 1);
    expect(afterAllMb - afterThirdMb, 'MB for two thirds of the file').toBeLessThan(70);
    const { portfolios } = await product.rpc('debtor.list-portfolios', {});
    expect(portfolios.map(({ name }) => name)).not.toContain('Large');
  });

  it('leave room for an agent: notes are stored while one is imported', async () => {
    const small = path('small.csv');
    await writeSample(small, 50);
    const bytes = new Blob([readFileSync(small)]);
    await importFile(product, { name: 'small.csv', bytes, portfolioName: 'Small' });
    const { rows } = await product.rpc('debtor.list', { search: 'PL-0000001' });
    const debtorId = rows[0]?.debtorId;
    if (debtorId === undefined) throw new Error('no debtor');

    const file = path('medium.csv');
    await writeSample(file, 20_000, 4);
    const running = await commitFile(product, {
      name: 'medium.csv',
      bytes: new Blob([readFileSync(file)]),
      portfolioName: 'Medium',
    });
    const { importJobId } = running;
    const isRunning = async () =>
      (await product.rpc('import.status', { importJobId })).state === 'running';
    const took: number[] = [];
    while (took.length < 25 && (await isRunning())) {
      const startedMs = performance.now();
      await product.rpc('debtor.add-note', { debtorId, text: `Uwaga ${took.length}` });
      took.push(performance.now() - startedMs);
      await wait(20);
    }
    const end = await importEnd(product, running, 100_000);
    expect(end).toMatchObject({ state: 'finished', rows: 20_000 });
    expect(took.length, 'notes while the import ran').toBeGreaterThan(5);
    // the aim is 25 ms (see the benchmark); here other tests and programs have the machine too
    expect(Math.max(...took)).toBeLessThan(1_000);
    const card = await product.rpc('debtor.card', { debtorId });
    const notes = card.history.filter(({ text }) => text?.startsWith('Uwaga '));
    expect(notes).toHaveLength(took.length);
  });
});

async function writeSample(file: string, rows: number, seed: number = options.seed) {
  const csv = sampleCsv({ ...options, seed }, { rows });
  await pipeline(Readable.from(csv), createWriteStream(file));
}

/** Line ends in a file whose fields hold none. */
function countLines(file: string): number {
  return readFileSync(file).reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 0);
}

/** the most memory that the engine ever had, MB */
async function memoryOf(product: Product): Promise<number> {
  const { pid } = await product.engine();
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
