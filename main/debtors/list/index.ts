export { idsFromBytes } from './id-table.ts';
export type { IndexStats } from './index-protocol.ts';
export { Lists, type ListsParts, rememberingCards } from './lists.ts';
export {
  type PreviewedOrder,
  type PreviewQuery,
  periodOf,
  type RankChanges,
  type RankedEntries,
  type RankedRow,
  type RankPage,
  type RankQuery,
  type Weights,
  weightsOn,
} from './strategy/index.ts';
