import type { ReadDb } from '../store/types.ts';

/**
 * Whether a number or address is a debtor's, or its owner has asked for rest: no message that passes no rules goes there.
 */
export function isSpokenFor(read: ReadDb, address: string): boolean {
  const isDebtors = read.get(
    'SELECT 1 FROM contactPoint WHERE value = ? COLLATE NOCASE AND deletedAt IS NULL LIMIT 1',
    address,
  );
  const isAtRest = read.get(
    'SELECT 1 FROM doNotCall WHERE number IN (?, lower(?)) AND deletedAt IS NULL LIMIT 1',
    address,
    address,
  );
  return isDebtors !== undefined || isAtRest !== undefined;
}
