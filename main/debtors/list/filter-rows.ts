import type { AgeBand, ListFilter } from '#shared/contract/index.ts';
import type { Money } from '#shared/domain/index.ts';
import { foldText } from '#shared/util/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import { rowsWithText } from '../search/rows-with-text.ts';
import { storedFlag } from '../work/flag-kinds.ts';
import {
  ALIVE,
  COMPANY,
  type DebtorColumns,
  HAS_PHONE,
  NO_DAY,
  PLAN_SHIFT,
  PROMISE_SHIFT,
  planStates,
  promiseStates,
  STATUS_SHIFT,
  statuses,
  WRITE_OFF_PROPOSED,
} from './debtor-columns.ts';
import type { DebtorIndex } from './debtor-index.ts';
import type { DictionaryColumn } from './dictionary-column.ts';
import { todayByZone } from './today-by-zone.ts';

export type RowFilter = Unbranded<ListFilter>;

/** Which rows fit, in their own order. */
export interface MatchedRows {
  rows: Uint32Array;
  /** false: a text fitted more than was looked at */
  complete: boolean;
}

const STATUS_OPEN = statuses.indexOf('open');

/**
 * Every condition goes over its own column once and takes out of the mask what does not fit: a million rows cost a
 * millisecond or two for each condition, whichever they are.
 */
export function filterRows(index: DebtorIndex, filter: RowFilter): MatchedRows {
  const { columns } = index;
  const { mask, complete } = beginMask(index, filter.text?.trim() ?? '');
  const keep = (column: DictionaryColumn, values: readonly string[] | undefined) => {
    if (values) keepCodes(mask, column, new Set(values));
  };
  keep(columns.portfolio, filter.portfolioIds);
  keep(columns.language, filter.languages);
  keep(columns.jurisdiction, filter.jurisdictions);
  keep(columns.importJob, filter.importJobIds);
  if (filter.cities) keepCities(mask, columns, filter.cities);
  keepStates(mask, columns, filter);
  keepFlags(mask, columns, filter);
  if (filter.statuses) keepStatuses(mask, columns, filter.statuses);
  if (filter.age) keepAges(mask, columns, filter.age, index.clock.now());
  if (filter.amount) keepAmounts(mask, columns, filter.amount);
  if (filter.lastContact) keepContacts(mask, columns, filter.lastContact);
  if (filter.nextActionBefore !== undefined) {
    keepSeconds(mask, columns.nextAction, 1, filter.nextActionBefore / 1000);
  }
  return { rows: rowsIn(mask), complete };
}

function rowsIn(mask: Uint8Array): Uint32Array {
  let count = 0;
  for (let row = 0; row < mask.length; row += 1) count += mask[row] ?? 0;
  // written whether it fits or not: a branch that cannot be foreseen costs more than a write
  const rows = new Uint32Array(count + 1);
  let filled = 0;
  for (let row = 0; row < mask.length; row += 1) {
    rows[filled] = row;
    filled += mask[row] ?? 0;
  }
  return rows.subarray(0, count);
}

/** 1 for each row that fits. */
interface Mask {
  mask: Uint8Array;
  complete: boolean;
}

function beginMask(index: DebtorIndex, text: string): Mask {
  const { state, size } = index.columns;
  const mask = new Uint8Array(size);
  if (text === '') {
    for (let row = 0; row < size; row += 1) mask[row] = (state[row] ?? 0) & ALIVE;
    return { mask, complete: true };
  }
  const found = rowsWithText(index, text);
  found.rows.forEach((row) => {
    if (row < size) mask[row] = (state[row] ?? 0) & ALIVE;
  });
  return { mask, complete: found.complete };
}

function keepCodes(mask: Uint8Array, column: DictionaryColumn, values: ReadonlySet<string>): void {
  keepByTable(
    mask,
    column,
    column.table((value) => value !== null && values.has(value)),
  );
}

function keepByTable(mask: Uint8Array, column: DictionaryColumn, table: Uint8Array): void {
  const { codes } = column;
  for (let row = 0; row < mask.length; row += 1) {
    mask[row] = (mask[row] ?? 0) & (table[codes[row] ?? 0] ?? 0);
  }
}

function keepCities(mask: Uint8Array, columns: DebtorColumns, cities: readonly string[]): void {
  const folded = new Set(cities.map(foldText));
  const table = columns.city.table((city) => city !== null && folded.has(foldText(city)));
  keepByTable(mask, columns.city, table);
}

/** All that is in the bits of `state`: a table of what each of their 4,096 combinations means. */
function keepStates(mask: Uint8Array, columns: DebtorColumns, filter: RowFilter): void {
  const { promises, plans, hasPhone, kind, writeOffProposed } = filter;
  const asked = [promises, plans, hasPhone, kind, writeOffProposed];
  if (asked.every((each) => each === undefined)) return;
  const table = Uint8Array.from({ length: 4_096 }, (_, state) =>
    Number(
      (promises?.includes(promiseStates[(state >> PROMISE_SHIFT) & 7] ?? 'none') ?? true) &&
        (plans?.includes(planStates[(state >> PLAN_SHIFT) & 7] ?? 'none') ?? true) &&
        (hasPhone ?? (state & HAS_PHONE) !== 0) === ((state & HAS_PHONE) !== 0) &&
        (kind === undefined || (kind === 'company') === ((state & COMPANY) !== 0)) &&
        (writeOffProposed ?? (state & WRITE_OFF_PROPOSED) !== 0) ===
          ((state & WRITE_OFF_PROPOSED) !== 0),
    ),
  );
  const { state } = columns;
  for (let row = 0; row < mask.length; row += 1) {
    mask[row] = (mask[row] ?? 0) & (table[state[row] ?? 0] ?? 0);
  }
}

function keepFlags(mask: Uint8Array, columns: DebtorColumns, filter: RowFilter): void {
  const flagsAnyOf = filter.flagsAnyOf?.map(storedFlag);
  const flagsNoneOf = filter.flagsNoneOf?.map(storedFlag);
  if (!flagsAnyOf && !flagsNoneOf) return;
  const table = columns.flags.table((joined) => {
    const kinds = joined?.split(',') ?? [];
    return (
      (flagsAnyOf === undefined || kinds.some((kind) => flagsAnyOf.includes(kind))) &&
      !kinds.some((kind) => flagsNoneOf?.includes(kind))
    );
  });
  keepByTable(mask, columns.flags, table);
}

function keepStatuses(
  mask: Uint8Array,
  columns: DebtorColumns,
  wanted: NonNullable<RowFilter['statuses']>,
): void {
  const { state, flags } = columns;
  const byStatus = Uint8Array.from(statuses, (status) => Number(wanted.includes(status)));
  const disputed = flags.table(
    (joined) => wanted.includes('disputed') && joined?.split(',').includes('dispute') === true,
  );
  for (let row = 0; row < mask.length; row += 1) {
    const fits =
      (byStatus[((state[row] ?? 0) >> STATUS_SHIFT) & 3] ?? 0) |
      (disputed[flags.codes[row] ?? 0] ?? 0);
    mask[row] = (mask[row] ?? 0) & fits;
  }
}

const UP_TO_3_MONTHS_DAYS = 90;
/** older debts count as so old: 90 years */
const MOST_DAYS = 32_767;

function bandOf(days: number): AgeBand {
  if (days === 0) return 'current';
  return days <= UP_TO_3_MONTHS_DAYS ? 'upTo3Months' : 'older';
}

/** The age is of the oldest open debt; without one there is none. */
function keepAges(
  mask: Uint8Array,
  columns: DebtorColumns,
  { bands, fromDays = 0, toDays = Infinity }: NonNullable<RowFilter['age']>,
  now: number,
): void {
  const fits = new Uint8Array(MOST_DAYS + 1);
  for (let days = 0; days <= MOST_DAYS; days += 1) {
    if (days < fromDays || days > toDays) continue;
    fits[days] = Number(bands?.includes(bandOf(days)) ?? true);
  }
  const today = todayByZone(columns, now);
  const { state, dueDay } = columns;
  const zones = columns.timeZone.codes;
  for (let row = 0; row < mask.length; row += 1) {
    if (mask[row] === 0) continue;
    const due = dueDay[row] ?? NO_DAY;
    const days = due === NO_DAY ? 0 : (today[zones[row] ?? 0] ?? 0) - due;
    const isOpen = (((state[row] ?? 0) >> STATUS_SHIFT) & 3) === STATUS_OPEN;
    mask[row] = isOpen ? (fits[Math.max(0, Math.min(days, MOST_DAYS))] ?? 0) : 0;
  }
}

function keepAmounts(
  mask: Uint8Array,
  columns: DebtorColumns,
  amount: NonNullable<RowFilter['amount']>,
): void {
  const { fromMinor = -Infinity, toMinor = Infinity } = amount;
  const { balance, currency } = columns;
  const rightCurrency = currency.table(
    (code) => code !== null && (amount.currency ?? code) === code,
  );
  // those with several currencies are few, and looked at apart
  const others = [...columns.otherBalances].filter(
    ([row, balances]) => mask[row] === 1 && otherFits(balances, amount),
  );
  const { codes } = currency;
  for (let row = 0; row < mask.length; row += 1) {
    const owed = balance[row] ?? 0;
    const isWithin = Number(owed >= fromMinor) & Number(owed <= toMinor);
    mask[row] = (mask[row] ?? 0) & isWithin & (rightCurrency[codes[row] ?? 0] ?? 0);
  }
  for (const [row] of others) mask[row] = 1;
}

function otherFits(
  balances: readonly Money[],
  { fromMinor = -Infinity, toMinor = Infinity, currency: wanted }: NonNullable<RowFilter['amount']>,
): boolean {
  return balances.some(
    ({ amountMinor, currency }) =>
      (wanted ?? currency) === currency && amountMinor >= fromMinor && amountMinor <= toMinor,
  );
}

function keepContacts(
  mask: Uint8Array,
  columns: DebtorColumns,
  { never, before, after, channels }: NonNullable<RowFilter['lastContact']>,
): void {
  const { lastContact, contactChannel } = columns;
  if (never !== undefined) keepSeconds(mask, lastContact, never ? 0 : 1, never ? 1 : Infinity);
  if (before !== undefined) keepSeconds(mask, lastContact, 1, before / 1000);
  if (after !== undefined) keepSeconds(mask, lastContact, Math.floor(after / 1000) + 1, Infinity);
  if (channels) keepCodes(mask, contactChannel, new Set(channels));
}

/** From included, to excluded. */
function keepSeconds(mask: Uint8Array, column: Uint32Array, from: number, to: number): void {
  for (let row = 0; row < mask.length; row += 1) {
    const at = column[row] ?? 0;
    mask[row] = (mask[row] ?? 0) & Number(at >= from) & Number(at < to);
  }
}
