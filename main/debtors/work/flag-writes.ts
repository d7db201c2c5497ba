import type { ParsedInput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { setContactPointStatus } from '../contact-points/contact-point-rows.ts';
import { addDays } from '../ledger/calendar-date.ts';
import { shownFlag, storedFlag } from './flag-kinds.ts';
import { holdTwins, withTwins } from './flag-twins.ts';
import { leaveTrace } from './leave-trace.ts';
import { requireDebtor, requireRow } from './require-debtor.ts';
import { zoneMidnight } from './zoned-time.ts';

export const flagWrites = {
  'flag.set': setFlag,
  'flag.lift': liftFlag,
  'flag.explain': explainFlag,
} satisfies WriteMap;

type SetFlag = Unbranded<ParsedInput<'flag.set'>> & { personId: string | null };

/** @throws AppError `flag.incomplete`, `flag.set-already`, `contact.date-past`, `contract.not-found` */
function setFlag(
  db: WriteDb,
  context: WriteContext,
  input: SetFlag,
): { holdId: string; debtorId: string } {
  const debtor = requireDebtor(db, input.debtorId, context.now);
  const { medium = null, debtId = null, contactPointId = null, personId, reason } = input;
  const kind = storedFlag(input.kind);
  assertComplete(input);
  assertOwn(db, debtor.id, { debtId, contactPointId });
  const until = endOf(input.until, debtor.timeZones[0] ?? 'UTC');
  // a hold that is over before it begins would be lost in silence
  if (until !== null && until <= context.now) {
    throw new AppError('contact.date-past', 'this day has passed there');
  }
  const known = db.get(
    `SELECT 1 FROM hold WHERE debtorId = ? AND kind = ? AND medium IS ? AND debtId IS ? AND contactPointId IS ?
       AND liftedAt IS NULL AND deletedAt IS NULL AND ("until" IS NULL OR "until" > ?)`,
    debtor.id,
    kind,
    medium,
    debtId,
    contactPointId,
    context.now,
  );
  if (known) throw new AppError('flag.set-already', 'this flag is set');
  const holdId = context.newId();
  const held = {
    debtorId: debtor.id,
    kind,
    medium,
    contactPointId,
    debtId,
    since: context.now,
    until,
    reason: reason ?? null,
    personId,
  };
  db.insert('hold', { id: holdId, ...held });
  holdTwins(db, context, held);
  if (kind === 'wrongNumber' && contactPointId !== null) {
    setContactPointStatus(db, context, {
      contactPointId,
      status: 'wrongNumber',
      reason,
      personId,
    });
  }
  leaveTrace(db, context, {
    debtorId: debtor.id,
    personId,
    debtId,
    contactPointId,
    what: 'flag.set',
    kind: input.kind,
    note: reason,
    ...(input.until === undefined ? {} : { on: input.until }),
  });
  return { holdId, debtorId: debtor.id };
}

/** The instant at which the last day is over; null: until lifted. */
function endOf(date: string | undefined, zone: string): number | null {
  return date === undefined ? null : zoneMidnight(addDays(date, 1), zone);
}

function assertComplete(input: SetFlag): void {
  const misses =
    (input.kind === 'wrongNumber' && input.contactPointId === undefined) ||
    (input.kind === 'mediumOptOut' && input.medium === undefined);
  if (misses) throw new AppError('flag.incomplete', 'this flag says of what it is');
}

function assertOwn(
  db: WriteDb,
  debtorId: string,
  { debtId, contactPointId }: { debtId: string | null; contactPointId: string | null },
): void {
  const ownsDebt =
    debtId === null ||
    db.get('SELECT 1 FROM debt WHERE id = ? AND debtorId = ?', debtId, debtorId) !== undefined;
  const ownsPoint =
    contactPointId === null ||
    db.get('SELECT 1 FROM contactPoint WHERE id = ? AND debtorId = ?', contactPointId, debtorId) !==
      undefined;
  if (!ownsDebt || !ownsPoint) throw new AppError('contract.not-found', 'not of this debtor');
}

interface HoldRow {
  debtorId: string;
  kind: string;
  debtId: string | null;
  contactPointId: string | null;
  liftedAt: number | null;
}

/** The status of a number stays: `contact-point.set-status` changes it. */
function liftFlag(
  db: WriteDb,
  context: WriteContext,
  input: { holdId: string; reason?: string | undefined; personId: string | null },
): { debtorId: string } {
  const hold = requireRow<HoldRow>(
    db,
    'SELECT debtorId, kind, debtId, contactPointId, liftedAt FROM hold WHERE id = ? AND deletedAt IS NULL',
    input.holdId,
  );
  if (hold.liftedAt !== null) throw new AppError('work.already-ended', 'this flag was lifted');
  for (const id of withTwins(db, input.holdId)) db.update('hold', id, { liftedAt: context.now });
  const { debtorId, debtId, contactPointId } = hold;
  leaveTrace(db, context, {
    debtorId,
    debtId,
    contactPointId,
    personId: input.personId,
    what: 'flag.lifted',
    kind: shownFlag(hold.kind),
    note: input.reason,
  });
  return { debtorId };
}

/** A flag is set by two keys in a call; the words come when there is time for them. */
function explainFlag(
  db: WriteDb,
  context: WriteContext,
  input: { holdId: string; reason: string; personId: string | null },
): { debtorId: string } {
  const hold = requireRow<HoldRow>(
    db,
    'SELECT debtorId, kind, debtId, contactPointId, liftedAt FROM hold WHERE id = ? AND deletedAt IS NULL',
    input.holdId,
  );
  if (hold.liftedAt !== null) throw new AppError('work.already-ended', 'this flag was lifted');
  for (const id of withTwins(db, input.holdId)) db.update('hold', id, { reason: input.reason });
  const { debtorId, debtId, contactPointId } = hold;
  leaveTrace(db, context, {
    debtorId,
    debtId,
    contactPointId,
    personId: input.personId,
    what: 'flag.explained',
    kind: shownFlag(hold.kind),
    note: input.reason,
  });
  return { debtorId };
}
