import Sqlite, { type Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations, runMigrations } from './index.ts';
import { schemaVersion } from './run-migrations.ts';

let database: Database;
beforeEach(() => {
  database = new Sqlite(':memory:');
});
afterEach(() => database.close());

const tables = () =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .pluck()
    .all();

const first = { version: 1, name: '0001-a', sql: 'CREATE TABLE a (x)' };
const second = { version: 2, name: '0002-b', sql: 'ALTER TABLE a ADD COLUMN y DEFAULT 7' };

describe('migrations', () => {
  it('0001 makes the first tables from an empty file', () => {
    expect(runMigrations(database, migrations.slice(0, 1))).toEqual({ from: 0, to: 1 });
    expect(tables()).toEqual(
      expect.arrayContaining(['debtor', 'interaction', 'attempt', 'change']),
    );
    expect(schemaVersion(database)).toBe(1);
  });

  it('0002 keeps the debts of 0001, as they are: no interest runs, nobody merged', () => {
    runMigrations(database, migrations.slice(0, 1));
    database.exec(`INSERT INTO debt (id, debtorId, externalRef, creditorName, debtKind, currency, principalMinor,
      balanceMinor, status, createdAt) VALUES ('d', 'p', 'R', 'C', 'loan', 'PLN', 100, 100, 'open', 1)`);
    expect(runMigrations(database, migrations.slice(0, 2))).toEqual({ from: 1, to: 2 });
    expect(
      database.prepare('SELECT id, balanceMinor, interestKind, interestFrom FROM debt').all(),
    ).toEqual([{ id: 'd', balanceMinor: 100, interestKind: 'none', interestFrom: null }]);
    expect(tables()).toEqual(expect.arrayContaining(['debtEntry', 'payment', 'bulkJob']));
  });

  it('0003 keeps lists and events of 0002: nothing is screened, nobody is said to have been reached', () => {
    runMigrations(database, migrations.slice(0, 2));
    database.exec(`INSERT INTO contactEvent (id, at, kind, direction, channel, debtorId)
        VALUES ('e', 1, 'attempt', 'out', 'call', 'p');
      INSERT INTO contactListEntry (id, campaignId, debtorId, status, position, updatedAt)
        VALUES ('l', 'c', 'p', 'pending', 0, 1);
      INSERT INTO contactListEntry (id, campaignId, debtorId, status, position, doneReason, updatedAt)
        VALUES ('m', 'c', 'q', 'skipped', 1, 'hold', 1), ('n', 'c', 'r', 'skipped', 2, 'merged', 1);
      INSERT INTO portfolio (id, name, creditorName, createdAt) VALUES ('f', 'F', 'C', 1)`);
    expect(runMigrations(database, migrations.slice(0, 3))).toEqual({ from: 2, to: 3 });
    expect(database.prepare('SELECT kind, target FROM contactEvent').all()).toEqual([
      { kind: 'attempt', target: null },
    ]);
    expect(
      database
        .prepare('SELECT status, doneReason, blockedRule, blockedUntil FROM contactListEntry')
        .all(),
    ).toEqual([
      { status: 'pending', doneReason: null, blockedRule: null, blockedUntil: 0 },
      // refused for good was for good: the rules are asked again
      { status: 'pending', doneReason: null, blockedRule: null, blockedUntil: 0 },
      { status: 'skipped', doneReason: 'merged', blockedRule: null, blockedUntil: 0 },
    ]);
    expect(database.prepare('SELECT priorContact FROM portfolio').all()).toEqual([
      { priorContact: 'unknown' },
    ]);
  });

  it('0004 takes numbers that were entered with their trunk for stated by who entered them', () => {
    runMigrations(database, migrations.slice(0, 3));
    database.exec(
      `INSERT INTO callerId (id, trunkId, e164, label, createdAt) VALUES ('n', 't', '+48221234567', '', 7)`,
    );
    expect(runMigrations(database, migrations.slice(0, 4))).toEqual({ from: 3, to: 4 });
    const row = database.prepare('SELECT state, proofJson FROM callerId').get() as {
      state: string;
      proofJson: string;
    };
    expect(row.state).toBe('active');
    expect(JSON.parse(row.proofJson)).toMatchObject({ kind: 'statement', at: 7, personId: null });
  });

  it('0004 keeps what was promised: the earliest open callback is the minute and the agent of the next call', () => {
    runMigrations(database, migrations.slice(0, 3));
    const entry = (
      id: string,
      debtorId: string,
      status: string,
      nextAt: number,
      attempts: number,
    ) =>
      database
        .prepare(
          `INSERT INTO contactListEntry (id, campaignId, debtorId, status, position, nextAt, attempts, updatedAt)
            VALUES (?, 'c', ?, ?, 0, ?, ?, 1)`,
        )
        .run(id, debtorId, status, nextAt, attempts);
    const callback = (id: string, debtorId: string, at: number, status: string) =>
      database
        .prepare(
          `INSERT INTO callback (id, debtorId, personId, at, status, createdAt) VALUES (?, ?, ?, ?, ?, 1)`,
        )
        .run(id, debtorId, `agent-${id}`, at, status);
    entry('new', 'p', 'pending', 0, 0);
    entry('retried', 'p', 'waiting', 900, 1);
    entry('over', 'p', 'done', 5, 1);
    callback('later', 'p', 700, 'open');
    callback('first', 'p', 500, 'open');
    callback('kept', 'p', 100, 'done');
    entry('called', 'q', 'inProgress', 3, 1);
    callback('open', 'q', 400, 'open');
    entry('inVain', 'r', 'waiting', 800, 1);
    callback('tried', 'r', 300, 'open');
    database.exec(`INSERT INTO attempt (id, callId, entryId, debtorId, number, mode, trunkId, callerId, decisionId, state,
        reservedAt, dialedAt) VALUES ('a', 'a', 'inVain', 'r', '+1', 'progressive', 't', '+2', 'd', 'ended', 301, 302)`);
    entry('nothing', 's', 'pending', 0, 0);
    runMigrations(database, migrations.slice(0, 4));
    const rows = database
      .prepare(
        'SELECT id, status, nextAt, callbackAt AS at, callbackPersonId AS agent FROM contactListEntry',
      )
      .all() as { id: string }[];
    expect(Object.fromEntries(rows.map(({ id, ...row }) => [id, row]))).toEqual({
      new: { status: 'waiting', nextAt: 500, at: 500, agent: 'agent-first' },
      retried: { status: 'waiting', nextAt: 500, at: 500, agent: 'agent-first' },
      over: { status: 'done', nextAt: 5, at: null, agent: null },
      called: { status: 'inProgress', nextAt: 400, at: 400, agent: 'agent-open' },
      inVain: { status: 'waiting', nextAt: 800, at: 300, agent: 'agent-tried' },
      nothing: { status: 'pending', nextAt: 0, at: null, agent: null },
    });
  });

  it('run only what is new, and keep the rows', () => {
    runMigrations(database, [first]);
    database.exec('INSERT INTO a VALUES (1)');
    expect(runMigrations(database, [first, second])).toEqual({ from: 1, to: 2 });
    expect(runMigrations(database, [first, second])).toEqual({ from: 2, to: 2 });
    expect(database.prepare('SELECT * FROM a').all()).toEqual([{ x: 1, y: 7 }]);
  });

  it('leave the version before when a step fails', () => {
    const broken = { version: 2, name: '0002-broken', sql: 'CREATE TABLE b (x); nonsense' };
    expect(() => runMigrations(database, [first, broken])).toThrow('syntax error');
    expect(schemaVersion(database)).toBe(1);
    expect(tables()).toEqual(['a']);
  });

  it('refuse a store from a newer program', () => {
    runMigrations(database, [first, second]);
    expect(() => runMigrations(database, [first])).toThrow(
      expect.objectContaining({ code: 'store.newer-schema' }),
    );
  });

  it('are numbered without gaps', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(
      migrations.map((_migration, index) => index + 1),
    );
    for (const { name, version } of migrations) {
      expect(Number(name.slice(0, 4))).toBe(version);
    }
  });
});
