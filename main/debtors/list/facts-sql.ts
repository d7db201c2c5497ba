/**
 * What is read for the facts of debtors, once for a range of ids (building) and once for some (following): the same
 * text with another condition. Each is answered from an index by debtor; where a planner without statistics might take
 * another, it is named.
 */
export interface FactsSql {
  debtors: string;
  debts: string;
  contactPoints: string;
  contacts: string;
  promises: string;
  plans: string;
  holds: string;
  writeOffs: string;
  nextActions: string[];
}

const IN_RANGE = (column: string) => `${column} > ? AND ${column} <= ?`;
const IN_LIST = (column: string) => `${column} IN (SELECT value FROM json_each(?))`;

/** one page of ids, then everything of the range that they span */
export const rangeSql = factsSql(IN_RANGE, 'id > ? ORDER BY id LIMIT ?');
export const listedSql = factsSql(IN_LIST, `${IN_LIST('id')} ORDER BY id`);

function factsSql(within: (column: string) => string, debtors: string): FactsSql {
  const own = within('debtorId');
  return {
    debtors: `SELECT id, portfolioId, kind, language, jurisdiction, timeZonesJson, city, importJobId, searchName,
        displayName, companyName, deletedAt IS NOT NULL OR mergedInto IS NOT NULL
      FROM debtor WHERE ${debtors}`,
    debts: `SELECT debtorId, status, currency, sum(balanceMinor), min(dueOn), count(*)
      FROM debt WHERE ${own} AND deletedAt IS NULL GROUP BY debtorId, deletedAt, status, currency`,
    contactPoints: `SELECT debtorId, kind, value, status FROM contactPoint WHERE ${own} AND deletedAt IS NULL`,
    // a bare column goes with the row of the maximum
    contacts: `SELECT debtorId, max(at), channel FROM interaction
      WHERE ${own} AND channel NOT IN ('note', 'payment', 'status') GROUP BY debtorId`,
    promises: `SELECT debtorId, status, dueOn FROM promiseToPay
      WHERE ${own} AND deletedAt IS NULL ORDER BY debtorId, createdAt, id`,
    plans: `SELECT debtorId, status FROM paymentPlan
      WHERE ${own} AND deletedAt IS NULL ORDER BY debtorId, createdAt, id`,
    holds: `SELECT debtorId, kind, since, until, maxDays FROM hold
      WHERE ${own} AND deletedAt IS NULL AND liftedAt IS NULL ORDER BY debtorId, kind`,
    writeOffs: `SELECT DISTINCT debtorId FROM writeOff INDEXED BY writeOffDebtor
      WHERE ${own} AND status = 'proposed' AND deletedAt IS NULL`,
    nextActions: [
      `SELECT debtorId, min(at) FROM callback INDEXED BY callbackDebtor
        WHERE ${own} AND status = 'open' AND deletedAt IS NULL GROUP BY debtorId`,
      `SELECT e.debtorId, min(e.nextAt) FROM contactListEntry e
        JOIN campaign c ON c.id = e.campaignId AND c.deletedAt IS NULL
        WHERE ${within('e.debtorId')} AND e.status IN ('pending', 'waiting') AND e.nextAt > 0
        GROUP BY e.debtorId`,
      `SELECT p.debtorId, unixepoch(min(i.dueOn)) * 1000 FROM paymentPlan p INDEXED BY paymentPlanDebtor
        CROSS JOIN instalment i INDEXED BY instalmentPlan ON i.paymentPlanId = p.id AND i.status IN ('open', 'late') AND i.deletedAt IS NULL
        WHERE ${within('p.debtorId')} AND p.status = 'active' AND p.deletedAt IS NULL GROUP BY p.debtorId`,
    ],
  };
}
