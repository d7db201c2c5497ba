import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { accruedInterest, loadLedgerDebts } from '../ledger/ledger-debts.ts';
import { leaveTrace } from '../work/leave-trace.ts';
import { leaveLists } from '../work/list-entries.ts';
import { requireDebtor, requireRow } from '../work/require-debtor.ts';
import { settleAgreements } from '../work/settle-agreements.ts';
import { allocationOrderOf, readFirmRates } from '../work/work-settings.ts';

export interface NewPromise {
  debtorId: string;
  debtId: string | null;
  /** the interaction in which it was given: a call */
  interactionId: string | null;
  amountMinor: number;
  currency: string;
  dueOn: string;
  personId: string | null;
}

/**
 * The one place that adds a promise, of a call's outcome or by hand.
 * @returns its id
 */
export function insertPromise(db: WriteDb, context: WriteContext, promise: NewPromise): string {
  const id = context.newId();
  db.insert('promiseToPay', { id, ...promise, status: 'open', createdAt: context.now });
  return id;
}

export interface MakePromise extends Omit<NewPromise, 'interactionId'> {
  note?: string | undefined;
}

export const promiseWrites = {
  'promise.make': makePromise,
  'promise.withdraw': withdrawPromise,
} satisfies WriteMap;

/** @throws AppError `promise.date-past`, `promise.more-than-debt`, `promise.other-currency`, `contract.not-found` */
function makePromise(
  db: WriteDb,
  context: WriteContext,
  { note, ...input }: MakePromise,
): { promiseToPayId: string; debtorId: string } {
  const debtor = requireDebtor(db, input.debtorId, context.now);
  if (input.dueOn < debtor.today) {
    throw new AppError('promise.date-past', 'a promise is for today or later');
  }
  assertOwed(db, debtor.id, input);
  const { debtId, amountMinor, currency, dueOn, personId } = input;
  const interactionId = leaveTrace(db, context, {
    debtorId: debtor.id,
    personId,
    debtId,
    what: 'promise.made',
    amountMinor,
    currency,
    on: dueOn,
    note,
  });
  const promiseToPayId = insertPromise(db, context, {
    ...input,
    debtorId: debtor.id,
    interactionId,
  });
  leaveLists(db, context, debtor.id, 'promise');
  return { promiseToPayId, debtorId: debtor.id };
}

/** More than is owed on that day, with the interest that will have run, is a slip of the hand. */
function assertOwed(db: WriteDb, debtorId: string, input: MakePromise): void {
  const open = loadLedgerDebts(db, debtorId, allocationOrderOf(db)).filter(
    (debt) => debt.status === 'open',
  );
  const named = open.filter((debt) => input.debtId === null || debt.id === input.debtId);
  if (named.length === 0) throw new AppError('contract.not-found', 'no such open debt');
  const ofCurrency = named.filter((debt) => debt.currency === input.currency);
  if (ofCurrency.length === 0) {
    throw new AppError('promise.other-currency', 'nothing is owed in this currency');
  }
  const firm = readFirmRates(db);
  const owed = ofCurrency.map((debt) => {
    const { accruedMinor } = accruedInterest(debt, input.dueOn, firm);
    // where interest cannot be counted, nobody can say that it is too much
    return accruedMinor === null ? Number.POSITIVE_INFINITY : debt.balanceMinor + accruedMinor;
  });
  if (input.amountMinor > owed.reduce((sum, each) => sum + each, 0)) {
    throw new AppError('promise.more-than-debt', 'more than is owed');
  }
}

interface PromiseRow {
  id: string;
  debtorId: string;
  debtId: string | null;
  amountMinor: number;
  currency: string;
  dueOn: string;
  status: string;
}

/** @throws AppError `contract.not-found`, `work.already-ended` */
function withdrawPromise(
  db: WriteDb,
  context: WriteContext,
  input: { promiseToPayId: string; reason?: string | undefined; personId: string | null },
): { debtorId: string } {
  const promise = requireRow<PromiseRow>(
    db,
    `SELECT id, debtorId, debtId, amountMinor, currency, dueOn, status FROM promiseToPay
     WHERE id = ? AND deletedAt IS NULL`,
    input.promiseToPayId,
  );
  if (promise.status !== 'open') {
    throw new AppError('work.already-ended', 'this promise is not open any more');
  }
  db.update('promiseToPay', promise.id, { status: 'withdrawn' });
  const { debtorId, debtId, amountMinor, currency, dueOn } = promise;
  leaveTrace(db, context, {
    debtorId,
    personId: input.personId,
    debtId,
    what: 'promise.withdrawn',
    amountMinor,
    currency,
    on: dueOn,
    note: input.reason,
  });
  settleAgreements(db, context, debtorId);
  return { debtorId };
}
