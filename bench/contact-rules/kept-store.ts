import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { packSha256 } from '../../main/contact-rules/own-packs/pack-digest.ts';
import { loadPacks } from '../../main/contact-rules/packs/load-packs.ts';
import { keyProviderOf, makeRulesStore, type RulesStore } from './rules-store.ts';

const DAY_MS = 86_400_000;
/** what the store is made with; raised when `rules-store.ts` makes it otherwise */
const MADE = 1;

/**
 * A store of so many debtors for one run, in `directory`. A million take minutes to make: with `keep`, the folder keeps one
 * for a day, of these packs and tables, and the run works on a copy of it.
 */
export async function rulesStoreFor(
  directory: string,
  debtors: number,
  note: (text: string) => void,
  keep?: string,
): Promise<RulesStore> {
  if (keep === undefined) return makeRulesStore(directory, debtors, note);
  const kept = join(keep, `rules-${debtors}-${fingerprint()}`);
  const summary = join(kept, 'made.json');
  if (!isFresh(summary)) {
    rmSync(kept, { recursive: true, force: true });
    mkdirSync(kept, { recursive: true });
    writeFileSync(summary, JSON.stringify(await makeRulesStore(kept, debtors, note)));
  }
  const made = JSON.parse(readFileSync(summary, 'utf8')) as RulesStore;
  const dataDir = join(directory, 'rules');
  note('copying the kept store');
  copyFolder(made.dataDir, dataDir);
  copyFileSync(keyProviderOf(made.dataDir).path, keyProviderOf(dataDir).path);
  return { ...made, dataDir };
}

function isFresh(summary: string): boolean {
  return existsSync(summary) && Date.now() - statSync(summary).mtimeMs < DAY_MS;
}

/** Reviews are of these very packs, and rows are in the tables of these migrations. */
function fingerprint(): string {
  const root = join(import.meta.dirname, '../..');
  const hash = createHash('sha256').update(String(MADE));
  for (const pack of loadPacks(join(root, 'resources/rule-packs'))) hash.update(packSha256(pack));
  for (const name of readdirSync(join(root, 'main/store/migrations')).sort())
    hash.update(readFileSync(join(root, 'main/store/migrations', name)));
  return hash.digest('hex').slice(0, 12);
}

function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true }))
    if (entry.isDirectory()) copyFolder(join(from, entry.name), join(to, entry.name));
    else copyFileSync(join(from, entry.name), join(to, entry.name), constants.COPYFILE_FICLONE);
}
