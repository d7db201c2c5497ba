import { wordsOf } from './search-words.ts';

/** What a text that was typed may mean. Empty lists and nulls: it cannot mean that. */
export interface ParsedQuery {
  /** without blanks around it, in the usual width */
  text: string;
  /** folded words of a name */
  words: string[];
  /** digits that a number may contain, as they may be stored: with and without what is dialed before it */
  numbers: string[];
  /** a national id or tax id without its signs, in capitals */
  code: string | null;
  /** the same reference in the cases that creditors write */
  references: string[];
  email: string | null;
  /** `@exa…` */
  domain: string | null;
}

const MOST_WORDS = 6;
const SHORTEST_NUMBER = 3;
const LONGEST_NUMBER = 15;
const SHORTEST_CODE = 4;
const LONGEST_CODE = 24;
/** blanks of every width, and signs that stand between digits */
const SIGNS = /[\s\p{Cf}().\-‐-―/]/gu;

/** Never fails: what it means nothing by finds nothing. */
export function parseQuery(query: string): ParsedQuery {
  const text = query.normalize('NFKC').replace(/\s+/g, ' ').trim();
  return {
    text,
    words: wordsOf(text).slice(0, MOST_WORDS),
    numbers: numbersIn(text),
    code: codeIn(text),
    references: text === '' ? [] : [...new Set([text, text.toUpperCase(), text.toLowerCase()])],
    email: /^[^\s@]+@?[^\s@]*$/.test(text) && /\p{L}/u.test(text) ? text.toLowerCase() : null,
    domain: domainIn(text),
  };
}

/**
 * `+48 (0) 501-234-567`, `0048…`, `0 501…` and, for Russia, `8 (916)…`: the digits that E.164 has of them.
 */
function numbersIn(text: string): string[] {
  const plain = text.replace(/\(0\)/g, '').replace(SIGNS, '');
  if (!/^\+?\d+$/.test(plain)) return [];
  const digits = plain.replace('+', '');
  const found = [digits];
  if (plain.startsWith('00')) found.unshift(digits.slice(2));
  else if (digits.startsWith('0')) found.unshift(digits.slice(1));
  else if (digits.length === 11 && digits.startsWith('8')) found.unshift(`7${digits.slice(1)}`);
  return found.filter((each) => each.length >= SHORTEST_NUMBER && each.length <= LONGEST_NUMBER);
}

function codeIn(text: string): string | null {
  const code = text.replace(SIGNS, '').toUpperCase();
  const isCode = /^[A-Z0-9]+$/.test(code) && /\d/.test(code);
  return isCode && code.length >= SHORTEST_CODE && code.length <= LONGEST_CODE ? code : null;
}

function domainIn(text: string): string | null {
  const lower = text.toLowerCase();
  if (/^@[^\s@]+$/.test(lower)) return lower;
  return /^[^\s@]+\.[^\s@]{2,}$/.test(lower) ? `@${lower}` : null;
}
