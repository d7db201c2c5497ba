import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { parseHlc } from '../hlc.ts';
import { latestSchemaVersion } from '../migrations/index.ts';
import type { WriteContext, WriteDb } from '../types.ts';

const NOON = Date.UTC(2026, 10, 24, 12);

let store: TestStore;
let now: number;
let firstSeq: number;

beforeEach(() => {
  now = NOON;
  store = openTestStore({
    clock: { now: () => now, monotonic: () => performance.now(), setTimer: () => () => {} },
  });
  firstSeq = store.read.get<{ seq: number }>('SELECT max(seq) AS seq FROM change')?.seq ?? 0;
});
afterEach(() => store.close());

interface ChangeRow {
  nodeId: string;
  hlc: string;
  tableName: string;
  rowId: string;
  op: string;
  columnsJson: string;
  schemaVersion: number;
}
const changes = () =>
  store.read.all<ChangeRow>('SELECT * FROM change WHERE seq > ? ORDER BY seq', firstSeq);
const write = <Value>(run: (db: WriteDb, context: WriteContext) => Value) => store.runNow(run);
const team = (id: string, name = 'North') => ({ id, name });

describe('the write helper', () => {
  it('leaves one change for each insert, update and removal', () => {
    write((db) => {
      db.insert('team', team('t1'));
      db.update('team', 't1', { name: 'South' });
      db.remove('team', 't1');
    });
    const nodeId = store.read.get<{ value: string }>("SELECT value FROM meta WHERE key = 'nodeId'");
    expect(changes()).toMatchObject([
      { op: 'insert', rowId: 't1', columnsJson: '["*"]' },
      { op: 'update', rowId: 't1', columnsJson: '["name"]' },
      { op: 'remove', rowId: 't1', columnsJson: '["deletedAt"]' },
    ]);
    for (const change of changes()) {
      expect(change).toMatchObject({
        nodeId: nodeId?.value,
        tableName: 'team',
        schemaVersion: latestSchemaVersion,
      });
    }
    expect(store.read.get('SELECT name, deletedAt FROM team')).toEqual({
      name: 'South',
      deletedAt: NOON,
    });
  });

  it('orders changes by the hybrid clock, also when the wall clock steps back', () => {
    write((db) => db.insert('team', team('t1')));
    now = NOON - 3_600_000;
    write((db) => db.update('team', 't1', { name: 'South' }));
    const [first, second] = changes();
    expect(second!.hlc > first!.hlc).toBe(true);
    expect(parseHlc(first!.hlc).ms).toBe(NOON);
  });

  it('leaves no change when the write fails', () => {
    expect(() =>
      write((db) => {
        db.insert('team', team('t1'));
        db.update('team', 'gone', { name: 'South' });
      }),
    ).toThrow(expect.objectContaining({ code: 'store.no-row' }));
    expect(changes()).toEqual([]);
    expect(store.read.all('SELECT * FROM team')).toEqual([]);
  });

  it('collects a chunk into one change', () => {
    write((db) => {
      const chunk = db.beginChunk('import 1');
      db.insert('team', team('t1'));
      db.insert('team', team('t2'));
      db.update('team', 't1', { name: 'South' });
      chunk.end();
    });
    expect(changes()).toHaveLength(1);
    expect(changes()[0]).toMatchObject({ op: 'chunk', tableName: '*' });
    expect(JSON.parse(changes()[0]!.columnsJson)).toEqual({
      label: 'import 1',
      count: 3,
      tables: { team: ['t1', 't2'] },
      updated: [{ table: 'team', columns: ['name'], ids: ['t1'] }],
    });
  });

  it('does not log local tables', () => {
    write((db) => db.run("INSERT INTO meta (key, value) VALUES ('seen', ?)", 1));
    expect(changes()).toEqual([]);
  });

  it('never changes an event but for its late columns', () => {
    write((db) => {
      db.insert('interaction', { id: 'i1', channel: 'note', direction: 'out', at: now });
      db.insert('interactionContent', { id: 'c1', interactionId: 'i1', kind: 'note', text: 'x' });
      db.update('interactionContent', 'c1', { text: null, erasedAt: now });
    });
    expect(() => write((db) => db.update('interaction', 'i1', { at: 1 }))).toThrow('never changes');
    expect(() => write((db) => db.remove('interaction', 'i1'))).toThrow('deletedAt');
  });

  it.each<[string, (db: WriteDb) => unknown]>([
    ['a table that is not in the schema', (db) => db.insert('team; DROP TABLE team', { id: '1' })],
    ['a column that is not in the schema', (db) => db.insert('team', { id: '1', 'x) --': 1 })],
    ['a row without an id', (db) => db.insert('team', { name: 'North' })],
    ['a change of an id', (db) => db.update('team', 't1', { id: 't2' })],
    ['plain SQL on a synced table', (db) => db.run('UPDATE team SET name = ?', 'x')],
    ['plain SQL that is not a write', (db) => db.run('DROP TABLE meta')],
    ['a write through a reading method', (db) => db.all('DELETE FROM team RETURNING id')],
    ['a chunk within a chunk', (db) => [db.beginChunk('a'), db.beginChunk('b')]],
  ])('refuses %s', (_what, run) => {
    expect(() => write(run)).toThrow(expect.objectContaining({ name: 'InvariantError' }));
  });

  it('stores booleans as numbers and undefined as null', () => {
    write((db, context) =>
      db.insert('portfolio', {
        id: 'p1',
        name: 'n',
        creditorName: 'c',
        synthetic: true,
        createdAt: context.now,
        deletedAt: undefined,
      }),
    );
    expect(store.read.get('SELECT synthetic, deletedAt FROM portfolio')).toEqual({
      synthetic: 1,
      deletedAt: null,
    });
  });

  it('says which constraint failed, by kind', () => {
    const twice = (db: WriteDb) => {
      db.insert('team', team('t1'));
      db.insert('team', team('t1'));
    };
    expect(() => write(twice)).toThrow(expect.objectContaining({ code: 'store.constraint' }));
  });
});
