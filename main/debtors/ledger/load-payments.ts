import type { Payment } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';

export type PaymentView = Unbranded<Payment>;
type Row = Omit<PaymentView, 'allocation'>;

const COLUMNS = `y.id AS paymentId, y.debtorId, y.amountMinor, y.currency, y.paidOn, y.method, y.reference, y.payer,
  y.source, y.status, y.unallocatedMinor, y.interactionId, p.displayName AS agentName, y.createdAt`;

/** Of one debtor, newest first. */
export function loadPaymentsOf(read: ReadDb, debtorId: string, limit: number): PaymentView[] {
  const rows = read.all<Row>(
    `SELECT ${COLUMNS} FROM payment y LEFT JOIN person p ON p.id = y.personId
     WHERE y.debtorId = ? AND y.deletedAt IS NULL ORDER BY y.paidOn DESC, y.id DESC LIMIT ?`,
    debtorId,
    limit,
  );
  return withAllocation(read, rows);
}

export function loadPayment(read: ReadDb, paymentId: string): PaymentView | null {
  const row = read.get<Row>(
    `SELECT ${COLUMNS} FROM payment y LEFT JOIN person p ON p.id = y.personId
     WHERE y.id = ? AND y.deletedAt IS NULL`,
    paymentId,
  );
  return row ? (withAllocation(read, [row])[0] ?? null) : null;
}

export interface PaymentQuery {
  debtorId?: string | undefined;
  portfolioId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  status?: 'booked' | 'reversed' | undefined;
  unallocated?: boolean | undefined;
  before?: string | undefined;
  limit: number;
}

/** Newest first, by the day on which they were paid. */
export function listPayments(
  read: ReadDb,
  query: PaymentQuery,
): { payments: (PaymentView & { displayName: string })[]; more: boolean } {
  const where = ['y.deletedAt IS NULL'];
  const params: unknown[] = [];
  const add = (condition: string, ...values: unknown[]) => {
    where.push(condition);
    params.push(...values);
  };
  if (query.debtorId !== undefined) add('y.debtorId = ?', query.debtorId);
  if (query.portfolioId !== undefined) add('y.portfolioId = ?', query.portfolioId);
  if (query.from !== undefined) add('y.paidOn >= ?', query.from);
  if (query.to !== undefined) add('y.paidOn <= ?', query.to);
  if (query.status !== undefined) add('y.status = ?', query.status);
  if (query.unallocated === true) add('y.unallocatedMinor > 0');
  if (query.before !== undefined) {
    add('(y.paidOn, y.id) < (SELECT z.paidOn, z.id FROM payment z WHERE z.id = ?)', query.before);
  }
  const rows = read.all<Row & { displayName: string }>(
    `SELECT ${COLUMNS}, d.displayName FROM payment y JOIN debtor d ON d.id = y.debtorId
     LEFT JOIN person p ON p.id = y.personId
     WHERE ${where.join(' AND ')} ORDER BY y.paidOn DESC, y.id DESC LIMIT ?`,
    ...params,
    query.limit + 1,
  );
  const more = rows.length > query.limit;
  return { payments: withAllocation(read, rows.slice(0, query.limit)), more };
}

interface PartRow {
  paymentId: string;
  debtId: string;
  externalRef: string;
  component: PaymentView['allocation'][number]['component'];
  amountMinor: number;
}

/** What each payment covered; of one that was taken back, what it had covered. */
function withAllocation<Head extends Row>(
  read: ReadDb,
  rows: readonly Head[],
): (Head & PaymentView)[] {
  const parts = read.all<PartRow>(
    `SELECT e.paymentId, e.debtId, b.externalRef, e.component, -e.amountMinor AS amountMinor
     FROM debtEntry e JOIN debt b ON b.id = e.debtId
     WHERE e.paymentId IN (SELECT value FROM json_each(?)) AND e.kind = 'payment' ORDER BY e.id`,
    JSON.stringify(rows.map((row) => row.paymentId)),
  );
  const byPayment = new Map<string, PaymentView['allocation']>();
  for (const { paymentId, ...part } of parts) {
    const known = byPayment.get(paymentId);
    if (known) known.push(part);
    else byPayment.set(paymentId, [part]);
  }
  return rows.map((row) => ({ ...row, allocation: byPayment.get(row.paymentId) ?? [] }));
}
