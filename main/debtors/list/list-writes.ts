import { recentDebtorsWrites } from '../search/recent-debtors.ts';
import { bulkWrites } from './bulk-writes.ts';
import { savedFilterWrites } from './saved-filters.ts';

/** Writes of lists and search, for the writer thread. */
export const listWrites = { ...bulkWrites, ...recentDebtorsWrites, ...savedFilterWrites };
