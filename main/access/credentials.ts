import type { ReadDb } from '../store/types.ts';

/** `code`: once, for a short time; `credential`: a window's; `token`: the command line's, from a file. */
export type CredentialKind = 'credential' | 'code' | 'token';

export interface Credential {
  id: string;
  personId: string;
  kind: CredentialKind;
  secretHex: string;
  expiresAt: number | null;
  usedAt: number | null;
  revokedAt: number | null;
}

/** @returns null when there is no such key; whether it may be used is `isUsable`'s answer */
export function findCredential(db: ReadDb, keyId: string): Credential | null {
  const row = db.get<Credential>(
    `SELECT id, personId, kind, secretHex, expiresAt, usedAt, revokedAt FROM credential WHERE id = ?`,
    keyId,
  );
  return row ?? null;
}

export function isUsable(credential: Credential, now: number): boolean {
  return (
    credential.revokedAt === null &&
    credential.usedAt === null &&
    (credential.expiresAt === null || credential.expiresAt > now)
  );
}

/** Keys of a person that still open something. */
export function liveKeyIds(db: ReadDb, personId: string): string[] {
  return db
    .all<{ id: string }>(
      `SELECT id FROM credential WHERE personId = ? AND revokedAt IS NULL AND usedAt IS NULL`,
      personId,
    )
    .map((row) => row.id);
}
