import type { CommandOutput, ParsedInput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { accruedInterest, type LedgerDebt, loadLedgerDebts } from '../ledger/ledger-debts.ts';
import { requireDebtor } from '../work/require-debtor.ts';
import { allocationOrderOf, readFirmRates, readWorkSettings } from '../work/work-settings.ts';
import { checkPlan } from './check-plan.ts';
import { scheduleOf } from './plan-schedule.ts';

/**
 * What a plan would be, and what is wrong with it.
 * @throws AppError `contract.not-found` for a debt that is not this debtor's
 */
export function previewPlan(
  read: ReadDb,
  input: Unbranded<ParsedInput<'plan.preview'>>,
  now: number,
): CommandOutput<'plan.preview'> {
  const debtor = requireDebtor(read, input.debtorId, now);
  const debts = chosenDebts(read, debtor.id, input.debtIds);
  const firm = readFirmRates(read);
  const accrued = debts.map((debt) => accruedInterest(debt, debtor.today, firm).accruedMinor);
  const owedMinor = debts.reduce(
    (sum, debt, index) => sum + debt.balanceMinor + (accrued[index] ?? 0),
    0,
  );
  const totalMinor = input.totalMinor ?? totalOf(input.parts, owedMinor);
  const instalments = scheduleOf(input.parts, totalMinor);
  const planned = debtsInPlans(read, debtor.id);
  const problems = checkPlan({
    instalments,
    totalMinor,
    currency: input.currency,
    debts: debts.map(({ id, currency, status }) => ({
      currency,
      status,
      hasPlan: planned.has(id),
    })),
    owedMinor: accrued.includes(null) ? null : owedMinor,
    today: debtor.today,
    settings: readWorkSettings(read),
  });
  let restMinor = totalMinor;
  return {
    instalments: instalments.map(({ dueOn, amountMinor }, position) => {
      restMinor -= amountMinor;
      return { position, dueOn, amountMinor, restMinor };
    }),
    totalMinor,
    owedMinor,
    problems,
  };
}

/** Custom instalments that name no total are the total. */
function totalOf(parts: ParsedInput<'plan.preview'>['parts'], owedMinor: number): number {
  if (parts.kind === 'equal') return owedMinor;
  return parts.instalments.reduce((sum, each) => sum + each.amountMinor, 0);
}

function chosenDebts(read: ReadDb, debtorId: string, debtIds: readonly string[]): LedgerDebt[] {
  const debts = loadLedgerDebts(read, debtorId, allocationOrderOf(read));
  return [...new Set(debtIds)].map((id) => {
    const debt = debts.find((each) => each.id === id);
    if (!debt) throw new AppError('contract.not-found', 'no such debt of this debtor');
    return debt;
  });
}

function debtsInPlans(read: ReadDb, debtorId: string): Set<string> {
  const plans = read.all<{ debtIdsJson: string }>(
    `SELECT debtIdsJson FROM paymentPlan WHERE debtorId = ? AND status = 'active' AND deletedAt IS NULL`,
    debtorId,
  );
  return new Set(plans.flatMap((plan) => JSON.parse(plan.debtIdsJson) as string[]));
}
