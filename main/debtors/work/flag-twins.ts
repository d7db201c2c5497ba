import type { Channel } from '#shared/domain/index.ts';
import { mediaTogether } from '../../contact-rules/index.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';

/** The columns of a hold that its twins share. */
interface Held {
  debtorId: string;
  kind: string;
  medium: Channel | null;
  contactPointId: string | null;
  debtId: string | null;
  since: number;
  until: number | null;
  reason: string | null;
  personId: string | null;
}

/** Who refuses texts refuses those with pictures too: a hold for each such medium that is not held as long already. */
export function holdTwins(db: WriteDb, context: WriteContext, held: Held): void {
  const { debtorId, kind, contactPointId, debtId, until } = held;
  if (kind !== 'mediumOptOut' || held.medium === null) return;
  for (const medium of mediaTogether(held.medium).slice(1)) {
    const known = db.get(
      `SELECT 1 FROM hold WHERE debtorId = ? AND kind = ? AND medium = ? AND debtId IS ? AND contactPointId IS ?
         AND liftedAt IS NULL AND deletedAt IS NULL AND ("until" IS NULL OR "until" >= ?)`,
      debtorId,
      kind,
      medium,
      debtId,
      contactPointId,
      until ?? Number.MAX_SAFE_INTEGER,
    );
    if (!known) db.insert('hold', { ...held, id: context.newId(), medium });
  }
}

/**
 * Media of one refusal are lifted and explained together: the holds that one write made.
 * @returns ids, the given one first
 */
export function withTwins(db: WriteDb, holdId: string): string[] {
  const twins = db.all<{ id: string; medium: Channel; own: Channel }>(
    `SELECT t.id, t.medium, h.medium AS own FROM hold h JOIN hold t ON t.debtorId = h.debtorId
     WHERE h.id = ? AND h.kind = 'mediumOptOut' AND t.kind = h.kind AND t.id <> h.id
       AND t.medium IS NOT NULL AND h.medium IS NOT NULL AND t.since = h.since AND t.reason IS h.reason
       AND t."until" IS h."until" AND t.debtId IS h.debtId AND t.contactPointId IS h.contactPointId
       AND t.liftedAt IS NULL AND t.deletedAt IS NULL`,
    holdId,
  );
  const together = twins.filter(({ medium, own }) => mediaTogether(own).includes(medium));
  return [holdId, ...together.map(({ id }) => id)];
}
