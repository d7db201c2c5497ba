// What the writer thread needs of this area: the index would load the parser of imports there.
export { bankWrites } from './bank/bank-writes.ts';
export { setContactPointStatus } from './contact-points/contact-point-rows.ts';
export { debtorsWrites } from './debtors-writes.ts';
export { documentWrites } from './documents/document-writes.ts';
export { erasureWrites } from './erasure/erasure-writes.ts';
export {
  addInteractionContent,
  addInteractionEvent,
  insertInteraction,
} from './history/interaction-writes.ts';
export { importWrites } from './import/import-writes.ts';
export { bookPayment, reversePayment } from './ledger/index.ts';
export { listWrites } from './list/list-writes.ts';
export { insertPromise } from './promises/promise-writes.ts';
export { retentionWrites } from './retention/retention-writes.ts';
export { type SeededRandom, seededRandom } from './sample/seeded-random.ts';
export { endDueCallbacks } from './work/callback-writes.ts';
export { leaveTrace, type Trace } from './work/leave-trace.ts';
export { followCallbacks, leaveLists } from './work/list-entries.ts';
export { workWrites } from './work/work-writes.ts';
export { upsertContactPoint } from './writes/upsert-debtor.ts';
