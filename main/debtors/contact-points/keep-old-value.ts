import type { WriteContext, WriteDb } from '../../store/index.ts';
import type { ContactPointRow } from './contact-point-rows.ts';

/** What the debtor said about one address: it stays with that address, whatever the row is corrected to. */
const said = {
  hold: 'SELECT id FROM hold WHERE debtorId = ? AND contactPointId = ? AND liftedAt IS NULL AND deletedAt IS NULL',
  personalBlock:
    'SELECT id FROM personalBlock WHERE debtorId = ? AND contactPointId = ? AND liftedAt IS NULL AND deletedAt IS NULL',
  consent: 'SELECT id FROM consent WHERE debtorId = ? AND contactPointId = ? AND deletedAt IS NULL',
  contactOverride:
    "SELECT id FROM contactOverride WHERE debtorId = ? AND contactPointId = ? AND state IN ('requested', 'granted') AND deletedAt IS NULL",
} as const;
const saidTables = Object.keys(said) as (keyof typeof said)[];

/**
 * Call before a contact point gets another value. When something was said about the old one (a hold, "not then", a
 * consent, that it is somebody else's), the old value stays on record as a row of its own that is not used, and what was
 * said goes with it: the new value is not refused for it, and the old one is not free when it comes back.
 */
export function keepOldValue(db: WriteDb, context: WriteContext, before: ContactPointRow): void {
  const rows = saidTables.flatMap((table) =>
    db
      .all<{ id: string }>(said[table], before.debtorId, before.id)
      .map(({ id }) => ({ table, id })),
  );
  const isWrong = before.status === 'wrongNumber';
  if (rows.length === 0 && !isWrong) return;
  const stored = db.get<Record<string, unknown>>(
    'SELECT * FROM contactPoint WHERE id = ?',
    before.id,
  );
  const contactPointId = context.newId();
  db.insert('contactPoint', {
    ...stored,
    id: contactPointId,
    status: isWrong ? before.status : 'retired',
    importJobId: null,
    createdAt: context.now,
  });
  for (const { table, id } of rows) db.update(table, id, { contactPointId });
}
