import type { ParsedInput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Store } from '../../../store/index.ts';
import type { BatchDone, ImportRequest } from '../import-job.ts';
import type { ParserBatch } from '../parser-client.ts';
import type { KindChunk } from './kind-chunk.ts';
import { assertKindMapping } from './kind-mapping-check.ts';
import type { OtherKind } from './kind-records.ts';
import { hasQueue, kindWrites } from './kind-writes.ts';
import type { SweepStep } from './write-numbers.ts';

export type KindInput = Pick<
  ParsedInput<'import.commit'>,
  'mapping' | 'dryRun' | 'portfolioId' | 'listName' | 'replaceList'
> & { kind: OtherKind };

/** A file that is to be imported. */
export interface KindFile {
  fileName: string;
  sha256: string;
  personId: string | null;
  rejectsKeyHex?: string | undefined;
  commandId?: string | null;
}

/** @throws AppError `import.mapping-incomplete`, `import.no-list-name` */
export function assertKindInput({ kind, mapping, listName }: KindInput): void {
  assertKindMapping(kind, mapping);
  if (kind === 'doNotCall' && listName === '') {
    throw new AppError('import.no-list-name', 'give the list a name');
  }
}

/**
 * Writes the head of a job, unless it is a dry run.
 * @throws AppError `contract.not-found`: no such portfolio
 */
export async function startKind(
  store: Store,
  input: KindInput,
  file: KindFile,
): Promise<{ importJobId: string; portfolioId: string | null }> {
  const { kind, mapping, listName, dryRun, portfolioId = null } = input;
  if (dryRun) return store.write(kindWrites, 'kinds.startDryRun', { portfolioId });
  const { fileName, sha256, personId, rejectsKeyHex, commandId = null } = file;
  const mappingJson = JSON.stringify(listName === '' ? mapping : { ...mapping, listName });
  const job = { kind, fileName, fileSha256: sha256, mappingJson, personId, portfolioId };
  return store.write(
    kindWrites,
    'kinds.start',
    { ...job, rejectsKeyHex },
    commandId === null ? {} : { commandId },
  );
}

/** What an import job needs to know of a kind: how its batches are stored. */
export function kindRequest(
  store: Store,
  input: KindInput,
  started: { importJobId: string; portfolioId: string | null },
): Pick<ImportRequest, 'kind' | 'dryRun' | 'write'> {
  const { kind, dryRun, listName, replaceList } = input;
  const { importJobId, portfolioId } = started;
  const base = { importJobId, kind, dryRun, portfolioId, listName, replaceList };
  return { kind, dryRun, write: (batch) => storeBatch(store, base, batch) };
}

type JobChunk = Omit<KindChunk, 'recordsJson' | 'rows' | 'rejected' | 'ignored' | 'notices'>;

async function storeBatch(store: Store, job: JobChunk, batch: ParserBatch): Promise<BatchDone> {
  const { recordsJson, rows, rejected, ignored = 0, notices = [] } = batch;
  const chunk = { ...job, recordsJson, rows, rejected, ignored, notices };
  const options = { priority: 'import' } as const;
  const done = await store.write(kindWrites, 'kinds.chunk', chunk, options);
  // an empty batch is the last one
  if (batch.records === 0 && job.replaceList && !job.dryRun) await replaceList(store, job);
  if (hasQueue(job.kind)) return done;
  const { queued: _queued, ignored: _ignored, ...rest } = done;
  return rest;
}

async function replaceList(store: Store, { importJobId, listName }: JobChunk): Promise<void> {
  const options = { priority: 'import' } as const;
  let after: string | null = '';
  while (after !== null) {
    const step: SweepStep = { importJobId, listName, after };
    const done: { after: string | null } = await store.write(
      kindWrites,
      'kinds.sweep',
      step,
      options,
    );
    after = done.after;
  }
}
