import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { WriteContext, WriteDb } from '../store/index.ts';
import { openTestStore, type TestStore } from './open-test-store.ts';

const writes = {
  'test.addTeam': (db: WriteDb, context: WriteContext, input: { name: string }) => {
    const id = context.newId();
    db.insert('team', { id, name: input.name });
    return { id };
  },
};

let store: TestStore;
afterEach(() => store.close());

describe('openTestStore', () => {
  it('writes and reads through one interface', async () => {
    store = openTestStore({ writes });
    const { id } = await store.write(writes, 'test.addTeam', { name: 'Zażółć' });
    expect(store.read.all('SELECT id, name FROM team')).toEqual([{ id, name: 'Zażółć' }]);
  });

  it('keeps names out of the file and its log', async () => {
    store = openTestStore({ writes });
    await store.write(writes, 'test.addTeam', { name: 'Brzęczyszczykiewicz' });
    for (const file of [store.file, `${store.file}-wal`]) {
      expect(readFileSync(file).includes('Brzęczyszczykiewicz')).toBe(false);
    }
  });

  it('removes its file', async () => {
    store = openTestStore();
    await store.close();
    expect(existsSync(store.dataDir)).toBe(false);
  });
});
