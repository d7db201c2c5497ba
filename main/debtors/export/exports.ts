import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  type ExportTable,
  exportColumns,
  type ListFilter,
  type ListSort,
} from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import type {
  Audit,
  Handler,
  Handlers,
  MediaContent,
  MediaLinks,
  Publisher,
} from '../../contract-server/index.ts';
import type { ReadDb } from '../../store/index.ts';
import { openSealedFile } from '../documents/sealed-file.ts';
import { localDate } from '../local-date.ts';
import { exportThreadEntry } from './export-client.ts';
import { ExportJob, type Progress } from './export-job.ts';
import type { ExportThreadData } from './export-protocol.ts';
import { exportTexts } from './texts/index.ts';
import { columnsOf, sensitiveColumns } from './write-list.ts';

export interface ExportsParts {
  read: ReadDb;
  connection: ExportThreadData['connection'];
  /** debtors of a list in its order, 16 bytes each */
  idsOfList(filter: ListFilter, sort: ListSort): Promise<Uint8Array>;
  links: Pick<MediaLinks, 'issue'>;
  publisher: Publisher;
  audit: Audit;
  clock: Clock;
  idSource: IdSource;
  /** of this area alone: it is emptied at the start */
  exportsDirectory: string;
  recordingsDirectory: string;
  documentsDirectory: string;
  /** of instants in files; the machine's own when absent */
  timeZone?: string;
  /** the program of the thread; the product's own when absent */
  entry?: URL;
}

export interface Exports {
  handlers: Handlers;
  /** ends access requests about these debtors and removes their files: the debtors were erased */
  forget(debtorIds: readonly string[]): Promise<void>;
  /** ends what runs and removes every file */
  close(): Promise<void>;
}

/** Each has a thread with a connection of its own: more of them would slow down calls on two cores. */
const MOST_RUNNING = 2;
const ANNOUNCE_INTERVAL_MS = 250;
const FILE_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
} as const;

/** Commands `export.*`. */
export function createExports(parts: ExportsParts): Exports {
  const jobs = new ExportJobs(parts);
  return {
    handlers: {
      'export.describe': ({ language }) => ({ tables: describe(language) }),
      'export.list': jobs.list,
      'export.person': jobs.person,
      'export.status': ({ exportJobId }, { principal }) =>
        jobs.of(exportJobId, principal.personId).progress(),
      'export.jobs': (_input, { principal }) => ({ jobs: jobs.ofPerson(principal.personId) }),
      'export.cancel': async ({ exportJobId }, { principal }) => {
        const job = jobs.of(exportJobId, principal.personId);
        await job.cancel();
        return job.progress();
      },
      'export.open': jobs.open,
    },
    forget: (debtorIds) => jobs.forget(debtorIds),
    close: () => jobs.close(),
  };
}

function describe(language: keyof typeof exportTexts) {
  const texts = exportTexts[language];
  return (Object.keys(exportColumns) as ExportTable[]).map((table) => ({
    table,
    title: texts.tables[table],
    columns: exportColumns[table].map((column) => ({
      column,
      header: texts.columns[column],
      inDefault: !sensitiveColumns.has(column),
    })),
  }));
}

class ExportJobs {
  readonly #parts: ExportsParts;
  readonly #entry: URL;
  readonly #timeZone: string;
  readonly #jobs = new Map<string, ExportJob>();
  /** replies of repeated commands: a job is not begun twice */
  readonly #begun = new Map<string, string>();

  constructor(parts: ExportsParts) {
    this.#parts = parts;
    this.#entry = parts.entry ?? exportThreadEntry();
    this.#timeZone = parts.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    mkdirSync(parts.exportsDirectory, { recursive: true, mode: 0o700 });
    // their keys ended with the engine that had them
    for (const name of readdirSync(parts.exportsDirectory)) {
      rmSync(join(parts.exportsDirectory, name), { force: true });
    }
  }

  readonly list: Handler<'export.list'> = async (input, { principal, commandId }) => {
    const known = this.#known(commandId);
    if (known) return known.progress();
    const { list, format, language } = input;
    this.#assertRoom();
    const { clock, audit } = this.#parts;
    const now = clock.now();
    const debtorIds =
      list.table === 'debtors' ? await this.#parts.idsOfList(list.filter, list.sort) : null;
    const title = exportTexts[language].tables[list.table];
    audit({
      action: 'export.list-made',
      personId: principal.personId,
      details: { table: list.table, format, columns: columnsOf(list) },
    });
    const task = { list, format, language, timeZone: this.#timeZone, now, debtorIds };
    return this.#start(principal.personId, commandId, {
      kind: 'list',
      fileName: `${title} ${localDate(now, this.#timeZone)}.${format}`,
      task: { kind: 'list', list: task },
    });
  };

  readonly person: Handler<'export.person'> = (input, { principal, commandId }) => {
    const known = this.#known(commandId);
    if (known) return known.progress();
    this.#assertRoom();
    const { read, clock, audit, recordingsDirectory, documentsDirectory } = this.#parts;
    const debtor = read.get<{ externalRef: string }>(
      'SELECT externalRef FROM debtor WHERE id = ? AND deletedAt IS NULL',
      input.debtorId,
    );
    if (!debtor) throw new AppError('contract.not-found', 'no such debtor');
    const now = clock.now();
    audit({
      action: 'export.person-made',
      personId: principal.personId,
      details: { debtorId: input.debtorId, withRecordings: input.withRecordings },
    });
    const directories = { recordingsDirectory, documentsDirectory };
    const person = { ...input, ...directories, timeZone: this.#timeZone, now };
    return this.#start(principal.personId, commandId, {
      kind: 'person',
      fileName: `${fileNamePart(debtor.externalRef)} ${localDate(now, this.#timeZone)}.zip`,
      task: { kind: 'person', person },
    });
  };

  readonly open: Handler<'export.open'> = ({ exportJobId }, { principal, baseUrl }) => {
    const job = this.of(exportJobId, principal.personId);
    if (!job.canBeOpened) throw new AppError('export.gone', 'this file is not there any more');
    const { links, audit } = this.#parts;
    const link = links.issue({ personId: principal.personId, open: () => contentOf(job) });
    audit({
      action: 'export.opened',
      personId: principal.personId,
      details: { exportJobId, kind: job.progress().kind },
    });
    return { url: `${baseUrl ?? ''}${link.path}`, expiresAt: link.expiresAt };
  };

  /** @throws AppError `contract.not-found`, also for a job of another person */
  of(exportJobId: string, personId: string): ExportJob {
    const job = this.#jobs.get(exportJobId);
    if (job?.personId !== personId) throw new AppError('contract.not-found', 'no such export');
    return job;
  }

  ofPerson(personId: string): Progress[] {
    return [...this.#jobs.values()]
      .filter((job) => job.personId === personId && (job.isRunning || job.canBeOpened))
      .map((job) => job.progress())
      .reverse();
  }

  async forget(debtorIds: readonly string[]): Promise<void> {
    for (const job of this.#jobs.values()) {
      if (job.debtorId === null || !debtorIds.includes(job.debtorId)) continue;
      await job.cancel();
      job.remove();
    }
  }

  async close(): Promise<void> {
    for (const job of this.#jobs.values()) {
      await job.cancel();
      job.remove();
    }
  }

  #known(commandId: string | null): ExportJob | undefined {
    return commandId === null ? undefined : this.#jobs.get(this.#begun.get(commandId) ?? '');
  }

  #assertRoom(): void {
    const running = [...this.#jobs.values()].filter((job) => job.isRunning);
    if (running.length >= MOST_RUNNING) {
      throw new AppError('export.too-many', 'two exports run already', { retryable: true });
    }
  }

  #start(
    personId: string,
    commandId: string | null,
    what: { kind: Progress['kind']; fileName: string; task: ExportThreadData['task'] },
  ): Progress {
    const { clock, idSource, connection, exportsDirectory } = this.#parts;
    const exportJobId = idSource.next();
    const announce = this.#announcer(exportJobId, personId);
    const job = new ExportJob({
      ...what,
      exportJobId,
      personId,
      path: join(exportsDirectory, exportJobId),
      entry: this.#entry,
      clock,
      connection,
      onChange: announce,
    });
    this.#jobs.set(exportJobId, job);
    if (commandId !== null) this.#begun.set(commandId, exportJobId);
    return job.progress();
  }

  /** Seldom while it runs, at once when it has ended. */
  #announcer(exportJobId: string, personId: string): () => void {
    const { clock, publisher } = this.#parts;
    let cancelTimer: (() => void) | null = null;
    const announce = () => {
      cancelTimer = null;
      const job = this.#jobs.get(exportJobId);
      if (job) publisher.publish('export.progressed', job.progress(), { kind: 'person', personId });
    };
    return () => {
      if (this.#jobs.get(exportJobId)?.isRunning) {
        cancelTimer ??= clock.setTimer(ANNOUNCE_INTERVAL_MS, announce);
        return;
      }
      cancelTimer?.();
      announce();
    };
  }
}

/** The file as a download; once all of it was read it is removed. */
async function contentOf(job: ExportJob): Promise<MediaContent | null> {
  if (!job.canBeOpened) return null;
  const file = await openSealedFile(job.path, job.keyHex);
  const { fileName } = job.progress();
  const type = fileName.slice(fileName.lastIndexOf('.') + 1) as keyof typeof FILE_TYPES;
  return {
    contentType: FILE_TYPES[type],
    size: file.size,
    fileName,
    createReadStream(range): Readable {
      const stream = file.createReadStream(range);
      const isWhole = range === null || (range.start === 0 && range.end === file.size - 1);
      // an interrupted download can be tried again
      if (isWhole) stream.once('end', () => job.remove());
      return stream;
    },
  };
}

function fileNamePart(text: string): string {
  const allowed = text.replaceAll(/[\p{Cc}\\/:*?"<>|]+/gu, '-').trim();
  return allowed.slice(0, 80) || 'person';
}
