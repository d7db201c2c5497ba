import type { DebtorCard } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';

type Card = Unbranded<DebtorCard>;

export function loadPromises(read: ReadDb, debtorId: string): Card['promises'] {
  return read.all(
    `SELECT t.id AS promiseToPayId, t.debtId, t.amountMinor, t.currency, t.dueOn, t.status, t.createdAt,
       t.paidMinor, t.interactionId, p.displayName AS agentName
     FROM promiseToPay t LEFT JOIN person p ON p.id = t.personId
     WHERE t.debtorId = ? AND t.deletedAt IS NULL
     ORDER BY t.status <> 'open', CASE t.status WHEN 'open' THEN t.dueOn END, t.dueOn DESC, t.id`,
    debtorId,
  );
}

type Plan = Card['plans'][number];
type PlanRow = Omit<Plan, 'debtIds' | 'instalments' | 'paidMinor'> & { debtIdsJson: string };

/** The running one first, then the newest. */
export function loadPlans(read: ReadDb, debtorId: string): Plan[] {
  const plans = read.all<PlanRow>(
    `SELECT n.id AS paymentPlanId, n.currency, n.totalMinor, n.debtIdsJson, n.status, n.createdAt, n.endedAt,
       p.displayName AS agentName
     FROM paymentPlan n LEFT JOIN person p ON p.id = n.personId
     WHERE n.debtorId = ? AND n.deletedAt IS NULL
     ORDER BY n.status <> 'active', n.createdAt DESC, n.id DESC`,
    debtorId,
  );
  return plans.map(({ debtIdsJson, ...plan }) => {
    const instalments = read.all<Plan['instalments'][number]>(
      `SELECT id AS instalmentId, position, dueOn, amountMinor, paidMinor, status FROM instalment
       WHERE paymentPlanId = ? AND deletedAt IS NULL ORDER BY position`,
      plan.paymentPlanId,
    );
    const paidMinor = instalments.reduce((sum, each) => sum + each.paidMinor, 0);
    return { ...plan, debtIds: JSON.parse(debtIdsJson) as string[], paidMinor, instalments };
  });
}

export function loadWriteOffs(read: ReadDb, debtorId: string): Card['writeOffs'] {
  return read.all(
    `SELECT w.id AS writeOffId, w.debtorId, w.debtId, w.amountMinor, w.currency, w.reason, w.status,
       p.displayName AS proposedByName, w.proposedBy, q.displayName AS decidedByName, w.decidedAt,
       w.decisionNote, w.createdAt
     FROM writeOff w LEFT JOIN person p ON p.id = w.proposedBy LEFT JOIN person q ON q.id = w.decidedBy
     WHERE w.debtorId = ? AND w.deletedAt IS NULL
     ORDER BY w.status <> 'proposed', w.createdAt DESC, w.id DESC`,
    debtorId,
  );
}
