import type { ReadDb } from '../../store/types.ts';

/** What the newest changes mean for screening. */
export interface FactChanges {
  /** some fact that the rules read changed */
  debtorIds: Set<string>;
  /** entries of lists that changed themselves */
  entryIds: Set<string>;
  /** of these, those whom the door refused when they were to be dialed */
  refusedAtDial: Set<string>;
  /** campaigns, numbers to show, the firm's rules: what is asked may be another question now */
  questions: boolean;
  /** something that every debtor's answer may rest on */
  everything: boolean;
  more: boolean;
}

/** Tables of facts with the debtor in each row. The names are constants: they stand in the texts of statements. */
const OWNED = [
  'contactPoint',
  'hold',
  'consent',
  'personalBlock',
  'statedPlace',
  'noticeSent',
  'document',
  'debt',
  'contactOverride',
] as const;
/** their rows are about whoever has the number, too */
const NUMBERED = { contactEvent: 'debtorId', doNotCall: 'NULL' } as const;
const QUESTIONS = new Set(['campaign', 'callerId', 'setting', 'ownPack', 'packReview']);
/** written at each attempt, and no rule reads them */
const IDLE_COLUMNS = new Set(['lastTriedAt', 'lastResult', 'lastResultAt']);
const CHANGES_AT_ONCE = 200;
/** large entries of the log are chunks of imports: not too many of them at once */
const ROWS_AT_ONCE = 2_000;

interface Change {
  seq: number;
  tableName: string;
  rowId: string;
  op: 'insert' | 'update' | 'remove' | 'chunk';
  columnsJson: string;
}

interface Chunk {
  tables?: Record<string, string[]>;
  updated?: { table: string; columns: string[]; ids: string[] }[];
}

/**
 * Reads the log of changes from where it stopped, as the lists do: every write leaves its change in the same transaction,
 * so nobody has to announce a hold for it to count.
 */
export class FactFollower {
  readonly #read: ReadDb;
  #cursor: number;

  /** @param cursor the last change that is known */
  constructor(read: ReadDb, cursor: number) {
    this.#read = read;
    this.#cursor = cursor;
  }

  get cursor(): number {
    return this.#cursor;
  }

  get newest(): number {
    return newestChange(this.#read);
  }

  /** Goes on from the newest change: what lies between is looked at otherwise. */
  skip(): void {
    this.#cursor = this.newest;
  }

  take(): FactChanges {
    const found: FactChanges = {
      debtorIds: new Set(),
      entryIds: new Set(),
      refusedAtDial: new Set(),
      questions: false,
      everything: false,
      more: false,
    };
    const changes = this.#read.all<Change>(
      `SELECT seq, tableName, rowId, op, columnsJson FROM change WHERE seq > ? ORDER BY seq LIMIT ${CHANGES_AT_ONCE}`,
      this.#cursor,
    );
    const rows = new Map<string, Set<string>>();
    let count = 0;
    for (const change of changes) {
      count += collect(change, rows, found);
      this.#cursor = change.seq;
      if (count >= ROWS_AT_ONCE) break;
    }
    for (const [table, ids] of rows) this.#addRows(table, [...ids], found);
    found.more = count >= ROWS_AT_ONCE || changes.length === CHANGES_AT_ONCE;
    return found;
  }

  #addRows(table: string, ids: string[], found: FactChanges): void {
    if (table === 'debtor') for (const id of ids) found.debtorIds.add(id);
    else if (table === 'debtorMerge') this.#addMerged(ids, found);
    else if (table === 'contactListEntry') for (const id of ids) found.entryIds.add(id);
    else if (isOwned(table)) this.#addOwners(table, ids, found);
    else if (isNumbered(table)) this.#addNumbers(table, ids, found);
  }

  #addOwners(table: (typeof OWNED)[number], ids: string[], found: FactChanges): void {
    const rows = this.#read.all<{ debtorId: string | null }>(
      `SELECT DISTINCT debtorId FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
    );
    for (const { debtorId } of rows) if (debtorId !== null) found.debtorIds.add(debtorId);
  }

  /** A contact with one person counts for others who share the number. */
  #addNumbers(table: keyof typeof NUMBERED, ids: string[], found: FactChanges): void {
    const rows = this.#read.all<{ debtorId: string | null }>(
      `WITH changed AS MATERIALIZED (SELECT ${NUMBERED[table]} AS debtorId, number FROM ${table}
          WHERE id IN (SELECT value FROM json_each(?)))
        SELECT debtorId FROM changed
        UNION SELECT c.debtorId FROM changed JOIN contactPoint c ON c.value = changed.number`,
      JSON.stringify(ids),
    );
    for (const { debtorId } of rows) if (debtorId !== null) found.debtorIds.add(debtorId);
  }

  #addMerged(ids: string[], found: FactChanges): void {
    const rows = this.#read.all<{ keptDebtorId: string; mergedDebtorId: string }>(
      'SELECT keptDebtorId, mergedDebtorId FROM debtorMerge WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(ids),
    );
    for (const { keptDebtorId, mergedDebtorId } of rows) {
      found.debtorIds.add(keptDebtorId);
      found.debtorIds.add(mergedDebtorId);
    }
  }
}

export function newestChange(read: ReadDb): number {
  return read.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM change')?.seq ?? 0;
}

/** @returns how many rows the change is about */
function collect(change: Change, rows: Map<string, Set<string>>, found: FactChanges): number {
  if (change.op !== 'chunk') {
    const columns = JSON.parse(change.columnsJson) as string[];
    return add(change.tableName, columns, [change.rowId], rows, found);
  }
  const { tables = {}, updated = [] } = JSON.parse(change.columnsJson) as Chunk;
  let count = 0;
  for (const [table, ids] of Object.entries(tables)) count += add(table, ['*'], ids, rows, found);
  for (const { table, columns, ids } of updated) count += add(table, columns, ids, rows, found);
  return count;
}

function add(
  table: string,
  columns: readonly string[],
  ids: readonly string[],
  rows: Map<string, Set<string>>,
  found: FactChanges,
): number {
  if (QUESTIONS.has(table)) found.questions = true;
  if (table === 'portfolio') found.everything = true;
  if (columns.every((column) => IDLE_COLUMNS.has(column))) return 0;
  if (!isFollowed(table)) return 0;
  const known = rows.get(table) ?? new Set();
  for (const id of ids) known.add(id);
  rows.set(table, known);
  // screening's own writes are not in the log: this is the dialer's
  if (table === 'contactListEntry' && columns.includes('blockedUntil'))
    for (const id of ids) found.refusedAtDial.add(id);
  return ids.length;
}

function isFollowed(table: string): boolean {
  const self = table === 'debtor' || table === 'debtorMerge' || table === 'contactListEntry';
  return self || isOwned(table) || isNumbered(table);
}

function isOwned(table: string): table is (typeof OWNED)[number] {
  return (OWNED as readonly string[]).includes(table);
}

function isNumbered(table: string): table is keyof typeof NUMBERED {
  return Object.hasOwn(NUMBERED, table);
}
