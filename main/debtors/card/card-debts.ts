import type { DebtorCard } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { accruedInterest, type LedgerDebt, loadLedgerDebts } from '../ledger/ledger-debts.ts';
import { limitationOf } from '../ledger/limitation.ts';
import { describeAccount } from '../ledger/pay-account.ts';
import { daysPastDue } from '../local-date.ts';
import { allocationOrderOf, readFirmRates } from '../work/work-settings.ts';

type Card = Unbranded<DebtorCard>;
export type CardDebt = Card['debts'][number];

interface DebtRow {
  id: string;
  creditorName: string;
  debtKind: string;
  accountToPay: string | null;
  issuedOn: string | null;
  limitationOn: string | null;
}

/** A quarter of a year: the youngest of three months has 28 days, the longest three have 92. */
const THREE_MONTHS_DAYS = 92;

/** @param debtor `accountToPay`: for debts that have none of their own; `today`: where the debtor lives */
export function loadDebts(
  read: ReadDb,
  debtor: { id: string; jurisdiction: string; accountToPay: string | null; today: string },
): CardDebt[] {
  const ledger = loadLedgerDebts(read, debtor.id, allocationOrderOf(read));
  const rows = read.all<DebtRow>(
    `SELECT id, creditorName, debtKind, accountToPay, issuedOn, limitationOn FROM debt
     WHERE debtorId = ? AND deletedAt IS NULL
     ORDER BY status <> 'open', dueOn IS NULL, dueOn, externalRef`,
    debtor.id,
  );
  const firm = ledger.some((debt) => debt.interestKind !== 'none') ? readFirmRates(read) : [];
  const byId = new Map(ledger.map((debt) => [debt.id, debt]));
  return rows.flatMap((row) => {
    const debt = byId.get(row.id);
    return debt ? [toCardDebt(row, debt, debtor, firm)] : [];
  });
}

function toCardDebt(
  row: DebtRow,
  debt: LedgerDebt,
  debtor: { jurisdiction: string; accountToPay: string | null; today: string },
  firm: Parameters<typeof accruedInterest>[2],
): CardDebt {
  const { today } = debtor;
  const days = daysPastDue(debt.dueOn, today);
  const interest = accruedInterest(debt, today, firm);
  const { open } = debt;
  return {
    debtId: debt.id,
    externalRef: debt.externalRef,
    creditorName: row.creditorName,
    debtKind: row.debtKind,
    currency: debt.currency,
    principalMinor: debt.principalMinor,
    interestMinor: debt.interestMinor,
    feesMinor: debt.feesMinor,
    paidMinor: debt.paidMinor + debt.receivedMinor,
    balanceMinor: debt.balanceMinor,
    dueOn: debt.dueOn,
    daysPastDue: days,
    accountToPay: row.accountToPay,
    status: debt.status,
    issuedOn: row.issuedOn,
    ageBand: days === null ? 'current' : days <= THREE_MONTHS_DAYS ? 'upTo3Months' : 'older',
    open: { principalMinor: open.principal, interestMinor: open.interest, feesMinor: open.fees },
    interest: {
      kind: debt.interestKind,
      ratePpm: debt.interestRatePpm,
      from: debt.interestKind === 'none' ? null : debt.terms.from,
      accruedMinor: interest.accruedMinor,
      accruedTo: today,
      unknown: interest.unknown,
    },
    limitation: limitationOf({ ...row, dueOn: debt.dueOn }, debtor.jurisdiction, today),
    account: accountOf(row.accountToPay, debtor.accountToPay),
  };
}

function accountOf(own: string | null, ofDebtor: string | null): CardDebt['account'] {
  if (own !== null && own !== '') return { ...describeAccount(own), of: 'debt' };
  if (ofDebtor !== null && ofDebtor !== '') return { ...describeAccount(ofDebtor), of: 'debtor' };
  return null;
}

/** Of open debts, for each currency in the order of its code. */
export function totalsByComponent(
  debts: readonly CardDebt[],
  payments: readonly { currency: string; unallocatedMinor: number }[],
): Card['totalsByComponent'] {
  const currencies = new Set([
    ...debts.filter((debt) => debt.status === 'open').map((debt) => debt.currency),
    ...payments.filter((each) => each.unallocatedMinor > 0).map((each) => each.currency),
  ]);
  return [...currencies].sort().map((currency) => {
    const open = debts.filter((debt) => debt.status === 'open' && debt.currency === currency);
    const sum = (pick: (debt: CardDebt) => number) =>
      open.reduce((total, debt) => total + pick(debt), 0);
    const isKnown = open.every((debt) => debt.interest.accruedMinor !== null);
    return {
      currency,
      principalMinor: sum((debt) => debt.open.principalMinor),
      interestMinor: sum((debt) => debt.open.interestMinor),
      feesMinor: sum((debt) => debt.open.feesMinor),
      paidMinor: sum((debt) => debt.paidMinor),
      balanceMinor: sum((debt) => debt.balanceMinor),
      interestAccruedMinor: isKnown ? sum((debt) => debt.interest.accruedMinor ?? 0) : null,
      unallocatedMinor: payments
        .filter((each) => each.currency === currency)
        .reduce((total, each) => total + each.unallocatedMinor, 0),
    };
  });
}
