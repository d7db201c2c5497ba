import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { bookPayment, type NewPayment } from '../ledger/book-payment.ts';
import { type PaymentReversal, reversePayment } from '../ledger/reverse-payment.ts';
import { requireDebtor } from './require-debtor.ts';

export const paymentWrites = {
  'payment.record': recordPayment,
  'payment.reverse': (db: WriteDb, context: WriteContext, input: PaymentReversal) =>
    reversePayment(db, context, input),
} satisfies WriteMap;

/** By hand. @throws AppError `payment.date-ahead` and those of `bookPayment` */
function recordPayment(
  db: WriteDb,
  context: WriteContext,
  input: Omit<NewPayment, 'source' | 'sourceKey' | 'importJobId'>,
): { paymentId: string; debtorId: string } {
  const { today } = requireDebtor(db, input.debtorId, context.now);
  if (input.paidOn > today) throw new AppError('payment.date-ahead', 'this day has not come');
  const { paymentId, debtorId } = bookPayment(db, context, { ...input, source: 'manual' });
  return { paymentId, debtorId };
}
