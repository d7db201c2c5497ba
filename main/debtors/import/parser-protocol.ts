import type {
  ImportKind,
  ImportMapping,
  ImportMergeKey,
  ImportPreview,
} from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import type { ErrorData } from '#shared/errors/index.ts';
import type { RejectsFileOptions } from './rejects-file.ts';

/** What the parser's thread is told at its start. */
export type ParserTask =
  | {
      kind: 'preview';
      path: string;
      /** null: guessed */
      mapping: ImportMapping | null;
      storeKind: StoreKind;
      thisYear: number;
    }
  | {
      kind: 'import';
      path: string;
      /** what the records are of */
      records: ImportKind;
      mapping: ImportMapping;
      mergeBy: ImportMergeKey;
      storeKind: StoreKind;
      creditorName: string;
      thisYear: number;
      /** records in the first batch */
      batchSize: number;
      /** batches that may be under way at once */
      credit: number;
      rejects: RejectsFileOptions;
    };

export type FromParser =
  | { type: 'preview'; preview: ImportPreview }
  | {
      type: 'batch';
      /** `PackedRecord[]`, passed to the writer as it is */
      recordsJson: string;
      records: number;
      rows: number;
      rejected: number;
      /** of the file, read so far */
      bytesRead: number;
    }
  | { type: 'done'; rows: number; rejected: number; hasRejects: boolean }
  | { type: 'failed'; error: ErrorData };

/** One batch has been stored: another may come, and those that are made from now on hold so many records. */
export type ToParser = { type: 'credit'; batchSize: number };
