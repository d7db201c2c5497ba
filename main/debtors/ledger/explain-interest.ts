import type { CommandOutput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { keptDebtorId } from '../work/require-debtor.ts';
import { allocationOrderOf, readFirmRates } from '../work/work-settings.ts';
import {
  accruedInterest,
  type LedgerDebt,
  loadLedgerDebt,
  loadLedgerDebts,
} from './ledger-debts.ts';

type Explained = Unbranded<CommandOutput<'debtor.interest'>>['debts'][number];

/** Interest of one debt or of all of a debtor to a date, with the periods that make it. */
export function explainInterest(
  read: ReadDb,
  input: { debtorId?: string | undefined; debtId?: string | undefined; onDate: string },
): Explained[] {
  const firm = readFirmRates(read);
  return chosenDebts(read, input).map((debt) => {
    const { table, periods, interestMinor, unknown } = accruedInterest(debt, input.onDate, firm);
    const isStatutory =
      debt.interestKind === 'statutory' || debt.interestKind === 'statutoryCommercial';
    return {
      debtId: debt.id,
      currency: debt.currency,
      kind: debt.interestKind,
      from: debt.interestKind === 'none' ? null : debt.terms.from,
      to: input.onDate,
      interestMinor,
      chargedMinor: debt.chargedMinor,
      unknown,
      periods,
      rates:
        table !== null && isStatutory
          ? { source: table.source, verifiedOn: table.verifiedOn, draft: table.review === 'draft' }
          : null,
    };
  });
}

function chosenDebts(
  read: ReadDb,
  { debtorId, debtId }: { debtorId?: string | undefined; debtId?: string | undefined },
): LedgerDebt[] {
  const order = allocationOrderOf(read);
  if (debtId !== undefined) {
    const debt = loadLedgerDebt(read, debtId, order);
    if (!debt) throw new AppError('contract.not-found', 'no such debt');
    return [debt];
  }
  if (debtorId === undefined) {
    throw new AppError('work.need-debtor-or-debt', 'say whose interest');
  }
  const id = keptDebtorId(read, debtorId);
  if (id === null) throw new AppError('contract.not-found', 'no such debtor');
  return loadLedgerDebts(read, id, order);
}
