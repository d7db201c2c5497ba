import type {
  ImportFinding,
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
      /** absent: portfolio */
      records?: ImportKind;
      /** null: guessed */
      mapping: ImportMapping | null;
      storeKind: StoreKind;
      thisYear: number;
      /** for files that name neither country nor currency; not used for portfolios, which have their own */
      home?: { country: string; currency: string } | null;
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
      /** `PackedRecord[]`, or `KindRecord[]` of another kind, passed to the writer as it is */
      recordsJson: string;
      records: number;
      rows: number;
      rejected: number;
      /** rows of this batch that are well formed and not to be stored, in kinds that have such */
      ignored?: number;
      /** about the file as a whole, with the last batch */
      notices?: FileNotice[];
      /** of the file, read so far */
      bytesRead: number;
    }
  | {
      type: 'done';
      rows: number;
      rejected: number;
      hasRejects: boolean;
      /** about the file as a whole */
      notices?: FileNotice[];
    }
  | { type: 'failed'; error: ErrorData };

/** One batch has been stored: another may come, and those that are made from now on hold so many records. */
export type ToParser = {
  type: 'credit';
  batchSize: number;
  /** records of the batch that the store did not take */
  refused?: RefusedRecord[];
};

/** A record that the store does not take: its place in the batch, and why. */
export type RefusedRecord = [index: number, finding: ImportFinding];

export interface FileNotice {
  finding: ImportFinding;
  line: number;
  text: string;
}
