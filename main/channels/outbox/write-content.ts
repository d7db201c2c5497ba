import { addInteractionContent, insertInteraction } from '../../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { HTML, type MessageRow, type QueuedContent, SUBJECT } from './outbox-rows.ts';

/**
 * The head of the contact and what was written, from the moment at which it is handed over.
 * @returns the id of the interaction
 */
export function writeInteraction(
  db: WriteDb,
  context: WriteContext,
  row: MessageRow,
  content: QueuedContent,
): string {
  // The call in which it was sent stands in the message: by an interaction's call its recording is found.
  const interactionId = insertInteraction(db, context, {
    debtorId: row.debtorId,
    debtId: row.debtId,
    channel: row.channel,
    direction: 'out',
    personId: row.personId,
    campaignId: row.campaignId,
    contactPointId: row.contactPointId,
    peer: row.toAddress,
    synthetic: isSynthetic(db, row.debtorId),
  });
  addInteractionContent(db, context, interactionId, 'body', content.text);
  const more = [
    [SUBJECT, content.subject === '' ? null : content.subject],
    [HTML, content.html],
  ] as const;
  for (const [kind, text] of more) {
    if (text === null) continue;
    db.insert('interactionContent', { id: context.newId(), interactionId, kind, text });
  }
  return interactionId;
}

function isSynthetic(db: WriteDb, debtorId: string | null): boolean {
  const row = db.get<{ synthetic: number }>('SELECT synthetic FROM debtor WHERE id = ?', debtorId);
  return row?.synthetic === 1;
}
