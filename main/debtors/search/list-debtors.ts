import type { DebtorRow } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { daysPastDue, localDate } from '../local-date.ts';
import { debtorFilter } from './debtor-filter.ts';

export type ListedDebtor = Unbranded<DebtorRow>;
export type DebtorSort = 'name' | 'balance' | 'age' | 'lastInteraction';

export interface ListQuery {
  search: string;
  portfolioId?: string | undefined;
  sort: DebtorSort;
  descending: boolean;
  offset: number;
  limit: number;
}

const OPEN_DEBT = "b.debtorId = d.id AND b.status = 'open' AND b.deletedAt IS NULL";

/**
 * Ascending and descending order. `balance` adds minor units of all currencies; `age` is the oldest
 * open debt's, so a later due date is a smaller age, and no due date is none.
 */
const ORDERS: Record<DebtorSort, readonly [ascending: string, descending: string]> = {
  name: ['d.searchName', 'd.searchName DESC'],
  balance: both(`(SELECT coalesce(sum(b.balanceMinor), 0) FROM debt b WHERE ${OPEN_DEBT})`),
  age: [
    `(SELECT min(b.dueOn) FROM debt b WHERE ${OPEN_DEBT}) DESC NULLS FIRST`,
    `(SELECT min(b.dueOn) FROM debt b WHERE ${OPEN_DEBT}) NULLS LAST`,
  ],
  lastInteraction: both('(SELECT max(i.at) FROM interaction i WHERE i.debtorId = d.id)'),
};

function both(expression: string): readonly [string, string] {
  return [expression, `${expression} DESC`];
}

/** A page of debtors and how many there are in all. */
export function listDebtors(
  read: ReadDb,
  query: ListQuery,
  now: number,
): { rows: ListedDebtor[]; total: number } {
  return read.snapshot(() => {
    const filter = debtorFilter(read, query.search, query.portfolioId);
    const order = ORDERS[query.sort][query.descending ? 1 : 0];
    const heads = read.all<Head>(
      `SELECT d.id, d.displayName, d.externalRef, d.city, d.language, d.synthetic, d.timeZonesJson
       FROM debtor d WHERE ${filter.where} ORDER BY ${order}, d.id LIMIT ? OFFSET ?`,
      ...filter.params,
      query.limit,
      query.offset,
    );
    const counted = read.get<{ total: number }>(
      `SELECT count(*) AS total FROM debtor d WHERE ${filter.where}`,
      ...filter.params,
    );
    return { rows: completeRows(read, heads, now), total: counted?.total ?? 0 };
  });
}

interface Head {
  id: string;
  displayName: string;
  externalRef: string;
  city: string | null;
  language: string;
  synthetic: number;
  timeZonesJson: string;
}

function completeRows(read: ReadDb, heads: readonly Head[], now: number): ListedDebtor[] {
  const ids = JSON.stringify(heads.map((head) => head.id));
  const debts = loadDebtSums(read, ids);
  const phones = loadCounts(read, PHONES, ids);
  const lastInteractions = loadCounts(read, LAST_INTERACTIONS, ids);
  return heads.map((head) => {
    const [timeZone = 'UTC'] = JSON.parse(head.timeZonesJson) as string[];
    const own = debts.get(head.id) ?? [];
    return {
      debtorId: head.id,
      displayName: head.displayName,
      externalRef: head.externalRef,
      city: head.city,
      language: head.language,
      balances: own
        .filter((sum) => sum.openCount > 0)
        .map(({ amountMinor, currency }) => ({ amountMinor, currency })),
      debtCount: own.reduce((count, sum) => count + sum.debtCount, 0),
      oldestDaysPastDue: daysPastDue(oldestOf(own), localDate(now, timeZone)),
      phoneCount: phones.get(head.id) ?? 0,
      lastInteractionAt: lastInteractions.get(head.id) ?? null,
      synthetic: head.synthetic === 1,
    };
  });
}

interface DebtSum {
  debtorId: string;
  currency: string;
  amountMinor: number;
  debtCount: number;
  openCount: number;
  oldestDueOn: string | null;
}

function loadDebtSums(read: ReadDb, ids: string): Map<string, DebtSum[]> {
  const rows = read.all<DebtSum>(
    `SELECT debtorId, currency, count(*) AS debtCount, sum(status = 'open') AS openCount,
       sum(CASE WHEN status = 'open' THEN balanceMinor ELSE 0 END) AS amountMinor,
       min(CASE WHEN status = 'open' THEN dueOn END) AS oldestDueOn
     FROM debt WHERE debtorId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL
     GROUP BY debtorId, currency ORDER BY debtorId, currency`,
    ids,
  );
  return Map.groupBy(rows, (row) => row.debtorId);
}

const PHONES = `SELECT debtorId, count(*) AS value FROM contactPoint
  WHERE debtorId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL AND status = 'active'
    AND kind IN ('mobile', 'home', 'work', 'other')
  GROUP BY debtorId`;
const LAST_INTERACTIONS = `SELECT debtorId, max(at) AS value FROM interaction
  WHERE debtorId IN (SELECT value FROM json_each(?)) GROUP BY debtorId`;

function loadCounts(read: ReadDb, sql: string, ids: string): Map<string, number> {
  const rows = read.all<{ debtorId: string; value: number }>(sql, ids);
  return new Map(rows.map((row) => [row.debtorId, row.value]));
}

function oldestOf(sums: readonly DebtSum[]): string | null {
  const dates = sums.map((sum) => sum.oldestDueOn).filter((date) => date !== null);
  return dates.sort()[0] ?? null;
}
