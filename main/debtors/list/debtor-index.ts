import type { ReadDb } from '../../store/index.ts';
import { NumberIndex } from '../search/number-index.ts';
import { searchWords } from '../search/search-words.ts';
import { WordIndex } from '../search/word-index.ts';
import { type ChangedDebtors, ChangeFollower } from './change-follower.ts';
import { DebtorColumns } from './debtor-columns.ts';
import type { DebtorFacts } from './debtor-facts.ts';
import { type LoadedDebtor, loadDebtors, loadNextDebtors } from './load-facts.ts';
import { NameRanks } from './name-ranks.ts';
import { type PaySource, StrategyColumns } from './strategy/strategy-columns.ts';

/** debtors read in one step: some milliseconds, which a question may have to wait */
const STEP = 250;
/** rows of debtors who are gone, 90 bytes each */
const MOST_GONE = 100_000;
/** debtors read by id in one step */
const CHANGED_STEP = 100;
/** while an import brings new names, putting all in order takes no more than every fifth moment */
const RANK_ALL_SHARE = 5;

export interface DebtorIndexParts {
  read: ReadDb;
  clock: { now(): number; monotonic(): number };
  /** absent: no strategy knows who is likely to pay */
  pay?: PaySource;
}

export interface IndexProgress {
  /** every debtor of the store was read once */
  isBuilt: boolean;
  done: number;
  total: number;
}

/**
 * What lists and search look at: columns, words and numbers of all debtors. It is built in steps (`work`), and follows
 * the log of changes; before each answer `catchUp` takes in what was committed before it.
 */
export class DebtorIndex {
  readonly columns: DebtorColumns;
  readonly words = new WordIndex();
  readonly numbers = new NumberIndex();
  /** facts that only strategies of lists ask for */
  readonly strategyColumns: StrategyColumns;
  readonly read: ReadDb;
  readonly clock: DebtorIndexParts['clock'];
  readonly #follower: ChangeFollower;
  readonly #ranks: NameRanks;
  readonly #total: number;
  #isBuilt = false;
  /** of the log: debtors to be read again */
  readonly #changed = new Set<string>();
  readonly #searched = new Set<string>();
  #hasNew = false;
  /** up to this id every debtor of the store was read; empty: none yet */
  #lastReadId = '';
  #hasMoreChanges = false;
  /** when all names were begun to be put in order; null: they are not being */
  #rankAllSinceMs: number | null = null;
  #rankAllAfterMs = 0;
  #version = 0;
  #versions = new Uint32Array();

  constructor(parts: DebtorIndexParts) {
    this.read = parts.read;
    this.clock = parts.clock;
    // before the first debtor is read: what changes meanwhile is read twice and not missed
    this.#follower = new ChangeFollower(parts.read);
    this.#total =
      parts.read.get<{ count: number }>('SELECT count(*) AS count FROM debtor INDEXED BY debtorRef')
        ?.count ?? 0;
    this.columns = new DebtorColumns(this.#total);
    this.#ranks = new NameRanks(parts.read, this.columns);
    this.strategyColumns = new StrategyColumns({ ...parts, columns: this.columns });
    this.#versions = new Uint32Array(this.#total);
  }

  /** Grows with every row that is read. */
  get version(): number {
    return this.#version;
  }

  /** Of each row, the version at which it was read last. */
  get versions(): Uint32Array {
    return this.#versions;
  }

  progress(): IndexProgress {
    const done = this.columns.size;
    return { isBuilt: this.#isBuilt, done, total: Math.max(done, this.#total) };
  }

  /** Whether every change that was committed is in, and names are in order. */
  get isUpToDate(): boolean {
    return this.#isBuilt && !this.#hasBacklog && !this.#follower.isBehind;
  }

  /** of the log of changes */
  get newestSeq(): number {
    return this.#follower.newest;
  }

  /** Whether so many rows are of debtors who are gone (an import was undone) that it should be built anew. */
  get isWasteful(): boolean {
    const gone = this.columns.size - this.columns.alive;
    return gone > MOST_GONE && gone > this.columns.alive / 2;
  }

  /** Whether the order by name holds for all. */
  get isOrdered(): boolean {
    return this.#ranks.isSettled;
  }

  /**
   * Takes in what was committed, for so long at most.
   * @returns false when there is more
   */
  catchUp(budgetMs: number): boolean {
    if (!this.#isBuilt) return false;
    const endMs = this.clock.monotonic() + budgetMs;
    this.#wakeFlags();
    while (this.#hasBacklog || this.#follower.isBehind) {
      if (this.clock.monotonic() >= endMs) return false;
      this.#follow();
    }
    while (this.strategyColumns.work()) if (this.clock.monotonic() >= endMs) return false;
    while (!this.#ranks.isSettled && !this.#ranks.isLarge && this.clock.monotonic() < endMs) {
      this.#ranks.work();
    }
    return true;
  }

  /**
   * One step of what is to be done in the background.
   * @returns false when there is nothing to do now
   */
  work(): boolean {
    if (!this.#isBuilt) {
      this.#build();
      return true;
    }
    this.#wakeFlags();
    if (this.#hasBacklog || this.#follower.isBehind) {
      this.#follow();
      return true;
    }
    return this.strategyColumns.work() || this.#rank();
  }

  /** Memory of the arrays. */
  get bytes(): { columns: number; words: number; numbers: number } {
    return { columns: this.columns.bytes, words: this.words.bytes, numbers: this.numbers.bytes };
  }

  get #hasBacklog(): boolean {
    return this.#changed.size > 0 || this.#hasNew || this.#hasMoreChanges;
  }

  #build(): void {
    if (this.#readNext()) return;
    this.#isBuilt = true;
  }

  /** @returns whether there may be more */
  #readNext(): boolean {
    const debtors = loadNextDebtors(this.read, this.#lastReadId, STEP, this.clock.now());
    this.#lastReadId = debtors.at(-1)?.id ?? this.#lastReadId;
    for (const debtor of debtors) this.#take(debtor, true);
    return debtors.length === STEP;
  }

  #follow(): void {
    if (this.#changed.size > 0) this.#readChanged();
    else if (this.#hasNew) this.#hasNew = this.#readNext();
    else this.#note(this.#follower.take(this.#lastReadId));
  }

  #note({ changed, searched, hasNew, more }: ChangedDebtors): void {
    for (const id of changed) this.#changed.add(id);
    for (const id of searched) this.#searched.add(id);
    this.#hasNew ||= hasNew;
    this.#hasMoreChanges = more;
  }

  #readChanged(): void {
    const ids = firstOf(this.#changed, CHANGED_STEP);
    const debtors = loadDebtors(this.read, ids, this.clock.now());
    for (const debtor of debtors) this.#take(debtor, this.#searched.has(debtor.id));
    for (const id of ids) {
      this.#changed.delete(id);
      this.#searched.delete(id);
    }
  }

  /** @param isSearched names and numbers are new or may differ */
  #take({ id, facts }: LoadedDebtor, isSearched: boolean): void {
    const row = this.columns.ids.rowOf(id);
    if (facts === null) {
      if (row !== undefined && this.columns.isAlive(row)) this.#removeRow(row);
      return;
    }
    this.#touch(row ?? this.columns.size);
    if (row === undefined) this.#setSearched(this.columns.add(facts), facts);
    else {
      const returns = !this.columns.isAlive(row);
      this.columns.set(row, facts);
      if (isSearched || returns) this.#setSearched(row, facts);
    }
  }

  #touch(row: number): void {
    if (row >= this.#versions.length) {
      const versions = new Uint32Array(Math.ceil(row * 1.2) + STEP);
      versions.set(this.#versions);
      this.#versions = versions;
    }
    this.#version += 1;
    this.#versions[row] = this.#version;
    this.strategyColumns.changed(row);
  }

  #removeRow(row: number): void {
    this.columns.remove(row);
    this.words.set(row, []);
    this.numbers.set(row, []);
  }

  #setSearched(row: number, facts: DebtorFacts): void {
    this.words.set(row, searchWords(facts));
    this.numbers.set(row, facts.numbers);
    this.#ranks.changed(row, facts.searchName);
  }

  /** Holds begin and end by the passing of time. */
  #wakeFlags(): void {
    if (this.columns.nextFlagsChangeAt > this.clock.now()) return;
    for (const row of this.columns.takeFlagChanges(this.clock.now())) {
      this.#changed.add(this.columns.ids.idAt(row));
    }
  }

  #rank(): boolean {
    if (this.#ranks.isSettled) return false;
    if (this.#ranks.isLarge) return this.#rankAll();
    this.#ranks.work();
    return true;
  }

  #rankAll(): boolean {
    const nowMs = this.clock.monotonic();
    if (nowMs < this.#rankAllAfterMs) return false;
    this.#rankAllSinceMs ??= nowMs;
    this.#ranks.work();
    if (this.#ranks.isLarge) return true;
    const endMs = this.clock.monotonic();
    this.#rankAllAfterMs = endMs + RANK_ALL_SHARE * (endMs - this.#rankAllSinceMs);
    this.#rankAllSinceMs = null;
    return true;
  }
}

function firstOf(ids: ReadonlySet<string>, limit: number): string[] {
  const first: string[] = [];
  for (const id of ids) {
    if (first.length === limit) break;
    first.push(id);
  }
  return first;
}
