import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { erasurePreview } from '#shared/contract/index.ts';
import { foldText } from '#shared/util/index.ts';
import { openConnection } from '../../store/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { personTexts } from '../export/person/person-texts.ts';
import { erasureWrites } from './erasure-writes.ts';
import { createErasures, type Erasures } from './erasures.ts';
import { addPersonRows, columnsOf, MARKER, NUMBER } from './person.fixture.ts';
import { readPersonRows } from './person-rows.ts';
import { impersonalTables, personTables } from './person-tables.ts';

const DEBTOR = '00000000-0000-7000-8000-0000000000aa';
const LEAD = { personId: 'lead', displayName: 'Lead', role: 'lead' } as const;
const context = { principal: LEAD, connectionId: 'c', commandId: null };

let store: TestStore;
let now: number;
let callUp: boolean;
let published: string[];
let forgotten: string[];
let erasures: Erasures;

function create(): Erasures {
  return createErasures({
    store,
    clock: { now: () => now, monotonic: () => 0, setTimer: () => () => {} },
    publisher: { publish: (name) => published.push(name) },
    logger: { info() {}, warn() {}, error() {} },
    callUp: () => callUp,
    forgetExports: async (ids) => {
      forgotten.push(...ids);
    },
    recordingsDirectory: join(store.dataDir, 'recordings'),
    documentsDirectory: join(store.dataDir, 'documents'),
  });
}

beforeEach(() => {
  store = openTestStore({ writes: erasureWrites });
  now = Date.UTC(2026, 10, 21);
  callUp = false;
  published = [];
  forgotten = [];
  erasures = create();
});
afterEach(() => store.close());

const preview = async () =>
  erasures.handlers['erasure.preview']!({ debtorId: DEBTOR as never, language: 'pl' }, context);
const commit = async (more: { reason?: string; externalRef?: string } = {}) =>
  erasures.handlers['erasure.commit']!(
    {
      debtorId: DEBTOR as never,
      externalRef: `${MARKER} ${NUMBER}`,
      reason: 'asked by letter',
      ...more,
    },
    context,
  );

function fill(): void {
  addPersonRows(store, DEBTOR);
  for (const directory of ['recordings', 'documents']) {
    mkdirSync(join(store.dataDir, directory));
    writeFileSync(join(store.dataDir, directory, 'f.bin'), 'secret');
  }
}

function allTables(): string[] {
  return store.read
    .all<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .map((row) => row.name);
}

/** `table.column` of every text that still holds a name or number, in any spelling. */
function remains(): string[] {
  const wanted = [MARKER, NUMBER, ...MARKER.split(' ')].map(foldText);
  return allTables().flatMap((table) =>
    columnsOf(store, table).flatMap(({ name }) => {
      const rows = store.read.all<{ value: unknown }>(`SELECT ${name} AS value FROM ${table}`);
      const holds = rows.some(({ value }) => {
        const text = foldText(Buffer.isBuffer(value) ? value.toString() : String(value));
        return wanted.some((word) => text.includes(word));
      });
      return holds ? [`${table}.${name}`] : [];
    }),
  );
}

describe('the tables of persons', () => {
  it('are all known: a new one must say how it is found and erased, or why it holds nobody', () => {
    const known = new Set([...Object.keys(personTables), ...Object.keys(impersonalTables)]);
    expect(allTables().filter((table) => !known.has(table))).toEqual([]);
    expect([...known].filter((table) => !allTables().includes(table))).toEqual([]);
  });

  it('are all those with a column that leads to a debtor', () => {
    const leading = ['debtorId', 'interactionId', 'otherDebtorId', 'contactPointId', 'callId'];
    const found = allTables().filter((table) =>
      columnsOf(store, table).some((column) => leading.includes(column.name)),
    );
    expect(found.filter((table) => !Object.hasOwn(personTables, table))).toEqual([]);
  });

  it('give every row of a person, and nobody else', () => {
    fill();
    const other = '00000000-0000-7000-8000-0000000000bb';
    for (const table of Object.keys(personTables)) {
      expect([table, readPersonRows(store.read, table, [DEBTOR]).length]).toEqual([table, 1]);
      expect([table, readPersonRows(store.read, table, [other]).length]).toEqual([table, 0]);
    }
  });

  it('have a title in every language of an access request', () => {
    for (const texts of Object.values(personTexts)) {
      expect(Object.keys(personTables).filter((table) => !texts.tables[table])).toEqual([]);
    }
  });

  it('never give out keys', () => {
    fill();
    const [recording] = readPersonRows(store.read, 'recording', [DEBTOR]);
    expect(recording).toHaveProperty('durationMs');
    expect(recording).not.toHaveProperty('keyHex');
  });

  it('are found by their indexes', () => {
    const scanned = Object.entries(personTables).filter(([table, { rows }]) => {
      const plan = store.read.all<{ detail: string }>(
        `EXPLAIN QUERY PLAN WITH who(id) AS (SELECT value FROM json_each(?)) SELECT * FROM ${table} WHERE (${rows})`,
        '[]',
      );
      return plan.some(({ detail }) => detail === `SCAN ${table}`);
    });
    // missed calls are few
    expect(scanned.map(([table]) => table)).toEqual(['missedInbound']);
  });
});

describe('an erasure', () => {
  it('leaves nothing of the person in any table, nor a file', async () => {
    fill();
    expect(remains().length).toBeGreaterThan(30);
    await commit();
    await erasures.settled();
    expect(remains()).toEqual([]);
    expect(existsSync(join(store.dataDir, 'recordings', 'f.bin'))).toBe(false);
    expect(existsSync(join(store.dataDir, 'documents', 'f.bin'))).toBe(false);
    const recording = store.read.get('SELECT keyHex, state FROM recording');
    expect(recording).toEqual({ keyHex: null, state: 'erased' });
    expect(forgotten).toContain(DEBTOR);
  });

  it('has what it takes out of rows overwritten in their pages', () => {
    const writer = openConnection({ ...store.connection, role: 'writer' });
    // 2 = FAST
    expect(writer.pragma('secure_delete', { simple: true })).toBe(2);
    writer.close();
  });

  it('keeps the books and the proof of contacts', async () => {
    fill();
    await commit();
    await erasures.settled();
    expect(store.read.get('SELECT externalRef, balanceMinor FROM debt')).toEqual({
      externalRef: 'FV/2026/1',
      balanceMinor: 1,
    });
    expect(store.read.get('SELECT amountMinor, paidOn FROM payment')).toEqual({
      amountMinor: 1,
      paidOn: '2026-01-01',
    });
    expect(store.read.get('SELECT kind, channel, number FROM contactEvent')).toEqual({
      kind: 'attempt',
      channel: 'call',
      number: null,
    });
    expect(store.read.get('SELECT count(*) AS rows FROM interaction')).toEqual({ rows: 1 });
  });

  it('stands in the audit without naming anybody', async () => {
    fill();
    await commit({ reason: `sąd kazał, ${MARKER.toUpperCase()} prosiła` });
    await erasures.settled();
    const entries = store.read.all<{ action: string }>(
      "SELECT action FROM auditEntry WHERE action LIKE 'erasure.%' ORDER BY id",
    );
    expect(entries.map((entry) => entry.action)).toEqual(['erasure.started', 'erasure.finished']);
    const { reason } = store.read.get<{ reason: string }>(
      'SELECT reason FROM erasure WHERE reason IS NOT NULL',
    )!;
    expect(reason).toBe('sąd kazał, … prosiła');
    expect(remains()).toEqual([]);
  });

  it('keeps what the law of the debtor wants kept', async () => {
    fill();
    store.runNow((db) => db.update('debtor', DEBTOR, { jurisdiction: 'US-TX' }));
    store.runNow((db, each) =>
      db.insert('interaction', {
        id: each.newId(),
        debtorId: DEBTOR,
        channel: 'call',
        direction: 'out',
        at: Date.UTC(2026, 9, 1),
      }),
    );
    const seen = await preview();
    expect(seen.keeps.find((kept) => kept.group === 'recordings')).toMatchObject({
      rows: 1,
      until: '2029-10-01',
      law: '12 CFR 1006.100(b)',
    });
    await commit();
    await erasures.settled();
    expect(store.read.get('SELECT keyHex IS NULL AS gone, state FROM recording')).toEqual({
      gone: 0,
      state: 'complete',
    });
    expect(existsSync(join(store.dataDir, 'recordings', 'f.bin'))).toBe(true);
    expect(store.read.get('SELECT displayName FROM debtor')).toEqual({ displayName: '—' });
    now = Date.UTC(2029, 9, 1);
    expect(await erasures.expireKept()).toBe(0);
    now = Date.UTC(2029, 9, 2);
    expect(await erasures.expireKept()).toBe(1);
    expect(store.read.get('SELECT keyHex, state FROM recording')).toEqual({
      keyHex: null,
      state: 'erased',
    });
    expect(existsSync(join(store.dataDir, 'recordings', 'f.bin'))).toBe(false);
    expect(await erasures.expireKept()).toBe(0);
  });

  it('cancels what has not left', async () => {
    fill();
    const id = store.runNow((db, each) => {
      const messageId = each.newId();
      const times = { dueAt: each.now, queuedAt: each.now };
      const address = { channel: 'sms', debtorId: DEBTOR, toAddress: NUMBER };
      db.insert('message', { id: messageId, state: 'queued', ...address, ...times });
      return messageId;
    });
    await commit();
    await erasures.settled();
    expect(store.read.get('SELECT state, toAddress FROM message WHERE id = ?', id)).toEqual({
      state: 'cancelled',
      toAddress: '',
    });
  });

  it('does not let an objection go with the number', async () => {
    fill();
    store.runNow((db, each) =>
      db.insert('hold', { id: each.newId(), debtorId: DEBTOR, kind: 'cease', since: 1 }),
    );
    await commit();
    await erasures.settled();
    expect(store.read.all('SELECT list, number FROM doNotCall')).toEqual([
      { list: 'erased', number: NUMBER },
    ]);
  });

  it('takes those with it who were merged into the debtor', async () => {
    fill();
    const merged = '00000000-0000-7000-8000-000000000008';
    store.runNow((db, each) =>
      db.insert('debtor', {
        id: merged,
        externalRef: MARKER,
        kind: 'person',
        displayName: MARKER,
        searchName: MARKER,
        language: 'pl',
        jurisdiction: 'PL',
        timeZonesJson: '[]',
        mergedInto: DEBTOR,
        deletedAt: each.now,
        createdAt: 1,
      }),
    );
    await commit();
    await erasures.settled();
    expect(remains()).toEqual([]);
  });

  it('goes on after a restart from wherever it was', async () => {
    fill();
    let failed = false;
    const write = store.write.bind(store);
    const broken: TestStore = {
      ...store,
      write: ((map: never, name: never, input: { table?: string }, options: never) => {
        if (input.table === 'hold' && !failed) {
          failed = true;
          return Promise.reject(new Error('power is out'));
        }
        return write(map, name, input as never, options);
      }) as TestStore['write'],
    };
    const whole = store;
    store = broken;
    erasures = create();
    store = whole;
    const { erasureId } = await commit();
    await erasures.settled();
    expect(
      await erasures.handlers['erasure.status']!({ erasureId: erasureId as never }, context),
    ).toMatchObject({
      state: 'failed',
      error: 'erasure.failed',
    });
    expect(remains().length).toBeGreaterThan(0);
    erasures = create();
    await erasures.resume();
    expect(remains()).toEqual([]);
    expect(
      await erasures.handlers['erasure.status']!({ erasureId: erasureId as never }, context),
    ).toMatchObject({ state: 'finished' });
  });

  it('is refused while a call is up, without a reason for an open debt, and for another case number', async () => {
    fill();
    callUp = true;
    await expect(commit()).rejects.toMatchObject({ code: 'erasure.call-up' });
    callUp = false;
    await expect(commit({ reason: '' })).rejects.toMatchObject({ code: 'erasure.reason-needed' });
    await expect(commit({ externalRef: 'X' })).rejects.toMatchObject({
      code: 'erasure.reference-differs',
    });
    expect(remains().length).toBeGreaterThan(30);
  });

  it('tells before what goes, what stays, until when and why', async () => {
    fill();
    const seen = await preview();
    expect(erasurePreview.safeParse(seen).error).toBeUndefined();
    expect(seen).toMatchObject({ needsReason: true, blockedBy: [], rulesStatus: 'draft' });
    expect(seen.erases.map((each) => each.group)).toEqual(
      expect.arrayContaining(['identity', 'address', 'contactPoints', 'recordings', 'documents']),
    );
    expect(seen.keeps.find((kept) => kept.group === 'payments')).toMatchObject({
      until: '2031-12-31',
      law: 'Ustawa o rachunkowości art. 74 ust. 2',
      because: expect.stringContaining('księgowe'),
    });
  });
});
