import type { PlanState, PromiseState } from '#shared/contract/index.ts';
import type { Money } from '#shared/domain/index.ts';
import type { DebtorFacts } from './debtor-facts.ts';
import { DictionaryColumn } from './dictionary-column.ts';
import { IdTable } from './id-table.ts';

/** Bits of `state`. */
export const ALIVE = 1;
export const HAS_PHONE = 2;
export const COMPANY = 4;
export const WRITE_OFF_PROPOSED = 8;
export const STATUS_SHIFT = 4;
export const PROMISE_SHIFT = 6;
export const PLAN_SHIFT = 9;
/** in the order of their codes */
export const statuses = ['none', 'open', 'paid', 'closed'] as const;
export const promiseStates: readonly PromiseState[] = [
  'none',
  'open',
  'kept',
  'broken',
  'withdrawn',
];
export const planStates: readonly PlanState[] = ['none', 'active', 'kept', 'broken', 'cancelled'];

/** of `dueDay`: no open debt with a date */
export const NO_DAY = -32_768;
/** of `balance`: the amounts are in `otherBalances` */
export const OTHER_BALANCE = -(2 ** 31);
/** of `nameRank`: not put in order yet */
export const UNRANKED = 0xffff_ffff;

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2000, 0, 1) / DAY_MS;
const LEAST_CAPACITY = 4_096;

/**
 * Every debtor in about 45 bytes: one typed array for each fact, a debtor is a row in all of them. Rows are added and
 * changed, never taken out; a debtor that is gone is not `ALIVE`. Due dates are stored, not ages, so that midnight
 * changes nothing here.
 */
export class DebtorColumns {
  readonly ids: IdTable;
  readonly portfolio: DictionaryColumn;
  readonly currency: DictionaryColumn;
  readonly language: DictionaryColumn;
  readonly jurisdiction: DictionaryColumn;
  readonly timeZone: DictionaryColumn;
  readonly city: DictionaryColumn;
  readonly importJob: DictionaryColumn;
  readonly contactChannel: DictionaryColumn;
  /** sets of flags, as their kinds joined by commas */
  readonly flags: DictionaryColumn;
  /** minor units of `currency`; `OTHER_BALANCE` when there are several currencies, or it does not fit 32 bits */
  balance: Int32Array;
  /** days since 2000-01-01 of the oldest open debt's due date */
  dueDay: Int16Array;
  /** seconds since the epoch; 0: never */
  lastContact: Uint32Array;
  /** seconds since the epoch; 0: none */
  nextAction: Uint32Array;
  /** order by name, with gaps for those who come later */
  nameRank: Uint32Array;
  state: Uint16Array;
  debtCount: Uint8Array;
  readonly otherBalances = new Map<number, Money[]>();
  /** the earliest instant at which some row's flags change by themselves */
  nextFlagsChangeAt = Infinity;
  /** debtors who are there */
  alive = 0;
  readonly #flagsChangeAt = new Map<number, number>();
  #capacity: number;

  constructor(expected: number) {
    const capacity = Math.max(LEAST_CAPACITY, Math.ceil(expected * 1.02));
    this.#capacity = capacity;
    this.ids = new IdTable(capacity);
    this.portfolio = new DictionaryColumn(capacity);
    this.currency = new DictionaryColumn(capacity);
    this.language = new DictionaryColumn(capacity);
    this.jurisdiction = new DictionaryColumn(capacity);
    this.timeZone = new DictionaryColumn(capacity);
    this.city = new DictionaryColumn(capacity);
    this.importJob = new DictionaryColumn(capacity);
    this.contactChannel = new DictionaryColumn(capacity);
    this.flags = new DictionaryColumn(capacity);
    this.balance = new Int32Array(capacity);
    this.dueDay = new Int16Array(capacity);
    this.lastContact = new Uint32Array(capacity);
    this.nextAction = new Uint32Array(capacity);
    this.nameRank = new Uint32Array(capacity);
    this.state = new Uint16Array(capacity);
    this.debtCount = new Uint8Array(capacity);
  }

  get size(): number {
    return this.ids.size;
  }

  get bytes(): number {
    const arrays = this.#arrays().reduce((sum, each) => sum + each.byteLength, 0);
    return this.#dictionaries().reduce((sum, each) => sum + each.bytes, arrays + this.ids.bytes);
  }

  isAlive(row: number): boolean {
    return ((this.state[row] ?? 0) & ALIVE) !== 0;
  }

  /** @returns the row of a debtor that was not there */
  add(facts: DebtorFacts): number {
    if (this.size === this.#capacity) this.#grow();
    const row = this.ids.add(facts.id);
    this.nameRank[row] = UNRANKED;
    this.set(row, facts);
    return row;
  }

  set(row: number, facts: DebtorFacts): void {
    if (!this.isAlive(row)) this.alive += 1;
    this.portfolio.set(row, facts.portfolioId);
    this.language.set(row, facts.language);
    this.jurisdiction.set(row, facts.jurisdiction);
    this.timeZone.set(row, facts.timeZone);
    this.city.set(row, facts.city);
    this.importJob.set(row, facts.importJobId);
    this.contactChannel.set(row, facts.lastContactChannel);
    this.flags.set(row, facts.flags.length === 0 ? null : facts.flags.join());
    this.#setBalances(row, facts.balances);
    this.dueDay[row] = facts.oldestDueOn === null ? NO_DAY : dayNumber(facts.oldestDueOn);
    this.lastContact[row] = toSeconds(facts.lastContactAt);
    this.nextAction[row] = toSeconds(facts.nextActionAt);
    this.debtCount[row] = Math.min(255, facts.debtCount);
    this.#setFlagsChange(row, facts.flagsChangeAt);
    this.state[row] =
      ALIVE |
      (facts.hasPhone ? HAS_PHONE : 0) |
      (facts.kind === 'company' ? COMPANY : 0) |
      (facts.writeOffProposed ? WRITE_OFF_PROPOSED : 0) |
      (statuses.indexOf(facts.status) << STATUS_SHIFT) |
      (promiseStates.indexOf(facts.promise) << PROMISE_SHIFT) |
      (planStates.indexOf(facts.plan) << PLAN_SHIFT);
  }

  /** The debtor is gone, or belongs to another by a merge. */
  remove(row: number): void {
    if (!this.isAlive(row)) return;
    this.alive -= 1;
    this.state[row] = 0;
    this.otherBalances.delete(row);
    this.#flagsChangeAt.delete(row);
  }

  balancesAt(row: number): Money[] {
    const other = this.otherBalances.get(row);
    if (other) return other;
    const currency = this.currency.at(row);
    return currency === null ? [] : [{ amountMinor: this.balance[row] ?? 0, currency }];
  }

  flagsAt(row: number): string[] {
    return this.flags.at(row)?.split(',') ?? [];
  }

  statusAt(row: number): (typeof statuses)[number] {
    return statuses[((this.state[row] ?? 0) >> STATUS_SHIFT) & 3] ?? 'none';
  }

  promiseAt(row: number): PromiseState {
    return promiseStates[((this.state[row] ?? 0) >> PROMISE_SHIFT) & 7] ?? 'none';
  }

  planAt(row: number): PlanState {
    return planStates[((this.state[row] ?? 0) >> PLAN_SHIFT) & 7] ?? 'none';
  }

  /** Rows whose flags have changed by now; each is given once. */
  takeFlagChanges(now: number): number[] {
    const rows: number[] = [];
    this.nextFlagsChangeAt = Infinity;
    for (const [row, at] of this.#flagsChangeAt) {
      if (at > now) this.nextFlagsChangeAt = Math.min(this.nextFlagsChangeAt, at);
      else {
        rows.push(row);
        this.#flagsChangeAt.delete(row);
      }
    }
    return rows;
  }

  #setFlagsChange(row: number, at: number | null): void {
    if (at === null) this.#flagsChangeAt.delete(row);
    else {
      this.#flagsChangeAt.set(row, at);
      this.nextFlagsChangeAt = Math.min(this.nextFlagsChangeAt, at);
    }
  }

  #setBalances(row: number, balances: Money[]): void {
    const [only] = balances;
    this.otherBalances.delete(row);
    if (balances.length < 2 && Math.abs(only?.amountMinor ?? 0) < 2 ** 31) {
      this.currency.set(row, only?.currency ?? null);
      this.balance[row] = only?.amountMinor ?? 0;
      return;
    }
    this.currency.set(row, null);
    this.balance[row] = OTHER_BALANCE;
    this.otherBalances.set(row, balances);
  }

  #arrays() {
    const { balance, dueDay, lastContact, nextAction, nameRank, state, debtCount } = this;
    return [balance, dueDay, lastContact, nextAction, nameRank, state, debtCount];
  }

  #dictionaries(): DictionaryColumn[] {
    const { portfolio, currency, language, jurisdiction, timeZone } = this;
    const { city, importJob, contactChannel, flags } = this;
    return [
      ...[portfolio, currency, language, jurisdiction, timeZone],
      ...[city, importJob, contactChannel, flags],
    ];
  }

  /** By a fifth: doubling would keep as much again empty. One array at a time, so that little is there twice. */
  #grow(): void {
    const capacity = Math.ceil(this.#capacity * 1.2);
    this.#capacity = capacity;
    this.ids.resize(capacity);
    for (const dictionary of this.#dictionaries()) dictionary.resize(capacity);
    this.balance = grown(this.balance, new Int32Array(capacity));
    this.dueDay = grown(this.dueDay, new Int16Array(capacity));
    this.lastContact = grown(this.lastContact, new Uint32Array(capacity));
    this.nextAction = grown(this.nextAction, new Uint32Array(capacity));
    this.nameRank = grown(this.nameRank, new Uint32Array(capacity));
    this.state = grown(this.state, new Uint16Array(capacity));
    this.debtCount = grown(this.debtCount, new Uint8Array(capacity));
  }
}

function grown<To extends { set(from: ArrayLike<number>): void }>(
  from: ArrayLike<number>,
  to: To,
): To {
  to.set(from);
  return to;
}

/** Days since 2000-01-01 of a date `YYYY-MM-DD`; dates beyond 89 years from it count as that far. */
export function dayNumber(date: string): number {
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS - FIRST_DAY;
  return Number.isNaN(day) ? NO_DAY : Math.max(NO_DAY + 1, Math.min(32_767, day));
}

function toSeconds(at: number | null): number {
  return at === null || at <= 0 ? 0 : Math.floor(at / 1000);
}
