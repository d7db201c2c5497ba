import {
  type DocumentLanguage,
  type ErasedGroup,
  type ErasurePreview,
  erasedGroup,
  type KeptGroup,
} from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import { localDate } from '../local-date.ts';
import { countPersonRows, mergedFamily } from './person-rows.ts';
import { type EraseRule, personTables } from './person-tables.ts';
import { keptUntil, type RetentionRules, retentionOf } from './retention.ts';

export type Preview = Unbranded<ErasurePreview>;

interface DebtorRow {
  displayName: string;
  externalRef: string;
  jurisdiction: string;
  erasedAt: number | null;
}

export interface ErasurePlan {
  debtor: DebtorRow;
  ids: string[];
  retention: RetentionRules;
  keeps: { group: KeptGroup; until: string | null }[];
  /** a law keeps these today; what has run out is erased */
  kept: KeptGroup[];
  openBalances: { amountMinor: number; currency: string }[];
}

/** What an erasure would do, and what stands in its way. @returns null when there is no such debtor */
export function planErasure(read: ReadDb, debtorId: string, now: number): ErasurePlan | null {
  const debtor = read.get<DebtorRow>(
    'SELECT displayName, externalRef, jurisdiction, erasedAt FROM debtor WHERE id = ? AND deletedAt IS NULL',
    debtorId,
  );
  if (!debtor) return null;
  const ids = mergedFamily(read, debtorId);
  const retention = retentionOf(debtor.jurisdiction);
  const dates = lastDates(read, ids, now);
  const today = localDate(now, 'UTC');
  const keeps = retention.rules.map((rule) => ({
    group: rule.group,
    until: keptUntil(rule, dates),
  }));
  const kept = keeps
    .filter(({ until }) => until === null || until >= today)
    .map(({ group }) => group);
  return { debtor, ids, retention, keeps, kept, openBalances: openBalances(read, ids) };
}

export function describePlan(
  read: ReadDb,
  debtorId: string,
  plan: ErasurePlan,
  options: { language: DocumentLanguage; callUp: boolean; erasing: boolean },
): Preview {
  const { debtor, ids, retention, keeps, kept, openBalances: balances } = plan;
  const erased = new Map<ErasedGroup, number>();
  const keptRows = new Map<KeptGroup, number>();
  for (const [table, { erase, kept: group }] of Object.entries(personTables)) {
    const rows = countPersonRows(read, table, ids);
    if (group !== undefined) add(keptRows, group, rows);
    for (const rule of erase) countRule(rule, rows, kept, erased, keptRows);
  }
  erased.set('searchIndex', ids.length);
  add(keptRows, 'doNotCall', doNotCallRows(read, ids));
  return {
    debtorId,
    displayName: debtor.displayName,
    externalRef: debtor.externalRef,
    jurisdiction: debtor.jurisdiction,
    erases: erasedGroup.options.flatMap((group) => {
      const rows = debtor.erasedAt === null ? (erased.get(group) ?? 0) : 0;
      return rows > 0 ? [{ group, rows }] : [];
    }),
    keeps: retention.rules.flatMap((rule, at) => {
      if (!kept.includes(rule.group)) return [];
      const { law, source, because, group } = rule;
      const until = keeps[at]?.until ?? null;
      const rows = keptRows.get(group) ?? 0;
      return [{ group, rows, until, law, source, because: because[options.language] }];
    }),
    rulesStatus: retention.review,
    blockedBy: [
      ...(options.callUp ? (['call-up'] as const) : []),
      ...(debtor.erasedAt === null ? [] : (['already-erased'] as const)),
      ...(options.erasing ? (['erasing'] as const) : []),
    ],
    needsReason: balances.length > 0,
    openBalances: balances,
  };
}

function countRule(
  rule: EraseRule,
  rows: number,
  kept: readonly KeptGroup[],
  erased: Map<ErasedGroup, number>,
  keptRows: Map<KeptGroup, number>,
): void {
  if (rule.kind === 'keep') return;
  const { unless } = rule.kind === 'empty' ? rule : {};
  if (unless !== undefined && kept.includes(unless)) add(keptRows, unless, rows);
  else add(erased, rule.group, rows);
}

function add<Key>(counts: Map<Key, number>, key: Key, more: number): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}

function doNotCallRows(read: ReadDb, ids: readonly string[]): number {
  const row = read.get<{ rows: number }>(
    `SELECT count(*) AS rows FROM doNotCall WHERE deletedAt IS NULL AND number IN (
       SELECT value FROM contactPoint WHERE debtorId IN (SELECT value FROM json_each(?)))`,
    JSON.stringify(ids),
  );
  return row?.rows ?? 0;
}

function openBalances(
  read: ReadDb,
  ids: readonly string[],
): { amountMinor: number; currency: string }[] {
  return read.all<{ amountMinor: number; currency: string }>(
    `SELECT currency, sum(balanceMinor) AS amountMinor FROM debt
     WHERE debtorId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL AND status = 'open'
     GROUP BY currency ORDER BY currency`,
    JSON.stringify(ids),
  );
}

/** When money was booked and somebody was in contact for the last time; today when never. */
function lastDates(
  read: ReadDb,
  ids: readonly string[],
  now: number,
): { lastBooking: string; lastContact: string } {
  const who = JSON.stringify(ids);
  const today = localDate(now, 'UTC');
  const booked = read.get<{ on: string | null }>(
    `SELECT max(paidOn) AS "on" FROM payment WHERE debtorId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL`,
    who,
  );
  const contact = read.get<{ at: number | null }>(
    'SELECT max(at) AS at FROM interaction WHERE debtorId IN (SELECT value FROM json_each(?))',
    who,
  );
  const at = contact?.at ?? null;
  return {
    lastBooking: booked?.on ?? today,
    lastContact: at === null ? today : localDate(at, 'UTC'),
  };
}
