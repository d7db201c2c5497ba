import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guessMapping } from '../../main/debtors/import/guess-mapping.ts';
import { parseImport } from '../../main/debtors/import/parse-import.ts';
import { createPortfolioSource } from './portfolio-file.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-portfolio-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const place = (name: string) => join(directory, name);

describe('the portfolio of the benchmark', () => {
  it('has the rows, debts and spoiled rows that it says, as the import reads it', async () => {
    const written = createPortfolioSource(1).write(place('a.csv'), { rows: 4_000 });
    const bytes = readFileSync(place('a.csv'));
    expect(written.bytes).toBe(bytes.length);
    const refs = new Set<string>();
    let points = 0;
    const counts = await parseImport(
      [bytes],
      {
        mapping: guessMapping(bytes),
        storeKind: 'practice',
        creditorName: '',
        thisYear: 2026,
        batchSize: () => 500,
      },
      {
        onBatch: async ({ records }) => {
          for (const { debtor, contactPoints } of records) {
            if (!refs.has(debtor.externalRef)) points += contactPoints.length;
            refs.add(debtor.externalRef);
          }
        },
        onReject: () => {},
      },
    );
    expect(counts).toEqual({ rows: 4_000, rejected: written.badRows });
    expect(written.badRows).toBeGreaterThan(0);
    expect(refs.size).toBe(written.debtors);
    expect(written.debts / written.debtors).toBeCloseTo(1.4, 1);
    expect(points / written.debtors).toBeCloseTo(2.5, 1);
  });

  it('is the same for the same seed, and goes on with other debtors in its next file', () => {
    const source = createPortfolioSource(7);
    source.write(place('a.csv'), { rows: 300 });
    const next = source.write(place('b.csv'), { debtors: 100 });
    createPortfolioSource(7).write(place('c.csv'), { rows: 300 });
    expect(readFileSync(place('a.csv'))).toEqual(readFileSync(place('c.csv')));
    expect(next.debtors).toBe(100);
    const last = readFileSync(place('a.csv'), 'utf8').trimEnd().split('\r\n').at(-1) ?? '';
    expect(readFileSync(place('b.csv'), 'utf8')).not.toContain(last.slice(0, 10));
  });
});
