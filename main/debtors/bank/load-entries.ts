import type { BankEntry, BankSuggestion } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { matchEntry } from './match-entry.ts';
import { readAccounts } from './read-accounts.ts';

export type Entry = Unbranded<BankEntry>;
export type Suggestion = Unbranded<BankSuggestion>;

const COLUMNS = `e.id AS bankEntryId, e.importJobId, e.account, e.bookedOn, e.amountMinor, e.currency, e.payer,
  e.payerAccount, e.title, e.state, e.debtorId, d.displayName AS debtorName, e.debtId, e.paymentId, e.matchedBy,
  p.displayName AS personName, e.createdAt`;
const FROM = `FROM bankEntry e LEFT JOIN debtor d ON d.id = e.debtorId LEFT JOIN person p ON p.id = e.personId`;

export function loadEntry(db: ReadDb, bankEntryId: string): Entry | null {
  const sql = `SELECT ${COLUMNS} ${FROM} WHERE e.id = ? AND e.deletedAt IS NULL`;
  return db.get<Entry>(sql, bankEntryId) ?? null;
}

export interface Page {
  limit: number;
  cursor?: string | undefined;
}

const MAX_SUGGESTIONS = 5;

/** Open entries, oldest booking first, each with whom it may be from. */
export function loadQueue(
  db: ReadDb,
  { limit, cursor }: Page,
): { entries: (Entry & { suggestions: Suggestion[] })[]; cursor: string | null; total: number } {
  const [bookedOn, id] = splitCursor(cursor, '');
  const entries = db.all<Entry>(
    `SELECT ${COLUMNS} ${FROM} WHERE e.state = 'open' AND e.deletedAt IS NULL
       AND (e.bookedOn > ? OR (e.bookedOn = ? AND e.id > ?)) ORDER BY e.bookedOn, e.id LIMIT ?`,
    bookedOn,
    bookedOn,
    id,
    limit,
  );
  return {
    entries: entries.map((entry) => ({ ...entry, suggestions: suggestionsFor(db, entry) })),
    cursor: nextCursor(entries, limit),
    total: countOpen(db),
  };
}

export function countOpen(db: ReadDb): number {
  const row = db.get<{ open: number }>(
    "SELECT count(*) AS open FROM bankEntry WHERE state = 'open' AND deletedAt IS NULL",
  );
  return row?.open ?? 0;
}

export interface ListedEntries extends Page {
  state?: Entry['state'] | undefined;
  importJobId?: string | undefined;
  text?: string | undefined;
}

/** Newest booking first. */
export function listEntries(
  db: ReadDb,
  { limit, cursor, state, importJobId, text }: ListedEntries,
): { entries: Entry[]; cursor: string | null } {
  const [bookedOn, id] = splitCursor(cursor, '9999-12-31');
  const pattern = text === undefined || text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const entries = db.all<Entry>(
    `SELECT ${COLUMNS} ${FROM} WHERE e.deletedAt IS NULL
       AND (e.bookedOn < ? OR (e.bookedOn = ? AND e.id < ?))
       AND (? IS NULL OR e.state = ?) AND (? IS NULL OR e.importJobId = ?)
       AND (? IS NULL OR e.title LIKE ? ESCAPE '\\' OR e.payer LIKE ? ESCAPE '\\'
         OR e.account LIKE ? ESCAPE '\\' OR e.payerAccount LIKE ? ESCAPE '\\')
     ORDER BY e.bookedOn DESC, e.id DESC LIMIT ?`,
    bookedOn,
    bookedOn,
    cursor === undefined ? '~' : id,
    state ?? null,
    state ?? null,
    importJobId ?? null,
    importJobId ?? null,
    ...Array.from({ length: 5 }, () => pattern),
    limit,
  );
  return { entries, cursor: nextCursor(entries, limit) };
}

function splitCursor(cursor: string | undefined, first: string): [string, string] {
  const [bookedOn = first, id = ''] = cursor?.split('/') ?? [];
  return [bookedOn, id];
}

function nextCursor(entries: readonly Entry[], limit: number): string | null {
  const last = entries.at(-1);
  return last && entries.length === limit ? `${last.bookedOn}/${last.bankEntryId}` : null;
}

const SELECT_SHOWN = `SELECT d.displayName AS debtorName, d.externalRef AS debtorRef, coalesce(f.name, '') AS portfolioName,
    (SELECT externalRef FROM debt WHERE id = ?) AS debtRef,
    (SELECT coalesce(sum(balanceMinor), 0) FROM debt WHERE debtorId = d.id AND currency = ? AND status = 'open'
       AND deletedAt IS NULL) AS balanceMinor
  FROM debtor d LEFT JOIN portfolio f ON f.id = d.portfolioId WHERE d.id = ?`;

/** Whom an open entry may be from: as the books are now, not as they were when it came. */
function suggestionsFor(db: ReadDb, entry: Entry): Suggestion[] {
  const accounts = [
    ...readAccounts(entry.title),
    ...(entry.account === null ? [] : [entry.account]),
  ];
  const matches = matchEntry(db, { ...entry, accounts }).slice(0, MAX_SUGGESTIONS);
  return matches.flatMap((match): Suggestion[] => {
    const shown = db.get<Omit<Suggestion, keyof typeof match>>(
      SELECT_SHOWN,
      match.debtId,
      entry.currency,
      match.debtorId,
    );
    return shown ? [{ ...match, ...shown }] : [];
  });
}
