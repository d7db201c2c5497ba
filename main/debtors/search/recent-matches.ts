import type { ReadDb } from '../../store/index.ts';
import type { ParsedQuery } from './parse-query.ts';
import { searchWords, wordsOf } from './search-words.ts';
import type { Match } from './stored-matches.ts';

interface Recent {
  id: string;
  searchName: string;
  displayName: string;
  companyName: string | null;
  externalRef: string;
  nationalId: string | null;
  taxId: string | null;
}

type RecentMatch = Match | { debtorId: string; kind: 'name'; match: Match['match']; matched: null };

/** In the store, what one has in mind is among thousands; here everything of the few recent debtors is looked at. */
export function recentMatches(
  read: ReadDb,
  query: ParsedQuery,
  debtorIds: readonly string[],
  wants: (kind: Match['kind']) => boolean,
): RecentMatch[] {
  if (debtorIds.length === 0) return [];
  const ids = JSON.stringify(debtorIds);
  const debtors = read.all<Recent>(
    `SELECT id, searchName, displayName, companyName, externalRef, nationalId, taxId FROM debtor
      WHERE id IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL`,
    ids,
  );
  const owned = (sql: string) =>
    Map.groupBy(read.all<{ debtorId: string; value: string }>(sql, ids), (row) => row.debtorId);
  const points = owned(
    `SELECT debtorId, value FROM contactPoint
      WHERE debtorId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL ORDER BY rank, id`,
  );
  const references = owned(
    `SELECT debtorId, externalRef AS value FROM debt
      WHERE debtorId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL`,
  );
  return debtors.flatMap((debtor) => {
    const values = {
      points: (points.get(debtor.id) ?? []).map(({ value }) => value),
      references: [debtor.externalRef, ...(references.get(debtor.id) ?? []).map((r) => r.value)],
    };
    return matchesOf(debtor, values, query).filter(({ kind }) => wants(kind));
  });
}

function matchesOf(
  debtor: Recent,
  { points, references }: { points: string[]; references: string[] },
  query: ParsedQuery,
): RecentMatch[] {
  const debtorId = debtor.id;
  const found: RecentMatch[] = [];
  const add = (kind: Match['kind'], stored: string | null, typed: string | null) => {
    if (stored === null || typed === null || typed === '') return;
    const match = matchOf(stored.toLowerCase(), typed.toLowerCase());
    if (match) found.push({ debtorId, kind, match, matched: stored });
  };
  const name = nameMatch(debtor, query.words);
  if (name) found.push({ debtorId, kind: 'name', match: name, matched: null });
  for (const reference of references) add('reference', reference, query.text);
  addCode(found, debtorId, 'nationalId', debtor.nationalId, query.code);
  addCode(found, debtorId, 'taxId', debtor.taxId, query.code);
  for (const point of points) {
    if (point.includes('@')) {
      add('email', point, query.email);
      add('email', point, query.domain);
    } else for (const digits of query.numbers) add('phone', point, digits);
  }
  return found;
}

/** Ids are found by their beginnings alone: a part inside one would give it away piece by piece. */
function addCode(
  found: RecentMatch[],
  debtorId: string,
  kind: 'nationalId' | 'taxId',
  stored: string | null,
  typed: string | null,
): void {
  if (stored === null || typed === null) return;
  const match = matchOf(stored, typed);
  if (match && match !== 'inner') found.push({ debtorId, kind, match, matched: stored });
}

function matchOf(stored: string, typed: string): Match['match'] | null {
  if (stored === typed || stored === `+${typed}`) return 'exact';
  if (stored.startsWith(typed)) return 'prefix';
  return stored.includes(typed) ? 'inner' : null;
}

function nameMatch(debtor: Recent, words: readonly string[]): Match['match'] | null {
  if (words.length === 0) return null;
  const own = searchWords({ ...debtor, emails: [] });
  if (!words.every((word) => own.some((each) => each.startsWith(word)))) return null;
  const wanted = [...words].sort().join(' ');
  const isExact = [debtor.displayName, debtor.searchName].some(
    (name) => wordsOf(name).sort().join(' ') === wanted,
  );
  return isExact ? 'exact' : 'prefix';
}
