import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import { createIdSource } from '../ids.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { systemRandom } from '../system-clock.ts';
import type { WriteContext, WriteDb, WriterReply } from '../types.ts';
import { REPLY_KEPT_MS } from './command-replies.ts';
import { openConnection } from './open-connection.ts';
import type { WriteRequest } from './write-queue.ts';
import { createWriter, type Writer } from './writer.ts';

const KEY_HEX = 'ab'.repeat(32);

const writes = {
  'test.add': (db: WriteDb, _context: WriteContext, name: string) => {
    db.insert('team', { id: name, name });
    return { name };
  },
  'test.count': (db: WriteDb) => db.get<{ n: number }>('SELECT count(*) AS n FROM team')?.n,
  'test.refuse': (db: WriteDb, _context: WriteContext, name: string) => {
    db.insert('team', { id: name, name });
    throw new AppError('test.refused', 'no', { details: { name } });
  },
  'test.bug': () => {
    throw new TypeError('a bug');
  },
  'test.leaveChunkOpen': (db: WriteDb) => void db.beginChunk('open'),
  'test.slow': (db: WriteDb, _context: WriteContext, name: string) => {
    db.insert('team', { id: name, name });
    elapsedMs += 5;
    duringSlow();
  },
  'test.rollBackAll': (db: WriteDb) => {
    db.insert('team', { id: 'lost', name: 'lost' });
    database.exec('ROLLBACK');
    throw new Error('the disk is gone');
  },
};

let dataDir: string;
let database: Database;
let writer: Writer;
let wall: number;
let elapsedMs: number;
let timers: (() => void)[];
let groups: WriterReply[][];
let deferred: (() => void)[];
let mailbox: WriteRequest[];
let ids: IdSource;
let lastId: number;
/** what happens while `test.slow` is being done */
let duringSlow: () => void;

const clock: Clock = {
  now: () => wall,
  monotonic: () => elapsedMs,
  setTimer(_delayMs, callback) {
    timers.push(callback);
    return () => timers.splice(timers.indexOf(callback), 1);
  },
};

beforeEach(() => {
  wall = Date.UTC(2026, 10, 24, 12);
  elapsedMs = 0;
  lastId = 0;
  duringSlow = () => {};
  [timers, groups, deferred, mailbox] = [[], [], [], []];
  dataDir = mkdtempSync(join(tmpdir(), 'dialdesk-writer-'));
  const file = join(dataDir, 'store.db');
  database = openConnection({ file, keyHex: KEY_HEX, role: 'writer', durable: false });
  ids = createIdSource(clock, systemRandom);
  prepareDatabase(
    database,
    { storeId: 's', nodeId: 'n', storeKind: 'practice', createdAt: wall },
    { clock, ids },
  );
  writer = createWriter(parts());
});
const parts = () => ({
  database,
  writes,
  clock,
  ids,
  reply: (replies: WriterReply[]) => groups.push(replies),
  defer: (run: () => void) => deferred.push(run),
  drainMailbox: (addRequest: (made: WriteRequest) => void) => {
    for (const made of mailbox.splice(0)) addRequest(made);
  },
});
afterEach(() => {
  writer.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function request(
  name: keyof typeof writes | 'test.unknown',
  input: unknown = null,
  options: Partial<WriteRequest> = {},
): WriteRequest {
  lastId += 1;
  return { id: lastId, name, input, priority: 'command', commandId: null, ...options };
}
const add = (...parameters: Parameters<typeof request>) => {
  const made = request(...parameters);
  writer.add(made);
  return made.id;
};
const runGroup = () => deferred.shift()?.();
const runAll = () => {
  while (deferred.length > 0) runGroup();
};
const replyTo = (id: number) => groups.flat().find((reply) => reply.id === id);
const teams = () =>
  (database.prepare('SELECT name FROM team ORDER BY name').all() as { name: string }[]).map(
    (row) => row.name,
  );

describe('the writer', () => {
  it('performs what waits in one group, and answers after the commit', () => {
    add('test.add', 'a');
    add('test.add', 'b');
    runGroup();
    expect(groups).toEqual([
      [
        { id: 1, ok: true, value: { name: 'a' } },
        { id: 2, ok: true, value: { name: 'b' } },
      ],
    ]);
    expect(database.inTransaction).toBe(false);
    expect(teams()).toEqual(['a', 'b']);
  });

  it('undoes only the write that fails', () => {
    add('test.add', 'a');
    const refused = add('test.refuse', 'b');
    const bug = add('test.bug');
    const unknown = add('test.unknown');
    const open = add('test.leaveChunkOpen');
    add('test.add', 'c');
    runGroup();
    expect(groups).toHaveLength(1);
    expect(teams()).toEqual(['a', 'c']);
    expect(replyTo(refused)).toMatchObject({
      ok: false,
      error: { code: 'test.refused', details: { name: 'b' } },
    });
    expect(replyTo(bug)).toMatchObject({ error: { code: 'internal', message: 'a bug' } });
    expect(replyTo(unknown)).toMatchObject({ error: { code: 'internal' } });
    expect(replyTo(open)).toMatchObject({ error: { code: 'internal' } });
  });

  it('fails the whole group when its transaction is gone, and goes on with the next', () => {
    const before = add('test.add', 'before');
    const lost = add('test.rollBackAll');
    runGroup();
    expect([replyTo(before)?.ok, replyTo(lost)?.ok]).toEqual([false, false]);
    expect(teams()).toEqual([]);
    add('test.add', 'after');
    runGroup();
    expect(teams()).toEqual(['after']);
  });

  it('ends a group at 64 writes or when it has taken 8 ms', () => {
    for (let each = 0; each < 70; each += 1) add('test.add', `team ${each}`);
    runAll();
    expect(groups.map((group) => group.length)).toEqual([64, 6]);
    groups = [];
    for (const name of ['s1', 's2', 's3']) add('test.slow', name);
    runAll();
    expect(groups.map((group) => group.length)).toEqual([2, 1]);
  });

  it('lets a call wait behind one running import chunk at most', () => {
    const importing = { priority: 'import' } as const;
    const chunks = ['i1', 'i2', 'i3'].map((name) => add('test.slow', name, importing));
    // arrives while the first chunk is being written
    const late = request('test.add', 'call', { priority: 'call' });
    duringSlow = () => {
      mailbox.push(late);
      duringSlow = () => {};
    };
    runAll();
    expect(groups.map((group) => group.map((reply) => reply.id))).toEqual([
      [chunks[0]],
      [late.id],
      [chunks[1], chunks[2]],
    ]);
  });

  it('waits for the disk with every commit but those of imports', () => {
    database.pragma('synchronous = FULL');
    writer = createWriter(parts());
    const modes: unknown[] = [];
    duringSlow = () => modes.push(database.pragma('synchronous', { simple: true }));
    for (const name of ['i1', 'i2', 'i3']) {
      add('test.slow', name, { priority: 'import' });
      runAll();
    }
    add('test.slow', 'c');
    runAll();
    expect(modes).toEqual([1, 1, 1, 2]);
  });

  it('answers a repeated command with its first reply and does nothing', () => {
    const commandId = 'c1';
    const first = add('test.add', 'a', { commandId });
    runGroup();
    const second = add('test.add', 'a', { commandId });
    const otherWrite = add('test.count', null, { commandId });
    runGroup();
    expect(replyTo(second)).toEqual({ ...replyTo(first), id: second });
    expect(replyTo(otherWrite)).toMatchObject({ ok: true, value: 1 });
    expect(teams()).toEqual(['a']);
  });

  it('runs a command again that failed the first time', () => {
    add('test.refuse', 'a', { commandId: 'c1' });
    const again = add('test.add', 'a', { commandId: 'c1' });
    runGroup();
    expect(replyTo(again)).toMatchObject({ ok: true });
  });

  it('forgets replies after seven days, when it is idle', () => {
    const remembered = () => database.prepare('SELECT count(*) FROM commandReply').pluck().get();
    add('test.add', 'a', { commandId: 'c1' });
    runGroup();
    wall += REPLY_KEPT_MS - 1;
    timers.shift()?.();
    expect(remembered()).toBe(1);
    wall += 2;
    elapsedMs += 3_600_000;
    add('test.count');
    runGroup();
    timers.shift()?.();
    expect(remembered()).toBe(0);
  });

  it('performs what is queued before it closes', () => {
    add('test.add', 'a');
    writer.close();
    expect(replyTo(1)).toMatchObject({ ok: true });
    expect(database.open).toBe(false);
  });
});
