import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '#shared/errors/index.ts';
import { fixtureWrites } from './fixtures/writes.ts';
import {
  createReadDb,
  createStore,
  databaseFile,
  findRunningEngine,
  type KeyProvider,
  type OpenStore,
  type OpenStoreOptions,
  openConnection,
  openStore,
  practiceKeyFile,
  readStoreFile,
  writeEngineFile,
} from './index.ts';

const ENGINE = {
  pid: process.pid,
  url: 'ws://127.0.0.1:1',
  sipUrl: 'ws://127.0.0.1:1/sip',
  tokenFile: 'token',
  startedAt: 1,
};
const writerEntry = new URL('./fixtures/writer-entry.ts', import.meta.url);

let dataDir: string;
let keyProvider: Extract<KeyProvider, { kind: 'keyFile' }>;
let store: OpenStore | null;
let child: ChildProcess | null;

beforeEach(async () => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'dialdesk-open-')), 'data');
  keyProvider = { kind: 'keyFile', path: practiceKeyFile(dataDir) };
  store = null;
  child = null;
  await createStore({ dataDir, storeKind: 'practice', keyProvider });
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await store?.close();
  rmSync(join(dataDir, '..'), { recursive: true, force: true });
});

async function open(options: Partial<OpenStoreOptions> = {}): Promise<OpenStore> {
  store = await openStore({ dataDir, keyProvider, writerEntry, ...options });
  return store;
}

const keyHex = () => readFileSync(keyProvider.path, 'utf8').trim();
const connect = (role: 'writer' | 'reader') =>
  openConnection({ file: databaseFile(dataDir), keyHex: keyHex(), role });

const withCode = (code: string) => expect.objectContaining({ code });

describe('opening a store', () => {
  it('writes on its own thread and reads at once what was written', async () => {
    const opened = await open({ storeKind: 'practice' });
    const { id } = await opened.write(fixtureWrites, 'fixture.addNote', { text: 'Wiosna' });
    expect(
      opened.read.get('SELECT text FROM interactionContent WHERE interactionId = ?', id),
    ).toEqual({ text: 'Wiosna' });
    expect(opened.read.all('SELECT code FROM dispositionCode')).toHaveLength(10);
    expect(opened.meta.storeKind).toBe('practice');
  });

  it('hands the errors of a write over as they were thrown', async () => {
    const opened = await open();
    await expect(opened.write(fixtureWrites, 'fixture.refuse', undefined)).rejects.toMatchObject({
      name: 'AppError',
      code: 'fixture.refused',
      details: { why: 'asked to' },
    });
  });

  it('lets one engine in at a time and tells others where it is', async () => {
    await open();
    writeEngineFile(dataDir, ENGINE);
    await expect(openStore({ dataDir, keyProvider })).rejects.toMatchObject({
      code: 'store.in-use',
      details: { pid: process.pid, url: ENGINE.url },
    });
    expect(findRunningEngine(dataDir)).toEqual(ENGINE);
    await store?.close();
    expect(findRunningEngine(dataDir)).toBeNull();
    await open();
  });

  it('does not believe an engine file whose engine is gone', () => {
    writeEngineFile(dataDir, ENGINE);
    expect(findRunningEngine(dataDir)).toBeNull();
  });

  it('leaves an empty log and no lock behind when it closes', async () => {
    await open();
    await store?.close();
    expect(readdirSync(dataDir).sort()).toEqual([
      'engine.lock',
      'store.db',
      'store.json',
      'store.key',
    ]);
    await expect(store?.write(fixtureWrites, 'fixture.addNote', { text: 'x' })).rejects.toEqual(
      withCode('store.closed'),
    );
  });

  it('refuses the other kind, also when store.json was edited', async () => {
    await expect(openStore({ dataDir, keyProvider, storeKind: 'real' })).rejects.toEqual(
      withCode('store.wrong-kind'),
    );
    const edited = { ...readStoreFile(dataDir), storeKind: 'real' };
    writeFileSync(join(dataDir, 'store.json'), JSON.stringify(edited));
    await expect(openStore({ dataDir, keyProvider })).rejects.toEqual(withCode('store.wrong-kind'));
  });

  it('says what is missing', async () => {
    const elsewhere = join(dataDir, 'nothing');
    await expect(openStore({ dataDir: elsewhere, keyProvider })).rejects.toEqual(
      withCode('store.not-found'),
    );
    await expect(createStore({ dataDir, storeKind: 'practice', keyProvider })).rejects.toEqual(
      withCode('store.exists'),
    );
  });

  it('finishes a creation that was cut off after store.json', async () => {
    renameSync(databaseFile(dataDir), join(dataDir, 'store.db.creating'));
    await open();
    expect(existsSync(databaseFile(dataDir))).toBe(true);
  });

  it('tells a damaged database from a wrong key', async () => {
    writeFileSync(databaseFile(dataDir), Buffer.alloc(8192, 3));
    await expect(openStore({ dataDir, keyProvider })).rejects.toEqual(withCode('store.corrupt'));
  });

  it('refuses a store from a newer program and gives the directory free', async () => {
    const database = connect('writer');
    database.pragma('user_version = 999');
    database.close();
    for (const _attempt of [1, 2]) {
      await expect(openStore({ dataDir, keyProvider })).rejects.toEqual(
        withCode('store.newer-schema'),
      );
    }
  });
});

describe('a writer thread that dies', () => {
  it('is fatal: what waits and what comes is refused, and the engine is told', async () => {
    const lost = Promise.withResolvers<AppError>();
    const opened = await open({ onWriterLost: lost.resolve });
    await opened.write(fixtureWrites, 'fixture.addNote', { text: 'before' });
    const refused = withCode('store.writer-lost');
    await expect(opened.write(fixtureWrites, 'fixture.die', undefined)).rejects.toEqual(refused);
    expect(await lost.promise).toMatchObject({ code: 'store.writer-lost' });
    await expect(opened.write(fixtureWrites, 'fixture.addNote', { text: 'after' })).rejects.toEqual(
      refused,
    );
    expect(opened.read.all('SELECT text FROM interactionContent')).toEqual([{ text: 'before' }]);
  });
});

describe('kill -9', () => {
  it('loses no acknowledged write, and leaves a sound store that opens', async () => {
    const acknowledged = new Set<string>();
    for (const afterAcknowledged of [1, 7, 40, 150, 333]) {
      for (const id of await runUntilKilled(afterAcknowledged)) acknowledged.add(id);
      const opened = await open();
      const stored = opened.read.all<{ id: string }>('SELECT id FROM interaction');
      const ids = new Set(stored.map((row) => row.id));
      expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
      expect(opened.read.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
      const counts = opened.read.get<Record<string, number>>(
        `SELECT (SELECT count(*) FROM interaction) AS heads,
           (SELECT count(*) FROM interactionContent) AS contents,
           (SELECT count(*) FROM change WHERE tableName = 'interaction') AS changes`,
      );
      expect(counts?.contents).toBe(counts?.heads);
      expect(counts?.changes).toBe(counts?.heads);
      await opened.close();
    }
    expect(acknowledged.size).toBeGreaterThan(500);
  });

  /** Kills the child in the middle of its work; @returns what it had acknowledged */
  function runUntilKilled(afterAcknowledged: number): Promise<string[]> {
    const fixture = fileURLToPath(new URL('./fixtures/endless-writer.ts', import.meta.url));
    const started = spawn(process.execPath, [fixture, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    let text = '';
    const lines = () => text.split('\n').slice(0, -1);
    started.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      // the first line says that it is open
      if (lines().length > afterAcknowledged) started.kill('SIGKILL');
    });
    return new Promise((resolve) => started.on('close', () => resolve(lines().slice(1))));
  }
});

describe('the reading connection', () => {
  it('is not needed to read a copy with the key', async () => {
    const opened = await open();
    await opened.close();
    expect(() => new Sqlite(databaseFile(dataDir)).prepare('SELECT 1 FROM meta').get()).toThrow();
    const reader = connect('reader');
    expect(createReadDb(reader).get("SELECT value FROM meta WHERE key = 'storeKind'")).toEqual({
      value: 'practice',
    });
    reader.close();
  });
});
