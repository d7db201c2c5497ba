import type { WriteContext, WriteDb } from '../../store/index.ts';
import { addDays } from '../ledger/calendar-date.ts';
import { settleAgreements } from './settle-agreements.ts';
import { readWorkSettings } from './work-settings.ts';

const DEBTORS_AT_ONCE = 20;

export interface SettledChunk {
  /** debtors whose promises or plans changed */
  changed: string[];
  /** go on after this one; null: all are done */
  after: string | null;
}

/**
 * Finds promises and instalments whose day has passed without enough payment, for a few debtors at a time. A second run
 * on the same day changes nothing, so that it may stop and start anywhere.
 */
export function settleDueChunk(
  db: WriteDb,
  context: WriteContext,
  input: { after: string },
): SettledChunk {
  const { graceDays, planBrokenAfterDays } = readWorkSettings(db);
  // where the day comes first it may be tomorrow already
  const latest = addDays(new Date(context.now).toISOString().slice(0, 10), 1);
  const due = db.all<{ debtorId: string }>(
    `SELECT debtorId FROM promiseToPay
       WHERE status = 'open' AND dueOn < ? AND paymentPlanId IS NULL AND deletedAt IS NULL AND debtorId > ?
     UNION
     SELECT i.debtorId FROM instalment i JOIN paymentPlan n ON n.id = i.paymentPlanId
       WHERE i.status = 'open' AND i.dueOn < ? AND n.status = 'active' AND i.debtorId > ?
     UNION
     SELECT i.debtorId FROM instalment i JOIN paymentPlan n ON n.id = i.paymentPlanId
       WHERE i.status = 'late' AND i.dueOn < ? AND n.status = 'active' AND i.debtorId > ?
     ORDER BY debtorId LIMIT ${DEBTORS_AT_ONCE}`,
    addDays(latest, -graceDays),
    input.after,
    addDays(latest, -graceDays),
    input.after,
    addDays(latest, -planBrokenAfterDays),
    input.after,
  );
  const changed = due
    .map(({ debtorId }) => debtorId)
    .filter((debtorId) => isLive(db, debtorId) && settleAgreements(db, context, debtorId));
  const isLast = due.length < DEBTORS_AT_ONCE;
  return { changed, after: isLast ? null : (due.at(-1)?.debtorId ?? null) };
}

function isLive(db: WriteDb, debtorId: string): boolean {
  return db.get('SELECT 1 FROM debtor WHERE id = ? AND deletedAt IS NULL', debtorId) !== undefined;
}
