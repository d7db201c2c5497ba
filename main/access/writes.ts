import type { Role } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../store/types.ts';
import { type AuditInput, insertAuditEntry } from './audit-entries.ts';
import { type CredentialKind, findCredential, isUsable, liveKeyIds } from './credentials.ts';
import { countActiveAdmins, findPerson, firstOfRole, type PersonData } from './people.ts';

export { insertAuditEntry } from './audit-entries.ts';

export interface NewPerson {
  displayName: string;
  role: Role;
  /** who did it; null for the engine itself */
  by: string | null;
}

export interface PersonChange {
  personId: string;
  displayName?: string | undefined;
  role?: Role | undefined;
  active?: boolean | undefined;
  by: string;
}

export interface NewCredential {
  personId: string;
  kind: CredentialKind;
  secretHex: string;
  expiresAt: number | null;
  /** true: earlier ones of this kind end (the command line's token, at each start) */
  replace?: boolean;
}

export interface CodeUse {
  keyId: string;
  /** of the credential that takes the code's place */
  secretHex: string;
  expiresAt: number;
}

/** Everything that `access` changes in the store. Secrets are made by the caller. */
export const accessWrites = {
  'access.ensurePerson': ensurePerson,
  'access.addPerson': addPerson,
  'access.updatePerson': updatePerson,
  'access.addCredential': addCredential,
  'access.useCode': useCode,
  'access.revokePerson': revokePerson,
  'access.addAuditEntry': insertAuditEntry as (
    db: WriteDb,
    context: WriteContext,
    entry: AuditInput,
  ) => void,
} satisfies WriteMap;

/**
 * The first active person of a role, made when there is none: a new store gets its owner (`admin`) and the command
 * line (`machine`) this way.
 */
export function ensurePerson(
  db: WriteDb,
  context: WriteContext,
  input: { role: Role; displayName: string },
): PersonData {
  return firstOfRole(db, input.role) ?? addPerson(db, context, { ...input, by: null });
}

function addPerson(db: WriteDb, context: WriteContext, input: NewPerson): PersonData {
  const personId = context.newId();
  const person: PersonData = {
    personId,
    displayName: input.displayName,
    role: input.role,
    active: true,
    sipUser: `p${personId.slice(-12)}`,
  };
  const { personId: id, ...columns } = person;
  db.insert('person', { id, ...columns, createdAt: context.now });
  audit(db, context, 'access.person-added', input.by, { personId, role: input.role });
  return person;
}

function updatePerson(db: WriteDb, context: WriteContext, input: PersonChange): PersonData {
  const { personId, by } = input;
  const before = findPerson(db, personId);
  if (!before) throw new AppError('contract.not-found', 'no such person');
  const after: PersonData = {
    ...before,
    displayName: input.displayName ?? before.displayName,
    role: input.role ?? before.role,
    active: input.active ?? before.active,
  };
  const { displayName, role, active } = after;
  db.update('person', personId, { displayName, role, active });
  if (countActiveAdmins(db) === 0) {
    throw new AppError('access.last-admin', 'the last administrator must stay one');
  }
  if (!active) revokeKeys(db, context, personId);
  audit(db, context, 'access.person-updated', by, { personId, role, active });
  return after;
}

function addCredential(
  db: WriteDb,
  context: WriteContext,
  input: NewCredential,
): { keyId: string } {
  if (input.replace) {
    for (const keyId of liveKeyIds(db, input.personId)) {
      if (findCredential(db, keyId)?.kind === input.kind) revokeKey(db, context, keyId);
    }
  }
  return { keyId: insertCredential(db, context, input) };
}

/**
 * Uses a code up and puts a credential in its place, in one step, so that of two who have the code only one gets in.
 * @returns null when it was used, revoked or is too old
 */
function useCode(db: WriteDb, context: WriteContext, input: CodeUse): { keyId: string } | null {
  const code = findCredential(db, input.keyId);
  if (code?.kind !== 'code' || !isUsable(code, context.now)) return null;
  db.update('credential', code.id, { usedAt: context.now });
  const { personId } = code;
  const { secretHex, expiresAt } = input;
  const keyId = insertCredential(db, context, {
    personId,
    kind: 'credential',
    secretHex,
    expiresAt,
  });
  audit(db, context, 'access.logged-in', personId, { by: 'code', keyId });
  return { keyId };
}

function revokePerson(
  db: WriteDb,
  context: WriteContext,
  input: { personId: string; by: string },
): { revoked: number } {
  if (!findPerson(db, input.personId)) throw new AppError('contract.not-found', 'no such person');
  const revoked = revokeKeys(db, context, input.personId);
  audit(db, context, 'access.revoked', input.by, { personId: input.personId, revoked });
  return { revoked };
}

function insertCredential(db: WriteDb, context: WriteContext, input: NewCredential): string {
  const id = context.newId();
  const { personId, kind, secretHex, expiresAt } = input;
  db.insert('credential', { id, personId, kind, secretHex, expiresAt, createdAt: context.now });
  return id;
}

function revokeKeys(db: WriteDb, context: WriteContext, personId: string): number {
  const keyIds = liveKeyIds(db, personId);
  for (const keyId of keyIds) revokeKey(db, context, keyId);
  return keyIds.length;
}

function revokeKey(db: WriteDb, context: WriteContext, keyId: string): void {
  db.update('credential', keyId, { revokedAt: context.now });
}

function audit(
  db: WriteDb,
  context: WriteContext,
  action: string,
  by: string | null,
  details: Record<string, unknown>,
): void {
  insertAuditEntry(db, context, { action, personId: by, details });
}
