import type { ReadDb } from '../../../store/index.ts';
import { localDate } from '../../local-date.ts';
import { type DebtorColumns, dayNumber, NO_DAY } from '../debtor-columns.ts';
import { DAY_PARTS } from './day-part.ts';
import { loadStrategyFacts, type StrategyFacts } from './load-strategy-facts.ts';
import { FULL } from './quantiles.ts';

/** debtors read in one step: some milliseconds, which a question may have to wait */
const STEP = 200;
/** tries that the common chance of an answer counts as */
const PRIOR_TRIES = 4;
const COMMON_ANSWER = 0.2;
const LEVELS = 250;

/** Supplied by `dialer/score`: how likely debtors pay, by the firm's own outcomes. */
export interface PaySource {
  /** differs whenever the same facts may give another score; null: nothing was learnt yet */
  model(read: ReadDb): string | null;
  /** @returns null: nothing was learnt yet */
  scores(
    read: ReadDb,
    debtorIds: readonly string[],
    now: number,
  ): ReadonlyMap<string, { score: number }> | null;
}

export interface StrategyColumnsParts {
  read: ReadDb;
  columns: DebtorColumns;
  clock: { now(): number };
  pay?: PaySource;
}

/**
 * Facts that only some strategies ask for: they are read once one does, and from then on kept as the others are, about
 * twenty bytes a debtor.
 */
export class StrategyColumns {
  /** 1: has paid something */
  paid = new Uint8Array();
  brokenDay = new Int16Array();
  limitationDay = new Int16Array();
  tries = new Uint8Array();
  /** likelihood to pay, 0 … FULL; 0: not known */
  payLevel = new Uint16Array();
  /** chance of an answer by part of the day, in `LEVELS` */
  readonly #answers: Uint8Array[] = Array.from({ length: DAY_PARTS }, () => new Uint8Array());
  readonly #parts: StrategyColumnsParts;
  readonly #stale = new Set<number>();
  #isWanted = false;
  #wantsPay = false;
  #payModel: string | null = null;
  /** rows before it are known, but for the stale ones */
  #known = 0;

  constructor(parts: StrategyColumnsParts) {
    this.#parts = parts;
  }

  /** From now on they are read and kept. @param withPay the likelihood to pay too, by the model of now */
  want(withPay: boolean): void {
    this.#isWanted = true;
    if (!withPay) return;
    const model = this.#parts.pay?.model(this.#parts.read) ?? null;
    if (this.#wantsPay && model === this.#payModel) return;
    this.#wantsPay = true;
    this.#payModel = model;
    this.#known = 0;
  }

  get isComplete(): boolean {
    return this.#isWanted && this.#known >= this.#parts.columns.size && this.#stale.size === 0;
  }

  /** A fact of the row may have changed. */
  changed(row: number): void {
    if (this.#isWanted && row < this.#known) this.#stale.add(row);
  }

  /** One step. @returns whether there was something to do */
  work(): boolean {
    if (!this.#isWanted || this.isComplete) return false;
    this.#fit();
    this.#read(this.#known < this.#parts.columns.size ? this.#nextRows() : this.#staleRows());
    return true;
  }

  /** Chance of an answer in a part of the day, 0 … FULL. */
  answerLevel(row: number, part: number): number {
    return Math.round(((this.#answers[part]?.[row] ?? 0) * FULL) / LEVELS);
  }

  #nextRows(): number[] {
    const from = this.#known;
    const to = Math.min(this.#parts.columns.size, from + STEP);
    this.#known = to;
    return Array.from({ length: to - from }, (_, index) => from + index);
  }

  #staleRows(): number[] {
    const rows = [...this.#stale].slice(0, STEP);
    for (const row of rows) this.#stale.delete(row);
    return rows;
  }

  #read(rows: readonly number[]): void {
    const { read, columns, clock } = this.#parts;
    const ids = rows.map((row) => columns.ids.idAt(row));
    const facts = read.snapshot(() => loadStrategyFacts(read, ids, localDate(clock.now(), 'UTC')));
    const scores = this.#wantsPay ? this.#parts.pay?.scores(read, ids, clock.now()) : null;
    rows.forEach((row, index) => {
      const each = facts[index];
      if (each) this.#set(row, each);
      const { score = 0 } = scores?.get(ids[index] ?? '') ?? {};
      this.payLevel[row] = Math.round(FULL * Math.min(1, Math.max(0, score)));
    });
  }

  #set(row: number, facts: StrategyFacts): void {
    this.paid[row] = facts.hasPaid ? 1 : 0;
    this.brokenDay[row] = facts.brokenOn === null ? NO_DAY : dayNumber(facts.brokenOn);
    this.limitationDay[row] = facts.limitationOn === null ? NO_DAY : dayNumber(facts.limitationOn);
    this.tries[row] = Math.min(255, facts.tries);
    this.#answers.forEach((column, part) => {
      const tries = (facts.triesByPart[part] ?? 0) + PRIOR_TRIES;
      const answers = (facts.answersByPart[part] ?? 0) + PRIOR_TRIES * COMMON_ANSWER;
      column[row] = Math.round((LEVELS * Math.min(answers, tries)) / tries);
    });
  }

  #fit(): void {
    const { size } = this.#parts.columns;
    if (this.paid.length >= size) return;
    const length = Math.ceil(size * 1.1) + STEP;
    this.paid = grown(this.paid, new Uint8Array(length));
    this.brokenDay = grown(this.brokenDay, new Int16Array(length));
    this.limitationDay = grown(this.limitationDay, new Int16Array(length));
    this.tries = grown(this.tries, new Uint8Array(length));
    this.payLevel = grown(this.payLevel, new Uint16Array(length));
    this.#answers.forEach((column, part) => {
      this.#answers[part] = grown(column, new Uint8Array(length));
    });
  }
}

function grown<To extends { set(from: ArrayLike<number>): void }>(
  from: ArrayLike<number>,
  to: To,
): To {
  to.set(from);
  return to;
}
