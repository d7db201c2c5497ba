import type { DebtorIndex } from '../list/debtor-index.ts';
import { BitSet } from './bit-set.ts';
import { parseQuery } from './parse-query.ts';
import { storedMatches } from './stored-matches.ts';

/** references, ids and addresses that are taken of each kind: behind it, a filter says that it is not complete */
const MOST_STORED = 2_000;
/** shorter texts begin too many references to be meant as one */
const SHORTEST_REFERENCE = 3;

/** All rows that search would find for a text, for filters: names and parts of numbers without a limit. */
export function rowsWithText(
  index: DebtorIndex,
  text: string,
): { rows: BitSet; complete: boolean } {
  const { columns, words, numbers, read } = index;
  const query = parseQuery(text);
  const rows = new BitSet(columns.size);
  if (query.words.length > 0) rows.or(words.match(query.words, 'prefix', columns.size));
  if (query.domain !== null) rows.or(words.match([query.domain], 'prefix', columns.size));
  for (const digits of query.numbers) {
    numbers.find(digits, (row) => {
      rows.add(row);
      return true;
    });
  }
  const counts = new Map<string, number>();
  const isReference = query.text.length >= SHORTEST_REFERENCE;
  const wants = (kind: string) => kind !== 'phone' && (kind !== 'reference' || isReference);
  const stored = storedMatches(read, query, wants, MOST_STORED);
  for (const { debtorId, kind } of stored) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const row = columns.ids.rowOf(debtorId);
    if (row !== undefined) rows.add(row);
  }
  return { rows, complete: [...counts.values()].every((count) => count < MOST_STORED) };
}
