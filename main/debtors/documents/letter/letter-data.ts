import { AppError } from '#shared/errors/index.ts';
import type { ReadDb } from '../../../store/types.ts';
import { accruedInterest, loadLedgerDebts } from '../../ledger/index.ts';
import { localDate } from '../../local-date.ts';
import { allocationOrderOf, readFirmRates } from '../../work/work-settings.ts';

/** What a letter is written about; as the contract has it. */
export interface LetterSubject {
  debtorId: string;
  debtIds?: readonly string[] | undefined;
  paymentPlanId?: string | undefined;
  paymentId?: string | undefined;
  /** `YYYY-MM-DD` */
  date?: string | undefined;
}

export interface LetterDebtor {
  externalRef: string;
  displayName: string;
  taxId: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  country: string | null;
  jurisdiction: string;
  accountToPay: string | null;
}

/** A debt on the date of the letter. Interest counts up to and with that day. */
export interface LetterDebt {
  id: string;
  externalRef: string;
  creditorName: string;
  currency: string;
  issuedOn: string | null;
  dueOn: string | null;
  accountToPay: string | null;
  principalMinor: number;
  interestMinor: number;
  feesMinor: number;
  paidMinor: number;
  balanceMinor: number;
  /** false: interest has run and cannot be counted, so only what is booked is in the letter */
  interestKnown: boolean;
}

export interface LetterPlan {
  currency: string;
  totalMinor: number;
  instalments: { position: number; dueOn: string; amountMinor: number; paidMinor: number }[];
}

export interface LetterPayment {
  amountMinor: number;
  currency: string;
  paidOn: string;
  method: string;
  reference: string | null;
}

export interface LetterData {
  debtor: LetterDebtor;
  date: string;
  debts: LetterDebt[];
  plan: LetterPlan | null;
  payment: LetterPayment | null;
  /** booked payments on these debts, the newest first */
  payments: LetterPayment[];
}

/**
 * @throws AppError `contract.not-found`, `document.no-payment-plan`, `document.no-payment`: an id that was given is not
 *   this debtor's
 */
export function loadLetterData(read: ReadDb, subject: LetterSubject, now: number): LetterData {
  const debtor = read.get<LetterDebtor & { timeZonesJson: string }>(
    `SELECT externalRef, displayName, taxId, street, postalCode, city, country, jurisdiction, accountToPay, timeZonesJson
     FROM debtor WHERE id = ? AND deletedAt IS NULL AND erasedAt IS NULL`,
    subject.debtorId,
  );
  if (!debtor) throw new AppError('contract.not-found', 'no such debtor');
  const [timeZone = 'UTC'] = JSON.parse(debtor.timeZonesJson) as string[];
  const date = subject.date ?? localDate(now, timeZone);
  return {
    debtor,
    date,
    debts: loadDebts(read, subject, date),
    plan: loadPlan(read, subject),
    payment: loadPayment(read, subject),
    payments: loadPayments(read, subject.debtorId),
  };
}

interface DebtDetails {
  id: string;
  creditorName: string;
  issuedOn: string | null;
  accountToPay: string | null;
}

function loadDebts(read: ReadDb, { debtorId, debtIds }: LetterSubject, date: string): LetterDebt[] {
  const details = new Map(
    read
      .all<DebtDetails>(
        `SELECT id, creditorName, issuedOn, accountToPay FROM debt WHERE debtorId = ? AND deletedAt IS NULL`,
        debtorId,
      )
      .map((row) => [row.id, row]),
  );
  const firm = readFirmRates(read);
  const debts = loadLedgerDebts(read, debtorId, allocationOrderOf(read)).filter((debt) =>
    debtIds === undefined ? debt.status === 'open' : debtIds.includes(debt.id),
  );
  if (debtIds !== undefined && debts.length < new Set(debtIds).size) {
    throw new AppError('contract.not-found', 'no such debt of this debtor');
  }
  return debts
    .map((debt) => {
      const { accruedMinor } = accruedInterest(debt, date, firm);
      const detail = details.get(debt.id);
      const accrued = accruedMinor ?? 0;
      return {
        id: debt.id,
        externalRef: debt.externalRef,
        creditorName: detail?.creditorName ?? '',
        currency: debt.currency,
        issuedOn: detail?.issuedOn ?? null,
        dueOn: debt.dueOn,
        accountToPay: detail?.accountToPay ?? null,
        principalMinor: debt.open.principal,
        interestMinor: debt.open.interest + accrued,
        feesMinor: debt.open.fees,
        paidMinor: debt.paidMinor,
        balanceMinor: debt.balanceMinor + accrued,
        interestKnown: accruedMinor !== null,
      };
    })
    .sort(
      (one, other) =>
        compare(one.dueOn ?? '9', other.dueOn ?? '9') ||
        compare(one.externalRef, other.externalRef),
    );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** The one that was named; else the newest that runs. */
function loadPlan(read: ReadDb, { debtorId, paymentPlanId }: LetterSubject): LetterPlan | null {
  const plan = read.get<{ id: string; currency: string; totalMinor: number }>(
    `SELECT id, currency, totalMinor FROM paymentPlan
     WHERE debtorId = ? AND deletedAt IS NULL AND (id = ? OR (? IS NULL AND status = 'active'))
     ORDER BY createdAt DESC, id DESC LIMIT 1`,
    debtorId,
    paymentPlanId ?? null,
    paymentPlanId ?? null,
  );
  if (!plan) {
    if (paymentPlanId === undefined) return null;
    throw new AppError('document.no-payment-plan', 'no such plan of this debtor');
  }
  const instalments = read.all<LetterPlan['instalments'][number]>(
    `SELECT position, dueOn, amountMinor, paidMinor FROM instalment
     WHERE paymentPlanId = ? AND deletedAt IS NULL AND status <> 'cancelled' ORDER BY position`,
    plan.id,
  );
  return { currency: plan.currency, totalMinor: plan.totalMinor, instalments };
}

const PAYMENT_COLUMNS = 'amountMinor, currency, paidOn, method, reference';

/** The one that was named; else the newest. */
function loadPayment(read: ReadDb, { debtorId, paymentId }: LetterSubject): LetterPayment | null {
  const payment = read.get<LetterPayment>(
    `SELECT ${PAYMENT_COLUMNS} FROM payment
     WHERE debtorId = ? AND deletedAt IS NULL AND status = 'booked' AND (? IS NULL OR id = ?)
     ORDER BY paidOn DESC, id DESC LIMIT 1`,
    debtorId,
    paymentId ?? null,
    paymentId ?? null,
  );
  if (!payment && paymentId !== undefined) {
    throw new AppError('document.no-payment', 'no such payment of this debtor');
  }
  return payment ?? null;
}

function loadPayments(read: ReadDb, debtorId: string): LetterPayment[] {
  return read.all<LetterPayment>(
    `SELECT ${PAYMENT_COLUMNS} FROM payment
     WHERE debtorId = ? AND deletedAt IS NULL AND status = 'booked' ORDER BY paidOn DESC, id DESC LIMIT 200`,
    debtorId,
  );
}
