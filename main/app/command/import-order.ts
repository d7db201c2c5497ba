import type { ImportKind, ImportMapping } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** What both ways of importing are given. */
export interface ImportOrder {
  file: string;
  dataDir: string;
  keyFile: string | null;
  kind: ImportKind;
  /** name of a saved mapping; null: the one whose headers fit, if any */
  template: string | null;
  dryRun: boolean;
  /** of do-not-call lists */
  listName: string;
  replaceList: boolean;
  portfolioName: string;
  creditorName: string;
  /** where rejected records go, if there are any */
  rejectsFile: string;
  /** how the file is to be read where the person says so; null: as it was guessed */
  chooseForm(guessed: ImportMapping): ImportMapping | null;
  /** the mapping to use, given what was guessed and the file's header */
  chooseMapping(guessed: ImportMapping, headers: readonly string[]): ImportMapping;
}

/** The last line of stdout (design §6). */
export interface ImportResult {
  rows: number;
  imported: number;
  updated: number;
  rejected: number;
  rejectsFile: string | null;
  seconds: number;
  /** records that were there already, just so */
  unchanged: number;
  /** of money: entries that wait in the queue of the bank, and rows that are left out because money went out */
  queued?: number | undefined;
  ignored?: number | undefined;
  /** what was noticed about the file as a whole */
  notices?: readonly { finding: string; line: number; text: string }[] | undefined;
  /** true: nothing was stored */
  dryRun?: true;
}

/** What is said of a job that has ended. */
export interface EndedJob extends Omit<ImportResult, 'rejectsFile' | 'dryRun'> {
  state: string;
  error: string | null;
  dryRun: boolean;
}

/**
 * The template that the person named.
 * @throws AppError `command.usage` when there is none of this name
 */
export function templateIdOf(
  { template, kind }: ImportOrder,
  known: readonly { importTemplateId: string; name: string }[],
): string | undefined {
  if (template === null) return undefined;
  const found = known.find(({ name }) => name === template);
  if (found) return found.importTemplateId;
  throw new AppError('command.usage', `there is no template "${template}" for ${kind}`);
}

/** @throws AppError when it did not finish */
export function resultOf(job: EndedJob, rejectsFile: string | null): ImportResult {
  const { state, error, rows, imported, updated, rejected, seconds, unchanged } = job;
  if (state !== 'finished') {
    throw new AppError(error ?? 'import.failed', `the import did not finish (${state})`);
  }
  const { queued, ignored, notices, dryRun } = job;
  return {
    rows,
    imported,
    updated,
    rejected,
    rejectsFile,
    seconds,
    unchanged,
    ...(queued === undefined ? {} : { queued }),
    ...(ignored === undefined ? {} : { ignored }),
    ...(notices === undefined ? {} : { notices }),
    ...(dryRun ? { dryRun } : {}),
  };
}
