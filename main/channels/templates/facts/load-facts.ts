import type { MessageField } from '#shared/contract/index.ts';
import { countryOfNumber } from '../../../contact-rules/index.ts';
import type { LetterDebt } from '../../../debtors/documents/letter/letter-data.ts';
import {
  accruedInterest,
  allocationOrderOf,
  loadLedgerDebts,
  localDate,
  readFirmRates,
} from '../../../debtors/index.ts';
import type { ReadDb } from '../../../store/types.ts';

/** What a message can say of a debt, on the day of the message. */
export interface MessageDebt extends LetterDebt {
  debtKind: string;
}

export interface MessagePlan {
  currency: string;
  totalMinor: number;
  count: number;
  /** the next instalment that is not paid, and what is left of it */
  next: { dueOn: string; amountMinor: number } | null;
}

export interface DebtorFacts {
  debtorId: string;
  externalRef: string;
  displayName: string;
  givenName: string | null;
  familyName: string | null;
  language: string;
  jurisdiction: string;
  accountToPay: string | null;
  /** `YYYY-MM-DD`, where the debtor lives */
  today: string;
  /** ISO 3166: the residence first, then those of the numbers */
  places: readonly string[];
  creditors: readonly string[];
  /** something was told to this debtor before, by word or in writing */
  toldBefore: boolean;
  debtRows: readonly DebtRow[];
}

interface DebtRow {
  id: string;
  debtorId: string;
  externalRef: string;
  creditorName: string;
  debtKind: string;
  currency: string;
  principalMinor: number;
  interestMinor: number;
  feesMinor: number;
  paidMinor: number;
  balanceMinor: number;
  issuedOn: string | null;
  dueOn: string | null;
  accountToPay: string | null;
  status: string;
  interestKind: string;
}

/** Amounts that only the books tell, which are read debtor by debtor. */
const ledgerFields: readonly MessageField[] = ['total.principal', 'total.interest', 'total.fees'];

/** Rows of many debtors, read once: each table for all of them. */
export function loadDebtorFacts(
  read: ReadDb,
  debtorIds: readonly string[],
  at: number,
): Map<string, DebtorFacts> {
  const ids = JSON.stringify(debtorIds);
  const debts = Map.groupBy(readDebts(read, ids), ({ debtorId }) => debtorId);
  const numbers = Map.groupBy(readNumbers(read, ids), ({ debtorId }) => debtorId);
  const told = new Set(readTold(read, ids).map(({ debtorId }) => debtorId));
  const facts = readDebtors(read, ids).map(({ timeZonesJson, ...debtor }): DebtorFacts => {
    const [timeZone = 'UTC'] = JSON.parse(timeZonesJson) as string[];
    const debtRows = debts.get(debtor.debtorId) ?? [];
    const countries = (numbers.get(debtor.debtorId) ?? []).flatMap(
      ({ value }) => countryOfNumber(value) ?? [],
    );
    return {
      ...debtor,
      today: localDate(at, timeZone),
      places: [...new Set([debtor.jurisdiction, ...countries])],
      creditors: [...new Set(debtRows.map(({ creditorName }) => creditorName))],
      toldBefore: told.has(debtor.debtorId),
      debtRows,
    };
  });
  return new Map(facts.map((one) => [one.debtorId, one]));
}

type DebtorRow = Pick<
  DebtorFacts,
  | 'debtorId'
  | 'externalRef'
  | 'displayName'
  | 'givenName'
  | 'familyName'
  | 'language'
  | 'jurisdiction'
  | 'accountToPay'
> & { timeZonesJson: string };

function readDebtors(read: ReadDb, ids: string): DebtorRow[] {
  return read.all(
    `SELECT d.id AS debtorId, d.externalRef, d.displayName, d.givenName, d.familyName, d.language, d.jurisdiction,
       d.accountToPay, d.timeZonesJson
     FROM json_each(?) j JOIN debtor d ON d.id = j.value WHERE d.deletedAt IS NULL AND d.erasedAt IS NULL`,
    ids,
  );
}

/** The oldest first. */
function readDebts(read: ReadDb, ids: string): DebtRow[] {
  return read.all(
    `SELECT b.id, b.debtorId, b.externalRef, b.creditorName, b.debtKind, b.currency, b.principalMinor,
       b.interestMinor, b.feesMinor, b.paidMinor, b.balanceMinor, b.issuedOn, b.dueOn, b.accountToPay, b.status,
       b.interestKind
     FROM json_each(?) j CROSS JOIN debt b ON b.debtorId = j.value WHERE b.deletedAt IS NULL
     ORDER BY b.dueOn IS NULL, b.dueOn, b.externalRef, b.id`,
    ids,
  );
}

function readNumbers(read: ReadDb, ids: string): { debtorId: string; value: string }[] {
  return read.all(
    `SELECT p.debtorId, p.value FROM json_each(?) j CROSS JOIN contactPoint p ON p.debtorId = j.value
     WHERE p.status = 'active' AND p.deletedAt IS NULL AND p.kind NOT IN ('email', 'messenger')`,
    ids,
  );
}

function readTold(read: ReadDb, ids: string): { debtorId: string }[] {
  return read.all(
    `SELECT j.value AS debtorId FROM json_each(?) j WHERE EXISTS (
       SELECT 1 FROM contactEvent e WHERE e.debtorId = j.value AND e.direction = 'out'
         AND e.kind IN ('conversation', 'effectiveCall', 'message') AND e.reservation IS NOT 'released')`,
    ids,
  );
}

/**
 * The debts that a message is about, on the debtor's day: interest counts up to and with it, as in letters.
 * @param debtIds null: the open ones
 * @param fields those that the message needs
 */
export function debtsOf(
  read: ReadDb,
  facts: DebtorFacts,
  debtIds: readonly string[] | null,
  fields: ReadonlySet<MessageField>,
): MessageDebt[] {
  const rows = facts.debtRows.filter((row) =>
    debtIds === null ? row.status === 'open' : debtIds.includes(row.id),
  );
  const needsBooks =
    ledgerFields.some((field) => fields.has(field)) ||
    rows.some(({ interestKind }) => interestKind !== 'none');
  const books = needsBooks ? readBooks(read, facts) : null;
  return rows.map((row) => {
    const known = books?.get(row.id);
    return { ...toDebt(row), ...known };
  });
}

function toDebt(row: DebtRow): MessageDebt {
  const { id, externalRef, creditorName, debtKind, currency, issuedOn, dueOn, accountToPay } = row;
  const { principalMinor, interestMinor, feesMinor, paidMinor, balanceMinor } = row;
  return {
    ...{ id, externalRef, creditorName, debtKind, currency, issuedOn, dueOn, accountToPay },
    ...{ principalMinor, interestMinor, feesMinor, paidMinor, balanceMinor, interestKnown: true },
  };
}

function readBooks(read: ReadDb, { debtorId, today }: DebtorFacts) {
  const rates = readFirmRates(read);
  const debts = loadLedgerDebts(read, debtorId, allocationOrderOf(read));
  return new Map(
    debts.map((debt) => {
      const { accruedMinor } = accruedInterest(debt, today, rates);
      const accrued = accruedMinor ?? 0;
      const amounts = {
        principalMinor: debt.open.principal,
        interestMinor: debt.open.interest + accrued,
        feesMinor: debt.open.fees,
        balanceMinor: debt.balanceMinor + accrued,
        interestKnown: accruedMinor !== null,
      };
      return [debt.id, amounts] as const;
    }),
  );
}

/** The plan that was named, else the newest that runs. */
export function planOf(
  read: ReadDb,
  debtorId: string,
  paymentPlanId: string | null,
): MessagePlan | null {
  const plan = read.get<{ id: string; currency: string; totalMinor: number }>(
    `SELECT id, currency, totalMinor FROM paymentPlan
     WHERE debtorId = ? AND deletedAt IS NULL AND (id = ? OR (? IS NULL AND status = 'active'))
     ORDER BY createdAt DESC, id DESC LIMIT 1`,
    debtorId,
    paymentPlanId,
    paymentPlanId,
  );
  if (!plan) return null;
  const instalments = read.all<{ dueOn: string; amountMinor: number; open: number }>(
    `SELECT dueOn, amountMinor - paidMinor AS amountMinor, status IN ('open', 'late') AS open FROM instalment
     WHERE paymentPlanId = ? AND deletedAt IS NULL AND status <> 'cancelled' ORDER BY position`,
    plan.id,
  );
  const { currency, totalMinor } = plan;
  const next = instalments.find(({ open }) => open === 1) ?? null;
  return { currency, totalMinor, count: instalments.length, next };
}

/** The promise that is due next. */
export function promiseOf(read: ReadDb, debtorId: string) {
  return (
    read.get<{ amountMinor: number; currency: string; dueOn: string }>(
      `SELECT amountMinor, currency, dueOn FROM promiseToPay
       WHERE debtorId = ? AND status = 'open' AND deletedAt IS NULL ORDER BY dueOn, id LIMIT 1`,
      debtorId,
    ) ?? null
  );
}
