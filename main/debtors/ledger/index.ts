/** The books of debts. For the writer thread and for readers. */
export { type BookedPayment, bookPayment, type NewPayment } from './book-payment.ts';
export { countInterest } from './interest.ts';
export { accruedInterest, entriesMinor, type LedgerDebt, loadLedgerDebts } from './ledger-debts.ts';
export { type Limitation, limitationOf } from './limitation.ts';
export { planAllocation } from './plan-allocation.ts';
export { type PaymentReversal, reversePayment } from './reverse-payment.ts';
export { type NewEntry, writeEntries } from './write-entries.ts';
