import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { openConnection } from './open-connection.ts';

const NAME = 'Brzęczyszczykiewicz';

let store: TestStore;
beforeEach(() => {
  store = openTestStore();
  store.runNow((db) => {
    for (let each = 0; each < 500; each += 1) db.insert('team', { id: `t${each}`, name: NAME });
  });
});
afterEach(() => store.close());

describe('encryption', () => {
  it('leaves no plain text in the file, the log or beside them', () => {
    const scanned = readdirSync(store.dataDir).filter((name) => {
      const bytes = readFileSync(join(store.dataDir, name));
      expect(bytes.includes(NAME), name).toBe(false);
      expect(bytes.includes('CREATE TABLE'), name).toBe(false);
      return bytes.length > 0;
    });
    expect(scanned).toEqual(expect.arrayContaining(['store.db', 'store.db-wal']));
  });

  it('leaves no SQLite header either', () => {
    store.read.get('SELECT 1');
    expect(readFileSync(store.file).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  });

  it('keeps temporary tables and sorts in memory', () => {
    expect(store.read.get('PRAGMA temp_store')).toEqual({ temp_store: 2 });
  });

  it.each(['writer', 'reader'] as const)('refuses a wrong key to a %s', (role) => {
    const wrong = { file: store.file, keyHex: 'cd'.repeat(32), role };
    expect(() => openConnection(wrong)).toThrow(expect.objectContaining({ code: 'store.corrupt' }));
  });

  it('opens a file that was made with the other cipher, and refuses a wrong key to it', () => {
    const file = join(store.dataDir, 'old.db');
    const old = new Sqlite(file);
    old.pragma("cipher = 'aegis'");
    old.pragma(`key = "x'${store.keyHex}'"`);
    old.exec("CREATE TABLE team (name TEXT); INSERT INTO team VALUES ('kept')");
    old.close();
    for (const role of ['writer', 'reader'] as const) {
      const database = openConnection({ file, keyHex: store.keyHex, role });
      expect(database.prepare('SELECT name FROM team').get()).toEqual({ name: 'kept' });
      database.close();
    }
    const wrong = { file, keyHex: 'cd'.repeat(32), role: 'reader' } as const;
    expect(() => openConnection(wrong)).toThrow(expect.objectContaining({ code: 'store.corrupt' }));
  });

  it('notices a page that somebody changed', () => {
    const file = join(store.dataDir, 'changed.db');
    const database = openConnection({ file, keyHex: store.keyHex, role: 'writer' });
    database.exec('CREATE TABLE team (name TEXT)');
    database.prepare('INSERT INTO team VALUES (?)').run(NAME.repeat(50));
    database.close();
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 700) ^ 1, bytes.length - 700);
    writeFileSync(file, bytes);
    const changed = openConnection({ file, keyHex: store.keyHex, role: 'reader' });
    expect(() => changed.prepare('SELECT name FROM team').get()).toThrow();
    changed.close();
  });

  it('lets a reader write nothing', () => {
    expect(() => store.read.prepare("INSERT INTO team VALUES ('x', 'x', NULL)").run()).toThrow();
  });

  it('waits for the disk with every commit of the writer, as the product opens it', () => {
    const file = join(store.dataDir, 'durable.db');
    const database = openConnection({ file, keyHex: store.keyHex, role: 'writer' });
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
  });
});
