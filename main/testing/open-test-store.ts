import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreKind } from '#shared/domain/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import {
  createIdSource,
  createInlineStore,
  type InlineStore,
  systemClock,
  systemRandom,
  type WriteMap,
} from '../store/index.ts';

export interface TestStore extends InlineStore {
  readonly dataDir: string;
  readonly file: string;
  readonly keyHex: string;
  readonly connection: { readonly file: string; readonly keyHex: string };
}

export interface TestStoreOptions {
  /** of the areas under test */
  writes?: WriteMap;
  storeKind?: StoreKind;
  clock?: Clock;
  ids?: IdSource;
}

const KEY_HEX = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const leftOver = new Set<string>();
const remove = (dataDir: string) => {
  rmSync(dataDir, { recursive: true, force: true });
  leftOver.delete(dataDir);
};
process.once('exit', () => leftOver.forEach(remove));

/**
 * A store on a temporary file, with encryption, migrations, queue and groups as in the product, but
 * with the writer on this thread and without waiting for the disk. Close it after the test: the
 * file is removed then (or when the process ends).
 *
 *     const store = openTestStore({ writes: debtorsWrites, clock });
 *     store.runNow((db, context) => db.insert('debtor', aDebtor({ id: context.newId() })));
 *     await store.write(debtorsWrites, 'debtor.addNote', { … });
 *     store.read.get('SELECT …');
 */
export function openTestStore(options: TestStoreOptions = {}): TestStore {
  const clock = options.clock ?? systemClock;
  const dataDir = mkdtempSync(join(tmpdir(), 'dialdesk-store-'));
  leftOver.add(dataDir);
  const file = join(dataDir, 'store.db');
  const store = createInlineStore({
    file,
    keyHex: KEY_HEX,
    storeKind: options.storeKind ?? 'practice',
    writes: options.writes ?? {},
    clock,
    ids: options.ids ?? createIdSource(clock, systemRandom),
  });
  return {
    ...store,
    dataDir,
    file,
    keyHex: KEY_HEX,
    connection: { file, keyHex: KEY_HEX },
    async close() {
      await store.close();
      remove(dataDir);
    },
  };
}
