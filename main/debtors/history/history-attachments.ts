import type { ReadDb } from '../../store/index.ts';
import type { HistoryItem } from './history-rows.ts';

type Attachment = HistoryItem['attachments'][number];

/** Documents that went out or came in with an interaction. */
export function loadAttachments(read: ReadDb, ids: string): Map<string, Attachment[]> {
  const rows = read.all<Attachment & { interactionId: string }>(
    `SELECT interactionId, id AS documentId, name, mediaType, bytes FROM document
     WHERE interactionId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL AND erasedAt IS NULL
     UNION
     SELECT m.interactionId, a.documentId, a.name, a.mediaType, a.bytes FROM json_each(?) j
       CROSS JOIN message m ON m.interactionId = j.value JOIN messageAttachment a ON a.messageId = m.id
       JOIN document d ON d.id = a.documentId AND d.deletedAt IS NULL AND d.erasedAt IS NULL
     ORDER BY 1, 2`,
    ids,
    ids,
  );
  const attachments = new Map<string, Attachment[]>();
  for (const { interactionId, ...attachment } of rows) {
    const known = attachments.get(interactionId);
    if (known) known.push(attachment);
    else attachments.set(interactionId, [attachment]);
  }
  return attachments;
}
