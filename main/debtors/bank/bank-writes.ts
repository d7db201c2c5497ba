import type { WriteMap } from '../../store/index.ts';
import { ignoreEntry, matchByPerson, unmatchEntry } from './entry-writes.ts';

/** Writes of the bank's queue, for the writer thread. */
export const bankWrites = {
  'bank.match': matchByPerson,
  'bank.ignore': ignoreEntry,
  'bank.unmatch': unmatchEntry,
} satisfies WriteMap;
