import type { CommandOutput } from '#shared/contract/index.ts';
import type { Money } from '#shared/domain/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import { debtCountAt } from './debt-count.ts';
import { OTHER_BALANCE } from './debtor-columns.ts';
import type { DebtorIndex } from './debtor-index.ts';

export type ListedPortfolio = Unbranded<
  CommandOutput<'debtor.list-portfolios'>
>['portfolios'][number];

const CATCH_UP_MS = 100;

interface Totals {
  debtors: number;
  debts: number;
  balances: Map<string, number>;
}

/** All portfolios, the newest first, with what is open in each. */
export function portfolioTotals(index: DebtorIndex): ListedPortfolio[] {
  index.catchUp(CATCH_UP_MS);
  const rows = index.read.all<{
    portfolioId: string;
    name: string;
    creditorName: string;
    synthetic: number;
    priorContact: ListedPortfolio['priorContact'];
    createdAt: number;
  }>(
    `SELECT id AS portfolioId, name, creditorName, synthetic, priorContact, createdAt FROM portfolio
      WHERE deletedAt IS NULL ORDER BY createdAt DESC, id DESC`,
  );
  const totals = totalsByPortfolio(index);
  return rows.map((row) => {
    const own = totals[index.columns.portfolio.codeOf(row.portfolioId) ?? -1];
    return {
      ...row,
      synthetic: row.synthetic === 1,
      debtors: own?.debtors ?? 0,
      debts: own?.debts ?? 0,
      balances: inOrder(own?.balances ?? new Map()),
    };
  });
}

/** By the code of the portfolio; one pass over all rows, however many portfolios there are. */
function totalsByPortfolio(index: DebtorIndex): Totals[] {
  const { portfolio, currency, balance, otherBalances } = index.columns;
  const portfolios = portfolio.values.length;
  const currencies = currency.values.length;
  const debtors = new Uint32Array(portfolios);
  const debts = new Uint32Array(portfolios);
  const sums = new Float64Array(portfolios * currencies);
  const occurs = new Uint8Array(portfolios * currencies);
  const others: { code: number; balances: readonly Money[] }[] = [];
  for (let row = 0; row < index.columns.size; row += 1) {
    if (!index.columns.isAlive(row)) continue;
    const code = portfolio.codes[row] ?? 0;
    debtors[code] = (debtors[code] ?? 0) + 1;
    debts[code] = (debts[code] ?? 0) + debtCountAt(index, row);
    const owed = balance[row] ?? 0;
    if (owed === OTHER_BALANCE) others.push({ code, balances: otherBalances.get(row) ?? [] });
    else {
      const at = code * currencies + (currency.codes[row] ?? 0);
      sums[at] = (sums[at] ?? 0) + owed;
      occurs[at] = 1;
    }
  }
  const totals = Array.from(portfolio.values, (_, code) => {
    const balances = new Map<string, number>();
    currency.values.forEach((value, each) => {
      const at = code * currencies + each;
      if (value !== null && occurs[at] === 1) balances.set(value, sums[at] ?? 0);
    });
    return { debtors: debtors[code] ?? 0, debts: debts[code] ?? 0, balances };
  });
  for (const { code, balances } of others) {
    for (const { currency: value, amountMinor } of balances) {
      totals[code]?.balances.set(value, (totals[code].balances.get(value) ?? 0) + amountMinor);
    }
  }
  return totals;
}

function inOrder(balances: ReadonlyMap<string, number>): Money[] {
  return [...balances]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, amountMinor]) => ({ amountMinor, currency }));
}
