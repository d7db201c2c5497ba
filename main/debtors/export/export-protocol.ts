import type { DocumentLanguage } from '#shared/contract/index.ts';
import type { ErrorData } from '#shared/errors/index.ts';
import type { ListTask } from './write-list.ts';

/** Everything about one debtor, as a ZIP. */
export interface PersonTask {
  debtorId: string;
  language: DocumentLanguage;
  withRecordings: boolean;
  timeZone: string;
  /** epoch ms */
  now: number;
  /** where the encrypted files are */
  recordingsDirectory: string;
  documentsDirectory: string;
}

/** What a thread of exports is started with. */
export interface ExportThreadData {
  connection: { file: string; keyHex: string };
  result: { path: string; keyHex: string };
  task: { kind: 'list'; list: ListTask } | { kind: 'person'; person: PersonTask };
}

export type FromExportThread =
  | { type: 'progress'; rows: number; total: number | null }
  | { type: 'done'; rows: number; bytes: number }
  | { type: 'failed'; error: ErrorData };
