import type { CommandOutput } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';

export type ListedPortfolio = Unbranded<
  CommandOutput<'debtor.list-portfolios'>
>['portfolios'][number];

/** All portfolios, the newest first, with what is open in each. */
export function listPortfolios(read: ReadDb): ListedPortfolio[] {
  return read.snapshot(() => {
    const rows = read.all<{
      portfolioId: string;
      name: string;
      creditorName: string;
      synthetic: number;
      createdAt: number;
      debtors: number;
    }>(
      `SELECT p.id AS portfolioId, p.name, p.creditorName, p.synthetic, p.createdAt,
         (SELECT count(*) FROM debtor d WHERE d.portfolioId = p.id AND d.deletedAt IS NULL) AS debtors
       FROM portfolio p WHERE p.deletedAt IS NULL ORDER BY p.createdAt DESC, p.id DESC`,
    );
    return rows.map((row) => ({
      ...row,
      synthetic: row.synthetic === 1,
      ...debtSums(read, row.portfolioId),
    }));
  });
}

function debtSums(read: ReadDb, portfolioId: string) {
  const sums = read.all<{ currency: string; debts: number; open: number; amountMinor: number }>(
    `SELECT currency, count(*) AS debts, sum(status = 'open') AS open,
       sum(CASE WHEN status = 'open' THEN balanceMinor ELSE 0 END) AS amountMinor
     FROM debt WHERE portfolioId = ? AND deletedAt IS NULL GROUP BY currency ORDER BY currency`,
    portfolioId,
  );
  return {
    debts: sums.reduce((count, sum) => count + sum.debts, 0),
    balances: sums
      .filter((sum) => sum.open > 0)
      .map(({ amountMinor, currency }) => ({ amountMinor, currency })),
  };
}
