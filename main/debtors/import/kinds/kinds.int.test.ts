import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ImportMapping,
  importJob,
  importPreview,
  importProgress,
} from '#shared/contract/index.ts';
import type { MediaContent, RequestContext } from '../../../contract-server/index.ts';
import { systemClock } from '../../../store/index.ts';
import type { TestStore } from '../../../testing/open-test-store.ts';
import { createImports, type Imports } from '../imports.ts';
import { xlsxOf } from '../xlsx/xlsx.fixture.ts';
import { addPeople, assertBooks, openKindStore, type People, VIRTUAL } from './kinds.fixture.ts';

const context = {
  principal: { personId: 'lead-1' },
  connectionId: 'c',
  commandId: null,
  baseUrl: 'http://127.0.0.1:1',
} as unknown as RequestContext;

/** other tests share the machine: a thread takes seconds to begin */
const WAIT_MS = 60_000;

let directory: string;
let store: TestStore;
let people: People;
let imports: Imports;
let published: { name: string; data: unknown }[];
let content: () => MediaContent | null;
let onWrite: (name: string) => void;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-kinds-'));
  store = openKindStore();
  people = addPeople(store);
  published = [];
  onWrite = () => {};
  imports = createImports({
    store: {
      ...store,
      async write(map, name, ...rest) {
        const result = await store.write(map, name, ...rest);
        onWrite(name);
        return result;
      },
    },
    storeKind: 'real',
    clock: systemClock,
    rejectsDirectory: join(directory, 'rejects'),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    publisher: { publish: (name, data) => void published.push({ name, data }) },
    links: {
      issue(link) {
        content = link.open as () => MediaContent | null;
        return { path: '/media/token', expiresAt: 1 };
      },
    },
    uploads: {
      peek: (fileId) => (existsSync(fileId) ? uploaded(fileId) : null),
      take: (fileId) =>
        existsSync(fileId) ? { ...uploaded(fileId), dispose: async () => {} } : null,
    },
  });
});
afterEach(async () => {
  await imports.close();
  await store.close();
  rmSync(directory, { recursive: true });
});

const uploaded = (path: string) => ({
  fileId: path,
  personId: 'lead-1',
  path,
  fileName: 'f.csv',
  sizeBytes: statSync(path).size,
  sha256: 'x',
});
let made = 0;
function file(bytes: string | Buffer): string {
  const path = join(directory, `${++made}`);
  writeFileSync(path, bytes);
  return path;
}
const handlers = () => imports.handlers as Required<Imports['handlers']>;
const preview = async (input: object) =>
  importPreview.parse(await handlers()['import.preview'](input as never, context));
const status = async (importJobId: string) =>
  importProgress.parse(await handlers()['import.status']({ importJobId } as never, context));

/** What the window does: look at the file, take what is guessed, import, wait. */
async function run(kind: string, bytes: string | Buffer, more: object = {}) {
  const fileId = file(bytes);
  const { mapping } = await preview({ fileId, kind });
  return commit({ fileId, kind, mapping, ...more });
}

async function commit(input: object) {
  const defaults = {
    dryRun: false,
    listName: '',
    replaceList: false,
    portfolioName: '',
    creditorName: '',
  };
  const started = importProgress.parse(
    await handlers()['import.commit']({ ...defaults, ...input } as never, context),
  );
  await vi.waitFor(async () => {
    expect((await status(started.importJobId)).state).not.toMatch(/running|undoing/);
  }, WAIT_MS);
  return status(started.importJobId);
}

async function rejects(importJobId: string): Promise<string> {
  await handlers()['import.open-rejects']({ importJobId } as never, context);
  const opened = content();
  return opened ? text(opened.createReadStream(null) as Readable) : '';
}
const balance = (debtId: string) =>
  store.read.get<{ balanceMinor: number }>('SELECT balanceMinor FROM debt WHERE id = ?', debtId)
    ?.balanceMinor;
const count = (sql: string) => store.read.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)?.n;

const payments = [
  'Nr umowy;Kwota;Data wpłaty',
  ...Array.from({ length: 40 }, (_, index) => `U/2026/0001;1,${String(index + 10)};18.11.2026`),
  'U/2026/7777;1,00;18.11.2026',
  'U/2026/0002;x;18.11.2026',
  '',
].join('\n');

describe('through the parser’s thread', () => {
  it('payments: rows that the store refuses stand in the rejects file beside those that cannot be read', async () => {
    const done = await run('payments', payments);
    expect(done).toMatchObject({
      kind: 'payments',
      state: 'finished',
      rows: 42,
      imported: 40,
      rejected: 2,
      queued: 0,
      hasRejects: true,
      undoable: true,
    });
    const lines = (await rejects(done.importJobId)).split('\r\n').sort();
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^42;reference\.unknown;.*;U\/2026\/7777;/),
        expect.stringMatching(/^43;amount\.unreadable;.*;U\/2026\/0002;x;/),
      ]),
    );
    expect(store.read.get('SELECT rows, imported, rejected FROM importJob')).toEqual({
      rows: 42,
      imported: 40,
      rejected: 2,
    });
    const spent = Array.from({ length: 40 }, (_, index) => 110 + index).reduce((a, b) => a + b);
    expect(balance(people.janDebt)).toBe(10_000 - spent);
    assertBooks(store);
    expect(await run('payments', payments)).toMatchObject({ imported: 0, unchanged: 40 });
  });

  it('a dry run says the same, stores nothing, and can show what would be rejected', async () => {
    const changes = count('change');
    const done = await run('payments', payments, { dryRun: true });
    expect(done).toMatchObject({ dryRun: true, imported: 40, rejected: 2, undoable: false });
    expect(count('change')).toBe(changes);
    expect(count('importJob')).toBe(0);
    expect(await rejects(done.importJobId)).toContain('reference.unknown');
  });

  it('a cancelled import leaves nothing, also of what was booked', async () => {
    const many = [
      'Nr umowy;Kwota;Data wpłaty',
      ...Array.from({ length: 3_000 }, (_, index) => `U/2026/0001;0,01;18.11.2026;${index}`),
    ];
    const fileId = file(many.join('\n').replaceAll(/;(\d+)(?=\n|$)/g, ''));
    const { mapping } = await preview({ fileId, kind: 'payments' });
    const chunk = Promise.withResolvers<void>();
    onWrite = (name) => name === 'kinds.chunk' && chunk.resolve();
    const input = {
      fileId,
      kind: 'payments',
      mapping,
      dryRun: false,
      listName: '',
      replaceList: false,
    };
    const { importJobId } = (await handlers()['import.commit'](input as never, context)) as {
      importJobId: string;
    };
    await chunk.promise;
    await handlers()['import.cancel']({ importJobId } as never, context);
    await vi.waitFor(
      async () => expect((await status(importJobId)).state).toBe('cancelled'),
      WAIT_MS,
    );
    expect(count("payment WHERE status = 'booked'")).toBe(0);
    expect(count('bankEntry WHERE deletedAt IS NULL')).toBe(0);
    expect(balance(people.janDebt)).toBe(10_000);
    assertBooks(store);
  });

  it('a statement: booked, queued, left out, told about its balance, announced', async () => {
    const statement = [
      '{1:F01BANKPLPWAXXX0000000000}{2:I940X}{4:',
      ':20:W',
      ':25:73105000997603123456789123',
      ':28C:1',
      ':60F:C261117PLN0,00',
      ':61:2611181118C40,00NTRFNONREF//A1',
      `:86:020^00UZNANIE^20na ${VIRTUAL}^32KTOŚ`,
      ':61:2611181118C10,00NTRFNONREF//A2',
      ':86:020^00UZNANIE^20nie wiadomo^32KTOŚ INNY',
      ':61:2611181118D5,00NCHGNONREF//A3',
      ':86:oplata',
      ':62F:C261118PLN46,00',
      '-}',
    ].join('\r\n');
    const done = await run('bankStatement', Buffer.from(statement, 'utf8'));
    expect(done).toMatchObject({ rows: 3, imported: 2, queued: 1, ignored: 1, rejected: 0 });
    const notices = [{ finding: 'statement.balance-differs', text: '789123 · 1' }];
    expect(done).toMatchObject({ notices });
    expect(balance(people.janDebt)).toBe(6_000);
    expect(published).toContainEqual({ name: 'bank.changed', data: { open: 1 } });
    const ended = published.filter(({ name }) => name === 'import.progressed').at(-1);
    expect(ended?.data).toMatchObject({
      state: 'finished',
      notices,
    });
    const undone = await handlers()['import.undo'](
      { importJobId: done.importJobId } as never,
      context,
    );
    expect(undone).toEqual({ removed: 2, restored: 0, kept: 0 });
    expect(balance(people.janDebt)).toBe(10_000);
  });

  it('a history in a spreadsheet, with dates and times as Excel keeps them', async () => {
    const rows = {
      1: ['Nr klienta', 'Data kontaktu', 'Kanał', 'Treść'],
      2: ['K-1001', { value: 46_098.75, style: 2 }, 'Telefon', 'obiecał'],
      3: ['K-1002', { value: 46_098, style: 1 }, 'SMS', 'przypomnienie'],
      5: ['K-1009', { value: 46_098, style: 1 }, 'SMS', 'kto to'],
    };
    const done = await run('agencyHistory', xlsxOf([{ name: 'Kontakty', rows }]));
    expect(done).toMatchObject({ rows: 3, imported: 2, rejected: 1 });
    expect(await rejects(done.importJobId)).toContain('5;reference.unknown;');
    expect(store.read.all('SELECT at FROM interaction ORDER BY at')).toEqual([
      { at: Date.parse('2026-03-17T12:00:00+01:00') },
      { at: Date.parse('2026-03-17T18:00:00+01:00') },
    ]);
  });

  it('a do-not-call list that replaces the one before, and its undo', async () => {
    const list = { listName: 'wishes' };
    await run('doNotCall', '601234567\n601234568\n', list);
    const done = await run('doNotCall', '601234568\n601234569\n', { ...list, replaceList: true });
    const live = () =>
      store.read.all('SELECT number FROM doNotCall WHERE deletedAt IS NULL ORDER BY number');
    expect(done).toMatchObject({ imported: 1, unchanged: 1 });
    expect(live()).toEqual([{ number: '+48601234568' }, { number: '+48601234569' }]);
    await handlers()['import.undo']({ importJobId: done.importJobId } as never, context);
    expect(live()).toEqual([{ number: '+48601234567' }, { number: '+48601234568' }]);
    const { jobs } = (await handlers()['import.list-jobs']({ limit: 10 } as never, context)) as {
      jobs: unknown[];
    };
    expect(jobs.map((job) => importJob.parse(job))).toMatchObject([
      { target: 'wishes', fileName: 'f.csv', kind: 'doNotCall', undoable: false },
      { target: 'wishes', undoneAt: null, undoable: true },
    ]);
  });

  it('a portfolio in a spreadsheet', async () => {
    const rows = {
      1: ['Imię i nazwisko', 'Telefon', 'Nr umowy', 'Kwota', 'Termin płatności'],
      2: ['Jan Nowak', 601234567, 'U/1', 1234.5, { value: 46_098, style: 1 }],
      4: ['Anna Lis', 601234568, 'U/2', 'dużo', { value: 46_098, style: 1 }],
    };
    const fileId = file(xlsxOf([{ name: 'Portfel', rows }]));
    const { mapping } = await preview({ fileId, kind: 'portfolio' });
    const input = { fileId, kind: 'portfolio', mapping, mergeBy: 'auto', portfolioName: 'Excel' };
    const done = await commit(input);
    expect(done).toMatchObject({ state: 'finished', rows: 2, imported: 1, rejected: 1 });
    expect(await rejects(done.importJobId)).toContain('4;amount.unreadable;');
    expect(
      store.read.get("SELECT balanceMinor, dueOn FROM debt WHERE externalRef = 'U/1'"),
    ).toEqual({ balanceMinor: 123_450, dueOn: '2026-03-17' });
  });
});

describe('what is asked before an import', () => {
  it('names what a mapping lacks, and a list without a name', async () => {
    const fileId = file('a;b\nc;d\n');
    const { mapping } = await preview({ fileId, kind: 'payments' });
    const ask = (input: object) => () => commit({ fileId, mapping, ...input });
    await expect(ask({ kind: 'payments' })()).rejects.toMatchObject({
      code: 'import.mapping-incomplete',
      details: { missing: ['reference', 'amount', 'paidOn'] },
    });
    const phones: ImportMapping = { ...mapping, columns: ['phone', 'ignore'] };
    await expect(ask({ kind: 'doNotCall', mapping: phones })()).rejects.toMatchObject({
      code: 'import.no-list-name',
    });
    await expect(ask({ kind: 'portfolio' })()).rejects.toMatchObject({
      code: 'import.mapping-incomplete',
    });
  });

  it('takes the template whose headers are those of the file', async () => {
    const csv = 'Datum;Betrag;Zweck\n18.11.2026;10,00;U/2026/0001\n';
    const first = await preview({ fileId: file(csv), kind: 'payments' });
    expect(first.templates).toEqual([]);
    const columns = ['paidOn', 'amount', 'reference'];
    const mapping = { ...first.mapping, columns, hasHeader: true };
    const saved = {
      name: 'Sparkasse',
      kind: 'payments',
      mapping,
      headers: ['Datum', 'Betrag', 'Zweck'],
    };
    const { importTemplateId } = (await handlers()['import.save-template'](
      saved as never,
      context,
    )) as {
      importTemplateId: string;
    };
    const again = await preview({ fileId: file(csv), kind: 'payments' });
    expect(again.mapping.columns).toEqual(columns);
    expect(again.templates).toEqual([{ importTemplateId, name: 'Sparkasse' }]);
    expect(again.records).toMatchObject([{ debtRef: 'U/2026/0001', dueOn: '2026-11-18' }]);
    const other = await preview({ fileId: file(csv), kind: 'bankStatement' });
    expect(other.templates).toEqual([]);
  });
});
