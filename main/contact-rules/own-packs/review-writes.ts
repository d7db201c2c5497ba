import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/types.ts';
import { bumpFirmRules } from './firm-rules.ts';

/** Writes of what lawyers said of packs. */
export const reviewWrites = {
  'rules.record-review': recordReview,
  'rules.revoke-review': revokeReview,
} satisfies WriteMap;

interface RecordReview {
  packId: string;
  version: string;
  /** of the content that was reviewed */
  packSha256: string;
  reviewer: string;
  /** ISO date */
  reviewedOn: string;
  note: string | null;
  personId: string | null;
}

/** hours by which the earliest clock on Earth is ahead of UTC */
const EARLIEST_MS = 14 * 3_600_000;

/** The newest review of a version counts; those before stay. @throws AppError `contact.date-ahead` */
function recordReview(
  db: WriteDb,
  context: WriteContext,
  input: RecordReview,
): Record<string, never> {
  const latest = new Date(context.now + EARLIEST_MS).toISOString().slice(0, 10);
  if (input.reviewedOn > latest) {
    throw new AppError('contact.date-ahead', 'this day is still to come');
  }
  db.insert('packReview', { id: context.newId(), ...input, at: context.now });
  bumpFirmRules(db, context);
  const { personId, note: _note, ...details } = input;
  insertAuditEntry(db, context, { action: 'rules.review-recorded', personId, details });
  return {};
}

interface RevokeReview {
  packId: string;
  version: string;
  personId: string | null;
}

/** The version is a draft again. Without a review nothing is written. */
function revokeReview(
  db: WriteDb,
  context: WriteContext,
  { packId, version, personId }: RevokeReview,
): Record<string, never> {
  const rows = db.all<{ id: string }>(
    'SELECT id FROM packReview WHERE packId = ? AND version = ? AND revokedAt IS NULL',
    packId,
    version,
  );
  if (rows.length === 0) return {};
  for (const { id } of rows) {
    db.update('packReview', id, { revokedAt: context.now, revokedBy: personId });
  }
  bumpFirmRules(db, context);
  const details = { packId, version };
  insertAuditEntry(db, context, { action: 'rules.review-revoked', personId, details });
  return {};
}
