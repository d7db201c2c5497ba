/**
 * Where reading of a mailbox stands. UIDs only grow while UIDVALIDITY stays (RFC 9051 §2.3.1.1); when it changes, what came
 * in since `since` is looked at again, and the inbox knows which of it it has.
 */
export interface MailboxCursor {
  /** null: the mailbox was not read yet */
  uidValidity: string | null;
  lastUid: number;
  /** epoch ms; nothing from before is read when UIDs say nothing */
  since: number;
}

/** Clocks of two machines differ; a mail that comes in while the gateway is set up is not missed. */
const FIRST_MARGIN_MS = 10 * 60_000;
/** How far back a mailbox is read again whose UIDs are all new. */
const REREAD_MS = 3 * 24 * 3_600_000;

export function cursorName(mailbox: string): string {
  return `mailbox:${mailbox}`;
}

/** Before the first look: what came before the gateway was there stays unread. */
export function firstCursor(now: number): MailboxCursor {
  return { uidValidity: null, lastUid: 0, since: now - FIRST_MARGIN_MS };
}

export function readCursor(text: string | null): MailboxCursor | null {
  const match = /^(\d+|-) (\d+) (\d+)$/.exec(text ?? '');
  if (match === null) return null;
  return {
    uidValidity: match[1] === '-' ? null : (match[1] ?? null),
    lastUid: Number(match[2]),
    since: Number(match[3]),
  };
}

export function formatCursor({ uidValidity, lastUid, since }: MailboxCursor): string {
  return `${uidValidity ?? '-'} ${lastUid} ${since}`;
}

/** @param lastUid up to which everything is durable */
export function advanced(
  cursor: MailboxCursor,
  uidValidity: string,
  lastUid: number,
  now: number,
): MailboxCursor {
  return { uidValidity, lastUid, since: Math.max(cursor.since, now - REREAD_MS) };
}
