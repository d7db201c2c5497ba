import type { StoreKind } from '#shared/domain/index.ts';
import type { DryRunCounts, DryRunQuestion } from './dry-run.ts';
import type { ScreeningView } from './screener.ts';
import type { ScreeningChunk } from './screening-writes.ts';

/** What the thread opens its own reading connection and its own door with. */
export interface ScreeningThreadData {
  file: string;
  keyHex: string;
  storeKind: StoreKind;
}

export type ToScreening =
  | { type: 'view'; id: number; campaignId: string; startOver: boolean }
  | { type: 'dryRun'; id: number; question: DryRunQuestion }
  | { type: 'written'; id: number; ok: boolean }
  /** the engine's own guard: the thread sleeps through no suspension by itself */
  | { type: 'clock'; isDoubted: boolean }
  | { type: 'close' };

export type FromScreening =
  | { type: 'answer'; id: number; view: ScreeningView }
  /** null: it failed */
  | { type: 'dryRun'; id: number; counts: DryRunCounts | null }
  /** what differs, at most twice a second */
  | { type: 'views'; views: ScreeningView[] }
  | { type: 'write'; id: number; chunk: ScreeningChunk; freed: string[] }
  | { type: 'clockDoubted' };
