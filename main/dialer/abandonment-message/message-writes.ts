import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/types.ts';

export interface SetMessage {
  /** its file is there already */
  messageId: string;
  campaignId: string;
  name: string;
  durationMs: number;
  sha256: string;
  personId: string | null;
}

export const abandonmentMessageWrites = {
  'abandonment-message.set': setMessage,
  'abandonment-message.remove': removeMessage,
} satisfies WriteMap;

/**
 * @returns the message that holds now (of a repeated command: the first one's), and those whose files nobody needs any more
 * @throws AppError `contract.not-found`
 */
function setMessage(
  db: WriteDb,
  context: WriteContext,
  input: SetMessage,
): { messageId: string; replaced: string[] } {
  const { messageId, campaignId, name, durationMs, sha256, personId } = input;
  const replaced = removeAll(db, campaignId);
  const row = { campaignId, name, durationMs, sha256, personId, createdAt: context.now };
  db.insert('campaignMessage', { id: messageId, ...row });
  const details = { campaignId, name, durationMs };
  insertAuditEntry(db, context, { action: 'campaign.message-set', personId, details });
  return { messageId, replaced };
}

/** @throws AppError `contract.not-found` */
function removeMessage(
  db: WriteDb,
  context: WriteContext,
  { campaignId, personId }: { campaignId: string; personId: string | null },
): { replaced: string[] } {
  const replaced = removeAll(db, campaignId);
  if (replaced.length > 0)
    insertAuditEntry(db, context, {
      action: 'campaign.message-removed',
      personId,
      details: { campaignId },
    });
  return { replaced };
}

function removeAll(db: WriteDb, campaignId: string): string[] {
  const campaign = db.get('SELECT 1 FROM campaign WHERE id = ? AND deletedAt IS NULL', campaignId);
  if (!campaign) throw new AppError('contract.not-found', 'no such campaign');
  const rows = db.all<{ id: string }>(
    'SELECT id FROM campaignMessage WHERE campaignId = ? AND deletedAt IS NULL',
    campaignId,
  );
  for (const { id } of rows) db.remove('campaignMessage', id);
  return rows.map(({ id }) => id);
}
