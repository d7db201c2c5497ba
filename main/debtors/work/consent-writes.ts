import type { ParsedInput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { leaveTrace } from './leave-trace.ts';
import { requireDebtor, requireRow } from './require-debtor.ts';

export const consentWrites = {
  'consent.record': recordConsent,
  'consent.withdraw': withdrawConsent,
} satisfies WriteMap;

type RecordConsent = Unbranded<ParsedInput<'consent.record'>> & { personId: string | null };

/** @throws AppError `consent.date-ahead`, `contract.not-found` */
function recordConsent(
  db: WriteDb,
  context: WriteContext,
  input: RecordConsent,
): { consentId: string; debtorId: string } {
  const debtor = requireDebtor(db, input.debtorId, context.now);
  const { kind, channel = null, contactPointId = null, source, note, personId } = input;
  const givenAt = input.givenAt ?? context.now;
  if (givenAt > context.now) throw new AppError('consent.date-ahead', 'this has not happened yet');
  const consentId = context.newId();
  db.insert('consent', {
    id: consentId,
    debtorId: debtor.id,
    contactPointId,
    channel,
    kind,
    givenAt,
    source,
    note: note ?? null,
    personId,
    createdAt: context.now,
  });
  leaveTrace(db, context, {
    debtorId: debtor.id,
    personId,
    contactPointId,
    what: 'consent.recorded',
    kind,
    at: givenAt,
    name: source,
    note,
  });
  return { consentId, debtorId: debtor.id };
}

interface ConsentRow {
  debtorId: string;
  contactPointId: string | null;
  kind: string;
  withdrawnAt: number | null;
}

/** Withdrawing is as easy as giving (GDPR art. 7 (3)). */
function withdrawConsent(
  db: WriteDb,
  context: WriteContext,
  input: { consentId: string; personId: string | null },
): { debtorId: string } {
  const consent = requireRow<ConsentRow>(
    db,
    'SELECT debtorId, contactPointId, kind, withdrawnAt FROM consent WHERE id = ? AND deletedAt IS NULL',
    input.consentId,
  );
  if (consent.withdrawnAt !== null) throw new AppError('work.already-ended', 'it was withdrawn');
  db.update('consent', input.consentId, { withdrawnAt: context.now });
  const { debtorId, contactPointId, kind } = consent;
  const { personId } = input;
  leaveTrace(db, context, { debtorId, contactPointId, personId, what: 'consent.withdrawn', kind });
  return { debtorId };
}
