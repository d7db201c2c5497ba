import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDirectoryLocked } from './directory-lock.ts';
import { type EngineFile, readEngineFile } from './engine-file.ts';

/** Names inside a data directory. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'store.db');
}

/** The database while it is being created: it takes its name when `store.json` is there. */
export function unfinishedDatabaseFile(dataDir: string): string {
  return join(dataDir, 'store.db.creating');
}

/** Where a practice store keeps its key, and only a practice store may. */
export function practiceKeyFile(dataDir: string): string {
  return join(dataDir, 'store.key');
}

export function storeExists(dataDir: string): boolean {
  return existsSync(join(dataDir, 'store.json'));
}

/** Makes the directory, for its owner only; one that is there and in use keeps its mode. */
export function makeDataDirectory(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (readdirSync(dataDir).length === 0) chmodSync(dataDir, 0o700);
}

/** An empty file that its owner alone can read; SQLite gives its side files the same mode. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'wx', 0o600));
}

/**
 * The engine that holds this directory, for commands that must go through it; null when none does.
 * A file left by an engine that died is not believed.
 */
export function findRunningEngine(dataDir: string): EngineFile | null {
  if (!existsSync(dataDir) || !isDirectoryLocked(dataDir)) return null;
  return readEngineFile(dataDir);
}
