import { type SeededRandom, seededRandom } from '../../main/debtors/sample/seeded-random.ts';
import { type Database, openBenchStore } from './bench-store.ts';
import {
  type HistoryCast,
  type HistoryCounts,
  type HistoryDebtor,
  HistoryRows,
  NEWEST_AT,
} from './history-rows.ts';

export interface HistoryPlan {
  seed: number;
  /** in the whole store, with those that are there */
  interactions: number;
  /** debtors who get a long history each */
  heavyDebtors: number;
  heavyInteractions: number;
}

export interface FilledHistory extends HistoryCounts {
  heavyDebtorIds: string[];
  seconds: number;
}

const SPAN_MS = 1_000 * 86_400_000;
const ROWS_A_COMMIT = 200_000;
const FILLED_TABLES = [
  'interaction',
  'interactionEvent',
  'interactionContent',
  'recording',
  'promiseToPay',
];

/**
 * Fills the history in bulk, past the change log, while no engine runs: in the order of time, without secondary indexes,
 * which are then made anew from their own definitions. What stands in the file afterwards is what the writer would have
 * written.
 */
export async function fillHistory(
  dataDir: string,
  plan: HistoryPlan,
  note: (text: string) => void,
): Promise<FilledHistory> {
  const startedMs = performance.now();
  const database = await openBenchStore(dataDir, 'writer');
  try {
    prepareForBulk(database);
    const random = seededRandom(plan.seed);
    const debtors = readDebtors(database);
    const cast = addCast(database, debtors[0]?.id ?? '');
    const indexes = dropIndexes(database);
    const rows = new HistoryRows(database, random, cast);
    const present = countOf(database, 'interaction');
    const heavy = spread(debtors.length, plan.heavyDebtors);
    const order = orderOf(debtors.length, Math.max(0, plan.interactions - present), heavy, plan);
    insertAll(database, rows, debtors, order, note);
    note('making the indexes of the history');
    for (const sql of indexes) database.exec(sql);
    return {
      ...rows.counts,
      interactions: countOf(database, 'interaction'),
      heavyDebtorIds: heavy.map((index) => debtors[index]?.id ?? ''),
      seconds: (performance.now() - startedMs) / 1000,
    };
  } finally {
    backToNormal(database);
    database.close();
  }
}

/** Nothing of this is kept when the machine stops: then the benchmark has failed anyway. */
function prepareForBulk(database: Database): void {
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -400000');
}

function backToNormal(database: Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.pragma('locking_mode = NORMAL');
}

function readDebtors(database: Database): HistoryDebtor[] {
  const phones = new Map<string, string>();
  const points = database.prepare(
    "SELECT debtorId, value FROM contactPoint WHERE kind = 'mobile' AND deletedAt IS NULL",
  );
  for (const row of points.iterate() as Iterable<{ debtorId: string; value: string }>) {
    phones.set(row.debtorId, row.value);
  }
  const rows = database
    .prepare('SELECT id, language FROM debtor WHERE deletedAt IS NULL')
    .all() as { id: string; language: string }[];
  return rows.map(({ id, language }) => ({ id, language, phone: phones.get(id) ?? null }));
}

/** Who called, and for which campaigns: finished ones, so that the engine does not go on with them. */
function addCast(database: Database, debtorId: string): HistoryCast {
  const portfolio = database.prepare('SELECT portfolioId FROM debtor WHERE id = ?').get(debtorId);
  const { portfolioId } = portfolio as { portfolioId: string };
  const idOf = (kind: number, index: number) =>
    `0190000${kind}-0000-7000-8000-${String(index).padStart(12, '0')}`;
  const people = Array.from({ length: 20 }, (_, index) => idOf(1, index));
  const campaigns = Array.from({ length: 6 }, (_, index) => idOf(2, index));
  const person = database.prepare(
    "INSERT INTO person (id, displayName, role, sipUser, createdAt) VALUES (?, ?, 'agent', ?, ?)",
  );
  for (const [index, id] of people.entries())
    person.run(id, `Agent ${index + 1}`, `bench-${index + 1}`, NEWEST_AT - SPAN_MS);
  const campaign = database.prepare(
    `INSERT INTO campaign (id, name, portfolioId, status, settingsJson, createdAt, finishedAt)
     VALUES (?, ?, ?, 'finished', '{}', ?, ?)`,
  );
  for (const [index, id] of campaigns.entries())
    campaign.run(id, `Campaign ${index + 1}`, portfolioId, NEWEST_AT - SPAN_MS, NEWEST_AT);
  return { people, campaigns };
}

/** @returns what makes them anew */
function dropIndexes(database: Database): string[] {
  const indexes = database
    .prepare(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
       AND tbl_name IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(FILLED_TABLES)) as { name: string; sql: string }[];
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  return indexes.map(({ sql }) => sql);
}

/** Places with the same distance from each other. */
function spread(length: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * length) / count));
}

/** Whose turn it is at each moment: some debtors have had much contact and many have had little. */
function orderOf(
  debtors: number,
  interactions: number,
  heavy: readonly number[],
  plan: HistoryPlan,
): Uint32Array {
  const random = seededRandom(plan.seed + 1);
  const order = new Uint32Array(interactions);
  let filled = 0;
  const give = (debtor: number, times: number) => {
    const end = Math.min(order.length, filled + times);
    order.fill(debtor, filled, end);
    filled = end;
  };
  for (const debtor of heavy) give(debtor, plan.heavyInteractions);
  const isHeavy = new Set(heavy);
  while (filled < order.length) {
    const debtor = random.between(0, debtors - 1);
    if (!isHeavy.has(debtor)) give(debtor, 1 + Math.floor(-Math.log(1 - random.next()) * 9));
  }
  shuffle(order, random);
  return order;
}

function shuffle(items: Uint32Array, random: SeededRandom): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random.next() * (last + 1));
    const kept = items[last] as number;
    items[last] = items[other] as number;
    items[other] = kept;
  }
}

function insertAll(
  database: Database,
  rows: HistoryRows,
  debtors: readonly HistoryDebtor[],
  order: Uint32Array,
  note: (text: string) => void,
): void {
  const stepMs = SPAN_MS / Math.max(1, order.length);
  for (let from = 0; from < order.length; from += ROWS_A_COMMIT) {
    const to = Math.min(order.length, from + ROWS_A_COMMIT);
    database.exec('BEGIN');
    for (let index = from; index < to; index += 1) {
      const debtor = debtors[order[index] ?? 0];
      if (debtor) rows.add(debtor, Math.floor(NEWEST_AT - SPAN_MS + index * stepMs));
    }
    database.exec('COMMIT');
    if ((from / ROWS_A_COMMIT) % 10 === 9) note(`history: ${to} interactions`);
  }
}

function countOf(database: Database, table: 'interaction'): number {
  return (database.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
}
