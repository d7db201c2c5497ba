import { createHash, randomBytes } from 'node:crypto';
import { publicUrlOf } from './public-address.ts';

/** What the store knows of a link: never the token itself. */
export interface DocumentLinkRow {
  /** SHA-256 of the token, hex */
  id: string;
  messageId: string;
  debtorId: string | null;
  documentId: string;
  /** epoch ms */
  createdAt: number;
  expiresAt: number;
}

const TOKEN_BYTES = 24;

/**
 * An address of its own for one document of one message. The outbox makes it before it fills in the text, and stores it in
 * the transaction that writes the message (`insertDocumentLink`).
 * @param publicBaseUrl of the settings of messages; '' has no links
 * @returns null when the engine has no address on the internet
 */
export function newDocumentLink(publicBaseUrl: string): { linkId: string; url: string } | null {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const url = documentLinkUrl(publicBaseUrl, token);
  return url === null ? null : { linkId: linkIdOf(token), url };
}

/** What a link is stored by. */
export function linkIdOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function documentLinkUrl(publicBaseUrl: string, token: string): string | null {
  return publicUrlOf(publicBaseUrl, `/d/${token}`);
}

/** Tokens are of these letters and this length: nothing else is looked for. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{32}$/.test(text);
}
