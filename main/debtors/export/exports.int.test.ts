import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandInput, type ExportProgress, exportProgress } from '#shared/contract/index.ts';
import { type MediaContent, MediaLinks } from '../../contract-server/index.ts';
import { createIdSource, systemClock, systemRandom } from '../../store/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../debtors.fixture.ts';
import { newFileKey, writeSealedFile } from '../documents/sealed-file.ts';
import { addPersonRows, MARKER } from '../erasure/person.fixture.ts';
import { personTables } from '../erasure/person-tables.ts';
import { createExports, type Exports } from './exports.ts';

const LEAD = { personId: 'lead', displayName: 'Lead', role: 'lead' } as const;
const DEBTOR = '00000000-0000-7000-8000-0000000000aa';

let store: TestStore;
let exports: Exports;
let links: MediaLinks;
let audited: string[];
let progress: ExportProgress[];
let wake: () => void;

beforeEach(() => {
  store = openTestStore();
  audited = [];
  progress = [];
  wake = () => {};
  let token = 0;
  links = new MediaLinks({ clock: systemClock, newToken: () => `t${token++}` });
  mkdirSync(join(store.dataDir, 'documents'));
  exports = createExports({
    read: store.read,
    connection: store.connection,
    idsOfList: async () => new Uint8Array(0),
    links,
    publisher: {
      publish(name, data) {
        if (name !== 'export.progressed') return;
        progress.push(exportProgress.parse(data));
        wake();
      },
    },
    audit: ({ action }) => audited.push(action),
    clock: systemClock,
    idSource: createIdSource(systemClock, systemRandom),
    exportsDirectory: join(store.dataDir, 'exports'),
    recordingsDirectory: join(store.dataDir, 'recordings'),
    documentsDirectory: join(store.dataDir, 'documents'),
    timeZone: 'Europe/Warsaw',
  });
});
afterEach(async () => {
  await exports.close();
  await store.close();
});

const context = (personId: string = LEAD.personId, commandId: string | null = null) => ({
  principal: { ...LEAD, personId },
  connectionId: 'c',
  commandId,
});

async function ended(): Promise<ExportProgress> {
  while (true) {
    const last = progress.at(-1);
    if (last && last.state !== 'running') return last;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

const list = (input: CommandInput<'export.list'>, commandId: string | null = null) =>
  exports.handlers['export.list']!(input as never, context(LEAD.personId, commandId));

async function openFile(exportJobId: string): Promise<MediaContent> {
  const { url } = await exports.handlers['export.open']!({ exportJobId } as never, context());
  const content = await links.open(url.replace('/media/', ''));
  if (!content) throw new Error('no content');
  return content;
}

async function download(content: MediaContent): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of content.createReadStream(null)) pieces.push(piece);
  await new Promise((resolve) => setImmediate(resolve));
  return Buffer.concat(pieces);
}

const files = () => readdirSync(join(store.dataDir, 'exports'));

describe('an export', () => {
  beforeEach(() => {
    store.runNow((db, each) => {
      for (let at = 0; at < 20; at += 1) {
        db.insert('auditEntry', { id: each.newId(), at, action: `a.${at}`, detailsJson: '{}' });
      }
    });
  });

  it('is written in a thread, downloaded once, and gone then', async () => {
    await list({ list: { table: 'audit' }, format: 'csv', language: 'pl' });
    const done = await ended();
    expect(done).toMatchObject({ state: 'finished', rows: 20, error: null });
    expect(done.fileName).toMatch(/^Dziennik zdarzeń \d{4}-\d\d-\d\d\.csv$/);
    const [file = ''] = files();
    expect(readFileSync(join(store.dataDir, 'exports', file)).includes('a.19')).toBe(false);
    const content = await openFile(done.exportJobId);
    expect(content.fileName).toBe(done.fileName);
    const text = (await download(content)).toString();
    expect(text).toContain('a.19');
    expect(content.size).toBe(Buffer.byteLength(text));
    await expect(openFile(done.exportJobId)).rejects.toMatchObject({ code: 'export.gone' });
    expect(files()).toEqual([]);
    expect(audited).toEqual(['export.list-made', 'export.opened']);
  });

  it('can be fetched again when the download broke off', async () => {
    await list({ list: { table: 'audit' }, format: 'csv', language: 'en' });
    const { exportJobId } = await ended();
    const content = await openFile(exportJobId);
    for await (const piece of content.createReadStream({ start: 0, end: 5 })) {
      expect(piece.length).toBe(6);
    }
    expect((await download(await openFile(exportJobId))).length).toBe(content.size);
  });

  it('is nobody else’s, and begins once for one command', async () => {
    const input = { list: { table: 'audit' }, format: 'csv', language: 'en' } as const;
    const first = await list(input, 'once');
    const again = await list(input, 'once');
    expect(again.exportJobId).toBe(first.exportJobId);
    const open = async () =>
      exports.handlers['export.open']!(
        { exportJobId: first.exportJobId } as never,
        context('other'),
      );
    await ended();
    await expect(open()).rejects.toMatchObject({ code: 'contract.not-found' });
  });

  it('of many rows keeps memory flat', async () => {
    store.runNow((db, each) => {
      const portfolioId = addPortfolio(db, each);
      const chunk = db.beginChunk('test');
      for (let at = 0; at < 50_000; at += 1) {
        const debtorId = each.newId();
        db.insert('debtor', {
          id: debtorId,
          portfolioId,
          externalRef: `D-${at}`,
          kind: 'person',
          displayName: `Łucja ${at}`,
          searchName: `lucja ${at}`,
          language: 'pl',
          jurisdiction: 'PL',
          timeZonesJson: '["Europe/Warsaw"]',
          createdAt: 1,
        });
        db.insert('promiseToPay', {
          id: each.newId(),
          debtorId,
          amountMinor: at,
          currency: 'PLN',
          dueOn: '2026-12-01',
          status: 'open',
          createdAt: 1,
        });
      }
      chunk.end();
    });
    const before = process.memoryUsage().rss;
    let highest = before;
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().rss);
    }, 20);
    await list({ list: { table: 'promises' }, format: 'xlsx', language: 'en' });
    const done = await ended();
    clearInterval(watch);
    expect(done).toMatchObject({ state: 'finished', rows: 50_000 });
    // a thread with its connection's cache, and no more: all rows at once would be far above
    expect((highest - before) / 1_000_000).toBeLessThan(120);
  }, 60_000);

  it('is cancelled with nothing left', async () => {
    const { exportJobId } = await list({ list: { table: 'audit' }, format: 'csv', language: 'en' });
    const cancelled = await exports.handlers['export.cancel']!({ exportJobId } as never, context());
    expect(['cancelled', 'finished']).toContain(cancelled.state);
    if (cancelled.state === 'cancelled') expect(files()).toEqual([]);
  });
});

describe('an access request', () => {
  function unzip(bytes: Buffer): Map<string, Buffer> {
    const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    const entries = new Map<string, Buffer>();
    let at = bytes.readUInt32LE(end + 16);
    for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
      const nameBytes = bytes.readUInt16LE(at + 28);
      const offset = bytes.readUInt32LE(at + 42);
      const start = offset + 30 + bytes.readUInt16LE(offset + 26);
      const content = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
      entries.set(bytes.subarray(at + 46, at + 46 + nameBytes).toString(), inflateRawSync(content));
      at += 46 + nameBytes;
    }
    return entries;
  }

  async function request(): Promise<Map<string, Buffer>> {
    const input = { debtorId: DEBTOR, language: 'pl', withRecordings: true } as const;
    await exports.handlers['export.person']!(input as never, context());
    const done = await ended();
    expect(done).toMatchObject({ state: 'finished', kind: 'person' });
    return unzip(await download(await openFile(done.exportJobId)));
  }

  it('has every row of every table, and who looked', async () => {
    addPersonRows(store, DEBTOR);
    const entries = await request();
    const data = JSON.parse(entries.get('data.json')!.toString()) as {
      tables: Record<string, object[]>;
    };
    for (const table of Object.keys(personTables)) {
      expect([table, data.tables[table]?.length]).toEqual([table, 1]);
    }
    expect(data.tables.auditEntry?.length).toBe(1);
    const page = entries.get('index.html')!.toString();
    expect(page).toContain('<html lang="pl">');
    expect(page).toContain(`Przechowywane dane osobowe: ${MARKER}`);
    expect(page).toContain('Próby połączeń');
    expect(audited).toEqual(['export.person-made', 'export.opened']);
    expect(JSON.stringify(data)).not.toContain('keyHex');
  });

  it('is forgotten with the person', async () => {
    addPersonRows(store, DEBTOR);
    const input = { debtorId: DEBTOR, language: 'en', withRecordings: false } as const;
    await exports.handlers['export.person']!(input as never, context());
    const { exportJobId } = await ended();
    await exports.forget([DEBTOR]);
    expect(files()).toEqual([]);
    await expect(openFile(exportJobId)).rejects.toMatchObject({ code: 'export.gone' });
  });

  it('shows texts as texts', async () => {
    addPersonRows(store, DEBTOR);
    store.runNow((db) => db.update('debtor', DEBTOR, { displayName: '<script>alert(1)</script>' }));
    expect((await request()).get('index.html')!.toString()).not.toContain('<script>');
  });

  it('has the documents themselves, and says which cannot be read', async () => {
    addPersonRows(store, DEBTOR);
    const keyHex = newFileKey();
    await writeSealedFile(
      join(store.dataDir, 'documents', 'd.sealed'),
      keyHex,
      Buffer.from('%PDF'),
    );
    store.runNow((db, each) => {
      const document = {
        debtorId: DEBTOR,
        kind: 'x',
        name: 'list.pdf',
        mediaType: 'application/pdf',
        bytes: 4,
        sha256: '',
        createdAt: 1,
      };
      db.insert('document', { id: each.newId(), ...document, fileName: 'd.sealed', keyHex });
    });
    const entries = await request();
    const [name] = [...entries.keys()].filter((path) => path.startsWith('documents/'));
    expect(name).toMatch(/list\.pdf$/);
    expect(entries.get(name!)?.toString()).toBe('%PDF');
    expect(entries.get('index.html')!.toString()).toContain('Tego pliku nie można już odczytać');
  });

  it('is about somebody', async () => {
    const input = { debtorId: DEBTOR, language: 'pl', withRecordings: false } as const;
    const asked = async () => exports.handlers['export.person']!(input as never, context());
    await expect(asked()).rejects.toMatchObject({ code: 'contract.not-found' });
  });
});

it('two exports run at once, and a third is refused', async () => {
  store.runNow((db, each) => {
    const portfolioId = addPortfolio(db, each);
    const debtorId = addDebtor(db, each, { portfolioId });
    addDebt(db, each, { portfolioId, debtorId });
    addPhone(db, each, { debtorId, value: '+48501234567' });
  });
  const input = { list: { table: 'attempts' }, format: 'csv', language: 'en' } as const;
  await list(input);
  await list(input);
  await expect(list(input)).rejects.toMatchObject({ code: 'export.too-many' });
});
