import type { ReadDb } from '../../store/types.ts';

/**
 * Which of these numbers are on a do-not-call list of the firm. Such a number is nobody's to call or to write to, whoever
 * the debtor is and whatever the packs allow.
 * @param numbers E.164
 */
export function onDoNotCallLists(db: ReadDb, numbers: readonly string[]): Set<string> {
  if (numbers.length === 0) return new Set();
  const rows = db.all<{ number: string }>(
    `SELECT asked.value AS number FROM json_each(?) AS asked
     WHERE EXISTS (SELECT 1 FROM doNotCall d WHERE d.number = asked.value AND d.deletedAt IS NULL)`,
    JSON.stringify(numbers),
  );
  return new Set(rows.map(({ number }) => number));
}

/**
 * Which of these contact points have an address on such a list: addresses of e-mail stand there too, when their owner asked
 * for rest before it was known who that is.
 */
export function pointsOnDoNotCallLists(
  db: ReadDb,
  contactPointIds: readonly string[],
): Set<string> {
  if (contactPointIds.length === 0) return new Set();
  const rows = db.all<{ id: string }>(
    `SELECT p.id FROM json_each(?) AS asked CROSS JOIN contactPoint p ON p.id = asked.value
     WHERE EXISTS (SELECT 1 FROM doNotCall d WHERE d.number IN (p.value, lower(p.value)) AND d.deletedAt IS NULL)`,
    JSON.stringify(contactPointIds),
  );
  return new Set(rows.map(({ id }) => id));
}
