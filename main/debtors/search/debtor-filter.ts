import { foldText } from '#shared/util/index.ts';
import type { ReadDb } from '../../store/index.ts';

/** A condition on `debtor d`. The text is one of few, made of constants; values are bound. */
export interface DebtorFilter {
  where: string;
  params: unknown[];
}

/**
 * From so many matches at the beginning of a name, reference or number on, only these are listed:
 * they come from indexes. Below it, matches anywhere are looked for too, which reads all names.
 */
const ENOUGH_AT_THE_BEGINNING = 200;
const SHORTEST_NUMBER = 3;
const LONGEST_SEARCH_WORDS = 4;
/** sorts behind every text that continues a prefix */
const LAST = '\u{10ffff}';

/**
 * Debtors of one portfolio or all, whose name, reference, debt's reference or contact point fits.
 * A name fits when it contains every word; a search of digits fits any part of a number.
 */
export function debtorFilter(read: ReadDb, search: string, portfolioId?: string): DebtorFilter {
  const conditions: DebtorFilter[] = [{ where: 'd.deletedAt IS NULL', params: [] }];
  if (portfolioId !== undefined) {
    conditions.push({ where: 'd.portfolioId = ?', params: [portfolioId] });
  }
  const term = search.trim();
  if (term !== '') conditions.push(searchCondition(read, term));
  return {
    where: conditions.map((each) => each.where).join(' AND '),
    params: conditions.flatMap((each) => each.params),
  };
}

function searchCondition(read: ReadDb, term: string): DebtorFilter {
  const atBeginning = beginningMatches(term);
  const counted = read.get<{ count: number }>(
    `SELECT count(*) AS count FROM (${atBeginning.where} LIMIT ${ENOUGH_AT_THE_BEGINNING})`,
    ...atBeginning.params,
  );
  return (counted?.count ?? 0) >= ENOUGH_AT_THE_BEGINNING
    ? { where: `d.id IN (${atBeginning.where})`, params: atBeginning.params }
    : anywhereMatches(term);
}

/** A SELECT of ids by ranges of indexes. */
function beginningMatches(term: string): DebtorFilter {
  const name = foldText(term);
  const digits = digitsOf(term);
  const number = digits === null ? term : `+${digits}`;
  return {
    where: `SELECT id FROM debtor WHERE searchName >= ? AND searchName < ? AND deletedAt IS NULL
      UNION SELECT id FROM debtor WHERE externalRef >= ? AND externalRef < ? AND deletedAt IS NULL
      UNION SELECT debtorId FROM debt WHERE externalRef >= ? AND externalRef < ? AND deletedAt IS NULL
      UNION SELECT debtorId FROM contactPoint WHERE value >= ? AND value < ? AND deletedAt IS NULL`,
    params: [name, term, term, number].flatMap((from) => [from, from + LAST]),
  };
}

/** Each scan reads one narrow index; only what matches is looked up in its table. */
function anywhereMatches(term: string): DebtorFilter {
  const words = foldText(term).split(' ').slice(0, LONGEST_SEARCH_WORDS);
  const inName = words.map(() => 'instr(searchName, ?) > 0').join(' AND ');
  const reference = term.toLowerCase();
  const digits = digitsOf(term);
  return {
    where: `d.id IN (
      SELECT id FROM debtor INDEXED BY debtorName WHERE ${inName} AND deletedAt IS NULL
      UNION SELECT id FROM debtor INDEXED BY debtorRef WHERE instr(lower(externalRef), ?) > 0 AND deletedAt IS NULL
      UNION SELECT debtorId FROM debt WHERE deletedAt IS NULL AND id IN
        (SELECT id FROM debt INDEXED BY debtRef WHERE instr(lower(externalRef), ?) > 0)
      UNION SELECT debtorId FROM contactPoint WHERE deletedAt IS NULL AND id IN
        (SELECT id FROM contactPoint INDEXED BY contactPointValue WHERE instr(value, ?) > 0))`,
    params: [...words, reference, reference, digits ?? reference],
  };
}

/** The digits of what looks like a number or a part of one, else null. */
function digitsOf(term: string): string | null {
  if (!/^[+\d\s()./-]+$/.test(term)) return null;
  const digits = term.replace(/\D/g, '');
  return digits.length >= SHORTEST_NUMBER ? digits : null;
}
