import type { SearchKind } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/index.ts';
import type { ParsedQuery } from './parse-query.ts';

/** Something of a debtor that fits what was typed. */
export interface Match {
  debtorId: string;
  kind: Exclude<SearchKind, 'recent'>;
  match: 'exact' | 'prefix' | 'inner';
  /** as it is stored; a national id too: it is masked before it is shown */
  matched: string;
}

/** sorts behind every text that continues a prefix */
const LAST = '\u{10ffff}';
/** of countries whose debtors are worked: a number is typed without them */
const CALLING_CODES = ['48', '7', '1', '44', '49', '86', '380', '375', '370', '371', '372', '420'];
const SHORTEST_NATIONAL_NUMBER = 7;

const EXTERNAL_REFERENCES = `SELECT id AS debtorId, externalRef AS matched FROM debtor
  WHERE externalRef >= ? AND externalRef < ? AND deletedAt IS NULL AND mergedInto IS NULL
  ORDER BY externalRef LIMIT ?`;
const DEBT_REFERENCES = `SELECT debtorId, externalRef AS matched FROM debt
  WHERE externalRef >= ? AND externalRef < ? AND deletedAt IS NULL ORDER BY externalRef LIMIT ?`;
const NATIONAL_IDS = `SELECT id AS debtorId, nationalId AS matched FROM debtor
  WHERE nationalId >= ? AND nationalId < ? AND deletedAt IS NULL AND mergedInto IS NULL
  ORDER BY nationalId LIMIT ?`;
const TAX_IDS = `SELECT id AS debtorId, taxId AS matched FROM debtor
  WHERE taxId >= ? AND taxId < ? AND deletedAt IS NULL AND mergedInto IS NULL ORDER BY taxId LIMIT ?`;
const CONTACT_POINTS = `SELECT debtorId, value AS matched FROM contactPoint
  WHERE value >= ? AND value < ? AND deletedAt IS NULL ORDER BY value LIMIT ?`;

/**
 * What begins as it was typed: references, ids, numbers and addresses, each from its index. Constant texts, bound
 * values: nothing that is typed is a pattern.
 * @param limit of each kind
 */
export function storedMatches(
  read: ReadDb,
  query: ParsedQuery,
  wants: (kind: Match['kind']) => boolean,
  limit: number,
): Match[] {
  const found: Match[] = [];
  const add = (kind: Match['kind'], sql: string, prefix: string, whole = prefix) => {
    const rows = read.all<{ debtorId: string; matched: string }>(sql, prefix, prefix + LAST, limit);
    for (const row of rows) {
      found.push({ ...row, kind, match: row.matched === whole ? 'exact' : 'prefix' });
    }
  };
  if (wants('reference')) {
    for (const reference of query.references) {
      add('reference', EXTERNAL_REFERENCES, reference);
      add('reference', DEBT_REFERENCES, reference);
    }
  }
  if (query.code !== null && wants('nationalId')) add('nationalId', NATIONAL_IDS, query.code);
  if (query.code !== null && wants('taxId')) add('taxId', TAX_IDS, query.code);
  if (query.email !== null && wants('email')) add('email', CONTACT_POINTS, query.email);
  if (wants('phone')) {
    for (const digits of query.numbers) {
      add('phone', CONTACT_POINTS, `+${digits}`);
      for (const code of CALLING_CODES) {
        const whole = digits.length >= SHORTEST_NATIONAL_NUMBER ? `+${code}${digits}` : '';
        add('phone', CONTACT_POINTS, `+${code}${digits}`, whole);
      }
    }
  }
  return found;
}
