import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '#shared/util/index.ts';
import type { CheckpointHelper } from './checkpoint-helper.ts';
import { checkpoint } from './checkpoint-thread.ts';
import { type Checkpoints, createCheckpoints } from './checkpoints.ts';
import { openConnection } from './open-connection.ts';

const KEY_HEX = 'ab'.repeat(32);

let dataDir: string;
let database: Database;
let timers: (() => void)[];
let rounds: { leave: number; whenDone: () => void }[];
let held: boolean[];
let checkpoints: Checkpoints;

const clock: Clock = {
  now: () => 0,
  monotonic: () => 0,
  setTimer(_delayMs, callback) {
    timers.push(callback);
    return () => timers.splice(timers.indexOf(callback), 1);
  },
};
const helper: CheckpointHelper = {
  fold: (leave, whenDone) => rounds.push({ leave, whenDone }),
  get isBusy() {
    return rounds.length > 0;
  },
  close: () => Promise.resolve(),
};

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'dialdesk-checkpoints-'));
  const file = join(dataDir, 'store.db');
  database = openConnection({ file, keyHex: KEY_HEX, role: 'writer', durable: false });
  database.exec('CREATE TABLE page (content BLOB)');
  [timers, rounds, held] = [[], [], []];
});
afterEach(() => {
  database.close();
  rmSync(dataDir, { recursive: true });
});

function start(withHelper: boolean): void {
  checkpoints = createCheckpoints({
    database,
    clock,
    whenIdle: () => {},
    helper: withHelper ? helper : null,
    holdImports: (isHeld) => held.push(isHeld),
  });
}

function writePages(count: number): void {
  database.prepare('INSERT INTO page VALUES (zeroblob(?))').run(count * 4096);
}
const afterGroups = (count: number) => {
  for (let group = 0; group < count; group += 1) checkpoints.afterBatch(false);
};
const log = () => checkpoint(database, 'NOOP');
const left = () => log().pages - log().inFile;

describe('checkpoints', () => {
  it('fold the log when nobody writes for a while', () => {
    start(false);
    writePages(50);
    checkpoints.afterBatch(true);
    expect(left()).toBeGreaterThan(50);
    timers.shift()?.();
    expect(left()).toBe(0);
  });

  it('of a writer alone fold a log that has grown long, and no shorter one', () => {
    start(false);
    writePages(1_000);
    afterGroups(20);
    expect(left()).toBeGreaterThan(1_000);
    writePages(12_000);
    afterGroups(16);
    expect(left()).toBe(0);
  });

  it('leave a long log to the helper, then hold imports until all of it is in the file', () => {
    start(true);
    writePages(13_000);
    afterGroups(16);
    const [bulk] = rounds.splice(0);
    expect(bulk?.leave).toBeGreaterThan(0);
    expect([left() > 12_000, held]).toEqual([true, []]);

    bulk?.whenDone();
    const [rest] = rounds.splice(0);
    expect([rest?.leave, held]).toEqual([0, [true]]);

    checkpoint(database, 'PASSIVE');
    writePages(20);
    rest?.whenDone();
    expect([left(), held]).toEqual([0, [true, false]]);
    writePages(1);
    expect(log().pages).toBeLessThan(20);
  });

  it('let imports go on when a reader keeps the log from being folded', () => {
    start(true);
    writePages(13_000);
    afterGroups(16);
    for (let round = 0; round < 2; round += 1) rounds.splice(0)[0]?.whenDone();
    expect(held).toEqual([true, false]);
    expect(left()).toBeGreaterThan(12_000);
  });

  it('start nothing after the helper was stopped, and empty the log at the end', async () => {
    start(true);
    writePages(13_000);
    afterGroups(16);
    const [bulk] = rounds.splice(0);
    await checkpoints.stopHelper();
    bulk?.whenDone();
    afterGroups(8);
    expect(rounds).toEqual([]);
    checkpoints.finish();
    expect(log().pages).toBe(0);
  });
});
