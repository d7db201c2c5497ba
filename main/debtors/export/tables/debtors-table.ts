import type { ExportColumn } from '#shared/contract/index.ts';
import type { ReadDb } from '../../../store/types.ts';
import { idsFromBytes } from '../../list/id-table.ts';
import { daysPastDue, localDate } from '../../local-date.ts';
import { amount, type Cell, count, date, empty, instant, text } from '../cell.ts';
import { PAGE_ROWS, pagesByKey, type TableSource } from './table-source.ts';

interface Debtor {
  id: string;
  externalRef: string;
  displayName: string;
  kind: string;
  portfolio: string | null;
  language: string;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  country: string | null;
  nationalId: string | null;
  taxId: string | null;
  birthDate: string | null;
  timeZonesJson: string;
  createdAt: number;
}

interface DebtSums {
  debtorId: string;
  currency: string;
  principalMinor: number;
  interestMinor: number;
  feesMinor: number;
  paidMinor: number;
  balanceMinor: number;
  debts: number;
  oldestDueOn: string | null;
}

/** One line for each debtor and currency: sums of different currencies are never added up. */
export interface DebtorLine {
  debtor: Debtor;
  sums: DebtSums | null;
  phones: string;
  emails: string;
  flags: string;
  lastInteractionAt: number | null;
  today: string;
}

const HEADS = `SELECT d.id, d.externalRef, d.displayName, d.kind, p.name AS portfolio, d.language, d.street,
  d.postalCode, d.city, d.country, d.nationalId, d.taxId, d.birthDate, d.timeZonesJson, d.createdAt
  FROM debtor d LEFT JOIN portfolio p ON p.id = d.portfolioId`;

/**
 * @param ids 16 bytes each, in the order of the list; null = everybody
 * @param now epoch ms, for ages
 */
export function debtorsTable(ids: Uint8Array | null, now: number): TableSource<DebtorLine> {
  return {
    count: () => (ids === null ? null : ids.length / ID_BYTES),
    *pages(read) {
      const heads = ids === null ? everybody(read) : named(read, ids);
      for (const page of heads) yield read.snapshot(() => complete(read, page, now));
    },
    cells,
  };
}

function everybody(read: ReadDb): Iterable<Debtor[]> {
  return pagesByKey(
    (after: string | null) =>
      read.all<Debtor>(
        `${HEADS} WHERE d.deletedAt IS NULL AND d.id > ? ORDER BY d.id LIMIT ${PAGE_ROWS}`,
        after ?? '',
      ),
    (row) => row.id,
  );
}

function* named(read: ReadDb, ids: Uint8Array): Iterable<Debtor[]> {
  for (let at = 0; at < ids.length; at += PAGE_ROWS * ID_BYTES) {
    const page = idsFromBytes(ids.subarray(at, at + PAGE_ROWS * ID_BYTES));
    yield read.all<Debtor>(
      `${HEADS} JOIN json_each(?) wanted ON wanted.value = d.id WHERE d.deletedAt IS NULL ORDER BY wanted.key`,
      JSON.stringify(page),
    );
  }
}

function complete(read: ReadDb, heads: readonly Debtor[], now: number): DebtorLine[] {
  const ids = JSON.stringify(heads.map((head) => head.id));
  const sums = Map.groupBy(read.all<DebtSums>(SUMS, ids), (row) => row.debtorId);
  const points = Map.groupBy(read.all<Point>(POINTS, ids), (row) => row.debtorId);
  const flags = new Map(
    read
      .all<{ debtorId: string; flags: string }>(FLAGS, ids, now, now)
      .map((row) => [row.debtorId, row.flags]),
  );
  const contacts = new Map(
    read
      .all<{ debtorId: string; at: number }>(LAST_CONTACT, ids)
      .map((row) => [row.debtorId, row.at]),
  );
  return heads.flatMap((debtor) => {
    const [timeZone = 'UTC'] = JSON.parse(debtor.timeZonesJson) as string[];
    const own = points.get(debtor.id) ?? [];
    const common = {
      debtor,
      phones: joined(own.filter((point) => point.kind !== 'email' && point.kind !== 'messenger')),
      emails: joined(own.filter((point) => point.kind === 'email')),
      flags: flags.get(debtor.id) ?? '',
      lastInteractionAt: contacts.get(debtor.id) ?? null,
      today: localDate(now, timeZone),
    };
    const lines: (DebtSums | null)[] = sums.get(debtor.id) ?? [null];
    return lines.map((each) => ({ ...common, sums: each }));
  });
}

interface Point {
  debtorId: string;
  kind: string;
  value: string;
}

function joined(points: readonly Point[]): string {
  return points.map((point) => point.value).join(', ');
}

const SUMS = `SELECT debtorId, currency, sum(principalMinor) AS principalMinor, sum(interestMinor) AS interestMinor,
  sum(feesMinor) AS feesMinor, sum(paidMinor) AS paidMinor, sum(balanceMinor) AS balanceMinor, count(*) AS debts,
  min(CASE WHEN status = 'open' THEN dueOn END) AS oldestDueOn
  FROM debt WHERE debtorId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL
  GROUP BY debtorId, currency ORDER BY debtorId, currency`;
const POINTS = `SELECT debtorId, kind, value FROM contactPoint
  WHERE debtorId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL AND status = 'active'
  ORDER BY debtorId, rank, id`;
const FLAGS = `SELECT debtorId, group_concat(DISTINCT kind) AS flags FROM hold
  WHERE debtorId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL AND liftedAt IS NULL
    AND (until IS NULL OR until > ?) AND (maxDays IS NULL OR since + maxDays * 86400000 > ?)
  GROUP BY debtorId`;
const LAST_CONTACT = `SELECT debtorId, max(at) AS at FROM interaction
  WHERE debtorId IN (SELECT value FROM json_each(?)) GROUP BY debtorId`;

function money(minorOf: (sums: DebtSums) => number): (line: DebtorLine) => Cell {
  return ({ sums }) => (sums === null ? empty : amount(minorOf(sums), sums.currency));
}

const cells: Readonly<Record<ExportColumn<'debtors'>, (line: DebtorLine) => Cell>> = {
  externalRef: ({ debtor }) => text(debtor.externalRef),
  displayName: ({ debtor }) => text(debtor.displayName),
  kind: ({ debtor }) => text(debtor.kind),
  portfolio: ({ debtor }) => text(debtor.portfolio),
  language: ({ debtor }) => text(debtor.language),
  street: ({ debtor }) => text(debtor.street),
  postalCode: ({ debtor }) => text(debtor.postalCode),
  city: ({ debtor }) => text(debtor.city),
  country: ({ debtor }) => text(debtor.country),
  nationalId: ({ debtor }) => text(debtor.nationalId),
  taxId: ({ debtor }) => text(debtor.taxId),
  birthDate: ({ debtor }) => date(debtor.birthDate),
  currency: ({ sums }) => text(sums?.currency),
  principal: money((sums) => sums.principalMinor),
  interest: money((sums) => sums.interestMinor),
  fees: money((sums) => sums.feesMinor),
  paid: money((sums) => sums.paidMinor),
  balance: money((sums) => sums.balanceMinor),
  debtCount: ({ sums }) => count(sums?.debts ?? 0),
  oldestDueOn: ({ sums }) => date(sums?.oldestDueOn ?? null),
  daysPastDue: ({ sums, today }) => count(daysPastDue(sums?.oldestDueOn ?? null, today)),
  phones: ({ phones }) => text(phones),
  emails: ({ emails }) => text(emails),
  lastInteractionAt: ({ lastInteractionAt }) => instant(lastInteractionAt),
  flags: ({ flags }) => text(flags.replaceAll(',', ', ')),
  createdAt: ({ debtor }) => instant(debtor.createdAt),
};

const ID_BYTES = 16;
