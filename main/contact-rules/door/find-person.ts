import type { ReadDb } from '../../store/types.ts';
import type { ContactRequest } from '../types.ts';

/** Whom a request is about, before anything is known of them. */
export type PersonKeys =
  | { ok: true; debtorId: string | null; number: string | null }
  | { ok: false; because: 'debtor-unknown' | 'debtor-ambiguous' | 'number-missing' };

const byTelephone = new Set(['call', 'voiceMessage', 'sms', 'mms']);

/**
 * Whom a request is about. A number dialed without a debtor is looked up: it is its owner's rules
 * that count; with several owners a person must say which is meant.
 */
export function findPerson(db: ReadDb, request: ContactRequest): PersonKeys {
  const number = byTelephone.has(request.channel) ? numberOf(db, request) : null;
  if (number === undefined) return { ok: false, because: 'number-missing' };
  if (request.debtorId !== '') return { ok: true, debtorId: request.debtorId, number };
  const ids = ownersOf(db, number);
  if (ids.length > 1) return { ok: false, because: 'debtor-ambiguous' };
  const debtorId = ids[0] ?? null;
  if (debtorId === null && number === null) return { ok: false, because: 'debtor-unknown' };
  return { ok: true, debtorId, number };
}

function numberOf(db: ReadDb, request: ContactRequest): string | undefined {
  if (request.number !== undefined) return request.number;
  if (request.contactPointId === undefined) return undefined;
  const row = db.get<{ value: string; kind: string }>(
    'SELECT value, kind FROM contactPoint WHERE id = ? AND deletedAt IS NULL',
    request.contactPointId,
  );
  return row && row.kind !== 'email' && row.kind !== 'messenger' ? row.value : undefined;
}

function ownersOf(db: ReadDb, number: string | null): string[] {
  if (number === null) return [];
  return db
    .all<{ id: string }>(
      `SELECT DISTINCT debtor.id AS id FROM contactPoint
       JOIN debtor ON debtor.id = contactPoint.debtorId
       WHERE contactPoint.value = ? AND contactPoint.deletedAt IS NULL AND debtor.deletedAt IS NULL
       LIMIT 2`,
      number,
    )
    .map(({ id }) => id);
}
