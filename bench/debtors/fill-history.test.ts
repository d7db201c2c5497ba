import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBenchStore, type Database, openBenchStore } from './bench-store.ts';
import { fillHistory } from './fill-history.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dialdesk-fill-'));
  await createBenchStore(dataDir);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const debtorId = (index: number) => `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`;

async function withStore<Value>(read: (database: Database) => Value): Promise<Value> {
  const database = await openBenchStore(dataDir, 'writer');
  try {
    return read(database);
  } finally {
    database.close();
  }
}

function addDebtors(database: Database, count: number): void {
  const insert = database.prepare(
    `INSERT INTO debtor (id, portfolioId, externalRef, kind, displayName, searchName, language, jurisdiction,
       timeZonesJson, createdAt) VALUES (?, 'p', ?, 'person', 'Jan', 'jan', 'pl', 'PL', '[]', 1)`,
  );
  for (let index = 0; index < count; index += 1) insert.run(debtorId(index), `K-${index}`);
}

const schemaOf = (database: Database) =>
  database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
const one = (database: Database, sql: string, ...values: unknown[]) =>
  database
    .prepare(sql)
    .pluck()
    .get(...values);

it('fills the history, gives some debtors a long one, and leaves the tables as they were', async () => {
  const before = await withStore((database) => {
    addDebtors(database, 50);
    return schemaOf(database);
  });
  const plan = { seed: 1, interactions: 2_000, heavyDebtors: 2, heavyInteractions: 400 };
  const filled = await fillHistory(dataDir, plan, () => {});
  expect(filled.interactions).toBe(2_000);
  expect(filled.heavyDebtorIds).toEqual([debtorId(12), debtorId(37)]);
  await withStore((database) => {
    expect(schemaOf(database)).toEqual(before);
    expect(one(database, 'PRAGMA integrity_check')).toBe('ok');
    expect(one(database, 'PRAGMA journal_mode')).toBe('wal');
    for (const id of filled.heavyDebtorIds)
      expect(one(database, 'SELECT count(*) FROM interaction WHERE debtorId = ?', id)).toBe(400);
    const orphans = `SELECT count(*) FROM interactionEvent e
      WHERE NOT EXISTS (SELECT 1 FROM interaction i WHERE i.id = e.interactionId)`;
    expect(one(database, orphans)).toBe(0);
    expect(one(database, 'SELECT count(*) FROM interactionEvent')).toBe(filled.events);
    expect(one(database, 'SELECT count(*) FROM promiseToPay')).toBe(filled.promises);
  });
});
