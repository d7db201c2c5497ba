import { createStore, openStore, practiceKeyFile, storeExists } from '../../../main/store/index.ts';

/**
 * What the engine does with the directory of a new practice store, and nothing else, so that a test can kill it at every
 * single file operation: `make-store.ts DIR`. Prints the store's id when the store is open.
 */
const [dataDir = ''] = process.argv.slice(2);
const keyProvider = { kind: 'keyFile', path: practiceKeyFile(dataDir) } as const;
if (!storeExists(dataDir)) await createStore({ dataDir, storeKind: 'practice', keyProvider });
const store = await openStore({ dataDir, keyProvider });
process.stdout.write(`${store.meta.storeId}\n`);
await store.close();
