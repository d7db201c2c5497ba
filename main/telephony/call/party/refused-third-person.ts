import { leaveTrace } from '../../../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../../../store/types.ts';
import type { PartyCall } from './party-writes.ts';

const KIND = 'refusedThirdPerson';

/**
 * Somebody who is not the debtor does not want to be called: the first refusal ends it (contact rules CN-04). The hold is
 * about their number alone; a number that is on no record goes to a list of numbers that are nobody's to call.
 */
export function refuseThirdPerson(
  db: WriteDb,
  context: WriteContext,
  { debtorId, contactPointId, number }: PartyCall,
  personId: string,
): void {
  if (debtorId !== null && contactPointId !== null)
    holdNumber(db, context, { debtorId, contactPointId, personId });
  else if (number !== null) listNumber(db, context, number);
}

function holdNumber(
  db: WriteDb,
  context: WriteContext,
  hold: { debtorId: string; contactPointId: string; personId: string },
): void {
  const { debtorId, contactPointId, personId } = hold;
  const known = db.get(
    `SELECT 1 FROM hold WHERE debtorId = ? AND contactPointId = ? AND kind = ? AND liftedAt IS NULL
       AND deletedAt IS NULL AND ("until" IS NULL OR "until" > ?) LIMIT 1`,
    debtorId,
    contactPointId,
    KIND,
    context.now,
  );
  if (known !== undefined) return;
  db.insert('hold', {
    id: context.newId(),
    debtorId,
    kind: KIND,
    contactPointId,
    since: context.now,
    personId,
  });
  leaveTrace(db, context, { debtorId, contactPointId, personId, what: 'flag.set', kind: KIND });
}

function listNumber(db: WriteDb, context: WriteContext, number: string): void {
  const known = db.get(
    'SELECT 1 FROM doNotCall WHERE number = ? AND deletedAt IS NULL LIMIT 1',
    number,
  );
  if (known === undefined)
    db.insert('doNotCall', { id: context.newId(), list: KIND, number, createdAt: context.now });
}
