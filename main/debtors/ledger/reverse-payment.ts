import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';
import { leaveTrace } from '../work/leave-trace.ts';
import { keptDebtorId } from '../work/require-debtor.ts';
import { settleAgreements } from '../work/settle-agreements.ts';
import { type NewEntry, writeEntries } from './write-entries.ts';

export interface PaymentReversal {
  paymentId: string;
  personId: string | null;
  reason?: string | null | undefined;
  /**
   * true: an import is undone, and the same line of the same file may be booked again. Otherwise it stays known, so
   * that a statement that is read twice does not bring back what a person took back.
   */
  forgetSource?: boolean;
}

interface PaymentRow {
  id: string;
  debtorId: string;
  amountMinor: number;
  currency: string;
  paidOn: string;
  method: string;
  status: string;
}

type EntryRow = Pick<NewEntry, 'debtId' | 'component' | 'amountMinor'>;

/**
 * Takes a payment back: each of its entries, and the interest that was charged with it, is answered by its opposite, so
 * that every debt has what it had. Promises and plans follow.
 * @throws AppError `contract.not-found`, `payment.already-reversed`
 */
export function reversePayment(
  db: WriteDb,
  context: WriteContext,
  { paymentId, personId, reason, forgetSource }: PaymentReversal,
): { debtorId: string } {
  const payment = db.get<PaymentRow>(
    `SELECT id, debtorId, amountMinor, currency, paidOn, method, status FROM payment
     WHERE id = ? AND deletedAt IS NULL`,
    paymentId,
  );
  if (!payment) throw new AppError('contract.not-found', 'no such payment');
  if (payment.status !== 'booked') {
    throw new AppError('payment.already-reversed', 'this payment was taken back before');
  }
  const entries = db.all<EntryRow>(
    'SELECT debtId, component, amountMinor FROM debtEntry WHERE paymentId = ? ORDER BY id',
    paymentId,
  );
  db.update('payment', paymentId, {
    status: 'reversed',
    unallocatedMinor: 0,
    ...(forgetSource ? { sourceKey: null } : {}),
  });
  const opposites = entries.map(({ debtId, component, amountMinor }) => ({
    debtId,
    component,
    amountMinor: -amountMinor,
    kind: 'reversal' as const,
    paymentId,
    personId,
  }));
  writeEntries(db, context, opposites);
  leaveTrace(db, context, {
    debtorId: payment.debtorId,
    channel: 'payment',
    personId,
    what: 'payment.reversed',
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    on: payment.paidOn,
    kind: payment.method,
    note: reason,
  });
  // of a debtor who was removed since, only the books are set right
  if (keptDebtorId(db, payment.debtorId) !== null) settleAgreements(db, context, payment.debtorId);
  return { debtorId: payment.debtorId };
}
