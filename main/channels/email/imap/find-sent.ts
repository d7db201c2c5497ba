import type { MailPeer } from '../security.ts';
import { type ImapTimeouts, imapLogin } from './imap-login.ts';

/**
 * Looks for a mail of ours among those that the server keeps as sent: some keep every mail that they took.
 * @param headerId Message-ID with its angle brackets
 * @returns false also when there is no such folder, so that nothing follows from it
 */
export async function isAmongSent(
  peer: MailPeer,
  timeouts: ImapTimeouts,
  headerId: string,
): Promise<boolean> {
  const client = imapLogin(peer, timeouts);
  try {
    await client.connect();
    const sent = (await client.list()).find(({ specialUse }) => specialUse === '\\Sent');
    if (sent === undefined) return false;
    await client.mailboxOpen(sent.path, { readOnly: true });
    const found = await client.search({ header: { 'message-id': headerId } }, { uid: true });
    return found !== false && found !== undefined && found.length > 0;
  } catch {
    // whether it was taken is as unknown as before
    return false;
  } finally {
    client.close();
  }
}
