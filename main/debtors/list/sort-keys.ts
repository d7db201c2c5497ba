import type { ListSort } from '#shared/contract/index.ts';
import { type DebtorColumns, NO_DAY, OTHER_BALANCE } from './debtor-columns.ts';

const GREATEST = 0xffff_ffff;
const SIGN = 2 ** 31;
/** of sums below what 32 bits hold: so many can be told from each other */
const MOST_BELOW = 1_000;

/** What some rows are put in order by: 32 bits for each, turned round for a descending order. */
export function sortKeys(
  columns: DebtorColumns,
  { by, descending }: ListSort,
  rows: Uint32Array,
): Uint32Array {
  const keys = ascendingKeys(columns, by, rows);
  if (descending) {
    for (let at = 0; at < keys.length; at += 1) keys[at] = ~(keys[at] ?? 0);
  }
  return keys;
}

function ascendingKeys(columns: DebtorColumns, by: ListSort['by'], rows: Uint32Array): Uint32Array {
  switch (by) {
    case 'name':
      return valuesOf(columns.nameRank, rows);
    case 'lastContact':
      return valuesOf(columns.lastContact, rows);
    case 'nextAction':
      return valuesOf(columns.nextAction, rows);
    case 'balance':
      return balanceKeys(columns, rows);
    case 'age':
      return ageKeys(columns, rows);
    case 'created':
      return createdKeys(columns, rows);
  }
}

function valuesOf(column: Uint32Array, rows: Uint32Array): Uint32Array {
  const keys = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) keys[at] = column[rows[at] ?? 0] ?? 0;
  return keys;
}

/** A later date is a smaller age, and no date is none. */
function ageKeys({ dueDay }: DebtorColumns, rows: Uint32Array): Uint32Array {
  const keys = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const due = dueDay[rows[at] ?? 0] ?? NO_DAY;
    keys[at] = due === NO_DAY ? 0 : 32_768 - due;
  }
  return keys;
}

/**
 * Rows come in the order in which they were made, but for those of another node: then by quarters of a second since
 * 2020, which last for 34 years.
 */
function createdKeys({ ids }: DebtorColumns, rows: Uint32Array): Uint32Array {
  if (ids.strays === 0) return Uint32Array.from(rows);
  const from = Date.UTC(2020, 0, 1);
  return Uint32Array.from(rows, (row) =>
    Math.min(GREATEST, Math.max(0, (ids.madeAt(row) - from) / 250)),
  );
}

/** Minor units of all currencies added. */
function balanceKeys(columns: DebtorColumns, rows: Uint32Array): Uint32Array {
  const { balance } = columns;
  const others = otherBalanceKeys(columns);
  const keys = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    const owed = balance[row] ?? 0;
    keys[at] = owed === OTHER_BALANCE ? (others.get(row) ?? SIGN) : owed + SIGN;
  }
  return keys;
}

/**
 * Sums that do not fit 32 bits are few: they are put in order among themselves, at either end of those that fit.
 */
function otherBalanceKeys({ otherBalances }: DebtorColumns): Map<number, number> {
  const keys = new Map<number, number>();
  const beyond: { row: number; sum: number }[] = [];
  for (const [row, balances] of otherBalances) {
    const sum = balances.reduce((added, { amountMinor }) => added + amountMinor, 0);
    if (Math.abs(sum) < SIGN) keys.set(row, sum + SIGN);
    else beyond.push({ row, sum });
  }
  beyond.sort((one, other) => one.sum - other.sum);
  beyond.forEach(({ row, sum }, position) => {
    const fromEnd = beyond.length - position - 1;
    keys.set(row, sum < 0 ? Math.min(position, MOST_BELOW) : GREATEST - fromEnd);
  });
  return keys;
}
