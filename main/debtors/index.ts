export { type AgeBucket, ageBucket, ageBuckets } from './age-bucket.ts';
export { type BankParts, createBank } from './bank/index.ts';
export { loadContactPoints } from './card/card-contact-points.ts';
export {
  type AskedPoint,
  type Card,
  type CardContactPoint,
  loadCard,
  type PermissionsFor,
  type PointPermissions,
} from './card/load-card.ts';
export { createDebtors, type Debtors, type DebtorsParts } from './debtors.ts';
export { debtorsWrites } from './debtors-writes.ts';
export { createDocuments, type Documents, type DocumentsParts } from './documents/documents.ts';
export { createErasures, type Erasures, type ErasuresParts } from './erasure/erasures.ts';
export { createExports, type Exports, type ExportsParts } from './export/exports.ts';
export type { HistoryItem } from './history/history-rows.ts';
export {
  addInteractionContent,
  addInteractionEvent,
  type InteractionEventData,
  type InteractionEventKind,
  insertInteraction,
  type NewInteraction,
} from './history/interaction-writes.ts';
export { loadHistory, loadInteraction } from './history/load-history.ts';
export * from './import/index.ts';
export { accruedInterest, type LedgerDebt, loadLedgerDebts } from './ledger/index.ts';
export {
  type IndexStats,
  idsFromBytes,
  Lists,
  type ListsParts,
  type PreviewedOrder,
  type PreviewQuery,
  periodOf,
  type RankChanges,
  type RankedEntries,
  type RankedRow,
  type RankPage,
  type RankQuery,
  rememberingCards,
  type Weights,
  weightsOn,
} from './list/index.ts';
export { daysBetween, daysPastDue, localDate } from './local-date.ts';
export { maskNationalId } from './mask-national-id.ts';
export { isPhoneKind, phoneKinds } from './phone-kinds.ts';
export {
  createRetentionHandlers,
  RetentionJob,
  type RetentionLaw,
  type RetentionLaws,
} from './retention/index.ts';
export * from './sample/index.ts';
export { findDebtorsByNumber, type NumberMatch } from './search/find-by-number.ts';
export { createDebtorWork, type DebtorWork, type DebtorWorkParts } from './work/debtor-work.ts';
export { allocationOrderOf, readFirmRates } from './work/work-settings.ts';
export { workWrites } from './work/work-writes.ts';
export { insertPortfolio, type NewPortfolio } from './writes/portfolio-writes.ts';
export { searchNameOf } from './writes/search-name.ts';
export {
  type ContactPointInput,
  type DebtInput,
  type DebtorInput,
  upsertContactPoint,
  upsertDebt,
  upsertDebtor,
} from './writes/upsert-debtor.ts';
export type { Upserted } from './writes/upsert-row.ts';
