import type { ParsedInput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { leaveTrace } from '../work/leave-trace.ts';
import { requireDebtor, requireRow } from '../work/require-debtor.ts';
import { settleAgreements } from '../work/settle-agreements.ts';
import { previewPlan } from './preview-plan.ts';

export const planWrites = {
  'plan.create': createPlan,
  'plan.cancel': cancelPlan,
} satisfies WriteMap;

/** @throws AppError `plan.invalid` with its `problems`, `contract.not-found` */
function createPlan(
  db: WriteDb,
  context: WriteContext,
  { personId, note, ...input }: Unbranded<ParsedInput<'plan.create'>> & { personId: string | null },
): { paymentPlanId: string; debtorId: string } {
  const debtor = requireDebtor(db, input.debtorId, context.now);
  const { instalments, totalMinor, problems } = previewPlan(db, input, context.now);
  if (problems.length > 0) {
    throw new AppError('plan.invalid', 'this plan cannot be agreed', { details: { problems } });
  }
  const paymentPlanId = context.newId();
  const interactionId = leaveTrace(db, context, {
    debtorId: debtor.id,
    personId,
    what: 'plan.created',
    amountMinor: totalMinor,
    currency: input.currency,
    count: instalments.length,
    note,
    ...(instalments[0] ? { on: instalments[0].dueOn } : {}),
  });
  db.insert('paymentPlan', {
    id: paymentPlanId,
    debtorId: debtor.id,
    currency: input.currency,
    totalMinor,
    debtIdsJson: JSON.stringify(input.debtIds),
    status: 'active',
    interactionId,
    personId,
    createdAt: context.now,
  });
  for (const { position, dueOn, amountMinor } of instalments) {
    db.insert('instalment', {
      id: context.newId(),
      paymentPlanId,
      debtorId: debtor.id,
      position,
      dueOn,
      amountMinor,
      status: 'open',
    });
  }
  settleAgreements(db, context, debtor.id);
  return { paymentPlanId, debtorId: debtor.id };
}

interface PlanRow {
  id: string;
  debtorId: string;
  totalMinor: number;
  currency: string;
  status: string;
}

/** A broken plan can be cancelled too: an agreement about the same debts may follow. */
function cancelPlan(
  db: WriteDb,
  context: WriteContext,
  input: { paymentPlanId: string; reason?: string | undefined; personId: string | null },
): { debtorId: string } {
  const plan = requireRow<PlanRow>(
    db,
    `SELECT id, debtorId, totalMinor, currency, status FROM paymentPlan
     WHERE id = ? AND deletedAt IS NULL`,
    input.paymentPlanId,
  );
  if (plan.status !== 'active' && plan.status !== 'broken') {
    throw new AppError('work.already-ended', 'this plan has ended');
  }
  db.update('paymentPlan', plan.id, { status: 'cancelled', endedAt: context.now });
  const open = db.all<{ id: string }>(
    `SELECT id FROM instalment WHERE paymentPlanId = ? AND status IN ('open', 'late') AND deletedAt IS NULL`,
    plan.id,
  );
  for (const { id } of open) db.update('instalment', id, { status: 'cancelled' });
  const { debtorId, totalMinor, currency } = plan;
  leaveTrace(db, context, {
    debtorId,
    personId: input.personId,
    what: 'plan.cancelled',
    amountMinor: totalMinor,
    currency,
    note: input.reason,
  });
  return { debtorId };
}
