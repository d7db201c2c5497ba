import type { DebtorCard } from '#shared/contract/index.ts';
import type { Money } from '#shared/domain/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { daysPastDue } from '../local-date.ts';

type Card = Unbranded<DebtorCard>;
export type CardDebt = Card['debts'][number];
export type CardPromise = Card['promises'][number];

const DAY_MS = 24 * 3_600_000;

/** @param today the date where the debtor lives */
export function loadDebts(read: ReadDb, debtorId: string, today: string): CardDebt[] {
  const rows = read.all<Omit<CardDebt, 'daysPastDue'>>(
    `SELECT id AS debtId, externalRef, creditorName, debtKind, currency, principalMinor, interestMinor,
       feesMinor, paidMinor, balanceMinor, dueOn, accountToPay, status
     FROM debt WHERE debtorId = ? AND deletedAt IS NULL
     ORDER BY status <> 'open', dueOn IS NULL, dueOn, externalRef`,
    debtorId,
  );
  return rows.map((row) => ({ ...row, daysPastDue: daysPastDue(row.dueOn, today) }));
}

export function loadPromises(read: ReadDb, debtorId: string): CardPromise[] {
  return read.all<CardPromise>(
    `SELECT id AS promiseToPayId, debtId, amountMinor, currency, dueOn, status, createdAt
     FROM promiseToPay WHERE debtorId = ? AND deletedAt IS NULL
     ORDER BY status <> 'open', dueOn, id`,
    debtorId,
  );
}

/** What is open, added up for each currency, in the order of currency codes. */
export function totalsOf(debts: readonly CardDebt[]): Money[] {
  const totals = new Map<string, number>();
  for (const { status, currency, balanceMinor } of debts) {
    if (status !== 'open') continue;
    totals.set(currency, (totals.get(currency) ?? 0) + balanceMinor);
  }
  return [...totals]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, amountMinor]) => ({ amountMinor, currency }));
}

/** Of open debts; null when none is past its date. */
export function oldestDaysPastDue(debts: readonly CardDebt[]): number | null {
  const days = debts.filter((debt) => debt.status === 'open').map((debt) => debt.daysPastDue ?? 0);
  const oldest = Math.max(0, ...days);
  return oldest > 0 ? oldest : null;
}

/** Kinds of the holds in force: dispute, lawyer, opt-outs and the like. Ends are exclusive. */
export function loadFlags(read: ReadDb, debtorId: string, now: number): string[] {
  const rows = read.all<{ kind: string }>(
    `SELECT DISTINCT kind FROM hold
     WHERE debtorId = ? AND deletedAt IS NULL AND liftedAt IS NULL AND since <= ?
       AND (until IS NULL OR until > ?)
       AND (maxDays IS NULL OR since + maxDays * ${DAY_MS} > ?)
     ORDER BY kind`,
    debtorId,
    now,
    now,
    now,
  );
  return rows.map((row) => row.kind);
}

interface Due {
  kind: 'callback' | 'promise' | 'attempt';
  at: number | null;
}

/**
 * What comes next for this debtor: the earliest of an agreed callback, an open promise (the start of
 * its day, UTC) and the campaign's next attempt. An attempt that may come at any time has no
 * instant and stands behind what has one.
 */
export function loadNextAction(read: ReadDb, debtorId: string): Card['nextAction'] {
  const due = read.all<Due>(
    `SELECT 'callback' AS kind, min(at) AS at FROM callback
       WHERE debtorId = ? AND status = 'open' AND deletedAt IS NULL HAVING count(*) > 0
     UNION ALL
     SELECT 'promise', unixepoch(min(dueOn)) * 1000 FROM promiseToPay
       WHERE debtorId = ? AND status = 'open' AND deletedAt IS NULL HAVING count(*) > 0
     UNION ALL
     SELECT 'attempt', nullif(min(e.nextAt), 0) FROM contactListEntry e
       JOIN campaign c ON c.id = e.campaignId AND c.deletedAt IS NULL
       WHERE e.debtorId = ? AND e.status IN ('pending', 'waiting') HAVING count(*) > 0`,
    debtorId,
    debtorId,
    debtorId,
  );
  const [first] = due.sort((one, other) => instantOf(one) - instantOf(other));
  return first ?? { kind: 'none', at: null };
}

function instantOf(due: Due): number {
  return due.at ?? Number.POSITIVE_INFINITY;
}
