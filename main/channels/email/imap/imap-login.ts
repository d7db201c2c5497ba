import { ImapFlow } from 'imapflow';
import type { MailPeer } from '../security.ts';

export interface ImapTimeouts {
  connectMs: number;
  /** of one command without a word of the server */
  answerMs: number;
}

export const imapTimeouts: ImapTimeouts = { connectMs: 20_000, answerMs: 90_000 };
/** Bytes of one mail that are taken; the rest of a bigger one is left on the server. */
export const mostMailBytes = 26_214_400;

/**
 * One login at an IMAP server, not yet connected. The caller listens to `error` and `close`.
 * STARTTLS is insisted on where it is asked for, and never begun where it is not.
 */
export function imapLogin(peer: MailPeer, timeouts: ImapTimeouts): ImapFlow {
  const client = new ImapFlow({
    host: peer.host.replace(/^\[(.*)\]$/, '$1'),
    port: peer.port,
    secure: peer.security === 'implicit',
    ...(peer.security === 'implicit' ? {} : { doSTARTTLS: peer.security === 'starttls' }),
    auth: { user: peer.user, pass: peer.password },
    tls: peer.tls,
    clientInfo: { name: 'Dialdesk' },
    logger: false,
    // the reader says itself when to wait
    disableAutoIdle: true,
    disableCompression: true,
    disableBinary: true,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    socketTimeout: timeouts.answerMs,
    maxLiteralSize: mostMailBytes + 1_048_576,
  });
  // without a listener an error of a connection that nobody uses any more would end the process
  client.on('error', () => undefined);
  return client;
}
