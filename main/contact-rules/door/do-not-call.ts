import type { ReadDb } from '../../store/types.ts';

/**
 * Whether a number is on a do-not-call list of the firm. Such a number is nobody's to call or to write to, whoever the
 * debtor is and whatever the packs allow.
 * @param number E.164
 */
export function isOnDoNotCallList(db: ReadDb, number: string): boolean {
  const row = db.get(
    'SELECT 1 FROM doNotCall WHERE number = ? AND deletedAt IS NULL LIMIT 1',
    number,
  );
  return row !== undefined;
}
