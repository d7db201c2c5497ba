import type { ReadDb, WriteContext, WriteDb } from '../../store/index.ts';
import { localDate } from '../local-date.ts';
import { type PlanInstalment, settlePlan } from '../plans/settle-plan.ts';
import { type OpenPromise, type Receipt, settlePromises } from '../promises/settle-promises.ts';
import { leaveTrace } from './leave-trace.ts';
import { requireDebtor, type WorkedDebtor } from './require-debtor.ts';
import { readWorkSettings } from './work-settings.ts';

/**
 * Brings promises and plans of a debtor in line with the payments and the date. Called after every change of either;
 * a second call changes nothing.
 * @returns whether anything changed
 */
export function settleAgreements(db: WriteDb, context: WriteContext, debtorId: string): boolean {
  const debtor = requireDebtor(db, debtorId, context.now);
  const zone = debtor.timeZones[0] ?? 'UTC';
  const promises = loadPromises(db, debtor.id, zone);
  const plans = loadPlans(db, debtor.id);
  if (promises.length === 0 && plans.length === 0) return false;
  const receipts = loadReceipts(db, debtor.id);
  const settings = readWorkSettings(db);
  let changed = false;
  const settled = settlePromises(promises, receipts, debtor.today, settings.graceDays);
  for (const promise of promises) {
    const result = settled.get(promise.id);
    if (result && writePromise(db, context, debtor, promise, result)) changed = true;
  }
  const terms = { graceDays: settings.graceDays, brokenAfterDays: settings.planBrokenAfterDays };
  for (const plan of plans) {
    const facts = {
      id: plan.id,
      currency: plan.currency,
      debtIds: JSON.parse(plan.debtIdsJson) as string[],
      madeOn: localDate(plan.createdAt, zone),
      brokenOn:
        plan.status === 'broken' && plan.endedAt !== null ? localDate(plan.endedAt, zone) : null,
      instalments: loadInstalments(db, plan.id),
    };
    const result = settlePlan(facts, receipts, debtor.today, terms);
    if (writePlan(db, context, debtor, plan, facts.instalments, result)) changed = true;
  }
  return changed;
}

interface PromiseRow extends OpenPromise {
  status: 'open' | 'kept' | 'broken';
  paidMinor: number;
}

/** What a person or a former agency said of a promise stands; what was found here is found anew. */
function loadPromises(db: ReadDb, debtorId: string, zone: string): PromiseRow[] {
  return db
    .all<Omit<PromiseRow, 'madeOn'> & { createdAt: number }>(
      `SELECT id, debtId, amountMinor, currency, dueOn, status, paidMinor, createdAt FROM promiseToPay
       WHERE debtorId = ? AND deletedAt IS NULL AND paymentPlanId IS NULL
         AND (status = 'open' OR (settledAt IS NOT NULL AND status IN ('kept', 'broken')))`,
      debtorId,
    )
    .map(({ createdAt, ...promise }) => ({ ...promise, madeOn: localDate(createdAt, zone) }));
}

function writePromise(
  db: WriteDb,
  context: WriteContext,
  debtor: WorkedDebtor,
  before: PromiseRow,
  after: { paidMinor: number; status: PromiseRow['status'] },
): boolean {
  if (before.status === after.status && before.paidMinor === after.paidMinor) return false;
  db.update('promiseToPay', before.id, {
    ...after,
    settledAt: after.status === 'open' ? null : context.now,
  });
  if (after.status !== 'open' && after.status !== before.status) {
    leaveTrace(db, context, {
      debtorId: debtor.id,
      personId: null,
      debtId: before.debtId,
      what: `promise.${after.status}`,
      amountMinor: before.amountMinor,
      currency: before.currency,
      on: before.dueOn,
    });
  }
  return true;
}

interface PlanRow {
  id: string;
  currency: string;
  totalMinor: number;
  debtIdsJson: string;
  status: 'active' | 'kept' | 'broken';
  createdAt: number;
  endedAt: number | null;
}

interface InstalmentRow extends PlanInstalment {
  paidMinor: number;
  status: string;
}

function loadPlans(db: ReadDb, debtorId: string): PlanRow[] {
  return db.all<PlanRow>(
    `SELECT id, currency, totalMinor, debtIdsJson, status, createdAt, endedAt FROM paymentPlan
     WHERE debtorId = ? AND deletedAt IS NULL AND status <> 'cancelled'`,
    debtorId,
  );
}

function loadInstalments(db: ReadDb, paymentPlanId: string): InstalmentRow[] {
  return db.all<InstalmentRow>(
    `SELECT id, dueOn, amountMinor, paidMinor, status FROM instalment
     WHERE paymentPlanId = ? AND deletedAt IS NULL ORDER BY position`,
    paymentPlanId,
  );
}

function writePlan(
  db: WriteDb,
  context: WriteContext,
  debtor: WorkedDebtor,
  before: PlanRow,
  instalments: readonly PlanInstalment[],
  after: ReturnType<typeof settlePlan>,
): boolean {
  let changed = false;
  for (const row of instalments as readonly InstalmentRow[]) {
    const now = after.instalments.get(row.id);
    if (!now || (now.status === row.status && now.paidMinor === row.paidMinor)) continue;
    db.update('instalment', row.id, { ...now });
    changed = true;
  }
  if (after.status === before.status) return changed;
  const endedAt = after.status === 'active' ? null : context.now;
  db.update('paymentPlan', before.id, { status: after.status, endedAt });
  if (after.status !== 'active') {
    leaveTrace(db, context, {
      debtorId: debtor.id,
      personId: null,
      what: `plan.${after.status}`,
      amountMinor: before.totalMinor,
      currency: before.currency,
    });
  }
  return true;
}

function loadReceipts(db: ReadDb, debtorId: string): Receipt[] {
  const payments = db.all<{ id: string; paidOn: string; currency: string; amountMinor: number }>(
    `SELECT id, paidOn, currency, amountMinor FROM payment
     WHERE debtorId = ? AND status = 'booked' AND deletedAt IS NULL ORDER BY paidOn, id`,
    debtorId,
  );
  const parts = db.all<{ paymentId: string; debtId: string; amountMinor: number }>(
    `SELECT e.paymentId, e.debtId, -sum(e.amountMinor) AS amountMinor FROM payment p
     JOIN debtEntry e ON e.paymentId = p.id AND e.kind = 'payment'
     WHERE p.debtorId = ? AND p.status = 'booked' AND p.deletedAt IS NULL
     GROUP BY e.paymentId, e.debtId`,
    debtorId,
  );
  const byPayment = new Map<string, Record<string, number>>();
  for (const { paymentId, debtId, amountMinor } of parts) {
    const own = byPayment.get(paymentId) ?? {};
    own[debtId] = amountMinor;
    byPayment.set(paymentId, own);
  }
  return payments.map((payment) => ({ ...payment, byDebt: byPayment.get(payment.id) ?? {} }));
}
