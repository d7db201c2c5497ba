import { AppError } from '#shared/errors/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/index.ts';
import { leaveTrace } from '../work/leave-trace.ts';
import { requireDebtor, type WorkedDebtor } from '../work/require-debtor.ts';
import { settleAgreements } from '../work/settle-agreements.ts';
import { type PlannedAllocation, planAllocation } from './plan-allocation.ts';
import { writeEntries } from './write-entries.ts';

export interface NewPayment {
  debtorId: string;
  /** these come first, in this order; absent: by the order in force */
  debtIds?: readonly string[] | undefined;
  /** above zero */
  amountMinor: number;
  currency: string;
  paidOn: string;
  method: string;
  source: 'manual' | 'import' | 'bank';
  /** names the payment at its source (a line of a statement): a second one of the same name is not booked */
  sourceKey?: string | null | undefined;
  reference?: string | null | undefined;
  payer?: string | null | undefined;
  importJobId?: string | null | undefined;
  personId: string | null;
  note?: string | null | undefined;
}

export interface BookedPayment {
  paymentId: string;
  /** `known`: its `sourceKey` was booked before, nothing was written */
  outcome: 'booked' | 'known';
  interactionId: string | null;
  debtorId: string;
  unallocatedMinor: number;
}

/**
 * Books a payment: allocates it over what is owed, charges the interest that has run on the debts it reaches, brings
 * promises and plans in line, and leaves a line in the history. What exceeds the debts stays with the payment.
 * @throws AppError `contract.not-found`, `payment.no-such-debt`, `payment.bad-amount`
 */
export function bookPayment(
  db: WriteDb,
  context: WriteContext,
  payment: NewPayment,
): BookedPayment {
  if (!Number.isSafeInteger(payment.amountMinor) || payment.amountMinor <= 0) {
    throw new AppError('payment.bad-amount', 'a payment is a whole number above zero');
  }
  const known = findBySource(db, payment.sourceKey);
  if (known) return { ...known, outcome: 'known' };
  const debtor = requireDebtor(db, payment.debtorId, context.now);
  const allocation = planAllocation(db, { ...payment, debtorId: debtor.id });
  const paymentId = context.newId();
  const interactionId = tell(db, context, debtor, payment);
  const { unallocatedMinor } = allocation;
  insertPayment(db, context, debtor, payment, { paymentId, interactionId, unallocatedMinor });
  writeEntries(db, context, entriesOf(allocation, payment, paymentId));
  settleAgreements(db, context, debtor.id);
  return { paymentId, outcome: 'booked', interactionId, debtorId: debtor.id, unallocatedMinor };
}

function findBySource(
  db: ReadDb,
  sourceKey: string | null | undefined,
): Omit<BookedPayment, 'outcome'> | undefined {
  if (sourceKey === null || sourceKey === undefined) return undefined;
  return db.get<Omit<BookedPayment, 'outcome'>>(
    `SELECT id AS paymentId, interactionId, debtorId, unallocatedMinor FROM payment
     WHERE sourceKey = ? AND deletedAt IS NULL LIMIT 1`,
    sourceKey,
  );
}

/** Where one looks for it: at the day on which it was paid. */
function tell(
  db: WriteDb,
  context: WriteContext,
  debtor: WorkedDebtor,
  payment: NewPayment,
): string {
  const { amountMinor, currency, paidOn, method, personId } = payment;
  const isEarlier = paidOn < debtor.today;
  return leaveTrace(db, context, {
    debtorId: debtor.id,
    channel: 'payment',
    direction: 'in',
    personId,
    ...(isEarlier ? { writtenAt: Date.parse(`${paidOn}T12:00:00Z`) } : {}),
    debtId: payment.debtIds?.[0] ?? null,
    what: 'payment.booked',
    amountMinor,
    currency,
    on: paidOn,
    kind: method,
    note: payment.note,
    ...(payment.payer ? { name: payment.payer } : {}),
  });
}

function insertPayment(
  db: WriteDb,
  context: WriteContext,
  debtor: WorkedDebtor,
  payment: NewPayment,
  made: { paymentId: string; interactionId: string; unallocatedMinor: number },
): void {
  db.insert('payment', {
    id: made.paymentId,
    debtorId: debtor.id,
    portfolioId: debtor.portfolioId,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    paidOn: payment.paidOn,
    method: payment.method,
    reference: payment.reference ?? null,
    payer: payment.payer ?? null,
    source: payment.source,
    sourceKey: payment.sourceKey ?? null,
    status: 'booked',
    unallocatedMinor: made.unallocatedMinor,
    interactionId: made.interactionId,
    importJobId: payment.importJobId ?? null,
    personId: payment.personId,
    createdAt: context.now,
  });
}

function entriesOf(allocation: PlannedAllocation, payment: NewPayment, paymentId: string) {
  const common = {
    paymentId,
    importJobId: payment.importJobId ?? null,
    personId: payment.personId,
  };
  return [
    ...allocation.charges.map(({ debtId, amountMinor }) => ({
      ...common,
      debtId,
      amountMinor,
      kind: 'interest' as const,
      component: 'interest' as const,
    })),
    ...allocation.parts.map(({ debtId, component, amountMinor }) => ({
      ...common,
      debtId,
      amountMinor: -amountMinor,
      kind: 'payment' as const,
      component,
    })),
  ];
}
