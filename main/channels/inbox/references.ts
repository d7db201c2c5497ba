/** Words that could be the reference of a case or a debt: with a digit, and long enough not to be met by chance. */
const word = /[\p{L}\p{N}](?:[\p{L}\p{N}/._-]{2,58}[\p{L}\p{N}])/gu;
const SHORTEST = 4;
/** A year, an amount, a date and a PIN are numbers too. */
const SHORTEST_NUMBER = 6;
/** Only the beginning of long mail is looked through. */
const LOOKED_THROUGH = 20_000;
const MOST = 60;

/**
 * What in a text may be a reference, as it stands and in capitals, each once. Telephone numbers with a plus are left out.
 */
export function referencesIn(text: string): string[] {
  const found = new Set<string>();
  const searched = text.slice(0, LOOKED_THROUGH).replaceAll(/\+\d[\d ()-]{5,}/g, ' ');
  for (const [match] of searched.matchAll(word)) {
    if (!isReference(match)) continue;
    found.add(match);
    found.add(match.toUpperCase());
    if (found.size >= MOST) break;
  }
  return [...found];
}

function isReference(text: string): boolean {
  if (text.length < SHORTEST || !/\p{N}/u.test(text)) return false;
  return /^\p{N}+$/u.test(text) ? text.length >= SHORTEST_NUMBER : !isDate(text);
}

/** 2026-11-22, 22.11.2026, 12.50 */
function isDate(text: string): boolean {
  return /^\p{N}{1,4}(?:[./-]\p{N}{1,4}){1,2}$/u.test(text);
}
