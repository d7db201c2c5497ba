import type { CommandOutput, ListSort } from '#shared/contract/index.ts';
import type { ErrorData } from '#shared/errors/index.ts';
import type { FindQuery } from '../search/find-debtors.ts';
import type { IndexProgress } from './debtor-index.ts';
import type { RowFilter } from './filter-rows.ts';
import type { Count, Hits, RowsQuery } from './list-query.ts';
import type { ListedRow } from './list-rows.ts';
import type { ListedPortfolio } from './portfolio-totals.ts';
import type {
  PreviewedOrder,
  PreviewQuery,
  RankChanges,
  RankPage,
  RankQuery,
} from './strategy/index.ts';

/** What the thread is started with; the key never leaves the process. */
export interface IndexThreadData {
  file: string;
  keyHex: string;
}

export interface IndexStats {
  progress: IndexProgress;
  upToDate: boolean;
  bytes: { columns: number; words: number; numbers: number };
}

/** What can be asked, with what goes in and what comes out. */
export interface IndexQuestions {
  find: { input: FindQuery; output: { hits: Hits; complete: boolean; tookMs: number } };
  rows: { input: RowsQuery; output: Count & { rows: ListedRow[]; tookMs: number } };
  count: { input: { filter: RowFilter }; output: Count };
  choices: { input: null; output: CommandOutput<'list.choices'> };
  portfolios: { input: null; output: ListedPortfolio[] };
  ids: {
    input: { filter: RowFilter; sort: ListSort };
    output: { ids: Uint8Array<ArrayBuffer>; complete: boolean };
  };
  /** who comes first under a strategy, and why */
  previewOrder: { input: PreviewQuery; output: PreviewedOrder };
  /** entries of a list whose place in the store is another than the strategy's: the next after a position … */
  rankPage: { input: RankQuery & { position: number }; output: RankPage };
  /** … and those of debtors who changed since */
  rankChanges: { input: RankQuery; output: RankChanges };
  stats: { input: null; output: IndexStats };
}
export type QuestionName = keyof IndexQuestions;
export type Question = {
  [Name in QuestionName]: { name: Name; input: IndexQuestions[Name]['input'] };
}[QuestionName];

export type ToIndex = { type: 'ask'; id: number; question: Question } | { type: 'close' };
export type FromIndex =
  | { type: 'answer'; id: number; ok: true; value: unknown }
  | { type: 'answer'; id: number; ok: false; error: ErrorData }
  | { type: 'progress'; progress: IndexProgress };
