import { leads } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type {
  Handler,
  Handlers,
  Logger,
  MediaLinks,
  Publisher,
  Uploads,
} from '../../contract-server/index.ts';
import type { Store } from '../../store/index.ts';
import { ImportJob, type ImportJobParts, type JobProgress } from './import-job.ts';
import { importWrites } from './import-writes.ts';
import { assertMapping } from './mapping-check.ts';
import { importParserEntry, requestPreview } from './parser-client.ts';
import { REJECTS_KEPT_MS, RejectsStore } from './rejects-store.ts';

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

/** Commands `import.*`. */
export function createImports(parts: ImportsParts): Imports {
  const running = new RunningImports(parts);
  return {
    handlers: {
      'import.preview': running.preview,
      'import.commit': running.commit,
      'import.cancel': ({ importJobId }) => running.cancel(importJobId),
      'import.status': ({ importJobId }) => running.status(importJobId),
      'import.open-rejects': running.openRejects,
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

  constructor(parts: ImportsParts) {
    this.#parts = parts;
    this.#jobParts = { ...parts, parserEntry: parts.parserEntry ?? importParserEntry() };
    this.#rejects = new RejectsStore(parts.rejectsDirectory);
  }

  readonly preview: Handler<'import.preview'> = ({ fileId, mapping }, { principal }) => {
    const file = this.#parts.uploads.peek(fileId, principal.personId);
    if (!file) throw unknownFile();
    return requestPreview(this.#jobParts.parserEntry, {
      path: file.path,
      mapping: mapping ?? null,
      storeKind: this.#parts.storeKind,
      thisYear: new Date(this.#parts.clock.now()).getUTCFullYear(),
    });
  };

  readonly commit: Handler<'import.commit'> = async (input, { principal, commandId }) => {
    const { mapping, portfolioName, creditorName } = input;
    assertMapping(mapping);
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
          rejectsKeyHex,
        },
        commandId === null ? {} : { commandId },
      );
      const rejects = { path: this.#rejects.path(started.importJobId), keyHex: rejectsKeyHex };
      const request = { path: file.path, mapping, creditorName, rejects, started };
      return this.#start(new ImportJob(this.#jobParts, request, this.#announcer(started)), file);
    } catch (error) {
      await file.dispose();
      throw error;
    }
  };

  #start(job: ImportJob, file: { dispose(): Promise<void> }): JobProgress {
    this.#jobs.set(job.importJobId, job);
    job
      .run()
      .catch((error: unknown) => this.#parts.logger.error('import', { error: String(error) }))
      .finally(() => {
        this.#jobs.delete(job.importJobId);
        return file.dispose();
      });
    return job.progress();
  }

  async cancel(importJobId: string): Promise<JobProgress> {
    const job = this.#jobs.get(importJobId);
    return job ? job.cancel() : this.status(importJobId);
  }

  status(importJobId: string): JobProgress {
    const job = this.#jobs.get(importJobId);
    if (job) return job.progress();
    const row = this.#parts.store.read.get<JobRow>(SELECT_JOB, importJobId);
    if (!row) throw new AppError('contract.not-found', 'no such import');
    const { startedAt, finishedAt, ...columns } = row;
    return {
      ...columns,
      dryRun: false,
      totalRows: row.state === 'finished' ? row.rows : null,
      seconds: finishedAt === null ? 0 : (finishedAt - startedAt) / 1000,
      rowsPerSecond: 0,
      secondsLeft: null,
      undoable: false,
      hasRejects: this.#rejects.has(importJobId),
    };
  }

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
    const { failed, kept } = await store.write(importWrites, 'import.recover', { before });
    if (failed > 0) logger.warn('imports of an earlier run did not finish', { failed });
    this.#rejects.keepOnly(new Set(kept));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#jobs.values()].map((job) => job.interrupt()));
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

interface JobRow {
  importJobId: string;
  kind: JobProgress['kind'];
  portfolioId: string | null;
  state: JobProgress['state'];
  rows: number;
  imported: number;
  updated: number;
  unchanged: number;
  rejected: number;
  undoneAt: number | null;
  error: string | null;
  startedAt: number;
  finishedAt: number | null;
}

const SELECT_JOB = `SELECT id AS importJobId, kind, portfolioId, state, rows, imported, updated, unchanged, rejected, undoneAt,
  error, startedAt, finishedAt FROM importJob WHERE id = ?`;

function unknownFile(): AppError {
  return new AppError('import.unknown-file', 'this file is gone: choose it again');
}
