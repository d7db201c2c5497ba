import type { CommandOutput } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { DebtorIndex } from './debtor-index.ts';
import { filterRows } from './filter-rows.ts';
import { sumsOf } from './list-query.ts';

export type ListedPortfolio = Unbranded<
  CommandOutput<'debtor.list-portfolios'>
>['portfolios'][number];

const CATCH_UP_MS = 20;
/** `debtCount` of a row ends here: those that may have more are counted in the store */
const MOST_COUNTED = 255;

/** All portfolios, the newest first, with what is open in each. */
export function portfolioTotals(index: DebtorIndex): ListedPortfolio[] {
  index.catchUp(CATCH_UP_MS);
  const rows = index.read.all<{
    portfolioId: string;
    name: string;
    creditorName: string;
    synthetic: number;
    createdAt: number;
  }>(
    `SELECT id AS portfolioId, name, creditorName, synthetic, createdAt FROM portfolio
      WHERE deletedAt IS NULL ORDER BY createdAt DESC, id DESC`,
  );
  const counts = countByPortfolio(index);
  return rows.map((row) => {
    const code = index.columns.portfolio.codeOf(row.portfolioId);
    return {
      ...row,
      synthetic: row.synthetic === 1,
      debtors: code === undefined ? 0 : (counts.debtors[code] ?? 0),
      debts: code === undefined ? 0 : (counts.debts[code] ?? 0),
      balances: code === undefined ? [] : balancesOf(index, row.portfolioId),
    };
  });
}

function countByPortfolio({ columns, read }: DebtorIndex) {
  const { codes, values } = columns.portfolio;
  const debtors = new Uint32Array(values.length);
  const debts = new Uint32Array(values.length);
  for (let row = 0; row < columns.size; row += 1) {
    if (!columns.isAlive(row)) continue;
    const code = codes[row] ?? 0;
    const count = columns.debtCount[row] ?? 0;
    debtors[code] = (debtors[code] ?? 0) + 1;
    debts[code] =
      (debts[code] ?? 0) +
      (count < MOST_COUNTED
        ? count
        : (read.get<{ count: number }>(
            'SELECT count(*) AS count FROM debt WHERE debtorId = ? AND deletedAt IS NULL',
            columns.ids.idAt(row),
          )?.count ?? 0));
  }
  return { debtors, debts };
}

function balancesOf(index: DebtorIndex, portfolioId: string) {
  return sumsOf(index.columns, filterRows(index, { portfolioIds: [portfolioId] }).rows);
}
