import type { PlanState, PromiseState } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/index.ts';
import { isPhoneKind } from '../phone-kinds.ts';
import type { DebtorFacts } from './debtor-facts.ts';
import { type FactsSql, listedSql, rangeSql } from './facts-sql.ts';

const DAY_MS = 86_400_000;

/** A debtor with its facts, or only its id when it is gone or was merged into another. */
export type LoadedDebtor = { id: string; facts: DebtorFacts } | { id: string; facts: null };

/** The next debtors after an id, in the order of ids; fewer than `limit` at the end. */
export function loadNextDebtors(
  read: ReadDb,
  afterId: string,
  limit: number,
  now: number,
): LoadedDebtor[] {
  return read.snapshot(() => {
    const heads = rows<Head>(read, rangeSql.debtors, afterId, limit);
    const last = heads.at(-1)?.[0];
    return last === undefined ? [] : complete(read, heads, rangeSql, [afterId, last], now);
  });
}

/** Some debtors by id; ids that the store does not know are left out. */
export function loadDebtors(read: ReadDb, ids: readonly string[], now: number): LoadedDebtor[] {
  return read.snapshot(() => {
    const list = JSON.stringify(ids);
    return complete(read, rows<Head>(read, listedSql.debtors, list), listedSql, [list], now);
  });
}

type Head = [
  id: string,
  portfolioId: string | null,
  kind: 'person' | 'company',
  language: string,
  jurisdiction: string,
  timeZonesJson: string,
  city: string | null,
  importJobId: string | null,
  searchName: string,
  displayName: string,
  companyName: string | null,
  gone: number,
];

function complete(
  read: ReadDb,
  heads: readonly Head[],
  sql: FactsSql,
  params: readonly unknown[],
  now: number,
): LoadedDebtor[] {
  const loaded = heads.map((head) =>
    head[11] === 1 ? { id: head[0], facts: null } : { id: head[0], facts: emptyFacts(head) },
  );
  const known = new Map<string, DebtorFacts>();
  for (const { id, facts } of loaded) if (facts) known.set(id, facts);
  const each = <Row extends [string, ...unknown[]]>(
    text: string,
    add: (facts: DebtorFacts, row: Row) => void,
  ) => {
    for (const row of rows<Row>(read, text, ...params)) {
      const facts = known.get(row[0]);
      if (facts) add(facts, row);
    }
  };
  each(sql.debts, addDebts);
  each(sql.contactPoints, addContactPoint);
  each(sql.contacts, addContact);
  each(sql.promises, addPromise);
  each(sql.plans, addPlan);
  each<HoldRow>(sql.holds, (facts, row) => addHold(facts, row, now));
  each(sql.writeOffs, (facts) => {
    facts.writeOffProposed = true;
  });
  for (const text of sql.nextActions) {
    each<[string, number]>(text, (facts, row) => plan(facts, row[1]));
  }
  return loaded;
}

function emptyFacts(head: Head): DebtorFacts {
  return {
    id: head[0],
    portfolioId: head[1],
    kind: head[2],
    language: head[3],
    jurisdiction: head[4],
    timeZone: firstZone(head[5]),
    city: head[6],
    importJobId: head[7],
    searchName: head[8],
    displayName: head[9],
    companyName: head[10],
    balances: [],
    debtCount: 0,
    status: 'none',
    oldestDueOn: null,
    numbers: [],
    emails: [],
    hasPhone: false,
    lastContactAt: null,
    lastContactChannel: null,
    promise: 'none',
    plan: 'none',
    flags: [],
    flagsChangeAt: null,
    writeOffProposed: false,
    nextActionAt: null,
  };
}

const zones = new Map<string, string>();

function firstZone(json: string): string {
  const known = zones.get(json);
  if (known !== undefined) return known;
  const [zone = 'UTC'] = JSON.parse(json) as string[];
  zones.set(json, zone);
  return zone;
}

type DebtsRow = [string, string, string, number, string | null, number];

function addDebts(facts: DebtorFacts, row: DebtsRow): void {
  const [, status, currency, amountMinor, dueOn, count] = row;
  facts.debtCount += count;
  if (status === 'open') {
    facts.status = 'open';
    facts.balances.push({ amountMinor, currency });
    if (dueOn !== null && (facts.oldestDueOn === null || dueOn < facts.oldestDueOn)) {
      facts.oldestDueOn = dueOn;
    }
  } else if (facts.status !== 'open') {
    facts.status = status === 'paid' || facts.status === 'paid' ? 'paid' : 'closed';
  }
}

function addContactPoint(facts: DebtorFacts, row: [string, string, string, string]): void {
  const [, kind, value, status] = row;
  if (isPhoneKind(kind)) {
    facts.numbers.push(value);
    if (status === 'active') facts.hasPhone = true;
  } else if (kind === 'email') facts.emails.push(value);
}

function addContact(facts: DebtorFacts, row: [string, number, string]): void {
  facts.lastContactAt = row[1];
  facts.lastContactChannel = row[2];
}

/** They come in the order in which they were made. */
function addPromise(facts: DebtorFacts, row: [string, PromiseState, string]): void {
  const [, status, dueOn] = row;
  if (status === 'open') plan(facts, Date.parse(`${dueOn}T00:00:00Z`));
  if (facts.promise !== 'open') facts.promise = status;
}

function addPlan(facts: DebtorFacts, row: [string, PlanState]): void {
  if (facts.plan !== 'active') facts.plan = row[1];
}

type HoldRow = [string, string, number, number | null, number | null];

/** Ends are exclusive, as on the card. */
function addHold(facts: DebtorFacts, row: HoldRow, now: number): void {
  const [, kind, since, until, maxDays] = row;
  const end = Math.min(until ?? Infinity, maxDays === null ? Infinity : since + maxDays * DAY_MS);
  if (end <= now) return;
  const changeAt = since > now ? since : end;
  if (changeAt !== Infinity && changeAt < (facts.flagsChangeAt ?? Infinity)) {
    facts.flagsChangeAt = changeAt;
  }
  if (since <= now && facts.flags.at(-1) !== kind) facts.flags.push(kind);
}

/** The earliest of what is planned. */
function plan(facts: DebtorFacts, at: number): void {
  if (facts.nextActionAt === null || at < facts.nextActionAt) facts.nextActionAt = at;
}

/** Rows as arrays: no object with eleven names for each of a million. */
function rows<Row>(read: ReadDb, sql: string, ...params: unknown[]): Row[] {
  return read
    .prepare(sql)
    .raw(true)
    .all(...params) as Row[];
}
