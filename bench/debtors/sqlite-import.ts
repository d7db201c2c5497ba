import { execFile, execFileSync } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { percentile } from '../bench.ts';

/** Not waited for in place: the connection to the engine answers pings meanwhile. */
const run = promisify(execFile);

const TIMES = 3;

export interface SqliteImport {
  /** median of the runs */
  seconds: number;
  rows: number;
  bytes: number;
}

/**
 * How long `sqlite3` takes for `.import` of a CSV file into a table of a new, unencrypted database: text columns named
 * by the header, no index, nothing checked, its own durable commit.
 * @throws Error when the program is neither there nor can be installed
 */
export async function sqliteImport(
  csv: string,
  directory: string,
  note: (text: string) => void,
): Promise<SqliteImport> {
  requireSqlite(note);
  const file = join(directory, 'baseline.sqlite');
  const runs: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    rmSync(file, { force: true });
    const startedMs = performance.now();
    await run('sqlite3', [file, '.mode csv', `.import '${csv}' portfolio`]);
    runs.push((performance.now() - startedMs) / 1000);
  }
  const { stdout: counted } = await run('sqlite3', [file, 'SELECT count(*) FROM portfolio']);
  const bytes = statSync(file).size;
  rmSync(file);
  return { seconds: percentile(runs, 0.5), rows: Number(counted), bytes };
}

function requireSqlite(note: (text: string) => void): void {
  if (hasSqlite()) return;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    note('installing sqlite3, the baseline of imports');
    const quiet = { stdio: 'ignore' } as const;
    try {
      execFileSync('apt-get', ['install', '-y', '-q', 'sqlite3'], quiet);
    } catch {
      // the lists of packages are missing or old
      execFileSync('apt-get', ['update', '-q'], quiet);
      execFileSync('apt-get', ['install', '-y', '-q', 'sqlite3'], quiet);
    }
  }
  if (!hasSqlite()) throw new Error('the command sqlite3 is missing: install it for the baseline');
}

function hasSqlite(): boolean {
  try {
    execFileSync('sqlite3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
