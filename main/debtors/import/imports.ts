import {
  type ImportKind,
  type ImportMapping,
  leads,
  type ParsedInput,
} from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type {
  Handler,
  Handlers,
  Logger,
  MediaLinks,
  Publisher,
  RequestContext,
  Uploads,
} from '../../contract-server/index.ts';
import type { Store } from '../../store/index.ts';
import { announceQueue } from '../bank/index.ts';
import { ImportJob, type ImportJobParts, type JobProgress } from './import-job.ts';
import { importWrites } from './import-writes.ts';
import { type JobRow, progressOfRow, SELECT_JOB } from './job-rows.ts';
import {
  assertKindInput,
  type KindInput,
  kindRequest,
  loadHome,
  startKind,
} from './kinds/index.ts';
import { listJobRows } from './list-jobs.ts';
import { assertMapping } from './mapping-check.ts';
import { importParserEntry, requestPreview } from './parser-client.ts';
import { REJECTS_KEPT_MS, RejectsStore } from './rejects-store.ts';
import { runUndo } from './run-undo.ts';
import { createTemplates, previewWithTemplates } from './templates/index.ts';
import type { UndoneSoFar } from './undo-import.ts';

export interface ImportsParts {
  store: Store;
  storeKind: StoreKind;
  uploads: Pick<Uploads, 'peek' | 'take'>;
  links: Pick<MediaLinks, 'issue'>;
  publisher: Publisher;
  clock: Clock;
  logger: Logger;
  /** of this area alone: what is not known in it is removed */
  rejectsDirectory: string;
  /** the program of the parser's thread; the product's own when absent */
  parserEntry?: URL;
}

export interface Imports {
  handlers: Handlers;
  /** accounts for imports that an earlier run of the engine did not finish; call it before the first command */
  recover(): Promise<void>;
  /** stops what runs, before the store closes: those jobs have failed, and their files can be imported again */
  close(): Promise<void>;
}

/** At most four announcements a second for each job. */
const ANNOUNCE_INTERVAL_MS = 250;
const KEPT_DRY_RUNS = 20;

/** Commands `import.*`. */
export function createImports(parts: ImportsParts): Imports {
  const running = new RunningImports(parts);
  return {
    handlers: {
      'import.preview': running.preview,
      'import.commit': running.commit,
      'import.cancel': ({ importJobId }) => running.cancel(importJobId),
      'import.undo': running.undo,
      'import.list-jobs': running.listJobs,
      'import.status': ({ importJobId }) => running.status(importJobId),
      'import.open-rejects': running.openRejects,
      ...createTemplates(parts.store),
    },
    recover: () => running.recover(),
    close: () => running.close(),
  };
}

class RunningImports {
  readonly #parts: ImportsParts;
  readonly #jobParts: ImportJobParts;
  readonly #rejects: RejectsStore;
  readonly #jobs = new Map<string, ImportJob>();
  /** jobs that were tried out are written nowhere: what the last ones said */
  readonly #dryRuns = new Map<string, JobProgress>();
  readonly #undos = new Set<Promise<unknown>>();
  #isClosing = false;

  constructor(parts: ImportsParts) {
    this.#parts = parts;
    this.#jobParts = { ...parts, parserEntry: parts.parserEntry ?? importParserEntry() };
    this.#rejects = new RejectsStore(parts.rejectsDirectory);
  }

  readonly preview: Handler<'import.preview'> = async (input, { principal }) => {
    const { fileId, kind, mapping = null, importTemplateId } = input;
    const file = this.#parts.uploads.peek(fileId, principal.personId);
    if (!file) throw unknownFile();
    const home = kind === 'portfolio' ? null : loadHome(this.#parts.store.read);
    const ask = (wanted: ImportMapping | null) =>
      requestPreview(this.#jobParts.parserEntry, {
        path: file.path,
        records: kind,
        mapping: wanted,
        home,
        storeKind: this.#parts.storeKind,
        thisYear: new Date(this.#parts.clock.now()).getUTCFullYear(),
      });
    return previewWithTemplates(this.#parts.store.read, ask, { kind, mapping, importTemplateId });
  };

  readonly commit: Handler<'import.commit'> = (input, context) => {
    const { kind } = input;
    if (kind !== 'portfolio') return this.#commitKind({ ...input, kind }, context);
    assertMapping(input.mapping);
    if (input.portfolioName === '' && input.portfolioId === undefined) {
      throw new AppError('import.no-portfolio-name', 'give the portfolio a name');
    }
    return input.dryRun ? this.#tryOut(input, context) : this.#commit(input, context);
  };

  /** Payments, statements, histories and lists: their heads and batches are their own, the job is the same. */
  async #commitKind(
    input: ParsedInput<'import.commit'> & KindInput,
    { principal, commandId }: RequestContext,
  ): Promise<JobProgress> {
    assertKindInput(input);
    const { uploads, store } = this.#parts;
    const { dryRun, mapping, creditorName } = input;
    const { personId } = principal;
    const taken = dryRun ? null : uploads.take(input.fileId, personId);
    const file = taken ?? (dryRun ? uploads.peek(input.fileId, personId) : null);
    if (!file) throw unknownFile();
    const dispose = async () => taken?.dispose();
    const keyHex = this.#rejects.newKey();
    try {
      const head = { ...file, personId, rejectsKeyHex: keyHex, commandId };
      const started = await startKind(store, input, head);
      if (dryRun) this.#rejects.remember(started.importJobId, keyHex);
      const rejects = { path: this.#rejects.path(started.importJobId), keyHex };
      const { priorContact } = input;
      const base = { path: file.path, mapping, creditorName, rejects, started, priorContact };
      const request = { ...base, ...kindRequest(store, input, started) };
      const job = new ImportJob(this.#jobParts, request, this.#announcer(started));
      return this.#start(job, { dispose });
    } catch (error) {
      await dispose();
      throw error;
    }
  }

  readonly #commit: Handler<'import.commit'> = async (input, { principal, commandId }) => {
    const { mapping, mergeBy, portfolioName, creditorName } = input;
    const file = this.#parts.uploads.take(input.fileId, principal.personId);
    if (!file) throw unknownFile();
    const rejectsKeyHex = this.#rejects.newKey();
    try {
      const started = await this.#parts.store.write(
        importWrites,
        'import.start',
        {
          fileName: file.fileName,
          fileSha256: file.sha256,
          mappingJson: JSON.stringify(mapping),
          personId: principal.personId,
          portfolioId: input.portfolioId ?? null,
          portfolioName,
          creditorName,
          synthetic: this.#parts.storeKind === 'practice',
          priorContact: input.priorContact,
          rejectsKeyHex,
        },
        commandId === null ? {} : { commandId },
      );
      const rejects = { path: this.#rejects.path(started.importJobId), keyHex: rejectsKeyHex };
      const request = { path: file.path, mapping, mergeBy, creditorName, rejects, started };
      return this.#start(new ImportJob(this.#jobParts, request, this.#announcer(started)), file);
    } catch (error) {
      await file.dispose();
      throw error;
    }
  };

  /** The file stays for the import itself. */
  readonly #tryOut: Handler<'import.commit'> = async (input, { principal }) => {
    const { mapping, mergeBy, portfolioName, creditorName, portfolioId = null } = input;
    const file = this.#parts.uploads.peek(input.fileId, principal.personId);
    if (!file) throw unknownFile();
    const started = await this.#parts.store.write(importWrites, 'import.startDryRun', {
      portfolioId,
      portfolioName,
      creditorName,
    });
    const keyHex = this.#rejects.newKey();
    this.#rejects.remember(started.importJobId, keyHex);
    const rejects = { path: this.#rejects.path(started.importJobId), keyHex };
    const base = { path: file.path, mapping, mergeBy, creditorName, rejects, started };
    const request = { ...base, dryRun: true };
    const dispose = async () => {};
    return this.#start(new ImportJob(this.#jobParts, request, this.#announcer(started)), {
      dispose,
    });
  };

  #start(job: ImportJob, file: { dispose(): Promise<void> }): JobProgress {
    this.#jobs.set(job.importJobId, job);
    job
      .run()
      .catch((error: unknown) => this.#parts.logger.error('import', { error: String(error) }))
      .finally(() => {
        this.#jobs.delete(job.importJobId);
        this.#keepDryRun(job.progress());
        this.#tellBank(job.progress().kind);
        return file.dispose();
      });
    return job.progress();
  }

  #keepDryRun(progress: JobProgress): void {
    if (!progress.dryRun) return;
    this.#dryRuns.set(progress.importJobId, progress);
    const [oldest] = this.#dryRuns.keys();
    if (this.#dryRuns.size > KEPT_DRY_RUNS && oldest !== undefined) this.#dryRuns.delete(oldest);
  }

  readonly undo: Handler<'import.undo'> = async ({ importJobId }, { principal, commandId }) => {
    const input = { importJobId, personId: principal.personId };
    const options = commandId === null ? {} : { commandId };
    await this.#parts.store.write(importWrites, 'import.beginUndo', input, options);
    const done = await this.#runUndo(importJobId);
    if (done === null)
      throw new AppError('import.undo-in-progress', 'it goes on at the next start');
    const { removed, restored, kept } = done;
    return { removed, restored, kept };
  };

  /** @returns null when the program ended before it did */
  #runUndo(importJobId: string): Promise<UndoneSoFar | null> {
    this.#announce(importJobId);
    const undo = runUndo(this.#parts.store, importJobId, () => this.#isClosing).finally(() => {
      this.#undos.delete(undo);
      this.#announce(importJobId);
      this.#tellBank(this.status(importJobId).kind);
    });
    this.#undos.add(undo);
    return undo;
  }

  /** Entries may have come into the queue, or left it. */
  #tellBank(kind: ImportKind): void {
    if (kind === 'payments' || kind === 'bankStatement') announceQueue(this.#parts);
  }

  #announce(importJobId: string): void {
    const audience = { kind: 'roles', roles: leads } as const;
    this.#parts.publisher.publish('import.progressed', this.status(importJobId), audience);
  }

  async cancel(importJobId: string): Promise<JobProgress> {
    const job = this.#jobs.get(importJobId);
    return job ? job.cancel() : this.status(importJobId);
  }

  status(importJobId: string): JobProgress {
    const job = this.#jobs.get(importJobId)?.progress() ?? this.#dryRuns.get(importJobId);
    if (job) return job;
    const row = this.#parts.store.read.get<JobRow>(SELECT_JOB, importJobId);
    if (!row) throw new AppError('contract.not-found', 'no such import');
    return progressOfRow(row, this.#rejects.has(importJobId));
  }

  readonly listJobs: Handler<'import.list-jobs'> = ({ kind, limit }) => {
    const rows = listJobRows(this.#parts.store.read, kind ?? null, limit);
    return { jobs: rows.map((row) => ({ ...row, ...this.status(row.importJobId) })) };
  };

  readonly openRejects: Handler<'import.open-rejects'> = (
    { importJobId },
    { principal, baseUrl },
  ) => {
    const { store, links } = this.#parts;
    if (this.#jobs.has(importJobId) || this.#rejects.open(store.read, importJobId) === null) {
      throw new AppError('contract.not-found', 'this import has no rejects file');
    }
    const link = links.issue({
      personId: principal.personId,
      open: () => {
        const content = this.#rejects.open(store.read, importJobId);
        return content && { ...content, contentType: 'text/csv', fileName: 'rejects.csv' };
      },
    });
    return { url: `${baseUrl ?? ''}${link.path}`, expiresAt: link.expiresAt };
  };

  async recover(): Promise<void> {
    const { store, clock, logger } = this.#parts;
    const before = clock.now() - REJECTS_KEPT_MS;
    const recovered = await store.write(importWrites, 'import.recover', { before });
    const { failed, kept, undoing } = recovered;
    if (failed > 0) logger.warn('imports of an earlier run did not finish', { failed });
    this.#rejects.keepOnly(new Set(kept));
    // behind everything else: nobody waits for it at the start
    this.#undoAll(undoing).catch((error: unknown) =>
      logger.error('undo of an import', { error: String(error) }),
    );
  }

  async #undoAll(importJobIds: readonly string[]): Promise<void> {
    for (const importJobId of importJobIds) await this.#runUndo(importJobId);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#jobs.values()].map((job) => job.interrupt()));
    await Promise.allSettled(this.#undos);
  }

  /** Tells the leads how far it is, seldom while it runs and at once when it has ended. */
  #announcer({ importJobId }: { importJobId: string }): () => void {
    const { clock, publisher } = this.#parts;
    let cancelTimer: (() => void) | null = null;
    const announce = () => {
      cancelTimer = null;
      const job = this.#jobs.get(importJobId);
      if (!job) return;
      publisher.publish('import.progressed', job.progress(), { kind: 'roles', roles: leads });
    };
    return () => {
      if (this.#jobs.get(importJobId)?.progress().state !== 'running') {
        cancelTimer?.();
        announce();
      } else cancelTimer ??= clock.setTimer(ANNOUNCE_INTERVAL_MS, announce);
    };
  }
}

function unknownFile(): AppError {
  return new AppError('import.unknown-file', 'this file is gone: choose it again');
}
