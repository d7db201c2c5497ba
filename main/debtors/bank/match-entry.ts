import type { MatchCertainty, MatchReason } from '#shared/contract/index.ts';
import { foldText } from '#shared/util/index.ts';
import type { ReadDb } from '../../store/index.ts';
import { isInn, isNip, isPesel } from '../import/national-ids.ts';
import { keptDebtorId } from '../work/require-debtor.ts';
import { referenceTokens } from './title-tokens.ts';

/** What is known of money that came in. */
export interface EntryToMatch {
  amountMinor: number;
  currency: string;
  payer: string | null;
  payerAccount: string | null;
  title: string;
  /** accounts that may be the one that was paid to, in their normal form */
  accounts: readonly string[];
}

export interface Match {
  debtorId: string;
  /** named by the evidence; null: any debt of the debtor */
  debtId: string | null;
  certainty: MatchCertainty;
  /** strongest first */
  reasons: MatchReason[];
}

const ORDER: readonly MatchReason[] = [
  'account',
  'reference',
  'nationalId',
  'taxId',
  'payerKnown',
  'nameAndAmount',
  'name',
  'amount',
];
const RANK: Readonly<Record<MatchCertainty, number>> = { certain: 0, likely: 1, possible: 2 };

interface Evidence {
  debtId: string | null;
  certainty: MatchCertainty;
  reasons: Set<MatchReason>;
}

/**
 * Whose money an entry may be, the best first. Evidence that points to one debtor alone makes a match certain: the
 * account that was given to nobody else, a telling number in the title, a national or tax id with right check digits. Two
 * debtors with such evidence, or money in a currency in which the debtor owes nothing, make none.
 *
 * Every question is one look into an index: it is asked for each line of a statement, in the writer's thread.
 */
export function matchEntry(db: ReadDb, entry: EntryToMatch): Match[] {
  const found = new Map<string, Evidence>();
  const note = (
    debtorId: string,
    reason: MatchReason,
    certainty: MatchCertainty,
    debtId: string | null = null,
  ) => {
    const kept = keptDebtorId(db, debtorId);
    if (kept === null) return;
    const known = found.get(kept);
    if (!known) {
      found.set(kept, { debtId, certainty, reasons: new Set([reason]) });
      return;
    }
    known.reasons.add(reason);
    known.debtId ??= debtId;
    if (RANK[certainty] < RANK[known.certainty]) known.certainty = certainty;
  };
  byAccount(db, entry, note);
  byReference(db, entry, note);
  byIds(db, entry, note);
  byPayer(db, entry, note);
  byName(db, entry, note);
  return settle(db, entry, found);
}

type NoteEvidence = (
  debtorId: string,
  reason: MatchReason,
  certainty: MatchCertainty,
  debtId?: string | null,
) => void;

interface Hit {
  debtorId: string;
  debtId: string | null;
}

/** Hits of more than this many debtors say nothing. */
const MANY = 4;

const BY_ACCOUNT = `SELECT debtorId, id AS debtId FROM debt WHERE accountToPay IN (?, ?) AND deletedAt IS NULL
  UNION ALL SELECT id, NULL FROM debtor WHERE accountToPay IN (?, ?) AND erasedAt IS NULL AND (deletedAt IS NULL OR mergedInto IS NOT NULL) LIMIT 50`;

function byAccount(db: ReadDb, { accounts }: EntryToMatch, note: NoteEvidence): void {
  for (const account of accounts) {
    const forms = [account, `PL${account}`];
    const hits = db.all<Hit>(BY_ACCOUNT, ...forms, ...forms);
    const one = onlyDebtor(hits);
    // an account that several debtors pay to is the creditor's own
    if (one) note(one.debtorId, 'account', 'certain', one.debtId);
  }
}

const BY_REFERENCE = `SELECT debtorId, id AS debtId FROM debt WHERE externalRef = ? AND deletedAt IS NULL
  UNION ALL SELECT id, NULL FROM debtor WHERE externalRef = ? AND erasedAt IS NULL AND (deletedAt IS NULL OR mergedInto IS NOT NULL) LIMIT 20`;

function byReference(db: ReadDb, { title }: EntryToMatch, note: NoteEvidence): void {
  for (const { text, isTelling } of referenceTokens(title)) {
    const forms = [...new Set([text, text.toUpperCase()])];
    const hits = forms.flatMap((form) => db.all<Hit>(BY_REFERENCE, form, form));
    const one = onlyDebtor(hits);
    if (one) note(one.debtorId, 'reference', isTelling ? 'certain' : 'likely', one.debtId);
    else noteFew(hits, (hit) => note(hit.debtorId, 'reference', 'likely', hit.debtId));
  }
}

const BY_NATIONAL_ID =
  'SELECT id AS debtorId, NULL AS debtId FROM debtor WHERE nationalId = ? AND erasedAt IS NULL AND (deletedAt IS NULL OR mergedInto IS NOT NULL) LIMIT 5';
const BY_TAX_ID =
  'SELECT id AS debtorId, NULL AS debtId FROM debtor WHERE taxId = ? AND erasedAt IS NULL AND (deletedAt IS NULL OR mergedInto IS NOT NULL) LIMIT 5';

function byIds(db: ReadDb, { title, payer }: EntryToMatch, note: NoteEvidence): void {
  const numbers = `${title} ${payer ?? ''}`.match(/(?<![\d/-])\d[\d-]{8,13}\d(?![\d/-])/g) ?? [];
  for (const number of new Set(numbers.map((text) => text.replace(/-/g, '')))) {
    if (isPesel(number)) noteId(db.all<Hit>(BY_NATIONAL_ID, number), 'nationalId', note);
    if (isNip(number) || isInn(number)) noteId(db.all<Hit>(BY_TAX_ID, number), 'taxId', note);
  }
}

function noteId(hits: readonly Hit[], reason: 'nationalId' | 'taxId', note: NoteEvidence): void {
  const one = onlyDebtor(hits);
  if (one) note(one.debtorId, reason, 'certain');
  // the same person in several portfolios
  else noteFew(hits, (hit) => note(hit.debtorId, reason, 'likely'));
}

const BY_PAYER = `SELECT DISTINCT debtorId, NULL AS debtId FROM bankEntry
  WHERE payerAccount = ? AND state = 'matched' AND debtorId IS NOT NULL AND deletedAt IS NULL LIMIT 5`;

function byPayer(db: ReadDb, { payerAccount }: EntryToMatch, note: NoteEvidence): void {
  if (payerAccount === null) return;
  const hits = db.all<Hit>(BY_PAYER, payerAccount);
  noteFew(hits, (hit) =>
    note(hit.debtorId, 'payerKnown', hits.length === 1 ? 'likely' : 'possible'),
  );
}

const BY_NAME = `SELECT id AS debtorId, NULL AS debtId FROM debtor
  WHERE searchName = ? AND erasedAt IS NULL AND (deletedAt IS NULL OR mergedInto IS NOT NULL) LIMIT 10`;
const OWES_EXACTLY = `SELECT id FROM debt WHERE debtorId = ? AND deletedAt IS NULL AND status = 'open'
  AND currency = ? AND balanceMinor = ? LIMIT 1`;
const OWES_TOGETHER = `SELECT sum(balanceMinor) AS sum FROM debt WHERE debtorId = ? AND deletedAt IS NULL
  AND status = 'open' AND currency = ?`;

function byName(db: ReadDb, entry: EntryToMatch, note: NoteEvidence): void {
  const hits = namesOf(entry.payer).flatMap((name) => db.all<Hit>(BY_NAME, name));
  const ids = [...new Set(hits.map((hit) => hit.debtorId))];
  for (const debtorId of ids.slice(0, 20)) {
    const debt = exactDebt(db, debtorId, entry);
    if (debt) note(debtorId, 'nameAndAmount', 'likely', debt.id);
    else if (owesTogether(db, debtorId, entry)) note(debtorId, 'nameAndAmount', 'likely');
    else note(debtorId, 'name', 'possible');
  }
}

const exactDebt = (db: ReadDb, debtorId: string, { currency, amountMinor }: EntryToMatch) =>
  db.get<{ id: string }>(OWES_EXACTLY, debtorId, currency, amountMinor);

function owesTogether(db: ReadDb, debtorId: string, entry: EntryToMatch): boolean {
  const row = db.get<{ sum: number | null }>(OWES_TOGETHER, debtorId, entry.currency);
  return row?.sum === entry.amountMinor;
}

/** A payer's line holds an address behind the name, and either name may come first. */
export function namesOf(payer: string | null): string[] {
  const words = foldText(payer ?? '')
    .replace(/[^\p{L}\p{N}\s.&-]/gu, ' ')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 6);
  const names = new Set<string>();
  for (let length = 2; length <= words.length; length += 1) {
    names.add(words.slice(0, length).join(' '));
  }
  const [first, second, third] = words;
  if (first !== undefined && second !== undefined) names.add(`${second} ${first}`);
  if (third !== undefined) {
    names.add(`${third} ${first} ${second}`);
    names.add(`${second} ${third} ${first}`);
  }
  return [...names];
}

/** The one debtor of all hits; its debt when all hits name the same one. */
function onlyDebtor(hits: readonly Hit[]): Hit | null {
  const [first] = hits;
  if (!first || hits.some((hit) => hit.debtorId !== first.debtorId)) return null;
  const debts = new Set(hits.flatMap(({ debtId }) => (debtId === null ? [] : [debtId])));
  const [debtId] = debts;
  return { debtorId: first.debtorId, debtId: debts.size === 1 ? (debtId ?? null) : null };
}

function noteFew(hits: readonly Hit[], each: (hit: Hit) => void): void {
  if (new Set(hits.map((hit) => hit.debtorId)).size <= MANY) hits.forEach(each);
}

const OWES_IN = `SELECT 1 FROM debt WHERE debtorId = ? AND currency = ? AND deletedAt IS NULL LIMIT 1`;
const DEBT_OF = `SELECT 1 FROM debt WHERE id = ? AND debtorId = ? AND currency = ? AND deletedAt IS NULL`;

function settle(db: ReadDb, entry: EntryToMatch, found: ReadonlyMap<string, Evidence>): Match[] {
  const { currency } = entry;
  const matches = [...found].map(([debtorId, { debtId, certainty, reasons }]): Match => {
    const owes = db.get(OWES_IN, debtorId, currency) !== undefined;
    if (!reasons.has('nameAndAmount') && exactDebt(db, debtorId, entry)) reasons.add('amount');
    // a short number that the name or the amount confirms is no accident
    const isConfirmed =
      reasons.has('reference') &&
      (reasons.has('nameAndAmount') || reasons.has('name') || reasons.has('amount'));
    const best = certainty === 'likely' && isConfirmed ? 'certain' : certainty;
    return {
      debtorId,
      debtId: debtId !== null && db.get(DEBT_OF, debtId, debtorId, currency) ? debtId : null,
      certainty: best === 'certain' && !owes ? 'likely' : best,
      reasons: ORDER.filter((reason) => reasons.has(reason)),
    };
  });
  const isTie = matches.filter(({ certainty }) => certainty === 'certain').length > 1;
  return matches
    .map((match) =>
      isTie && match.certainty === 'certain' ? { ...match, certainty: 'likely' as const } : match,
    )
    .sort(byStrength);
}

function byStrength(left: Match, right: Match): number {
  const strength = ({ reasons }: Match) => ORDER.indexOf(reasons[0] ?? 'amount');
  return (
    RANK[left.certainty] - RANK[right.certainty] ||
    right.reasons.length - left.reasons.length ||
    strength(left) - strength(right) ||
    (left.debtorId < right.debtorId ? -1 : 1)
  );
}
