export { runWriterThread } from './connection/writer-thread.ts';
export { createHybridClock, type HybridClock } from './hlc.ts';
export { createIdSource } from './ids.ts';
export { createInlineStore, type InlineStore } from './inline-store.ts';
export { defaultDispositions } from './seed.ts';
export { systemClock, systemRandom } from './system-clock.ts';
export { tableRules } from './table-classes.ts';
export type * from './types.ts';
