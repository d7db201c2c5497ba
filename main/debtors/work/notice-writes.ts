import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { localDate } from '../local-date.ts';
import { assertOwnDebt } from './assert-own.ts';
import { leaveTrace } from './leave-trace.ts';
import { requireDebtor, requireRow } from './require-debtor.ts';
import { zoneMidnight } from './zoned-time.ts';

/** A text that went out by another way than from here. */
export interface Notice {
  notice: string;
  /** ISO date */
  sentOn: string;
  /** who sent it, and how */
  source: string;
}

export const noticeWrites = {
  'contact.record-notice': recordNotice,
  'contact.remove-notice': removeNotice,
} satisfies WriteMap;

/** where a day begins first on Earth */
const EARLIEST_ZONE = 'Pacific/Kiritimati';

/**
 * A day that has begun nowhere yet is ahead; one that has begun where the firm is, and not yet where the debtor lives, is not.
 * @throws AppError `contact.date-ahead`
 */
export function assertNotAhead(date: string, now: number): void {
  if (date <= localDate(now, EARLIEST_ZONE)) return;
  throw new AppError('contact.date-ahead', 'this day is still to come');
}

interface RecordNotice extends Notice {
  debtorId: string;
  debtId?: string | undefined;
  personId: string | null;
}

/** @throws AppError `contact.date-ahead`, `contract.not-found` */
function recordNotice(
  db: WriteDb,
  context: WriteContext,
  input: RecordNotice,
): { noticeSentId: string; debtorId: string } {
  assertNotAhead(input.sentOn, context.now);
  const debtor = requireDebtor(db, input.debtorId, context.now);
  const { debtId = null, personId } = input;
  if (debtId !== null) assertOwnDebt(db, debtor.id, debtId);
  const zone = debtor.timeZones[0] ?? 'UTC';
  const at = sentAt(input.sentOn, zone, context.now);
  const of = { debtorId: debtor.id, debtId, personId, at };
  return { noticeSentId: insertNotice(db, context, input, of), debtorId: debtor.id };
}

/** The beginning of the day where the debtor lives; never ahead of now. */
export function sentAt(sentOn: string, zone: string, now: number): number {
  return Math.min(zoneMidnight(sentOn, zone), now);
}

/** The row and its line in the history. @returns the id */
export function insertNotice(
  db: WriteDb,
  context: WriteContext,
  { notice, sentOn, source }: Notice,
  of: { debtorId: string; debtId: string | null; personId: string | null; at: number },
): string {
  const { debtorId, debtId, personId, at } = of;
  const id = context.newId();
  const createdAt = context.now;
  db.insert('noticeSent', {
    ...{ id, debtorId, debtId, notice, sentAt: at, source, personId, createdAt },
  });
  leaveTrace(db, context, {
    ...{ debtorId, debtId, personId, what: 'notice.recorded' },
    ...{ kind: notice, on: sentOn, name: source },
  });
  return id;
}

interface NoticeRow {
  id: string;
  debtorId: string;
  debtId: string | null;
  notice: string;
  source: string;
}

/** It was a mistake. @throws AppError `contract.not-found` */
function removeNotice(
  db: WriteDb,
  context: WriteContext,
  input: { noticeSentId: string; personId: string | null },
): { debtorId: string } {
  const { id, debtorId, debtId, notice, source } = requireRow<NoticeRow>(
    db,
    'SELECT id, debtorId, debtId, notice, source FROM noticeSent WHERE id = ? AND deletedAt IS NULL',
    input.noticeSentId,
  );
  db.remove('noticeSent', id);
  leaveTrace(db, context, {
    ...{ debtorId, debtId, personId: input.personId, what: 'notice.removed' },
    ...{ kind: notice, name: source },
  });
  return { debtorId };
}
