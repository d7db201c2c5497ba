import type { ReadDb } from '../../store/types.ts';

/** What the store holds of a debtor that may say whether they pay; dates are `YYYY-MM-DD`, instants epoch ms. */
export interface DebtorPast {
  debtorId: string;
  isCompany: boolean;
  /** ISO 3166-1 alpha-2 */
  country: string;
  /** `claimedMinor`: as it came, before anything was paid */
  debts: readonly { debtKind: string; claimedMinor: number; dueOn: string | null }[];
  payments: readonly { paidOn: string; amountMinor: number }[];
  promises: readonly Promised[];
  /** calls of either direction, by time */
  calls: readonly number[];
  attempts: readonly { dialedAt: number; answered: boolean; joined: boolean }[];
  /** since when each of their numbers is known */
  numbers: readonly number[];
}

interface Promised {
  status: string;
  dueOn: string;
  createdAt: number;
  settledAt: number | null;
}

interface DebtorRow {
  debtorId: string;
  kind: string;
  country: string | null;
  jurisdiction: string;
}

type Owned<Row> = Row & { debtorId: string };

// The list of ids stays outside, so that every row is found by an index.
const debtorsSql = `SELECT d.id AS debtorId, d.kind, d.country, d.jurisdiction
  FROM json_each(?) AS asked CROSS JOIN debtor d ON d.id = asked.value WHERE d.deletedAt IS NULL`;
const debtsSql = `SELECT d.debtorId, d.debtKind, d.dueOn, d.principalMinor + d.interestMinor + d.feesMinor AS claimedMinor
  FROM json_each(?) AS asked CROSS JOIN debt d ON d.debtorId = asked.value WHERE d.deletedAt IS NULL`;
const paymentsSql = `SELECT p.debtorId, p.paidOn, p.amountMinor
  FROM json_each(?) AS asked CROSS JOIN payment p ON p.debtorId = asked.value
  WHERE p.status = 'booked' AND p.deletedAt IS NULL`;
const promisesSql = `SELECT p.debtorId, p.status, p.dueOn, p.createdAt, p.settledAt
  FROM json_each(?) AS asked CROSS JOIN promiseToPay p ON p.debtorId = asked.value
  WHERE p.deletedAt IS NULL AND p.status <> 'withdrawn'`;
const callsSql = `SELECT i.debtorId, i.at FROM json_each(?) AS asked CROSS JOIN interaction i ON i.debtorId = asked.value
  WHERE i.channel = 'call' ORDER BY i.at`;
const attemptsSql = `SELECT a.debtorId, a.dialedAt, a.answeredAt IS NOT NULL AS answered, a.joinedAt IS NOT NULL AS joined
  FROM json_each(?) AS asked CROSS JOIN attempt a ON a.debtorId = asked.value WHERE a.dialedAt IS NOT NULL`;
const numbersSql = `SELECT c.debtorId, c.createdAt
  FROM json_each(?) AS asked CROSS JOIN contactPoint c ON c.debtorId = asked.value
  WHERE c.deletedAt IS NULL AND c.status = 'active' AND c.kind IN ('mobile','home','work','other')`;

/** Those of the debtors that exist, in their order. Reads by index only: ask for a few dozen at a time on a busy thread. */
export function loadPasts(db: ReadDb, debtorIds: readonly string[]): DebtorPast[] {
  const ids = JSON.stringify(debtorIds);
  const owned = <Row>(sql: string) =>
    Map.groupBy(db.all<Owned<Row>>(sql, ids), ({ debtorId }) => debtorId);
  const debtors = db.all<DebtorRow>(debtorsSql, ids);
  const debts = owned<DebtorPast['debts'][number]>(debtsSql);
  const payments = owned<DebtorPast['payments'][number]>(paymentsSql);
  const promises = owned<Promised>(promisesSql);
  const calls = owned<{ at: number }>(callsSql);
  const attempts = owned<{ dialedAt: number; answered: number; joined: number }>(attemptsSql);
  const numbers = owned<{ createdAt: number }>(numbersSql);
  return debtors.map(({ debtorId, kind, country, jurisdiction }) => ({
    debtorId,
    isCompany: kind === 'company',
    country: (country ?? jurisdiction.slice(0, 2)).toUpperCase(),
    debts: debts.get(debtorId) ?? [],
    payments: payments.get(debtorId) ?? [],
    promises: promises.get(debtorId) ?? [],
    calls: (calls.get(debtorId) ?? []).map(({ at }) => at),
    attempts: (attempts.get(debtorId) ?? []).map(({ dialedAt, answered, joined }) => ({
      dialedAt,
      answered: answered === 1,
      joined: joined === 1,
    })),
    numbers: (numbers.get(debtorId) ?? []).map(({ createdAt }) => createdAt),
  }));
}
