import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DocumentLanguage, type ErasureProgress, leads } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type {
  Handler,
  Handlers,
  Logger,
  Publisher,
  Unbranded,
} from '../../contract-server/index.ts';
import type { Store } from '../../store/index.ts';
import { erasureWrites } from './erasure-writes.ts';
import { mergedFamily, readFileNames } from './person-rows.ts';
import { personTables } from './person-tables.ts';
import { describePlan, type ErasurePlan, planErasure } from './preview-erasure.ts';
import { personStrings, withoutStrings } from './redact.ts';

export interface ErasuresParts {
  store: Store;
  clock: Clock;
  publisher: Publisher;
  logger: Logger;
  /** a call with one of these debtors is up, or is being set up */
  callUp(debtorIds: readonly string[]): boolean;
  /** files that were made of these debtors and wait to be fetched */
  forgetExports(debtorIds: readonly string[]): Promise<void>;
  recordingsDirectory: string;
  documentsDirectory: string;
}

export interface Erasures {
  handlers: Handlers;
  /** goes on with what an earlier run of the engine did not finish; resolves when all is done */
  resume(): Promise<void>;
  /**
   * Erases what earlier erasures left because a law wanted it kept for a time that is over now.
   * @returns how many persons it was about
   */
  expireKept(): Promise<number>;
  /** waits for what runs */
  settled(): Promise<void>;
}

type Progress = Unbranded<ErasureProgress>;

interface ErasureRow {
  id: string;
  debtorId: string;
  keptJson: string;
  step: number;
  state: Progress['state'];
  startedAt: number;
  finishedAt: number | null;
  error: string | null;
}

/** stop work · clean · audit, then every table, then files and the end */
const STEPS_BEFORE = 3;
const TABLES = Object.keys(personTables);
const TOTAL_STEPS = STEPS_BEFORE + TABLES.length + 2;

/** Commands `erasure.*`. */
export function createErasures(parts: ErasuresParts): Erasures {
  const erasures = new RunningErasures(parts);
  return {
    handlers: {
      'erasure.preview': ({ debtorId, language }) => erasures.preview(debtorId, language),
      'erasure.commit': erasures.commit,
      'erasure.status': ({ erasureId }) => erasures.status(erasureId),
    },
    resume: () => erasures.resume(),
    expireKept: () => erasures.expireKept(),
    settled: () => erasures.settled(),
  };
}

class RunningErasures {
  readonly #parts: ErasuresParts;
  readonly #running = new Map<string, Promise<void>>();

  constructor(parts: ErasuresParts) {
    this.#parts = parts;
  }

  preview(debtorId: string, language: DocumentLanguage) {
    const { read } = this.#parts.store;
    return read.snapshot(() => {
      const plan = this.#plan(debtorId);
      const erasing = read.get(
        "SELECT 1 FROM erasure WHERE debtorId = ? AND state = 'running'",
        debtorId,
      );
      const callUp = this.#isCallUp(plan);
      return describePlan(read, debtorId, plan, {
        language,
        callUp,
        erasing: erasing !== undefined,
      });
    });
  }

  readonly commit: Handler<'erasure.commit'> = async (input, { principal, commandId }) => {
    const { store } = this.#parts;
    const known = this.#unfinished(input.debtorId);
    // a repeat, or a second try of one that was held up
    if (known?.state === 'running' && this.#running.has(known.id)) return toProgress(known);
    const plan = this.#plan(input.debtorId);
    if (plan.debtor.erasedAt !== null) {
      throw new AppError('erasure.already-erased', 'this debtor was erased already');
    }
    if (plan.debtor.externalRef !== input.externalRef && known === undefined) {
      throw new AppError('erasure.reference-differs', 'this is another case number');
    }
    if (this.#isCallUp(plan))
      throw new AppError('erasure.call-up', 'a call with this debtor is up');
    const reason = input.reason || null;
    if (plan.openBalances.length > 0 && reason === null && known === undefined) {
      throw new AppError('erasure.reason-needed', 'a debt is open: a reason is needed');
    }
    const strings = personStrings(store.read, plan.ids);
    const { erasureId } = await store.write(
      erasureWrites,
      'erasure.begin',
      {
        debtorId: input.debtorId,
        ids: plan.ids,
        personId: principal.personId,
        reason: reason === null ? null : withoutStrings(reason, strings),
        jurisdiction: plan.debtor.jurisdiction,
        kept: plan.kept,
      },
      commandId === null ? {} : { commandId },
    );
    this.#start(erasureId);
    return this.status(erasureId);
  };

  status(erasureId: string): Progress {
    const row = this.#parts.store.read.get<ErasureRow>(
      `SELECT ${COLUMNS} FROM erasure WHERE id = ?`,
      erasureId,
    );
    if (!row) throw new AppError('contract.not-found', 'no such erasure');
    return toProgress(row);
  }

  async resume(): Promise<void> {
    const { store } = this.#parts;
    const left = store.read.all<{ id: string }>("SELECT id FROM erasure WHERE state <> 'finished'");
    for (const { id } of left) {
      await store.write(erasureWrites, 'erasure.resume', { erasureId: id });
      this.#start(id);
    }
    await this.settled();
  }

  async expireKept(): Promise<number> {
    const { read } = this.#parts.store;
    let persons = 0;
    const before = read.all<ErasureRow>(
      `SELECT ${COLUMNS} FROM erasure WHERE state = 'finished' AND keptJson <> '[]' ORDER BY id`,
    );
    for (const erasure of before) {
      const plan = planErasure(read, erasure.debtorId, this.#parts.clock.now());
      if (!plan) continue;
      const known = JSON.parse(erasure.keptJson) as string[];
      const kept = known.filter((group) => plan.kept.some((still) => still === group));
      if (kept.length === known.length) continue;
      await this.#eraseAll(plan.ids, kept);
      const input = { erasureId: erasure.id, kept };
      await this.#parts.store.write(erasureWrites, 'erasure.expire', input);
      persons += 1;
    }
    return persons;
  }

  /** All tables again under what is kept still; names went long ago. */
  async #eraseAll(ids: readonly string[], kept: readonly string[]): Promise<void> {
    const files = this.#files(ids, kept);
    for (const table of TABLES) await this.#eraseRows({ table, ids, strings: [], kept });
    for (const file of files) await rm(file, { force: true });
    for (const debtorId of ids) this.#tellChanged(debtorId);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  #plan(debtorId: string): ErasurePlan {
    const plan = planErasure(this.#parts.store.read, debtorId, this.#parts.clock.now());
    if (!plan) throw new AppError('contract.not-found', 'no such debtor');
    return plan;
  }

  #isCallUp(plan: ErasurePlan): boolean {
    const { store, callUp } = this.#parts;
    const attempt = store.read.get(
      'SELECT 1 FROM attempt WHERE debtorId IN (SELECT value FROM json_each(?)) AND endedAt IS NULL',
      JSON.stringify(plan.ids),
    );
    return attempt !== undefined || callUp(plan.ids);
  }

  #unfinished(debtorId: string): ErasureRow | undefined {
    return this.#parts.store.read.get<ErasureRow>(
      `SELECT ${COLUMNS} FROM erasure WHERE debtorId = ? AND state <> 'finished' ORDER BY id DESC LIMIT 1`,
      debtorId,
    );
  }

  #start(erasureId: string): void {
    if (this.#running.has(erasureId)) return;
    const run = this.#run(erasureId)
      .catch((error: unknown) => this.#fail(erasureId, error))
      .finally(() => {
        this.#running.delete(erasureId);
        this.#announce(erasureId);
      });
    this.#running.set(erasureId, run);
  }

  /**
   * From the beginning, also after a restart: every step can be repeated. Names and numbers, by which other rows are
   * found, are erased last; so whatever a dead run left is found again.
   */
  async #run(erasureId: string): Promise<void> {
    const { store } = this.#parts;
    const erasure = store.read.get<ErasureRow>(
      `SELECT ${COLUMNS} FROM erasure WHERE id = ?`,
      erasureId,
    );
    if (!erasure) return;
    const ids = mergedFamily(store.read, erasure.debtorId);
    const kept = JSON.parse(erasure.keptJson) as string[];
    const strings = personStrings(store.read, ids);
    await store.write(erasureWrites, 'erasure.stopWork', { ids });
    await store.write(erasureWrites, 'erasure.clean', { ids, strings });
    await this.#redactAudit(ids, strings);
    // before the rows, whose names of files stay: a key that is gone cannot be used for what is left
    const files = this.#files(ids, kept);
    for (const [at, table] of TABLES.entries()) {
      await store.write(erasureWrites, 'erasure.advance', { erasureId, step: STEPS_BEFORE + at });
      this.#announce(erasureId);
      await this.#eraseRows({ table, ids, strings, kept });
    }
    for (const file of files) await rm(file, { force: true });
    await this.#parts.forgetExports(ids);
    await store.write(erasureWrites, 'erasure.advance', { erasureId, step: TOTAL_STEPS });
    await store.write(erasureWrites, 'erasure.finish', { erasureId, ids });
    for (const debtorId of ids) this.#tellChanged(debtorId);
  }

  async #redactAudit(ids: readonly string[], strings: readonly string[]): Promise<void> {
    for (let after: string | null = ''; after !== null; ) {
      const input: { ids: readonly string[]; strings: readonly string[]; after: string } = {
        ids,
        strings,
        after,
      };
      after = (await this.#parts.store.write(erasureWrites, 'erasure.redactAudit', input)).next;
    }
  }

  async #eraseRows(input: {
    table: string;
    ids: readonly string[];
    strings: readonly string[];
    kept: readonly string[];
  }): Promise<void> {
    for (let after: string | null = ''; after !== null; ) {
      const page = { ...input, after };
      const written: { next: string | null } = await this.#parts.store.write(
        erasureWrites,
        'erasure.eraseRows',
        page,
      );
      after = written.next;
    }
  }

  #files(ids: readonly string[], kept: readonly string[]): string[] {
    const { store, recordingsDirectory, documentsDirectory } = this.#parts;
    const recordings = kept.includes('recordings')
      ? []
      : readFileNames(store.read, 'recording', ids).map((name) => join(recordingsDirectory, name));
    const documents = kept.includes('documents')
      ? []
      : readFileNames(store.read, 'document', ids).map((name) => join(documentsDirectory, name));
    return [...recordings, ...documents];
  }

  async #fail(erasureId: string, error: unknown): Promise<void> {
    const { store, logger } = this.#parts;
    const code = error instanceof AppError ? error.code : 'erasure.failed';
    logger.error('erasure', { erasureId, error: String(error) });
    try {
      await store.write(erasureWrites, 'erasure.fail', { erasureId, error: code });
    } catch (second) {
      // it stays `running` in the store, and goes on at the next start
      logger.error('erasure', { erasureId, error: String(second) });
    }
  }

  #announce(erasureId: string): void {
    const audience = { kind: 'roles', roles: leads } as const;
    this.#parts.publisher.publish('erasure.progressed', this.status(erasureId), audience);
  }

  #tellChanged(debtorId: string): void {
    this.#parts.publisher.publish('debtor.changed', { debtorId }, { kind: 'everyone' });
  }
}

const COLUMNS = 'id, debtorId, keptJson, step, state, startedAt, finishedAt, error';

function toProgress(row: ErasureRow): Progress {
  return {
    erasureId: row.id,
    debtorId: row.debtorId,
    state: row.state,
    steps: row.state === 'finished' ? TOTAL_STEPS : row.step,
    totalSteps: TOTAL_STEPS,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    error: row.error,
  };
}
