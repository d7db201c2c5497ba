import { type Alphabet, type FoldedToken, foldWord, phraseTokens } from './fold-text.ts';

/** What a word of contact is about: a medium, the one it is said in, or every one. */
export type ContactTag = 'sms' | 'call' | 'email' | 'letter' | 'same' | 'all';

/** One way to say an element: words in a row, the last of which may be a beginning (`harass*`). */
interface Alternative {
  words: readonly string[];
  prefix: boolean;
  tag: ContactTag | null;
}
type Element =
  | { kind: 'one'; alternatives: readonly Alternative[]; optional: boolean }
  /** up to `most` words, any or only fillers */
  | { kind: 'gap'; most: number; any: boolean };

export interface PhrasePattern {
  elements: readonly Element[];
  /** the words that a match begins with; null: any may stand first */
  begins: { words: ReadonlySet<string>; prefixes: readonly string[] } | null;
}

export interface PatternWords {
  alphabet: Alphabet;
  fillers: ReadonlySet<string>;
  contact: readonly { words: readonly string[]; prefix: boolean; tag: ContactTag }[];
}

/**
 * Reads `stop|quit ~3 @contact`: alternatives with `|`, words that belong together with `_`, beginnings with `*`, `?` before
 * what may be missing, `~n` up to n fillers, `..n` up to n words of any kind, `@contact` a word of contact. Elements
 * without a gap between them stand next to each other.
 */
export function compilePattern(text: string, words: PatternWords): PhrasePattern {
  const elements: Element[] = [];
  for (const part of text.trim().split(/\s+/)) {
    const gap = /^(~|\.\.)(\d{1,2})$/.exec(part);
    if (gap) elements.push({ kind: 'gap', most: Number(gap[2]), any: gap[1] === '..' });
    else elements.push(readAlternatives(part, words));
  }
  return { elements, begins: beginsOf(elements[0]) };
}

function beginsOf(first: Element | undefined): PhrasePattern['begins'] {
  if (first?.kind !== 'one' || first.optional) return null;
  const beginning = ({ words, prefix }: Alternative) => prefix && words.length === 1;
  const firstWords = (list: readonly Alternative[]) =>
    list.flatMap(({ words }) => words.slice(0, 1));
  return {
    words: new Set(firstWords(first.alternatives.filter((one) => !beginning(one)))),
    prefixes: firstWords(first.alternatives.filter(beginning)),
  };
}

/** Most words of a text begin no match of a pattern: they are passed over before anything is tried. */
function placesOf({ begins }: PhrasePattern, tokens: readonly FoldedToken[]): number[] {
  const places: number[] = [];
  for (const [at, { word }] of tokens.entries()) {
    const may =
      !begins || begins.words.has(word) || begins.prefixes.some((start) => word.startsWith(start));
    if (may) places.push(at);
  }
  return places;
}

function readAlternatives(part: string, words: PatternWords): Element {
  const optional = part.startsWith('?');
  const alternatives = part.split('|').flatMap((raw): Alternative[] => {
    const one = raw.replace(/^\?/, '');
    if (one === '@contact') return [...words.contact];
    return [{ ...readWord(one, words.alphabet), tag: null }];
  });
  return { kind: 'one', alternatives, optional };
}

/** `harass*` as folded words with whether the last is only a beginning. */
export function readWord(
  text: string,
  alphabet: Alphabet,
): { words: readonly string[]; prefix: boolean } {
  const prefix = text.endsWith('*');
  return { words: phraseTokens(prefix ? text.slice(0, -1) : text, alphabet), prefix };
}

export interface PatternMatch {
  from: number;
  /** index after the last token */
  to: number;
  tags: readonly ContactTag[];
}

/**
 * Every place where a pattern begins to match. A pair of element and token that failed once is not tried again, so the
 * work is bounded by elements × tokens × the widest gap, whatever the text.
 */
export function findMatches(
  pattern: PhrasePattern,
  tokens: readonly FoldedToken[],
  fillers: ReadonlySet<string>,
): PatternMatch[] {
  const places = placesOf(pattern, tokens);
  if (places.length === 0) return [];
  const { elements } = pattern;
  const failed = new Uint8Array((elements.length + 1) * (tokens.length + 1));
  const tags: ContactTag[] = [];
  const matchFrom = (index: number, at: number): number => {
    const element = elements[index];
    if (!element) return at;
    const key = index * (tokens.length + 1) + at;
    if (failed[key] === 1) return -1;
    const end =
      element.kind === 'gap' ? throughGap(element, index, at) : throughOne(element, index, at);
    if (end < 0) failed[key] = 1;
    return end;
  };
  const throughGap = (gap: { most: number; any: boolean }, index: number, at: number): number => {
    for (let skipped = 0; skipped <= gap.most; skipped++) {
      const end = matchFrom(index + 1, at + skipped);
      if (end >= 0) return end;
      const word = tokens[at + skipped]?.word;
      if (word === undefined || (!gap.any && !fillers.has(word))) break;
    }
    return -1;
  };
  const throughOne = (
    element: Extract<Element, { kind: 'one' }>,
    index: number,
    at: number,
  ): number => {
    for (const alternative of element.alternatives) {
      if (!startsWith(tokens, at, alternative)) continue;
      if (alternative.tag) tags.push(alternative.tag);
      const end = matchFrom(index + 1, at + alternative.words.length);
      if (end >= 0) return end;
      if (alternative.tag) tags.pop();
    }
    return element.optional ? matchFrom(index + 1, at) : -1;
  };
  const matches: PatternMatch[] = [];
  for (const from of places) {
    tags.length = 0;
    const to = matchFrom(0, from);
    if (to > from) matches.push({ from, to, tags: [...tags] });
  }
  return matches;
}

export function startsWith(
  tokens: readonly FoldedToken[],
  at: number,
  { words, prefix }: { words: readonly string[]; prefix: boolean },
): boolean {
  if (words.length === 0) return false;
  return words.every((word, offset) => {
    const found = tokens[at + offset]?.word;
    if (found === undefined) return false;
    return prefix && offset === words.length - 1 ? found.startsWith(word) : found === word;
  });
}

export function foldSet(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.map(foldWord));
}
