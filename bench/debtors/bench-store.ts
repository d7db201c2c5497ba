import { statSync } from 'node:fs';
import {
  createStore,
  databaseFile,
  openConnection,
  practiceKeyFile,
  readStoreFile,
} from '../../main/store/index.ts';
import { obtainKey } from '../../main/store/keys/key-provider.ts';

export type Database = ReturnType<typeof openConnection>;

const keyProviderOf = (dataDir: string) =>
  ({ kind: 'keyFile', path: practiceKeyFile(dataDir) }) as const;

/** An encrypted store with nothing in it, as the first start makes it. */
export async function createBenchStore(dataDir: string): Promise<void> {
  await createStore({ dataDir, storeKind: 'practice', keyProvider: keyProviderOf(dataDir) });
}

/** A connection of the benchmark's own; for writing only while no engine runs. */
export async function openBenchStore(
  dataDir: string,
  role: 'reader' | 'writer',
): Promise<Database> {
  const storeFile = readStoreFile(dataDir);
  if (!storeFile) throw new Error(`no store in ${dataDir}`);
  const key = await obtainKey(storeFile, keyProviderOf(dataDir));
  const keyHex = Buffer.from(key).toString('hex');
  return openConnection({ file: databaseFile(dataDir), keyHex, role });
}

/** Bytes of the database on disk, without its log. */
export function databaseBytes(dataDir: string): number {
  return statSync(databaseFile(dataDir)).size;
}

/** Rows of a table that are not marked as removed. */
export function countRows(database: Database, table: 'debtor' | 'debt' | 'contactPoint'): number {
  const row = database.prepare(`SELECT count(*) AS n FROM ${table} WHERE deletedAt IS NULL`).get();
  return (row as { n: number }).n;
}
