import type { ReadDb } from '../../store/index.ts';

/** Which debtors the newest changes concern. */
export interface ChangedDebtors {
  /** debtors some fact of whom changed; also ones that are not known yet */
  changed: Set<string>;
  /** of these, whose name or contact points changed: search has to look again */
  searched: Set<string>;
  /** debtors were inserted: those with ids greater than the last known one are found there */
  hasNew: boolean;
  /** there is more in the log */
  more: boolean;
}

/** Tables with facts of a debtor. The names are constants: they stand in the texts of statements. */
const OWNED = [
  'debt',
  'contactPoint',
  'interaction',
  'promiseToPay',
  'paymentPlan',
  'instalment',
  'hold',
  'callback',
  'writeOff',
  'contactListEntry',
] as const;
const SEARCHED = new Set(['debtor', 'contactPoint']);
const FOLLOWED = new Set<string>(['debtor', 'debtorMerge', ...OWNED]);
/** what is written at each attempt, and shows in no list */
const IDLE_COLUMNS = new Set(['lastTriedAt', 'lastResult', 'lastResultAt']);
/** from so many rows of one table on, the range of their ids is read instead of each */
const MANY_ROWS = 50;
const CHANGES_AT_ONCE = 100;
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
 * Reads the log of changes from where it stopped. Every write leaves its change in the same transaction, so nobody has
 * to announce anything, and what was committed before a question is in its answer.
 */
export class ChangeFollower {
  readonly #read: ReadDb;
  #cursor: number;

  /** Begins after what is in the log now: facts are read after that. */
  constructor(read: ReadDb) {
    this.#read = read;
    this.#cursor = this.newest;
  }

  get isBehind(): boolean {
    return this.newest > this.#cursor;
  }

  /**
   * The next changes.
   * @param lastId debtors after it are not known yet, and are found without their changes
   */
  take(lastId: string): ChangedDebtors {
    const found: ChangedDebtors = {
      changed: new Set(),
      searched: new Set(),
      hasNew: false,
      more: false,
    };
    const changes = this.#read.all<Change>(
      `SELECT seq, tableName, rowId, op, columnsJson FROM change WHERE seq > ? ORDER BY seq LIMIT ${CHANGES_AT_ONCE}`,
      this.#cursor,
    );
    let rows = 0;
    for (const change of changes) {
      rows += this.#add(change, lastId, found);
      this.#cursor = change.seq;
      if (rows >= ROWS_AT_ONCE) break;
    }
    found.more = rows >= ROWS_AT_ONCE || changes.length === CHANGES_AT_ONCE;
    return found;
  }

  get newest(): number {
    return this.#read.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM change')?.seq ?? 0;
  }

  #add(change: Change, lastId: string, found: ChangedDebtors): number {
    if (change.op !== 'chunk') {
      if (!FOLLOWED.has(change.tableName)) return 0;
      const columns = JSON.parse(change.columnsJson) as string[];
      this.#addRows(change.tableName, columns, [change.rowId], lastId, found);
      return 1;
    }
    const { tables = {}, updated = [] } = JSON.parse(change.columnsJson) as Chunk;
    let rows = 0;
    for (const [table, ids] of Object.entries(tables)) {
      rows += ids.length;
      this.#addRows(table, ['*'], ids, lastId, found);
    }
    for (const { table, columns, ids } of updated) {
      rows += ids.length;
      this.#addRows(table, columns, ids, lastId, found);
    }
    return rows;
  }

  #addRows(
    table: string,
    columns: readonly string[],
    ids: readonly string[],
    lastId: string,
    found: ChangedDebtors,
  ): void {
    if (columns.every((column) => IDLE_COLUMNS.has(column))) return;
    const add = (debtorId: string) => {
      if (debtorId > lastId) {
        found.hasNew = true;
        return;
      }
      found.changed.add(debtorId);
      if (SEARCHED.has(table)) found.searched.add(debtorId);
    };
    if (table === 'debtor') ids.forEach(add);
    else if (table === 'debtorMerge') {
      for (const id of this.#mergedDebtors(ids)) {
        add(id);
        found.searched.add(id);
      }
    } else if (isOwned(table)) this.#ownersOf(table, ids, lastId).forEach(add);
  }

  /** What hung on one hangs on the other: also what no longer does, when a merge is undone. */
  #mergedDebtors(ids: readonly string[]): string[] {
    return ids.flatMap((id) => {
      const row = this.#read.get<{ keptDebtorId: string; mergedDebtorId: string }>(
        'SELECT keptDebtorId, mergedDebtorId FROM debtorMerge WHERE id = ?',
        id,
      );
      return row ? [row.keptDebtorId, row.mergedDebtorId] : [];
    });
  }

  /** Chunks of imports are mostly rows of debtors who are new themselves: a range leaves them out quickly. */
  #ownersOf(table: (typeof OWNED)[number], ids: readonly string[], lastId: string): string[] {
    if (ids.length < MANY_ROWS) {
      return ids.flatMap((id) => {
        const row = this.#read.get<Owner>(`SELECT debtorId FROM ${table} WHERE id = ?`, id);
        return row?.debtorId ? [row.debtorId] : [];
      });
    }
    const { first, last } = rangeOf(ids);
    return this.#read
      .all<Owner>(
        `SELECT DISTINCT debtorId FROM ${table} WHERE id >= ? AND id <= ? AND debtorId <= ?`,
        first,
        last,
        lastId,
      )
      .flatMap((row) => row.debtorId ?? []);
  }
}

interface Owner {
  debtorId: string | null;
}

function isOwned(table: string): table is (typeof OWNED)[number] {
  return (OWNED as readonly string[]).includes(table);
}

function rangeOf(ids: readonly string[]): { first: string; last: string } {
  let [first = ''] = ids;
  let last = first;
  for (const id of ids) {
    if (id < first) first = id;
    if (id > last) last = id;
  }
  return { first, last };
}
