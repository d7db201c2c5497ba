import type { ListSort } from '#shared/contract/index.ts';
import { type DebtorColumns, NO_DAY, OTHER_BALANCE } from './debtor-columns.ts';

const GREATEST = 0xffff_ffff;
const SIGN = 2 ** 31;
/** of sums below what 32 bits hold: so many can be told from each other */
const MOST_BELOW = 1_000;

/** What rows are put in order by, ascending: 32 bits each. Some are a column itself: not to be written. */
export function sortKeys(columns: DebtorColumns, by: ListSort['by']): Uint32Array {
  switch (by) {
    case 'name':
      return columns.nameRank;
    case 'lastContact':
      return columns.lastContact;
    case 'nextAction':
      return columns.nextAction;
    case 'balance':
      return balanceKeys(columns);
    case 'age':
      return ageKeys(columns);
    case 'created':
      return createdKeys(columns);
  }
}

/** A later date is a smaller age, and no date is none. */
function ageKeys({ dueDay, size }: DebtorColumns): Uint32Array {
  const keys = new Uint32Array(size);
  for (let row = 0; row < size; row += 1) {
    const due = dueDay[row] ?? NO_DAY;
    keys[row] = due === NO_DAY ? 0 : 32_768 - due;
  }
  return keys;
}

/**
 * Rows come in the order in which they were made, but for those of another node: then by quarters of a second since
 * 2020, which last for 34 years.
 */
function createdKeys({ ids, size }: DebtorColumns): Uint32Array {
  const keys = new Uint32Array(size);
  const from = Date.UTC(2020, 0, 1);
  for (let row = 0; row < size; row += 1) {
    keys[row] =
      ids.strays === 0 ? row : Math.min(GREATEST, Math.max(0, (ids.madeAt(row) - from) / 250));
  }
  return keys;
}

/**
 * Minor units of all currencies added. Sums that do not fit 32 bits are few: they are put in order among themselves,
 * at either end of those that fit.
 */
function balanceKeys({ balance, otherBalances, size }: DebtorColumns): Uint32Array {
  const keys = new Uint32Array(size);
  for (let row = 0; row < size; row += 1) keys[row] = (balance[row] ?? 0) + SIGN;
  const beyond: { row: number; sum: number }[] = [];
  for (const [row, balances] of otherBalances) {
    if (balance[row] !== OTHER_BALANCE) continue;
    const sum = balances.reduce((added, { amountMinor }) => added + amountMinor, 0);
    if (Math.abs(sum) < SIGN) keys[row] = sum + SIGN;
    else beyond.push({ row, sum });
  }
  beyond.sort((one, other) => one.sum - other.sum);
  beyond.forEach(({ row, sum }, position) => {
    keys[row] =
      sum < 0 ? Math.min(position, MOST_BELOW) : GREATEST - (beyond.length - position - 1);
  });
  return keys;
}
