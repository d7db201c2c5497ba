import type { WriteDb } from '../../store/index.ts';
import type { MovedContent, MovedTable } from './moved-tables.ts';

interface Found {
  id: string;
  interactionId?: string | null;
}

/** What was made since the merge and is about a debt that goes back. */
const BY_DEBT = {
  debtEntry: 'SELECT id FROM debtEntry WHERE debtId = ? AND debtorId = ?',
  writeOff: 'SELECT w.id FROM writeOff w WHERE +w.debtId = ? AND w.debtorId = ?',
  promiseToPay: 'SELECT id, interactionId FROM promiseToPay WHERE +debtId = ? AND debtorId = ?',
  hold: 'SELECT id FROM hold WHERE +debtId = ? AND debtorId = ?',
  document: 'SELECT id, interactionId FROM document WHERE +debtId = ? AND debtorId = ?',
  bankEntry: 'SELECT id FROM bankEntry WHERE +debtId = ? AND debtorId = ?',
} as const satisfies Partial<Record<MovedTable, string>>;

/** The same, about a contact point. */
const BY_POINT = {
  contactPointVersion:
    'SELECT id FROM contactPointVersion WHERE contactPointId = ? AND debtorId = ?',
  hold: 'SELECT id FROM hold WHERE +contactPointId = ? AND debtorId = ?',
  consent: 'SELECT id FROM consent WHERE +contactPointId = ? AND debtorId = ?',
  callback: 'SELECT id, interactionId FROM callback WHERE +contactPointId = ? AND debtorId = ?',
} as const satisfies Partial<Record<MovedTable, string>>;

/**
 * Rows that came after the merge and belong to a debt or a contact point that an undo puts back: entries of a debt are
 * where the debt is, always; payments and plans go along when all of their debts go.
 * @returns how many went
 */
export function followDebts(
  db: WriteDb,
  keptId: string,
  mergedId: string,
  moved: MovedContent,
): number {
  const debtIds = (moved.rows.debt ?? []).filter((id) => isOf(db, DEBT_OWNER, id, mergedId));
  const pointIds = (moved.rows.contactPoint ?? []).filter((id) =>
    isOf(db, POINT_OWNER, id, mergedId),
  );
  let count = 0;
  const move = (table: MovedTable, found: readonly Found[]) => {
    for (const { id, interactionId } of found) {
      db.update(table, id, { debtorId: mergedId });
      count += 1;
      if (interactionId && isOf(db, INTERACTION_OWNER, interactionId, keptId)) {
        db.update('interaction', interactionId, { debtorId: mergedId });
        count += 1;
      }
    }
  };
  for (const id of debtIds) {
    for (const [table, sql] of Object.entries(BY_DEBT)) {
      move(table as MovedTable, db.all<Found>(sql, id, keptId));
    }
  }
  for (const id of pointIds) {
    for (const [table, sql] of Object.entries(BY_POINT)) {
      move(table as MovedTable, db.all<Found>(sql, id, keptId));
    }
  }
  const going = new Set(debtIds);
  move('payment', paymentsOf(db, keptId, going));
  const plans = plansOf(db, keptId, going);
  move('paymentPlan', plans);
  for (const { id } of plans) {
    move('instalment', db.all<Found>('SELECT id FROM instalment WHERE paymentPlanId = ?', id));
  }
  return count;
}

const DEBT_OWNER = 'SELECT debtorId FROM debt WHERE id = ?';
const POINT_OWNER = 'SELECT debtorId FROM contactPoint WHERE id = ?';
const INTERACTION_OWNER = 'SELECT debtorId FROM interaction WHERE id = ?';

function isOf(db: WriteDb, sql: string, id: string, debtorId: string): boolean {
  return db.get<{ debtorId: string | null }>(sql, id)?.debtorId === debtorId;
}

/** Payments of the kept debtor whose every part went to debts that go back. */
function paymentsOf(db: WriteDb, keptId: string, going: ReadonlySet<string>): Found[] {
  const rows = db.all<Found & { debtIdsJson: string }>(
    `SELECT y.id, y.interactionId, json_group_array(DISTINCT e.debtId) AS debtIdsJson
     FROM payment y JOIN debtEntry e ON e.paymentId = y.id WHERE y.debtorId = ? GROUP BY y.id`,
    keptId,
  );
  return rows.filter(({ debtIdsJson }) => isWithin(debtIdsJson, going));
}

function plansOf(db: WriteDb, keptId: string, going: ReadonlySet<string>): Found[] {
  const rows = db.all<Found & { debtIdsJson: string }>(
    'SELECT id, interactionId, debtIdsJson FROM paymentPlan WHERE debtorId = ?',
    keptId,
  );
  return rows.filter(({ debtIdsJson }) => isWithin(debtIdsJson, going));
}

function isWithin(debtIdsJson: string, going: ReadonlySet<string>): boolean {
  const debtIds = JSON.parse(debtIdsJson) as string[];
  return debtIds.length > 0 && debtIds.every((id) => going.has(id));
}
