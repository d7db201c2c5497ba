import { AppError } from '#shared/errors/index.ts';
import type { ReadDb, WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { leaveTrace } from '../work/leave-trace.ts';
import { requireDebtor } from '../work/require-debtor.ts';
import {
  changeContactPoint,
  requireContactPoint,
  setContactPointStatus,
  tellFormerRows,
} from './contact-point-rows.ts';
import { keepOldValue } from './keep-old-value.ts';

/** A value that was read: E.164 for phones, with the zones of the number. */
export interface ReadValue {
  kind: string;
  value: string;
  timeZones: readonly string[];
}

export interface AddContactPoint extends ReadValue {
  debtorId: string;
  label?: string | undefined;
  hoursJson: string | null;
  speakTo?: string | undefined;
  personId: string | null;
}

export interface CorrectContactPoint {
  contactPointId: string;
  read: ReadValue | null;
  label?: string | null | undefined;
  /** undefined: stays */
  hoursJson?: string | null | undefined;
  speakTo?: string | null | undefined;
  rank?: number | undefined;
  reason?: string | undefined;
  personId: string | null;
}

export const contactPointWrites = {
  'contact-point.add': addContactPoint,
  'contact-point.correct': correctContactPoint,
  'contact-point.set-status': setContactPointStatus,
} satisfies WriteMap;

/** @throws AppError `contact-point.known`, `contract.not-found` */
function addContactPoint(
  db: WriteDb,
  context: WriteContext,
  input: AddContactPoint,
): { contactPointId: string; debtorId: string } {
  const debtor = requireDebtor(db, input.debtorId, context.now);
  assertUnknown(db, debtor.id, input.value, null);
  const contactPointId = context.newId();
  const { kind, value, timeZones, label = null, hoursJson, speakTo = null, personId } = input;
  const last = db.get<{ last: number | null }>(
    'SELECT max("rank") AS last FROM contactPoint WHERE debtorId = ? AND deletedAt IS NULL',
    debtor.id,
  );
  db.insert('contactPoint', {
    id: contactPointId,
    debtorId: debtor.id,
    kind,
    value,
    status: 'active',
    timeZonesJson: JSON.stringify(timeZones),
    rank: (last?.last ?? -1) + 1,
    label,
    hoursJson,
    speakTo,
    source: 'agent',
    createdAt: context.now,
  });
  leaveTrace(db, context, {
    debtorId: debtor.id,
    personId,
    contactPointId,
    what: 'contact-point.added',
    name: value,
    kind,
  });
  return { contactPointId, debtorId: debtor.id };
}

/**
 * A number that was corrected was not the one that was called: it may be used again. What was said about the old one
 * stays with the old one.
 */
function correctContactPoint(
  db: WriteDb,
  context: WriteContext,
  input: CorrectContactPoint,
): { contactPointId: string; debtorId: string } {
  const before = requireContactPoint(db, input.contactPointId);
  const { debtorId } = before;
  const { read } = input;
  const isOther = read !== null && read.value !== before.value;
  if (isOther) {
    assertUnknown(db, debtorId, read.value, before.id);
    keepOldValue(db, context, before);
  } else if (input.hoursJson !== undefined) {
    tellFormerRows(db, before, { hoursJson: input.hoursJson });
  }
  const columns = {
    ...(read === null ? {} : { kind: read.kind, value: read.value }),
    ...(isOther ? { timeZonesJson: JSON.stringify(read.timeZones), status: 'active' } : {}),
    ...given('label', input.label),
    ...given('hoursJson', input.hoursJson),
    ...given('speakTo', input.speakTo),
    ...given('rank', input.rank),
  };
  if (changeContactPoint(db, context, before, columns, input)) {
    if (isOther) forgetTries(db, before.id);
    leaveTrace(db, context, {
      debtorId,
      personId: input.personId,
      contactPointId: before.id,
      what: 'contact-point.corrected',
      name: read?.value ?? before.value,
      note: input.reason,
    });
  }
  return { contactPointId: before.id, debtorId };
}

/** What was seen of calling the old number is not true of the new one. */
function forgetTries(db: WriteDb, contactPointId: string): void {
  db.update('contactPoint', contactPointId, {
    lastTriedAt: null,
    lastResult: null,
    failures: 0,
    tries: 0,
    nextTryAt: 0,
    lineStatus: null,
    lineStatusAt: null,
    reachableSince: null,
  });
  const tallies = db.all<{ id: string }>(
    'SELECT id FROM answerTally WHERE contactPointId = ?',
    contactPointId,
  );
  for (const { id } of tallies) db.update('answerTally', id, { tries: 0, answers: 0 });
}

function given(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}

function assertUnknown(db: ReadDb, debtorId: string, value: string, except: string | null): void {
  const known = db.get<{ id: string }>(
    'SELECT id FROM contactPoint WHERE debtorId = ? AND value = ? AND id IS NOT ? AND deletedAt IS NULL',
    debtorId,
    value,
    except,
  );
  if (!known) return;
  throw new AppError('contact-point.known', 'this debtor has it already', {
    details: { contactPointId: known.id },
  });
}
