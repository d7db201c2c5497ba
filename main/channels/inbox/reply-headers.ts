import type { ReadDb } from '../../store/types.ts';

/** Mail programs follow this many; more make headers that servers refuse. */
const MOST_REFERENCES = 30;

/** What an e-mail that answers the newest one of a thread carries (RFC 5322 §3.6.4); null: there is none to answer. */
export function loadReplyHeaders(
  read: ReadDb,
  inboxThreadId: string,
): { inReplyTo: string; references: string[]; subject: string | null } | null {
  const row = read.get<{ headerId: string; referencesJson: string; subject: string | null }>(
    `SELECT m.headerId, m.referencesJson, (SELECT c.text FROM interactionContent c
         WHERE c.interactionId = m.interactionId AND c.kind = 'subject' AND c.erasedAt IS NULL LIMIT 1) AS subject
     FROM inboundMessage m
     WHERE m.threadId = ? AND m.channel = 'email' AND m.headerId IS NOT NULL AND m.automatic = 0
     ORDER BY m.at DESC, m.id DESC LIMIT 1`,
    inboxThreadId,
  );
  if (!row) return null;
  const { headerId, referencesJson, subject } = row;
  const before = (JSON.parse(referencesJson) as string[]).filter((one) => one !== headerId);
  return {
    inReplyTo: headerId,
    references: [...before.slice(1 - MOST_REFERENCES), headerId],
    subject,
  };
}
