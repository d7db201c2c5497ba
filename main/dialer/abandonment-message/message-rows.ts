import type { ReadDb } from '../../store/types.ts';

/** The message of a campaign as it is kept; its file is called by its id. */
export interface MessageRow {
  messageId: string;
  /** of the file that was chosen, for show */
  name: string;
  durationMs: number;
  /** of the stored file, hex */
  sha256: string;
  /** epoch ms */
  setAt: number;
}

/** @returns null: the campaign has none of its own */
export function findMessage(db: ReadDb, campaignId: string): MessageRow | null {
  const row = db.get<MessageRow>(
    `SELECT id AS messageId, name, durationMs, sha256, createdAt AS setAt FROM campaignMessage
      WHERE campaignId = ? AND deletedAt IS NULL ORDER BY createdAt DESC, id DESC LIMIT 1`,
    campaignId,
  );
  return row ?? null;
}

/** Ids of all messages that are in use. */
export function messageIds(db: ReadDb): string[] {
  return db
    .all<{ id: string }>('SELECT id FROM campaignMessage WHERE deletedAt IS NULL')
    .map(({ id }) => id);
}
