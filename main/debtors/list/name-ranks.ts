import type { ReadDb } from '../../store/index.ts';
import { type DebtorColumns, UNRANKED } from './debtor-columns.ts';

const PAGE = 1_500;
/** from so many names without a place on, all are put in order anew instead of one after another */
const MANY = 200;
const NEAREST = 30;
const GREATEST = UNRANKED - 1;

interface Named {
  id: string;
  searchName: string;
}

/** Putting all in order, page by page. */
interface Ordering {
  ranks: Uint32Array;
  last: Named;
  next: number;
  gap: number;
}

/**
 * The order of debtors by name, as numbers with gaps between them: a new name is put between its neighbours, and when
 * there is no room, or very many are new, the index of names is read once more from its beginning.
 */
export class NameRanks {
  readonly #read: ReadDb;
  readonly #columns: DebtorColumns;
  /** names that came or changed since */
  #unplaced = new Map<number, string>();
  #unplacedMany = 0;
  #order: Ordering | null = null;

  constructor(read: ReadDb, columns: DebtorColumns) {
    this.#read = read;
    this.#columns = columns;
    this.#unplacedMany = Infinity;
  }

  get isSettled(): boolean {
    return this.#order === null && this.#unplaced.size === 0 && this.#unplacedMany === 0;
  }

  /** All are to be put in order, or are being: for many, that takes a second. */
  get isLarge(): boolean {
    return this.#order !== null || this.#unplacedMany > 0;
  }

  /** A new name, or another one. */
  changed(row: number, searchName: string): void {
    if (this.#unplaced.size < MANY) this.#unplaced.set(row, searchName);
    else if (!this.#unplaced.has(row)) this.#unplacedMany += 1;
    else this.#unplaced.set(row, searchName);
  }

  /** One page of work; call it until `isSettled`. */
  work(): void {
    if (this.#order) this.#readPage(this.#order);
    else if (this.#unplacedMany > 0) this.#begin();
    else this.#place();
  }

  #begin(): void {
    const gap = Math.max(1, Math.floor(GREATEST / (this.#columns.size + 2)));
    const ranks = new Uint32Array(this.#columns.nameRank.length).fill(UNRANKED);
    this.#order = { ranks, last: { searchName: '', id: '' }, next: gap, gap };
    this.#unplaced = new Map();
    this.#unplacedMany = 0;
  }

  #readPage(order: Ordering): void {
    const page = this.#read.all<Named>(
      `SELECT searchName, id FROM debtor INDEXED BY debtorName
        WHERE (searchName, id) > (?, ?) AND deletedAt IS NULL ORDER BY searchName, id LIMIT ${PAGE}`,
      order.last.searchName,
      order.last.id,
    );
    for (const { id } of page) {
      const row = this.#columns.ids.rowOf(id);
      if (row === undefined || row >= order.ranks.length) continue;
      order.ranks[row] = Math.min(order.next, GREATEST);
      order.next += order.gap;
    }
    order.last = page.at(-1) ?? order.last;
    if (page.length < PAGE) this.#finish(order.ranks);
  }

  /** Names that came meanwhile keep no place here; they are put between their neighbours next. */
  #finish(ranks: Uint32Array): void {
    const { nameRank, size } = this.#columns;
    nameRank.set(ranks.subarray(0, Math.min(ranks.length, nameRank.length)));
    this.#order = null;
    for (let row = ranks.length; row < size; row += 1) nameRank[row] = UNRANKED;
  }

  #place(): void {
    for (const [row, searchName] of this.#unplaced) {
      this.#unplaced.delete(row);
      const name = { searchName, id: this.#columns.ids.idAt(row) };
      const before = this.#neighbour(row, name, 'before');
      const after = this.#neighbour(row, name, 'after');
      const rank = Math.floor((before + after) / 2);
      if (after === UNRANKED || rank <= before || rank >= after) {
        this.#unplacedMany += 1;
        return;
      }
      this.#columns.nameRank[row] = rank;
    }
  }

  /** The nearest name that has a place. @returns `UNRANKED` when none of the nearest has */
  #neighbour(row: number, name: Named, side: 'before' | 'after'): number {
    const nearest = this.#read.all<{ id: string }>(
      side === 'before' ? BEFORE : AFTER,
      name.searchName,
      name.id,
    );
    for (const { id } of nearest) {
      const other = this.#columns.ids.rowOf(id);
      if (other === undefined || other === row || this.#unplaced.has(other)) continue;
      return this.#columns.nameRank[other] ?? UNRANKED;
    }
    if (nearest.length === NEAREST) return UNRANKED;
    return side === 'before' ? 0 : GREATEST;
  }
}

const BEFORE = `SELECT id FROM debtor INDEXED BY debtorName
  WHERE (searchName, id) < (?, ?) AND deletedAt IS NULL ORDER BY searchName DESC, id DESC LIMIT ${NEAREST}`;
const AFTER = `SELECT id FROM debtor INDEXED BY debtorName
  WHERE (searchName, id) > (?, ?) AND deletedAt IS NULL ORDER BY searchName, id LIMIT ${NEAREST}`;
