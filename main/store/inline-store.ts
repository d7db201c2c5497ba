import type { StoreKind } from '#shared/domain/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import { assembleStore } from './assemble-store.ts';
import { createInlineWriter } from './connection/inline-writer.ts';
import { openConnection } from './connection/open-connection.ts';
import { prepareDatabase } from './prepare-database.ts';
import type { Store, WriteContext, WriteDb, WriteMap } from './types.ts';

export interface InlineStore extends Store {
  /** one function in a transaction of its own, at once, through the same write helper */
  runNow<Value>(write: (db: WriteDb, context: WriteContext) => Value): Value;
}

export interface InlineStoreOptions {
  /** must not exist yet */
  file: string;
  keyHex: string;
  storeKind: StoreKind;
  writes: WriteMap;
  clock: Clock;
  ids: IdSource;
}

/**
 * Creates a store whose writer is on this thread and does not wait for the disk: for tests. All the
 * rest (encryption, migrations, queue, groups) is the product's.
 */
export function createInlineStore(options: InlineStoreOptions): InlineStore {
  const { file, keyHex, storeKind, clock, ids } = options;
  const database = openConnection({ file, keyHex, role: 'writer', durable: false });
  const meta = { storeId: ids.next(), nodeId: ids.next(), storeKind, createdAt: clock.now() };
  prepareDatabase(database, meta, { clock, ids });
  const writer = createInlineWriter({ database, writes: options.writes, clock, ids });
  const store = assembleStore(openConnection({ file, keyHex, role: 'reader' }), writer);
  return { ...store, runNow: (write) => writer.runNow(write) };
}
