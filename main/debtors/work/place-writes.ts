import type { ParsedInput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { isKnownZone } from '../../contact-rules/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { requireContactPoint } from '../contact-points/contact-point-rows.ts';
import { addDays } from '../ledger/calendar-date.ts';
import { leaveTrace } from './leave-trace.ts';
import { requireDebtor, requireRow } from './require-debtor.ts';
import { zoneMidnight } from './zoned-time.ts';

/** Where the debtor says to be, and what a number does not say about it. */
export const placeWrites = {
  'contact.state-place': statePlace,
  'contact.end-place': endPlace,
  'contact.set-zone-doubt': setZoneDoubt,
} satisfies WriteMap;

type StatePlace = Unbranded<ParsedInput<'contact.state-place'>> & { personId: string | null };

/**
 * A debtor is in one place: the one stated before ends.
 * @throws AppError `callback.unknown-zone`, `contact.date-past`, `contract.not-found`
 */
function statePlace(
  db: WriteDb,
  context: WriteContext,
  input: StatePlace,
): { statedPlaceId: string; debtorId: string } {
  const debtor = requireDebtor(db, input.debtorId, context.now);
  const timeZones = [...new Set(input.timeZones)];
  if (!timeZones.every(isKnownZone)) {
    throw new AppError('callback.unknown-zone', 'no such time zone');
  }
  const until = input.until === undefined ? null : endOfDay(input.until, timeZones);
  if (until !== null && until <= context.now) {
    throw new AppError('contact.date-past', 'this day has passed there');
  }
  for (const { id } of openPlaces(db, debtor.id)) {
    db.update('statedPlace', id, { endedAt: context.now });
  }
  const statedPlaceId = context.newId();
  const label = input.label || null;
  db.insert('statedPlace', {
    id: statedPlaceId,
    debtorId: debtor.id,
    timeZonesJson: JSON.stringify(timeZones),
    label,
    since: context.now,
    until,
    personId: input.personId,
    createdAt: context.now,
  });
  leaveTrace(db, context, {
    debtorId: debtor.id,
    personId: input.personId,
    what: 'place.stated',
    name: label ?? timeZones.join(', '),
    ...(input.until === undefined ? {} : { on: input.until }),
  });
  return { statedPlaceId, debtorId: debtor.id };
}

/** The first instant at which the day is over in every zone of the place. */
function endOfDay(date: string, zones: readonly string[]): number {
  return Math.max(...zones.map((zone) => zoneMidnight(addDays(date, 1), zone)));
}

function openPlaces(db: WriteDb, debtorId: string): { id: string }[] {
  return db.all(
    'SELECT id FROM statedPlace WHERE debtorId = ? AND endedAt IS NULL AND deletedAt IS NULL',
    debtorId,
  );
}

interface PlaceRow {
  id: string;
  debtorId: string;
  timeZonesJson: string;
  label: string | null;
  endedAt: number | null;
}

/** @throws AppError `work.already-ended`, `contract.not-found` */
function endPlace(
  db: WriteDb,
  context: WriteContext,
  input: { statedPlaceId: string; personId: string | null },
): { debtorId: string } {
  const { id, debtorId, timeZonesJson, label, endedAt } = requireRow<PlaceRow>(
    db,
    `SELECT id, debtorId, timeZonesJson, label, endedAt FROM statedPlace
     WHERE id = ? AND deletedAt IS NULL`,
    input.statedPlaceId,
  );
  if (endedAt !== null) throw new AppError('work.already-ended', 'it has ended');
  db.update('statedPlace', id, { endedAt: context.now });
  leaveTrace(db, context, {
    debtorId,
    personId: input.personId,
    what: 'place.ended',
    name: label ?? (JSON.parse(timeZonesJson) as string[]).join(', '),
  });
  return { debtorId };
}

/** Nothing is written when it is so already. @throws AppError `contract.not-found` */
function setZoneDoubt(
  db: WriteDb,
  context: WriteContext,
  input: { contactPointId: string; doubt: boolean; personId: string | null },
): { debtorId: string } {
  const { id, debtorId, value } = requireContactPoint(db, input.contactPointId);
  const { doubt, personId } = input;
  const isSo = db.get('SELECT 1 FROM contactPoint WHERE id = ? AND zoneDoubt = ?', id, +doubt);
  if (isSo) return { debtorId };
  db.update('contactPoint', id, { zoneDoubt: doubt });
  const what = doubt ? 'zone-doubt.set' : 'zone-doubt.lifted';
  leaveTrace(db, context, { debtorId, personId, contactPointId: id, what, name: value });
  return { debtorId };
}
