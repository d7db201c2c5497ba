import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { ImportField, ImportMapping } from '#shared/contract/index.ts';
import { parseImport } from './parse-import.ts';

const MEBIBYTE = 1024 * 1024;
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is held, without what only waits to be collected: that is as much as the space for young objects. */
function heldBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ';',
  decimalSeparator: ',',
  dateOrder: 'dayFirst',
  defaultCountry: 'PL',
  defaultCurrency: 'PLN',
  hasHeader: true,
  columns: ['debtorRef', 'fullName', 'phone', 'debtRef', 'balance', 'note'],
};

async function parse(source: Iterable<Buffer>, columns: ImportField[] = mapping.columns) {
  let records = 0;
  let lastLine = 0;
  const rejected: [line: number, problem: string | undefined][] = [];
  let mostHeapBytes = 0;
  let batches = 0;
  const counts = await parseImport(
    source,
    {
      mapping: { ...mapping, columns },
      storeKind: 'practice',
      creditorName: 'Creditor',
      thisYear: 2026,
      batchSize: () => 100,
    },
    {
      async onBatch(batch) {
        records += batch.records.length;
        lastLine = batch.records.at(-1)?.line ?? lastLine;
        batches += 1;
        if (batches % 200 === 0) mostHeapBytes = Math.max(mostHeapBytes, heldBytes());
      },
      onReject: ({ line }, [problem]) => void rejected.push([line, problem]),
    },
  );
  return { ...counts, records, lastLine, rejected, mostHeapBytes };
}

/** Notes over several lines, with quotes and delimiters in them, in pieces that cut records and characters. */
function* largeFile(bytes: number): Generator<Buffer> {
  const note = 'Zażółć "gęślą"; jaźń\r\n'.repeat(100).replaceAll('"', '""');
  let rest = Buffer.from('\ufeffRef;Name;Phone;Debt;Balance;Note\r\n');
  for (let written = 0, row = 0; written < bytes; row += 1) {
    const line = `C${row};Ann ${row};+48100${String(row).padStart(6, '0')};A${row};1 234,50;"${note}"\r\n`;
    rest = Buffer.concat([rest, Buffer.from(line)]);
    written += Buffer.byteLength(line);
    while (rest.length > 65_537) {
      yield rest.subarray(0, 65_537);
      rest = rest.subarray(65_537);
    }
  }
  yield rest;
}

describe('large files', () => {
  it('of 100 MB with line breaks in quotes are read as they come, in little memory', async () => {
    const before = heldBytes();
    const read = await parse(largeFile(100 * MEBIBYTE));
    expect(read.rejected).toEqual([]);
    expect(read.records).toBe(read.rows);
    expect(read.rows).toBeGreaterThan(30_000);
    // 100 line breaks in each note, one behind it
    expect(read.lastLine).toBe(2 + (read.rows - 1) * 101);
    expect(read.mostHeapBytes).toBeGreaterThan(0);
    expect(read.mostHeapBytes - before).toBeLessThan(32 * MEBIBYTE);
  }, 120_000);

  it('that end in the middle of a record say so, and keep all before it', async () => {
    const pieces = [...largeFile(2 * MEBIBYTE)];
    const last = pieces.pop() ?? Buffer.alloc(0);
    const whole = await parse([...pieces, last]);
    const cut = await parse([...pieces, last.subarray(0, last.length - 900)]);
    expect(cut.records).toBe(whole.rows - 1);
    expect(cut.rejected.length).toBeGreaterThan(0);
    expect(cut.rejected[0]?.[0]).toBe(whole.lastLine);
  });
});
