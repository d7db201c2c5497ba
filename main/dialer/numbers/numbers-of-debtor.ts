import type { ReadDb } from '../../store/types.ts';

/**
 * When the first number of a debtor may be tried again after one was tried.
 * @param used the number that was tried
 * @param usedAt when that one may be tried again, epoch ms
 * @param othersAt no other number before this instant, epoch ms
 * @returns null: no number is left in use
 */
export function firstNumberAt(
  db: ReadDb,
  used: string,
  { usedAt, othersAt }: { usedAt: number; othersAt: number },
): number | null {
  const rows = db.all<{ id: string; nextTryAt: number }>(
    `SELECT c.id, c.nextTryAt FROM contactPoint u JOIN contactPoint c ON c.debtorId = u.debtorId
      WHERE u.id = ? AND c.deletedAt IS NULL AND c.status = 'active' AND c.kind IN ('mobile','home','work','other')
        AND (c.lineStatus IS NULL OR c.lineStatus NOT IN ('dead','invalid'))`,
    used,
  );
  if (rows.length === 0) return null;
  return Math.min(
    ...rows.map(({ id, nextTryAt }) => (id === used ? usedAt : Math.max(nextTryAt, othersAt))),
  );
}
