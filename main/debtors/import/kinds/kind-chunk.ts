import type { WriteContext, WriteDb } from '../../../store/index.ts';
import type { FileNotice, RefusedRecord } from '../parser-protocol.ts';
import type { KindRecord, OtherKind } from './kind-records.ts';

/** A batch of records on its way to the writer. */
export interface KindChunk {
  importJobId: string;
  kind: OtherKind;
  /** true: counts what would happen, and writes nothing */
  dryRun: boolean;
  /** whose references count; null: those of all */
  portfolioId: string | null;
  /** of numbers */
  listName: string;
  replaceList: boolean;
  /** `KindRecord[]` as text: it passes the main thread without being taken apart there */
  recordsJson: string;
  /** counts of the whole job up to and with this chunk */
  rows: number;
  rejected: number;
  /** well-formed rows of this batch that are not to be stored */
  ignored: number;
  /** about the file as a whole, with the last chunk */
  notices: readonly FileNotice[];
}

/** What a job tells of statements and payments beside its counts; kept with the job. */
export interface KindTold {
  queued: number;
  ignored: number;
  notices?: readonly FileNotice[];
}

export interface KindCounts {
  imported: number;
  updated: number;
  unchanged: number;
  queued: number;
  refused: RefusedRecord[];
}

export interface KindChunkParts<Record extends KindRecord> {
  db: WriteDb;
  context: WriteContext;
  chunk: KindChunk;
  records: readonly Record[];
}

export function noCounts(): KindCounts {
  return { imported: 0, updated: 0, unchanged: 0, queued: 0, refused: [] };
}
