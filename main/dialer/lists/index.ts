export { blockColumns, type EntryBlock, NO_DATE, NO_NUMBER } from './blocks.ts';
export {
  countAttempt,
  type DisposedEffect,
  deferEntry,
  type EntryRefusal,
  giveEntryBack,
  postponeEntry,
  resettleEntry,
  settleDisposedEntry,
  settleEntry,
  takeEntry,
} from './entry-writes.ts';
export {
  type Callable,
  callableOf,
  type NextEntry,
  nextDue,
  nextEntry,
  type PhoneNumber,
} from './next-entry.ts';
export { retryDelayMs } from './retry.ts';
