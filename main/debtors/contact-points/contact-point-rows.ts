import { AppError } from '#shared/errors/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/index.ts';
import { leaveTrace } from '../work/leave-trace.ts';

export interface ContactPointRow {
  id: string;
  debtorId: string;
  kind: string;
  value: string;
  status: string;
  label: string | null;
  hoursJson: string | null;
  speakTo: string | null;
  rank: number;
  timeZonesJson: string;
}

/** @throws AppError `contract.not-found` */
export function requireContactPoint(db: ReadDb, contactPointId: string): ContactPointRow {
  const row = db.get<ContactPointRow>(
    `SELECT id, debtorId, kind, value, status, label, hoursJson, speakTo, "rank", timeZonesJson
     FROM contactPoint WHERE id = ? AND deletedAt IS NULL`,
    contactPointId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such contact point');
  return row;
}

/** Writes changed columns of a contact point, and keeps what it was. Nothing differs: nothing is written. */
export function changeContactPoint(
  db: WriteDb,
  context: WriteContext,
  before: ContactPointRow,
  columns: Readonly<Partial<ContactPointRow>>,
  why: { personId: string | null; reason?: string | undefined },
): boolean {
  const differing = Object.entries(columns).filter(
    ([name, value]) => value !== undefined && before[name as keyof ContactPointRow] !== value,
  );
  if (differing.length === 0) return false;
  const { id, debtorId, ...was } = before;
  db.insert('contactPointVersion', {
    id: context.newId(),
    contactPointId: id,
    debtorId,
    at: context.now,
    personId: why.personId,
    reason: why.reason ?? null,
    beforeJson: JSON.stringify(was),
  });
  db.update('contactPoint', id, Object.fromEntries(differing));
  return true;
}

/**
 * Rows of the same value that a merge deleted still count for contact rules: the last word about the value is theirs
 * too, else what they say could not be taken back.
 */
export function tellFormerRows(
  db: WriteDb,
  { debtorId, value }: ContactPointRow,
  columns: { status: string } | { hoursJson: string | null },
): void {
  const rows = db.all<{ id: string }>(
    'SELECT id FROM contactPoint WHERE debtorId = ? AND value = ? AND deletedAt IS NOT NULL',
    debtorId,
    value,
  );
  for (const { id } of rows) db.update('contactPoint', id, { ...columns });
}

export interface SetStatus {
  contactPointId: string;
  status: 'active' | 'wrongNumber' | 'dead' | 'retired';
  reason?: string | undefined;
  personId: string | null;
}

/** @throws AppError `contract.not-found` */
export function setContactPointStatus(
  db: WriteDb,
  context: WriteContext,
  input: SetStatus,
): { contactPointId: string; debtorId: string } {
  const before = requireContactPoint(db, input.contactPointId);
  const { debtorId } = before;
  tellFormerRows(db, before, { status: input.status });
  const isBack = input.status === 'active' && before.status !== 'active';
  // one more failure must not take it out of use again at once
  if (isBack) db.update('contactPoint', before.id, { failures: 0, nextTryAt: 0 });
  if (changeContactPoint(db, context, before, { status: input.status }, input)) {
    leaveTrace(db, context, {
      debtorId,
      personId: input.personId,
      contactPointId: before.id,
      what: 'contact-point.status-set',
      name: before.value,
      kind: input.status,
      note: input.reason,
    });
  }
  return { contactPointId: before.id, debtorId };
}
