import type { ReadDb } from '../../store/types.ts';

/** Tables of which any change may be a reason not to write to somebody; whom it concerns is for the door to say. */
const FOR_EVERYBODY = [
  'hold',
  'consent',
  'doNotCall',
  'personalBlock',
  'noticeSent',
  'statedPlace',
  'ownPack',
  'packReview',
  'debtorMerge',
  'messageBulk',
] as const;
/** Tables that change often, and each row for one debtor alone. */
const OF_ONE = ['contactPoint', 'debtor'] as const;
/** In the log, a chunk tells of many rows. What is put down of a message to many changes its row, and stops nothing. */
const IN_CHUNKS = FOR_EVERYBODY.filter((table) => table !== 'messageBulk').map(
  (table) => `instr(columnsJson, '"${table}"') > 0`,
);
const CHANGED_IN_CHUNKS = OF_ONE.map((table) => `instr(columnsJson, '"table":"${table}"') > 0`);

const NEW_CHANGES = `SELECT tableName, rowId FROM change
  WHERE seq > ? AND seq <= ? AND (
    tableName IN (${[...FOR_EVERYBODY, ...OF_ONE].map((table) => `'${table}'`).join(', ')})
    OR (tableName = '*' AND (${[...IN_CHUNKS, ...CHANGED_IN_CHUNKS].join(' OR ')})))`;
/** of debtors that are told apart; then a change concerns everybody */
const MOST_DEBTORS = 2_000;

/**
 * What was committed since a message was permitted that the door, or its debtor's record, may now refuse it for. Every write
 * leaves its change in the log in the same transaction, so that nothing has to be announced, and a look costs some
 * microseconds while nothing is written. What it names is asked about again; it decides nothing itself.
 */
export class RuleChanges {
  readonly #read: ReadDb;
  #seq: number;
  #everybodySeq = 0;
  readonly #seqOf = new Map<string, number>();

  constructor(read: ReadDb) {
    this.#read = read;
    this.#seq = this.#newest();
  }

  /** How far the log is now: take it before a message is permitted. */
  get position(): number {
    this.#follow();
    return this.#seq;
  }

  /** Whether something was committed after `position` that may concern this debtor. */
  concerns(debtorId: string | null, position: number): boolean {
    this.#follow();
    if (this.#everybodySeq > position) return true;
    return debtorId !== null && (this.#seqOf.get(debtorId) ?? 0) > position;
  }

  #follow(): void {
    const newest = this.#newest();
    if (newest === this.#seq) return;
    const changes = this.#read.all<{ tableName: string; rowId: string }>(
      NEW_CHANGES,
      this.#seq,
      newest,
    );
    this.#seq = newest;
    for (const { tableName, rowId } of changes) this.#note(tableName, rowId);
  }

  #note(tableName: string, rowId: string): void {
    const debtorId = this.#debtorOf(tableName, rowId);
    if (debtorId === null || this.#seqOf.size >= MOST_DEBTORS) {
      this.#everybodySeq = this.#seq;
      this.#seqOf.clear();
    } else this.#seqOf.set(debtorId, this.#seq);
  }

  /** null: everybody's, or nobody knows whose */
  #debtorOf(tableName: string, rowId: string): string | null {
    if (tableName === 'debtor') return rowId;
    if (tableName !== 'contactPoint') return null;
    const sql = 'SELECT debtorId FROM contactPoint WHERE id = ?';
    return this.#read.get<{ debtorId: string | null }>(sql, rowId)?.debtorId ?? null;
  }

  #newest(): number {
    return this.#read.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM change')?.seq ?? 0;
  }
}
