/** A word of a reply as it is compared, and where it stands in the text. */
export interface FoldedToken {
  word: string;
  from: number;
  to: number;
}

/** A stretch between stops: what is said in it belongs together. */
export interface Clause {
  tokens: readonly FoldedToken[];
  /** it ended with a question mark */
  question: boolean;
}

export type Alphabet = 'words' | 'characters';

/** Replies are read up to here; what comes after adds nothing to a wish. */
export const longestReply = 5_000;

/** accents, and what nobody sees: zero width, soft hyphens */
const marks = /[\p{M}\p{Cf}]/gu;
/** inside a word they part nothing: don't, e-mail */
const joiners = /['’‘ʼ`´-]/g;

/**
 * One letter as it is compared: full width to half, no case, no accents. The same is done to the words in the data, so
 * that what folding does to a language (й to и) is the same on both sides.
 */
export function foldWord(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(marks, '')
    .replace(/ł/g, 'l')
    .replace(joiners, '');
}

const stops = /[.!?;:,\n\r…—–(){}[\]|/，。！？；：、（）]/u;
/** After these a comma parts no wish: "I do not want, that you …" (Russian and Polish set one there). */
const subordinate = /^,\s*(?:что|чтоб|чтобы|żeby|żebyście|aby|abyście|byście)\s/iu;
const isHan = /\p{Script=Han}/u;
const isWord = /[\p{L}\p{N}\p{M}]/u;
const joiner = /['’‘ʼ`´-]/u;
const isUnseen = /\p{Cf}/u;

/**
 * Cuts a text into clauses of folded words. Han characters are words of their own; a run of other letters is one.
 * Linear in the length of the text.
 */
export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  let tokens: FoldedToken[] = [];
  let wordFrom = -1;
  const endWord = (at: number) => {
    if (wordFrom < 0) return;
    const word = foldWord(text.slice(wordFrom, at));
    if (word !== '') tokens.push({ word, from: wordFrom, to: at });
    wordFrom = -1;
  };
  const endClause = (question: boolean) => {
    if (tokens.length > 0) clauses.push({ tokens: joinSpelled(tokens), question });
    tokens = [];
  };
  for (let at = 0; at < text.length; ) {
    const point = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const next = at + point.length;
    if (isUnseen.test(point)) {
      at = next;
      continue;
    }
    if (isHan.test(point)) {
      endWord(at);
      tokens.push({ word: foldWord(point), from: at, to: next });
    } else if (isWord.test(point)) {
      if (wordFrom < 0) wordFrom = at;
    } else if (!(wordFrom >= 0 && joiner.test(point) && isWord.test(text[next] ?? ''))) {
      endWord(at);
      const parts = stops.test(point) && !subordinate.test(text.slice(at, at + 12));
      if (parts) endClause(point === '?' || point === '？');
    }
    at = next;
  }
  endWord(text.length);
  endClause(false);
  return clauses;
}

/** "s t o p" is a word spelled out. */
function joinSpelled(tokens: FoldedToken[]): FoldedToken[] {
  const [first] = tokens;
  const last = tokens.at(-1);
  const spelled =
    tokens.length >= 3 && tokens.every(({ word }) => word.length === 1 && !isHan.test(word));
  if (!spelled || !first || !last) return tokens;
  return [{ word: tokens.map(({ word }) => word).join(''), from: first.from, to: last.to }];
}

/** Cuts a phrase of the data into folded tokens: `opt_out` is two words, `退订` two characters. */
export function phraseTokens(phrase: string, alphabet: Alphabet): string[] {
  const words = phrase.split('_').filter((word) => word !== '');
  if (alphabet === 'words') return words.map(foldWord);
  return words.flatMap((word) =>
    clausesOf(word).flatMap(({ tokens }) => tokens.map((t) => t.word)),
  );
}
