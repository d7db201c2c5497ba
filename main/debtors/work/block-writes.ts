import { type ParsedInput, weekdays } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { isKnownZone } from '../../contact-rules/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { assertOwnContactPoint } from './assert-own.ts';
import { leaveTrace } from './leave-trace.ts';
import { requireDebtor, requireRow } from './require-debtor.ts';

/** Times and places that the debtor called inconvenient. */
export const blockWrites = {
  'contact.add-block': addBlock,
  'contact.lift-block': liftBlock,
} satisfies WriteMap;

type AddBlock = Unbranded<ParsedInput<'contact.add-block'>> & { personId: string | null };

/** @throws AppError `contact.bad-block`, `callback.unknown-zone`, `contract.not-found` */
function addBlock(
  db: WriteDb,
  context: WriteContext,
  input: AddBlock,
): { personalBlockId: string; debtorId: string } {
  const debtor = requireDebtor(db, input.debtorId, context.now);
  const { contactPointId = null, from, to, timeZone = null, channels, note, personId } = input;
  if (to <= from) {
    throw new AppError('contact.bad-block', 'it ends after it begins; two across midnight');
  }
  if (timeZone !== null && !isKnownZone(timeZone)) {
    throw new AppError('callback.unknown-zone', 'no such time zone');
  }
  if (contactPointId !== null) assertOwnContactPoint(db, debtor.id, contactPointId);
  const days = weekdays.filter((day) => input.days.includes(day));
  const personalBlockId = context.newId();
  db.insert('personalBlock', {
    id: personalBlockId,
    debtorId: debtor.id,
    contactPointId,
    daysJson: JSON.stringify(days),
    fromTime: from,
    toTime: to,
    timeZone,
    channelsJson: channels === undefined ? null : JSON.stringify([...new Set(channels)]),
    note: note || null,
    personId,
    createdAt: context.now,
  });
  leaveTrace(db, context, {
    debtorId: debtor.id,
    personId,
    contactPointId,
    what: 'block.added',
    ...told(days, from, to),
    note,
  });
  return { personalBlockId, debtorId: debtor.id };
}

interface BlockRow {
  id: string;
  debtorId: string;
  contactPointId: string | null;
  daysJson: string;
  fromTime: string;
  toTime: string;
  liftedAt: number | null;
}

/** @throws AppError `work.already-ended`, `contract.not-found` */
function liftBlock(
  db: WriteDb,
  context: WriteContext,
  input: { personalBlockId: string; personId: string | null },
): { debtorId: string } {
  const block = requireRow<BlockRow>(
    db,
    `SELECT id, debtorId, contactPointId, daysJson, fromTime, toTime, liftedAt
     FROM personalBlock WHERE id = ? AND deletedAt IS NULL`,
    input.personalBlockId,
  );
  if (block.liftedAt !== null) throw new AppError('work.already-ended', 'it was lifted');
  const { debtorId, contactPointId, daysJson, fromTime, toTime } = block;
  db.update('personalBlock', block.id, { liftedAt: context.now });
  leaveTrace(db, context, {
    debtorId,
    personId: input.personId,
    contactPointId,
    what: 'block.lifted',
    ...told(JSON.parse(daysJson) as string[], fromTime, toTime),
  });
  return { debtorId };
}

/** The hours as a name, the days as words of a closed list with commas between. */
function told(days: readonly string[], from: string, to: string): { name: string; kind: string } {
  return { name: `${from}–${to}`, kind: days.join(',') };
}
