export { runCheckpointThread } from './connection/checkpoint-thread.ts';
export { type ConnectionOptions, openConnection } from './connection/open-connection.ts';
export { createReadDb } from './connection/read-db.ts';
export { runWriterThread } from './connection/writer-thread.ts';
export { type CreateStoreOptions, createStore } from './create-store.ts';
export {
  databaseFile,
  findRunningEngine,
  makeDataDirectory,
  practiceKeyFile,
  storeExists,
} from './files/data-directory.ts';
export { type DirectoryLock, lockDirectory } from './files/directory-lock.ts';
export { type EngineFile, writeEngineFile } from './files/engine-file.ts';
export { writeFileAtomic } from './files/write-file-atomic.ts';
export { createHybridClock, type HybridClock } from './hlc.ts';
export { createIdSource } from './ids.ts';
export { createInlineStore, type InlineStore } from './inline-store.ts';
export { changeKeyProtection } from './keys/change-key-protection.ts';
export type { KeyProvider, ProtectingProvider } from './keys/key-provider.ts';
export { type ProtectorKind, readStoreFile, type StoreFile } from './keys/store-file.ts';
export { latestSchemaVersion } from './migrations/index.ts';
export { type OpenStore, type OpenStoreOptions, openStore } from './open-store.ts';
export { defaultDispositions } from './seed.ts';
export type { StoreMeta } from './store-meta.ts';
export { systemClock, systemRandom } from './system-clock.ts';
export { tableRules } from './table-classes.ts';
export type * from './types.ts';
