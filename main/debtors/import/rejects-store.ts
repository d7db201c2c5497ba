import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadDb } from '../../store/index.ts';
import { openRejectsFile as openFile, type openRejectsFile } from './rejects-file.ts';

const SUFFIX = '.rejects';
const SETTING_PREFIX = 'import-rejects/';

/** How long rejected records are kept: they are people's data, and corrected files come within days. */
export const REJECTS_KEPT_MS = 14 * 86_400_000;

/** Setting that holds the key of a job's rejects file: the file alone says nothing. */
export function rejectsSettingId(importJobId: string): string {
  return `${SETTING_PREFIX}${importJobId}`;
}

/** Encrypted rejects files of a data directory, by job. */
export class RejectsStore {
  readonly #directory: string;
  /** of jobs that are written nowhere */
  readonly #keys = new Map<string, string>();

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  newKey(): string {
    return randomBytes(32).toString('hex');
  }

  /** The key of a file that lives as long as this run of the program. */
  remember(importJobId: string, keyHex: string): void {
    this.#keys.set(importJobId, keyHex);
  }

  path(importJobId: string): string {
    return join(this.#directory, `${importJobId}${SUFFIX}`);
  }

  has(importJobId: string): boolean {
    return existsSync(this.path(importJobId));
  }

  /** @returns null when there is none, or it was not finished */
  open(db: ReadDb, importJobId: string): ReturnType<typeof openRejectsFile> | null {
    if (!this.has(importJobId)) return null;
    const keyHex = this.#keys.get(importJobId) ?? storedKey(db, importJobId);
    return keyHex === null ? null : openFile(this.path(importJobId), keyHex);
  }

  /** Removes every file whose job is not in `kept`. */
  keepOnly(kept: ReadonlySet<string>): void {
    for (const name of readdirSync(this.#directory)) {
      if (!name.endsWith(SUFFIX) || kept.has(name.slice(0, -SUFFIX.length))) continue;
      rmSync(join(this.#directory, name), { force: true });
    }
  }
}

function storedKey(db: ReadDb, importJobId: string): string | null {
  const row = db.get<{ valueJson: string }>(
    'SELECT valueJson FROM setting WHERE id = ?',
    rejectsSettingId(importJobId),
  );
  return row ? (JSON.parse(row.valueJson) as { keyHex: string }).keyHex : null;
}
