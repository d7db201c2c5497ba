import { foldText } from '#shared/util/index.ts';

const MOST_WORDS = 12;
/** what stands inside a word and is not typed by everybody: O'Brien, д’Артаньян */
const INSIDE_WORDS = /['’ʼ`´]/g;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;
/** scripts that write names without spaces between family and given name */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+$/u;
const ONLY_PLAIN = /^[a-z0-9 ]*$/;

/** The words of a text as they are compared: folded, without signs. */
export function wordsOf(text: string): string[] {
  if (ONLY_PLAIN.test(text)) return text.split(' ').filter(Boolean);
  return foldText(text.normalize('NFKC'))
    .replace(INSIDE_WORDS, '')
    .split(BETWEEN_WORDS)
    .filter(Boolean);
}

export interface SearchedNames {
  /** folded, as the store keeps it */
  searchName: string;
  displayName: string;
  companyName: string | null;
  emails: readonly string[];
}

/** All words that a debtor is found by; `@domain` for an e-mail address. */
export function searchWords(names: SearchedNames): string[] {
  const words = wordsOf(names.searchName);
  addNew(words, wordsOf(names.displayName));
  if (names.companyName !== null) addNew(words, wordsOf(names.companyName));
  for (const word of [...words]) if (UNSPACED.test(word)) addNew(words, endingsOf(word));
  const found = words.slice(0, MOST_WORDS);
  for (const email of names.emails) {
    const domain = domainOf(email);
    if (domain !== null && !found.includes(domain)) found.push(domain);
  }
  return found;
}

/** `@example.com` */
function domainOf(email: string): string | null {
  const at = email.lastIndexOf('@');
  return at < 0 || at === email.length - 1 ? null : email.slice(at).toLowerCase();
}

function addNew(words: string[], more: readonly string[]): void {
  for (const word of more) if (!words.includes(word)) words.push(word);
}

/** 王小明 is found by 小明 too. */
function endingsOf(word: string): string[] {
  const signs = [...word];
  return signs.slice(1).map((_, index) => signs.slice(index + 1).join(''));
}
