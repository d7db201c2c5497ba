import type { ListRow } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { debtCountAt } from './debt-count.ts';
import { COMPANY, WRITE_OFF_PROPOSED } from './debtor-columns.ts';
import type { DebtorIndex } from './debtor-index.ts';
import { daysPastDueAt, todayByZone } from './today-by-zone.ts';

export type ListedRow = Unbranded<ListRow>;

interface Head {
  id: string;
  displayName: string;
  externalRef: string;
  city: string | null;
  synthetic: number;
}

/** What a screen shows of some rows: facts from the columns that chose them, texts and counts from the store. */
export function listRows(index: DebtorIndex, rows: Iterable<number>): ListedRow[] {
  const { columns, read, clock } = index;
  const wanted = [...rows];
  const list = JSON.stringify(wanted.map((row) => columns.ids.idAt(row)));
  const heads = byId(read.all<Head>(HEADS, list), ({ id }) => id);
  const phones = values<number>(read, PHONES, list);
  const interactions = values<number>(read, LAST_INTERACTIONS, list);
  const contacts = values<number>(read, LAST_CONTACTS, list);
  const results = values<AttemptResult>(read, LAST_RESULTS, list);
  const today = todayByZone(columns, clock.now());
  return wanted.flatMap((row) => {
    const head = heads.get(columns.ids.idAt(row));
    // gone since, or not known to this reader any more
    if (!head) return [];
    const { id } = head;
    const state = columns.state[row] ?? 0;
    const days = daysPastDueAt(columns, today, row);
    const flags = columns.flagsAt(row);
    const next = columns.nextAction[row] ?? 0;
    return [
      {
        debtorId: id,
        displayName: head.displayName,
        externalRef: head.externalRef,
        city: head.city,
        language: columns.language.at(row) ?? '',
        balances: columns.balancesAt(row),
        debtCount: debtCountAt(index, row),
        oldestDaysPastDue: days > 0 ? days : null,
        phoneCount: phones.get(id) ?? 0,
        lastInteractionAt: interactions.get(id) ?? null,
        synthetic: head.synthetic === 1,
        portfolioId: columns.portfolio.at(row),
        kind: (state & COMPANY) === 0 ? ('person' as const) : ('company' as const),
        status: flags.includes('dispute') ? ('disputed' as const) : columns.statusAt(row),
        flags,
        lastContactAt: contacts.get(id) ?? null,
        lastResult: results.get(id) ?? null,
        promise: columns.promiseAt(row),
        plan: columns.planAt(row),
        nextActionAt: next === 0 ? null : next * 1000,
        writeOffProposed: (state & WRITE_OFF_PROPOSED) !== 0,
      },
    ];
  });
}

const IN_LIST = 'IN (SELECT value FROM json_each(?))';
const HEADS = `SELECT id, displayName, externalRef, city, synthetic FROM debtor WHERE id ${IN_LIST}`;
const PHONES = `SELECT debtorId AS id, count(*) AS value FROM contactPoint
  WHERE debtorId ${IN_LIST} AND deletedAt IS NULL AND status = 'active'
    AND kind IN ('mobile', 'home', 'work', 'other') GROUP BY debtorId`;
// from the end of the index by debtor: a thousand interactions cost as much as one
const LAST_INTERACTIONS = `SELECT value AS id, (SELECT max(at) FROM interaction WHERE debtorId = value) AS value
  FROM json_each(?)`;
const LAST_CONTACTS = `SELECT value AS id, (SELECT at FROM interaction WHERE debtorId = value
    AND channel NOT IN ('note', 'payment', 'status') ORDER BY at DESC LIMIT 1) AS value
  FROM json_each(?)`;
const LAST_RESULTS = `SELECT value AS id, (SELECT attemptResult FROM attempt WHERE debtorId = value
    AND attemptResult IS NOT NULL ORDER BY reservedAt DESC LIMIT 1) AS value
  FROM json_each(?)`;

function values<Value>(read: ReadDb, sql: string, list: string): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const { id, value } of read.all<{ id: string; value: Value | null }>(sql, list)) {
    if (value !== null) found.set(id, value);
  }
  return found;
}

function byId<Row>(rows: readonly Row[], idOf: (row: Row) => string): Map<string, Row> {
  return new Map(rows.map((row) => [idOf(row), row]));
}
