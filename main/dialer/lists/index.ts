export {
  countAttempt,
  type DisposedEffect,
  deferEntry,
  giveEntryBack,
  resettleEntry,
  settleDisposedEntry,
  settleEntry,
  takeEntry,
} from './entry-writes.ts';
export { type NextEntry, nextDueAt, nextEntry } from './next-entry.ts';
export { defaultRetryRules, retryDelayMs } from './retry.ts';
