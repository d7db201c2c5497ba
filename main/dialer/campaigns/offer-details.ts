import type { ReadDb } from '../../store/types.ts';

interface Details {
  displayName: string;
  numberKind: string;
  silentAt: number | null;
  promisedBy: string | null;
  note: string | null;
}

/** What an agent sees of a debtor whom they are offered, besides the card. */
export function offerDetails(
  db: ReadDb,
  entryId: string,
  debtorId: string,
  contactPointId: string,
): Details {
  const debtor = db.get<{ displayName: string }>(
    'SELECT displayName FROM debtor WHERE id = ?',
    debtorId,
  );
  const point = db.get<{ kind: string }>(
    'SELECT kind FROM contactPoint WHERE id = ?',
    contactPointId,
  );
  const entry = db.get<{ silentAt: number | null; callbackAt: number | null }>(
    'SELECT silentAt, callbackAt FROM contactListEntry WHERE id = ?',
    entryId,
  );
  return {
    displayName: debtor?.displayName ?? '',
    numberKind: point?.kind ?? 'other',
    silentAt: entry?.silentAt ?? null,
    ...promiseOf(db, debtorId, entry?.callbackAt ?? null),
  };
}

function promiseOf(db: ReadDb, debtorId: string, at: number | null) {
  const none = { promisedBy: null, note: null };
  if (at === null) return none;
  return (
    db.get<{ promisedBy: string | null; note: string | null }>(
      `SELECT p.displayName AS promisedBy, n.text AS note FROM callback c LEFT JOIN person p ON p.id = c.personId
        LEFT JOIN interactionContent n ON n.interactionId = c.interactionId AND n.kind = 'note' AND n.erasedAt IS NULL
        WHERE c.debtorId = ? AND c.status = 'open' AND c.at = ? AND c.deletedAt IS NULL ORDER BY c.id LIMIT 1`,
      debtorId,
      at,
    ) ?? none
  );
}
