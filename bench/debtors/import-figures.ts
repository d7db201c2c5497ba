import { join } from 'node:path';
import type { Figure } from '../bench.ts';
import type { BenchEngine } from './bench-engine.ts';
import { countRows, openBenchStore } from './bench-store.ts';
import { type ImportedFile, importFile } from './import-file.ts';
import type { MemoryWatch } from './memory-watch.ts';
import { createPortfolioSource, type WrittenPortfolio } from './portfolio-file.ts';
import { sqliteImport } from './sqlite-import.ts';

export interface ImportBenchOptions {
  directory: string;
  dataDir: string;
  /** rows of the file that is measured; debtors of the store in the end */
  debtors: number;
  memory: MemoryWatch;
  note(text: string): void;
}

/** Files of a bench, written before anything is measured. */
export interface BenchFiles {
  /** as many rows as the store is to have debtors */
  measured: { path: string; written: WrittenPortfolio };
  /** the debtors that are then missing */
  rest: { path: string; written: WrittenPortfolio };
  /** the first tenth of the measured one, once more */
  again: { path: string; written: WrittenPortfolio };
  /** new debtors, imported while others write */
  later: { path: string; written: WrittenPortfolio };
}

const SEED = 20_261_121;
const IMPORT_TIMES_SQLITE = 4;
/** enough to write beside for a while */
const MOST_LATER_ROWS = 200_000;

export function writeBenchFiles(directory: string, debtors: number): BenchFiles {
  const source = createPortfolioSource(SEED);
  const write = (name: string, limit: { rows: number } | { debtors: number }, from = source) => {
    const path = join(directory, name);
    return { path, written: from.write(path, limit) };
  };
  const measured = write('portfolio.csv', { rows: debtors });
  const rest = write('rest.csv', { debtors: debtors - measured.written.debtors });
  const later = write('later.csv', { rows: Math.min(MOST_LATER_ROWS, Math.ceil(debtors / 2)) });
  const first = createPortfolioSource(SEED);
  const again = write('again.csv', { rows: Math.ceil(debtors / 10) }, first);
  return { measured, rest, again, later };
}

/** The million rows against `sqlite3`, the rest of the debtors, and a tenth of it all once more. */
export async function importFigures(
  engine: BenchEngine,
  files: BenchFiles,
  { directory, dataDir, memory, note }: ImportBenchOptions,
): Promise<Figure[]> {
  const { rows, bytes } = files.measured.written;
  note(`sqlite3 imports ${rows} rows, ${Math.round(bytes / 1e6)} MB`);
  const baseline = await sqliteImport(files.measured.path, directory, note);
  note(`… in ${baseline.seconds.toFixed(2)} s; now Dialdesk imports them`);
  memory.during('import');
  const measured = await importFile(engine.client, files.measured.path);
  requireFinished(measured);
  note(`… in ${measured.seconds.toFixed(2)} s; now the rest of the debtors`);
  requireFinished(await importFile(engine.client, files.rest.path));
  memory.during('re-import');
  const repeated = await reimport(engine, files, dataDir);
  memory.during('rest');
  const stored = await storedRows(dataDir);
  const { written } = files.measured;
  return [
    {
      name: `import of ${rows} rows, commit to finished`,
      value: measured.seconds,
      unit: 's',
      baseline: baseline.seconds,
      aim: baseline.seconds * IMPORT_TIMES_SQLITE,
    },
    {
      name: 'import ÷ sqlite3 .import of the same file',
      value: measured.seconds / baseline.seconds,
      unit: '×',
      aim: IMPORT_TIMES_SQLITE,
    },
    { name: 'import', value: rows / measured.seconds, unit: 'rows/s', better: 'higher' },
    { name: 'upload of that file, before it', value: measured.uploadSeconds, unit: 's' },
    exactly('rows read', measured.end.rows, written.rows),
    exactly('debts imported', measured.end.imported, written.debts),
    exactly('rows rejected, those that were spoiled', measured.end.rejected, written.badRows),
    exactly('rows that sqlite3 has', baseline.rows, written.rows),
    ...repeated,
    ...stored,
  ];
}

/** A file that was imported already changes nothing but the record of the import itself. */
async function reimport(engine: BenchEngine, files: BenchFiles, dataDir: string) {
  const before = await lastChange(dataDir);
  const repeated = await importFile(engine.client, files.again.path);
  requireFinished(repeated);
  const { written } = files.again;
  const { imported, updated, unchanged } = repeated.end;
  return [
    {
      name: `re-import of ${written.rows} rows that are there`,
      value: repeated.seconds,
      unit: 's',
    },
    exactly('re-import: debts imported or updated', imported + updated, 0),
    exactly('re-import: rows unchanged', unchanged, written.debts),
    exactly('re-import: rows changed in the store', await changesSince(dataDir, before), 0),
  ];
}

async function storedRows(dataDir: string): Promise<Figure[]> {
  const database = await openBenchStore(dataDir, 'reader');
  try {
    return (['debtor', 'debt', 'contactPoint'] as const).map((table) => ({
      name: `rows of ${table}`,
      value: countRows(database, table),
      unit: 'rows',
    }));
  } finally {
    database.close();
  }
}

async function lastChange(dataDir: string): Promise<number> {
  const database = await openBenchStore(dataDir, 'reader');
  const row = database.prepare('SELECT max(seq) AS seq FROM change').get() as { seq: number };
  database.close();
  return row.seq;
}

/** Entries of the change log about anything but the import job. */
async function changesSince(dataDir: string, seq: number): Promise<number> {
  const database = await openBenchStore(dataDir, 'reader');
  const row = database
    .prepare(
      `SELECT count(*) AS n FROM change WHERE seq > ?
       AND tableName NOT IN ('importJob', 'auditEntry', 'setting')
       AND NOT (op = 'chunk' AND json_extract(columnsJson, '$.count') =
         (SELECT count(*) FROM json_each(json_extract(columnsJson, '$.updated')) u
          WHERE json_extract(u.value, '$.table') = 'importJob'))`,
    )
    .get(seq) as { n: number };
  database.close();
  return row.n;
}

function requireFinished({ end }: ImportedFile): void {
  if (end.state !== 'finished') throw new Error(`the import is ${end.state}: ${end.error}`);
}

/** A count that must be this one. */
function exactly(name: string, value: number, expected: number): Figure {
  return { name, value, unit: 'rows', ...bound(value, expected) };
}

function bound(value: number, expected: number): { aim: number; better: 'lower' | 'higher' } {
  return { aim: expected, better: value > expected ? 'lower' : 'higher' };
}
