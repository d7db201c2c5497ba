import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { leaveTrace } from './leave-trace.ts';
import { followCallbacks } from './list-entries.ts';
import { requireDebtor, requireRow } from './require-debtor.ts';
import { instantOf, isTimeZone } from './zoned-time.ts';

export interface SetCallback {
  debtorId: string;
  on: string;
  time: string;
  timeZone?: string | undefined;
  contactPointId?: string | undefined;
  /** whose it is; null: whoever is there */
  ownerId: string | null;
  note?: string | undefined;
  /** who sets it */
  personId: string | null;
}

export const callbackWrites = {
  'callback.set': setCallback,
  'callback.cancel': cancelCallback,
} satisfies WriteMap;

/** @throws AppError `callback.past`, `callback.unknown-zone`, `contract.not-found` */
function setCallback(
  db: WriteDb,
  context: WriteContext,
  input: SetCallback,
): { callbackId: string; debtorId: string } {
  const debtor = requireDebtor(db, input.debtorId, context.now);
  const zone = input.timeZone ?? debtor.timeZones[0] ?? 'UTC';
  if (!isTimeZone(zone)) throw new AppError('callback.unknown-zone', 'no such time zone');
  const at = instantOf(input.on, input.time, zone);
  if (!(at > context.now)) throw new AppError('callback.past', 'this time has passed');
  const { contactPointId = null } = input;
  if (contactPointId !== null) assertOwn(db, debtor.id, contactPointId);
  const interactionId = leaveTrace(db, context, {
    debtorId: debtor.id,
    personId: input.personId,
    contactPointId,
    what: 'callback.set',
    at,
    note: input.note,
  });
  const callbackId = context.newId();
  db.insert('callback', {
    id: callbackId,
    debtorId: debtor.id,
    contactPointId,
    personId: input.ownerId,
    at,
    status: 'open',
    interactionId,
    createdAt: context.now,
  });
  followCallbacks(db, context, debtor.id);
  return { callbackId, debtorId: debtor.id };
}

/** An agreed call may come a little early. */
const EARLY_MS = 15 * 60_000;

/** The call that was agreed has happened: callbacks that are due are done. */
export function endDueCallbacks(db: WriteDb, context: WriteContext, debtorId: string): void {
  const due = db.all<{ id: string }>(
    "SELECT id FROM callback WHERE debtorId = ? AND status = 'open' AND at <= ? AND deletedAt IS NULL",
    debtorId,
    context.now + EARLY_MS,
  );
  for (const { id } of due) db.update('callback', id, { status: 'done' });
  if (due.length > 0) followCallbacks(db, context, debtorId);
}

function assertOwn(db: WriteDb, debtorId: string, contactPointId: string): void {
  const row = db.get(
    'SELECT 1 FROM contactPoint WHERE id = ? AND debtorId = ? AND deletedAt IS NULL',
    contactPointId,
    debtorId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such contact point of this debtor');
}

interface CallbackRow {
  id: string;
  debtorId: string;
  at: number;
  status: string;
}

/** @throws AppError `work.already-ended`, `contract.not-found` */
function cancelCallback(
  db: WriteDb,
  context: WriteContext,
  input: { callbackId: string; done: boolean; personId: string | null },
): { debtorId: string } {
  const callback = requireRow<CallbackRow>(
    db,
    'SELECT id, debtorId, at, status FROM callback WHERE id = ? AND deletedAt IS NULL',
    input.callbackId,
  );
  if (callback.status !== 'open') throw new AppError('work.already-ended', 'it is not open');
  db.update('callback', callback.id, { status: input.done ? 'done' : 'cancelled' });
  followCallbacks(db, context, callback.debtorId);
  if (!input.done) {
    const { debtorId, at } = callback;
    leaveTrace(db, context, { debtorId, personId: input.personId, what: 'callback.cancelled', at });
  }
  return { debtorId: callback.debtorId };
}
