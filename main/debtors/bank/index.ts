export { announceQueue, type BankParts, createBank } from './bank.ts';
export { bankWrites } from './bank-writes.ts';
export { type NewBankEntry, reversePaymentsOf, storeEntry } from './entry-writes.ts';
export type { EntryToMatch } from './match-entry.ts';
export { Mt940Reader, type StatementEntry, type StatementItem } from './mt940-reader.ts';
export { normalAccount, readAccounts } from './read-accounts.ts';
