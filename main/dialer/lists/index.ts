export { adoptEntries } from './adopt-entries.ts';
export { blockColumns, type EntryBlock, NO_DATE, NO_NUMBER } from './blocks.ts';
export { type DueCallback, dueCallbacks } from './due-callbacks.ts';
export {
  countAttempt,
  type DisposedEffect,
  type DisposedOutcome,
  deferEntry,
  type EntryRefusal,
  giveEntryBack,
  postponeEntry,
  resettleEntry,
  settleDisposedEntry,
  settleEntry,
  takeEntry,
} from './entry-writes.ts';
export { filterDigest, isFiltered } from './filter-mark.ts';
export {
  type Callable,
  callableOf,
  type NextEntry,
  nextDue,
  nextEntry,
  type PhoneNumber,
} from './next-entry.ts';
export { ReadyLists, type ReadyListsParts } from './ready-lists.ts';
export { retryDelayMs } from './retry.ts';
export { type DueSilent, dueSilent } from './silence.ts';
