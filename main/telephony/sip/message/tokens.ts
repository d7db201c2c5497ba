import { randomBytes } from 'node:crypto';

/** Unguessable text of 128 bits for tags, Call-IDs and nonces; safe in every SIP header. */
export function newToken(): string {
  return randomBytes(16).toString('hex');
}

/** A transaction's id with the magic cookie of RFC 3261 §8.1.1.7. */
export function newBranch(): string {
  return `z9hG4bK${newToken()}`;
}
