export type { RankChanges, RankedEntries, RankedRow, RankPage, RankQuery } from './entry-ranks.ts';
export { periodOf, type Weights, weightsOn } from './month-period.ts';
export type { PreviewedOrder, PreviewQuery } from './preview-order.ts';
