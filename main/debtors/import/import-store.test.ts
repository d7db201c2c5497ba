import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportFinding } from '#shared/contract/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { sampleCsv } from '../sample/index.ts';
import { importBytes } from './import-bytes.ts';
import { importWrites } from './import-writes.ts';
import { openRejectsFile, RejectsFile, writeCell } from './rejects-file.ts';

let store: TestStore;
beforeEach(() => {
  store = openTestStore({ writes: importWrites });
});
afterEach(() => store.close());

const importText = (content: string | Uint8Array, portfolioName = 'Spring') =>
  importBytes({
    store,
    storeKind: 'practice',
    bytes: typeof content === 'string' ? Buffer.from(content) : content,
    fileName: 'spring.csv',
    portfolioName,
    creditorName: 'Creditor',
    thisYear: 2026,
  });

const count = (table: string) =>
  store.read.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;
const lastJob = () =>
  store.read.get<Record<string, unknown>>('SELECT * FROM importJob ORDER BY id DESC LIMIT 1');

const HEADER = 'Customer number;Name;Phone;Agreement number;Balance;City;Notes\n';

describe('importing', () => {
  it('merges the rows of one debtor and keeps each debt', async () => {
    await importText(
      `${HEADER}C1;Ann;+48100200300;A1;5,00;Oslo;careful\nC1;Ann;+48100200301;A2;6,00;;careful\n`,
    );
    expect([count('debtor'), count('debt'), count('contactPoint')]).toEqual([1, 2, 2]);
    expect(store.read.get('SELECT city, synthetic FROM debtor')).toEqual({
      city: 'Oslo',
      synthetic: 1,
    });
    expect(count('interaction')).toBe(1);
    expect(lastJob()).toMatchObject({ rows: 2, imported: 2, updated: 0, state: 'finished' });
  });

  it('writes one change row for each chunk, not for each record', async () => {
    const before = count('change');
    await importText(sample(150));
    expect(count('change') - before).toBeLessThan(8);
  });

  it('writes nothing when the same file comes again', async () => {
    await importText(sample(120));
    const tables = ['portfolio', 'debtor', 'debt', 'contactPoint', 'interaction'];
    const before = tables.map(count);

    await importText(sample(120));

    expect(tables.map(count)).toEqual(before);
    expect(lastJob()).toMatchObject({ rows: 120, imported: 0, updated: 0, unchanged: 120 });
    expect(count('importBefore')).toBe(0);
  });

  it('brings new amounts and numbers, and leaves what the new file does not say', async () => {
    await importText(`${HEADER}C1;Ann;+48100200300;A1;5,00;Oslo;\n`);
    await importText(`${HEADER}C1;Ann Smith;+48100200301;A1;4,00;;\n`);
    expect(store.read.get('SELECT displayName, city FROM debtor')).toEqual({
      displayName: 'Ann Smith',
      city: 'Oslo',
    });
    expect(store.read.all('SELECT balanceMinor FROM debt')).toEqual([{ balanceMinor: 400 }]);
    expect(count('contactPoint')).toBe(2);
  });

  it('accounts for every record, whatever the file', async () => {
    const cell = fc.constantFrom(
      '',
      'Ann',
      'C1',
      '+48100200300',
      '601234567',
      '5,00',
      '-1',
      '"',
      'ż\u0000',
    );
    const row = fc.array(cell, { minLength: 1, maxLength: 8 }).map((cells) => cells.join(';'));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
        await importText(HEADER + rows.join('\n'));
        const job = lastJob() as Record<string, number>;
        const { imported = 0, updated = 0, unchanged = 0, rejected = 0 } = job;
        expect(job.rows).toBe(imported + updated + unchanged + rejected);
      }),
      { numRuns: 60 },
    );
    const orphans =
      'SELECT 1 FROM debt b LEFT JOIN debtor d ON d.id = b.debtorId WHERE d.id IS NULL';
    expect(store.read.all(orphans)).toEqual([]);
  });

  it('fails the jobs that a crash left, and forgets keys of files that are not kept', async () => {
    const start = { fileName: 'a.csv', fileSha256: '', mappingJson: '{}', personId: null } as const;
    await store.write(importWrites, 'import.start', {
      ...start,
      portfolioId: null,
      portfolioName: 'X',
      creditorName: '',
      synthetic: true,
      rejectsKeyHex: '00',
    });

    const recovered = await store.write(importWrites, 'import.recover', { before: 0 });

    const { id } = lastJob() as { id: string };
    expect(recovered).toEqual({ failed: 1, kept: [], undoing: [id] });
    expect(lastJob()).toMatchObject({ state: 'undoing', error: 'import.interrupted' });
    expect(count('setting')).toBe(0);
  });
});

describe('the rejects file', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'dialdesk-rejects-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const raw = (fields: string[]) => ({ line: 7, fields, problem: null, hasLineEnd: true });
  const reasons: ImportFinding[] = ['amount.missing', 'name.missing'];

  it('does not exist before a record is rejected', () => {
    const file = new RejectsFile({ path: join(directory, 'a'), keyHex: null, delimiter: ';' });
    expect(file.close()).toBe(false);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('says the line, the reasons, and the cells as they were', () => {
    const path = join(directory, 'a.csv');
    const file = new RejectsFile({ path, keyHex: null, delimiter: ';' });
    file.add(raw(['Ann; the "first"', 'two\nlines']), reasons, ['Name', 'Note']);
    expect(file.close()).toBe(true);
    const [header, row] = parse(readFileSync(path), { delimiter: ';', bom: true }) as string[][];
    expect(header).toEqual(['line', 'reason', 'explanation', 'Name', 'Note']);
    expect(row?.[0]).toBe('7');
    expect(row?.[1]).toBe('amount.missing name.missing');
    expect(row?.slice(3)).toEqual(['Ann; the "first"', 'two\nlines']);
  });

  it('holds no formula', () => {
    const dangerous = ['=1+1', '+48100200300', '-2', '@SUM(A1)', '\t=1', ' =1', '＝1'];
    for (const cell of dangerous) expect(writeCell(cell, ';')).toBe(`'${cell}`);
    expect(writeCell('a=1', ';')).toBe('a=1');
    expect(writeCell('="a"', ';')).toBe(`"'=""a"""`);
  });

  it('can be corrected and imported with what the safety put in', async () => {
    const path = join(directory, 'b.csv');
    const file = new RejectsFile({ path, keyHex: null, delimiter: ';' });
    file.add(raw(['Ann', '+48100200300', 'A1', '5,00']), reasons, [
      'Name',
      'Phone',
      'Agreement',
      'Amount',
    ]);
    file.close();

    await importText(readFileSync(path), 'Corrected');

    expect(store.read.all('SELECT value FROM contactPoint')).toEqual([{ value: '+48100200300' }]);
  });

  it('is encrypted in the data directory, opens with its key, and in parts', async () => {
    const path = join(directory, 'c');
    const keyHex = 'ab'.repeat(32);
    const file = new RejectsFile({ path, keyHex, delimiter: ';' });
    for (let n = 0; n < 3_000; n += 1) file.add(raw([`Ann Secret ${n}`]), reasons, ['Name']);
    file.close();

    expect(readFileSync(path).includes('Secret')).toBe(false);
    const opened = openRejectsFile(path, keyHex);
    const whole = await buffer(opened.createReadStream(null));
    expect(whole.length).toBe(opened.size);
    expect(whole.toString()).toContain('Ann Secret 2999');
    expect(await text(opened.createReadStream({ start: 3, end: 6 }))).toBe('line');
    await expect(
      text(openRejectsFile(path, 'cd'.repeat(32)).createReadStream(null)),
    ).rejects.toThrow();
  });
});

function sample(rows: number): Buffer {
  const options = { seed: 3, language: 'mixed', asOf: '2026-11-01', encoding: 'utf-8' } as const;
  return Buffer.concat([...sampleCsv(options, { rows })]);
}
