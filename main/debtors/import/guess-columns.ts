import type { ImportField } from '#shared/contract/index.ts';
import { foldText } from '#shared/util/index.ts';
import { headerWords } from './header-words.ts';
import { readAmount } from './read-amount.ts';
import { readDate } from './read-date.ts';

/** Fields that several columns may feed. */
const REPEATABLE: ReadonlySet<ImportField> = new Set<ImportField>([
  'ignore',
  'phone',
  'mobilePhone',
  'homePhone',
  'workPhone',
  'email',
  'note',
  'fees',
  'interest',
]);

const fieldByWord: ReadonlyMap<string, ImportField> = new Map(
  Object.entries(headerWords).flatMap(([field, words]) =>
    words.map((word): [string, ImportField] => [normalHeader(word), field as ImportField]),
  ),
);
/** short words stand inside longer ones by accident */
const containedWords = [...fieldByWord]
  .filter(([word]) => word.length >= 4)
  .sort(([left], [right]) => right.length - left.length);

/** A header as it is compared: folded, with spaces for everything that separates words. */
export function normalHeader(header: string): string {
  return foldText(header.replace(/([a-z])([A-Z])/g, '$1 $2'))
    .replace(/[\s_:;,."'()[\]/\\-]+/g, ' ')
    .replace(/№/g, ' n ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a header says a column holds; null when it says nothing that we know. */
export function fieldOfHeader(header: string): ImportField | null {
  const normal = normalHeader(header);
  if (normal === '') return null;
  const exact = fieldByWord.get(normal);
  if (exact !== undefined) return exact;
  const withoutUnit = normal.replace(/ (?:pln|zl|eur|usd|gbp|rub|руб|uah|brutto|netto)$/, '');
  const bare = fieldByWord.get(withoutUnit) ?? fieldByWord.get(withoutUnit.replace(/ ?\d+$/, ''));
  if (bare !== undefined) return bare;
  const padded = ` ${withoutUnit} `;
  return containedWords.find(([word]) => padded.includes(` ${word} `))?.[1] ?? null;
}

/** Whether the first record of a file names the columns. */
export function looksLikeHeader(fields: readonly string[]): boolean {
  const filled = fields.filter((field) => field.trim() !== '');
  const known = filled.filter((field) => fieldOfHeader(field) !== null).length;
  const hasData = filled.some((field) => /^[+(]?\d[\d\s.,()/-]{3,}$|@/.test(field.trim()));
  return known >= 2 || (known >= 1 && !hasData) || (filled.length > 0 && !hasData && known > 0);
}

/**
 * One field for each column: by its header, else by what stands in it. A field that can be given once goes to the first
 * column that fits; columns that say nothing are left out.
 * @param samples the first records of the file, below the header
 */
export function guessColumns(
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): ImportField[] {
  const taken = new Set<ImportField>();
  const take = (field: ImportField | null): ImportField | null => {
    if (field === null || (taken.has(field) && !REPEATABLE.has(field))) return null;
    taken.add(field);
    return field;
  };
  const byHeader = headers.map((header) => take(fieldOfHeader(header)));
  const known = byHeader.map((field, column) => {
    if (field !== null) return field;
    const said = fieldOfHeader(headers[column] ?? '');
    // its field is taken by an earlier column: what it holds would not be something else
    if (said !== null) return 'ignore';
    return take(fieldOfValues(samples.map((row) => row[column] ?? ''))) ?? 'ignore';
  });
  return known;
}

/** At least this share of the cells must be of one kind. */
const CLEAR_MAJORITY = 0.8;

function fieldOfValues(cells: readonly string[]): ImportField | null {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (filled.length === 0) return null;
  const mostly = (fits: (cell: string) => boolean) =>
    filled.filter(fits).length >= filled.length * CLEAR_MAJORITY;
  if (mostly((cell) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell))) return 'email';
  if (mostly((cell) => /^(?:\+|00)\d[\d\s().-]{7,17}$/.test(cell))) return 'phone';
  if (mostly((cell) => /^[A-Z]{3}$/.test(cell))) return 'currency';
  if (mostly((cell) => /^\d{2}-\d{3}$/.test(cell))) return 'postalCode';
  if (mostly((cell) => readDate(cell, 'dayFirst', 2026) !== null && /\D/.test(cell)))
    return 'dueOn';
  if (mostly(isMoney)) return 'balance';
  if (
    mostly((cell) => /^\p{Lu}[\p{L}'’-]+,? \p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?$/u.test(cell))
  ) {
    return 'fullName';
  }
  return null;
}

/** Whole numbers may be anything; two decimals are money. */
function isMoney(cell: string): boolean {
  return /[.,]\d{2}(?:\D*)$/.test(cell) && readAmount(cell, ',', 'PLN').ok;
}
