import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ImportMapping,
  importPreview,
  importProgress,
  importUndone,
} from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import type { MediaContent, RequestContext } from '../../contract-server/index.ts';
import { systemClock } from '../../store/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { debtorsWrites } from '../debtors-writes.ts';
import { sampleCsv } from '../sample/index.ts';
import { importWrites } from './import-writes.ts';
import { createImports, type Imports } from './imports.ts';

const samples = join(import.meta.dirname, '../../../resources/samples');
const context = {
  principal: { personId: 'lead-1' },
  connectionId: 'c',
  commandId: null,
  baseUrl: 'http://127.0.0.1:1',
} as unknown as RequestContext;

let directory: string;
let store: TestStore;
let imports: Imports;
let published: { name: string; data: { state: string; rows: number } }[];
let links: (() => MediaContent | null)[];
const disposed = vi.fn();
/** called after each chunk of records was stored */
let onChunk: () => void = () => {};

function start(storeKind: StoreKind = 'practice'): void {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-imports-'));
  store = openTestStore({ writes: { ...importWrites, ...debtorsWrites }, storeKind });
  open(storeKind);
}

function open(storeKind: StoreKind = 'practice'): void {
  published = [];
  links = [];
  imports = createImports({
    store: {
      ...store,
      async write(map, name, ...rest) {
        const result = await store.write(map, name, ...rest);
        if (name === 'import.chunk') onChunk();
        return result;
      },
    },
    storeKind,
    clock: systemClock,
    rejectsDirectory: join(directory, 'rejects'),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    publisher: { publish: (name, data) => void published.push({ name, data: data as never }) },
    links: {
      issue(link) {
        links.push(link.open as () => MediaContent | null);
        return { path: '/media/token', expiresAt: 1 };
      },
    },
    uploads: {
      peek: (fileId) => (existsSync(fileId) ? uploaded(fileId) : null),
      take: (fileId) =>
        existsSync(fileId) ? { ...uploaded(fileId), dispose: async () => disposed(fileId) } : null,
    },
  });
}

const uploaded = (path: string) => ({
  fileId: path,
  personId: 'lead-1',
  path,
  fileName: 'portfolio.csv',
  sizeBytes: statSync(path).size,
  sha256: 'x',
});

beforeEach(() => start());
afterEach(async () => {
  await imports.close();
  await store.close();
  rmSync(directory, { recursive: true });
  disposed.mockClear();
  onChunk = () => {};
});

const handlers = () => imports.handlers as Required<Imports['handlers']>;
const preview = async (fileId: string, mapping?: ImportMapping) =>
  importPreview.parse(
    await handlers()['import.preview'](
      { fileId, kind: 'portfolio', ...(mapping && { mapping }) } as never,
      context,
    ),
  );

async function commit(fileId: string, overrides: object = {}) {
  const { mapping } = await preview(fileId);
  const given = { fileId, mapping, portfolioName: 'Spring', creditorName: 'C', ...overrides };
  // as the contract fills it in
  const input = { kind: 'portfolio', dryRun: false, mergeBy: 'auto', ...given };
  return importProgress.parse(await handlers()['import.commit'](input as never, context));
}

const status = async (importJobId: string) =>
  importProgress.parse(await handlers()['import.status']({ importJobId } as never, context));
const ended = (importJobId: string) =>
  vi.waitFor(
    async () => {
      const progress = await status(importJobId);
      expect(progress.state).not.toBe('running');
      return progress;
    },
    { timeout: 60_000, interval: 20 },
  );
const untaken = (importJobId: string) =>
  vi.waitFor(
    async () => {
      const progress = await status(importJobId);
      expect(progress.state).not.toBe('undoing');
      return progress;
    },
    { timeout: 60_000, interval: 20 },
  );
const count = (table: string) =>
  store.read.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE deletedAt IS NULL`)?.n;

function file(content: string | Uint8Array, name = 'portfolio.csv'): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

async function largeFile(rows: number): Promise<string> {
  const path = join(directory, `${rows}.csv`);
  const options = { seed: 5, language: 'mixed', asOf: '2026-11-01', encoding: 'utf-8' } as const;
  await pipeline(Readable.from(sampleCsv(options, { rows })), createWriteStream(path));
  return path;
}

describe('the sample portfolios', () => {
  it.each([
    ['portfolio-pl.csv', 'windows-1250', 'PL'],
    ['portfolio-en.csv', 'utf-8', null],
    ['portfolio-ru.csv', 'windows-1251', 'RU'],
  ])(
    '%s is previewed and imported without a word and without a rejected row',
    async (name, encoding, country) => {
      const path = join(samples, name);
      const shown = await preview(path);
      expect(shown.mapping.encoding).toBe(encoding);
      if (country !== null) expect(shown.mapping.defaultCountry).toBe(country);
      expect(shown.rows).toBe(120);
      expect(shown.records).toHaveLength(50);
      expect(shown.records.flatMap(({ problems }) => problems)).toEqual([]);
      expect(shown.mapping.columns.filter((field) => field === 'ignore')).toHaveLength(1);

      const job = await commit(path);
      const done = await ended(job.importJobId);

      expect(done).toMatchObject({
        state: 'finished',
        rows: 120,
        imported: 120,
        rejected: 0,
        totalRows: 120,
      });
      expect(count('debt')).toBe(120);
      const distinct = 'SELECT DISTINCT language, country FROM debtor';
      expect(store.read.all(distinct).length).toBe(country === null ? 2 : 1);
    },
  );
});

describe('an import', () => {
  it('says how far it is, at the end at once, and lets the file go', async () => {
    const path = await largeFile(3_000);
    const { importJobId } = await commit(path);
    await ended(importJobId);
    await vi.waitFor(() => expect(disposed).toHaveBeenCalledWith(path));
    expect(published.every(({ name }) => name === 'import.progressed')).toBe(true);
    expect(published.at(-1)?.data).toMatchObject({ state: 'finished', rows: 3_000 });
    expect(count('debt')).toBe(3_000);
  });

  it('of the same file and name again doubles nothing', async () => {
    const path = await largeFile(500);
    await ended((await commit(path)).importJobId);
    const again = await ended((await commit(path)).importJobId);
    expect(again).toMatchObject({ imported: 0, updated: 0, unchanged: 500, rejected: 0 });
    expect([count('portfolio'), count('debt')]).toEqual([1, 500]);
  });

  it('gives its rejected records out by a link, readable in a spreadsheet, unreadable on the disk', async () => {
    const path = file(
      'Name;Phone;Agreement;Amount\nAnn;+48100200300;A1;5,00\n=cmd;+48100200301;A2;much\n',
    );
    const { importJobId } = await commit(path);
    const done = await ended(importJobId);
    expect(done).toMatchObject({ rows: 2, imported: 1, rejected: 1, hasRejects: true });

    const opened = await handlers()['import.open-rejects']({ importJobId } as never, context);

    expect(opened.url).toBe('http://127.0.0.1:1/media/token');
    const content = links[0]?.();
    const csv = await text(content?.createReadStream(null) ?? Readable.from([]));
    expect(csv.split('\r\n')[1]).toMatch(
      /^3;amount\.unreadable;[^;]+;'=cmd;'\+48100200301;A2;much$/,
    );
    const [name = ''] = readdirSync(join(directory, 'rejects'));
    expect(readFileSync(join(directory, 'rejects', name)).includes('cmd')).toBe(false);
  });

  it('that is cancelled takes its new portfolio away and can be made again', async () => {
    const path = await largeFile(5_000);
    const chunk = new Promise<void>((resolve) => {
      onChunk = resolve;
    });
    const { importJobId } = await commit(path);
    await chunk;
    expect(count('debt')).toBeGreaterThan(0);

    const cancelled = importProgress.parse(
      await handlers()['import.cancel']({ importJobId } as never, context),
    );

    expect(cancelled).toMatchObject({ state: 'cancelled', portfolioId: null });
    expect(['portfolio', 'debtor', 'debt', 'contactPoint'].map(count)).toEqual([0, 0, 0, 0]);
    expect(await status(importJobId)).toMatchObject({ state: 'cancelled' });
    const small = file('Name;Phone;Agreement;Amount\nAnn;+48100200300;A1;5,00\n');
    expect(await ended((await commit(small)).importJobId)).toMatchObject({ imported: 1 });
  });

  it('that is cancelled keeps what a portfolio held before', async () => {
    const small = file('Name;Phone;Agreement;Amount\nAnn;+48100200300;A1;5,00\n');
    await ended((await commit(small)).importJobId);
    const { importJobId } = await commit(await largeFile(5_000));
    await handlers()['import.cancel']({ importJobId } as never, context);
    expect(count('portfolio')).toBe(1);
    expect(store.read.get("SELECT 1 AS ok FROM debt WHERE externalRef = 'A1'")).toEqual({ ok: 1 });
  });

  it('that the end of the program cuts off is failed, and taken back at the next start', async () => {
    const path = await largeFile(3_000);
    const chunk = new Promise<void>((resolve) => {
      onChunk = resolve;
    });
    const { importJobId } = await commit(path);
    await chunk;
    await imports.close();
    expect(count('debt')).toBeGreaterThan(0);
    expect(await status(importJobId)).toMatchObject({ state: 'undoing' });

    open();
    await imports.recover();

    expect(await untaken(importJobId)).toMatchObject({
      state: 'failed',
      error: 'import.interrupted',
      portfolioId: null,
    });
    expect(['portfolio', 'debtor', 'debt', 'contactPoint'].map(count)).toEqual([0, 0, 0, 0]);
    const again = await ended((await commit(path)).importJobId);
    expect(again).toMatchObject({ imported: 3_000 });
  });

  it('that a crash cut off is failed at the next start', async () => {
    const { importJobId } = await store.write(importWrites, 'import.start', {
      fileName: 'a.csv',
      fileSha256: '',
      mappingJson: '{}',
      personId: null,
      portfolioId: null,
      portfolioName: 'X',
      creditorName: '',
      synthetic: true,
    });
    writeFileSync(join(directory, 'rejects', `${importJobId}.rejects`), 'half');

    await imports.recover();

    expect(await untaken(importJobId)).toMatchObject({
      state: 'failed',
      error: 'import.interrupted',
      hasRejects: false,
    });
  });
});

describe('a dry run', () => {
  it('says what an import would do, stores nothing, and leaves the file for it', async () => {
    const path = file(
      'Name;Phone;Agreement;Amount\nAnn;+48100200300;A1;5,00\nBob;+48100200301;A2;much\n',
    );
    const tried = await commit(path, { dryRun: true });
    const said = await ended(tried.importJobId);
    expect(said).toMatchObject({ dryRun: true, imported: 1, rejected: 1, portfolioId: null });
    expect(said).toMatchObject({ undoable: false, hasRejects: true, state: 'finished' });
    expect(['portfolio', 'debtor', 'debt'].map(count)).toEqual([0, 0, 0]);
    expect(store.read.all('SELECT id FROM importJob')).toEqual([]);
    expect(disposed).not.toHaveBeenCalled();
    await handlers()['import.open-rejects']({ importJobId: tried.importJobId } as never, context);
    const csv = await text(links[0]?.()?.createReadStream(null) ?? Readable.from([]));
    expect(csv).toContain('amount.unreadable');

    await ended((await commit(path)).importJobId);
    const again = await ended((await commit(path, { dryRun: true })).importJobId);
    expect(again).toMatchObject({ imported: 0, unchanged: 1, rejected: 1 });
  });
});

describe('an undo', () => {
  const undo = async (importJobId: string) =>
    importUndone.parse(await handlers()['import.undo']({ importJobId } as never, context));

  it('takes a finished import back, once, and tells the leads', async () => {
    const { importJobId } = await commit(await largeFile(300));
    expect(await ended(importJobId)).toMatchObject({ undoable: true, undoneAt: null });
    published = [];

    expect(await undo(importJobId)).toEqual({ removed: 300, restored: 0, kept: 0 });

    expect(published.map(({ data }) => data.state)).toEqual(['undoing', 'finished']);
    const status_ = await status(importJobId);
    expect(status_).toMatchObject({ state: 'finished', undoable: false, portfolioId: null });
    expect(status_.undoneAt).not.toBeNull();
    expect(['portfolio', 'debtor', 'debt', 'contactPoint'].map(count)).toEqual([0, 0, 0, 0]);
    await expect(undo(importJobId)).rejects.toMatchObject({ code: 'import.already-undone' });
  });
});

describe('what cannot be imported is said at once', () => {
  it.each([
    ['nothing', '', 'import.empty-file'],
    ['a spreadsheet', Buffer.from('PK\u0003\u0004rest'), 'import.unreadable'],
    ['a PDF', '%PDF-1.7', 'import.unreadable'],
    ['bytes', Buffer.alloc(4_000, Buffer.from([0, 1, 0, 0, 7])), 'import.unreadable'],
  ])('%s', async (_name, content, code) => {
    await expect(preview(file(content))).rejects.toMatchObject({ code });
  });

  it('a file that is gone, and columns without names or amounts', async () => {
    await expect(preview('/nowhere')).rejects.toMatchObject({ code: 'import.unknown-file' });
    const path = file('Phone;City\n+48100200300;Oslo\n');
    await expect(commit(path)).rejects.toMatchObject({
      code: 'import.mapping-incomplete',
      details: { missing: ['name', 'amount'] },
    });
  });

  it('practice data in a real store, row by row', async () => {
    await imports.close();
    await store.close();
    rmSync(directory, { recursive: true });
    start('real');
    const done = await ended((await commit(join(samples, 'portfolio-pl.csv'))).importJobId);
    expect(done).toMatchObject({ rows: 120, imported: 0, rejected: 120, state: 'finished' });
    expect(count('debtor')).toBe(0);
  });
});
