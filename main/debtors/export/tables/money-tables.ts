import type { ExportColumn, ExportList } from '#shared/contract/index.ts';
import { amount, type Cell, date, instant, text } from '../cell.ts';
import { PAGE_ROWS, pagesByKey, type TableSource } from './table-source.ts';

const FIRST_DATE = '0000-01-01';
const LAST_DATE = '9999-12-31';

interface PaymentRow {
  id: string;
  paidOn: string;
  externalRef: string | null;
  displayName: string | null;
  portfolio: string | null;
  amountMinor: number;
  currency: string;
  method: string;
  reference: string | null;
  payer: string | null;
  source: string;
  status: string;
  unallocatedMinor: number;
  enteredBy: string | null;
  createdAt: number;
}

/** Payments of a period, in the order in which they were entered. */
export function paymentsTable(
  list: Extract<ExportList, { table: 'payments' }>,
): TableSource<PaymentRow> {
  const { portfolioId = null, from = FIRST_DATE, to = LAST_DATE } = list;
  return {
    count: () => null,
    pages: (read) =>
      pagesByKey(
        (after: string | null) =>
          read.all<PaymentRow>(
            `SELECT y.id, y.paidOn, d.externalRef, d.displayName, p.name AS portfolio, y.amountMinor, y.currency,
               y.method, y.reference, y.payer, y.source, y.status, y.unallocatedMinor,
               e.displayName AS enteredBy, y.createdAt
             FROM payment y LEFT JOIN debtor d ON d.id = y.debtorId
               LEFT JOIN portfolio p ON p.id = coalesce(y.portfolioId, d.portfolioId)
               LEFT JOIN person e ON e.id = y.personId
             WHERE y.id > ? AND y.deletedAt IS NULL AND y.paidOn BETWEEN ? AND ?
               AND (? IS NULL OR coalesce(y.portfolioId, d.portfolioId) = ?)
             ORDER BY y.id LIMIT ${PAGE_ROWS}`,
            after ?? '',
            from,
            to,
            portfolioId,
            portfolioId,
          ),
        (row) => row.id,
      ),
    cells: paymentCells,
  };
}

const paymentCells: Readonly<Record<ExportColumn<'payments'>, (row: PaymentRow) => Cell>> = {
  paidOn: (row) => date(row.paidOn),
  externalRef: (row) => text(row.externalRef),
  displayName: (row) => text(row.displayName),
  portfolio: (row) => text(row.portfolio),
  amount: (row) => amount(row.amountMinor, row.currency),
  currency: (row) => text(row.currency),
  method: (row) => text(row.method),
  reference: (row) => text(row.reference),
  payer: (row) => text(row.payer),
  source: (row) => text(row.source),
  status: (row) => text(row.status),
  unallocated: (row) => amount(row.unallocatedMinor, row.currency),
  enteredBy: (row) => text(row.enteredBy),
  createdAt: (row) => instant(row.createdAt),
};

interface PromiseRow {
  id: string;
  dueOn: string;
  externalRef: string | null;
  displayName: string | null;
  portfolio: string | null;
  debtRef: string | null;
  amountMinor: number;
  currency: string;
  status: string;
  enteredBy: string | null;
  createdAt: number;
}

/** Promises that are due in a period, in the order in which they were made. */
export function promisesTable(
  list: Extract<ExportList, { table: 'promises' }>,
): TableSource<PromiseRow> {
  const { portfolioId = null, from = FIRST_DATE, to = LAST_DATE, statuses } = list;
  const wanted = statuses === undefined ? null : JSON.stringify(statuses);
  return {
    count: () => null,
    pages: (read) =>
      pagesByKey(
        (after: string | null) =>
          read.all<PromiseRow>(
            `SELECT y.id, y.dueOn, d.externalRef, d.displayName, p.name AS portfolio, b.externalRef AS debtRef,
               y.amountMinor, y.currency, y.status, e.displayName AS enteredBy, y.createdAt
             FROM promiseToPay y LEFT JOIN debtor d ON d.id = y.debtorId
               LEFT JOIN portfolio p ON p.id = d.portfolioId LEFT JOIN debt b ON b.id = y.debtId
               LEFT JOIN person e ON e.id = y.personId
             WHERE y.id > ? AND y.deletedAt IS NULL AND y.dueOn BETWEEN ? AND ?
               AND (? IS NULL OR d.portfolioId = ?)
               AND (? IS NULL OR y.status IN (SELECT value FROM json_each(?)))
             ORDER BY y.id LIMIT ${PAGE_ROWS}`,
            after ?? '',
            from,
            to,
            portfolioId,
            portfolioId,
            wanted,
            wanted ?? '[]',
          ),
        (row) => row.id,
      ),
    cells: promiseCells,
  };
}

const promiseCells: Readonly<Record<ExportColumn<'promises'>, (row: PromiseRow) => Cell>> = {
  dueOn: (row) => date(row.dueOn),
  externalRef: (row) => text(row.externalRef),
  displayName: (row) => text(row.displayName),
  portfolio: (row) => text(row.portfolio),
  debtRef: (row) => text(row.debtRef),
  amount: (row) => amount(row.amountMinor, row.currency),
  currency: (row) => text(row.currency),
  status: (row) => text(row.status),
  enteredBy: (row) => text(row.enteredBy),
  createdAt: (row) => instant(row.createdAt),
};
