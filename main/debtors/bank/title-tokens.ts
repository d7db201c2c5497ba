/** Words of a title that may be a number of a debt or a debtor. */
export interface ReferenceToken {
  text: string;
  /** long and odd enough that nobody writes it by chance */
  isTelling: boolean;
}

const MAX_TOKENS = 40;
const DATE =
  /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}([./-]\d{1,2})?|\d{1,2}[./-]\d{4})$/;
/** what stands before a number without a space: `spr.nr:123` */
const LABELS = /^(?:\p{L}{1,12}[.:#]+)+(?=.)/u;

/**
 * Candidates in the order of the text: words that hold digits, and neighbours put together, for those who write
 * `FV 2026 / 0817`. Amounts, dates and words without digits are none.
 */
export function referenceTokens(title: string): ReferenceToken[] {
  const texts = new Set<string>();
  for (const variant of new Set([title, title.replace(/\s*([/\\-])\s*/g, '$1')])) {
    addTexts(wordsOf(variant), texts);
  }
  return [...texts]
    .filter(isCandidate)
    .slice(0, MAX_TOKENS)
    .map((text) => ({ text, isTelling: isTelling(text) }));
}

function wordsOf(title: string): string[] {
  const words = title.split(/[\s,;"'()[\]]+/);
  return words.map((word) => word.replace(/^[.:#/-]+|[.:/-]+$/g, '')).filter(Boolean);
}

function addTexts(words: readonly string[], texts: Set<string>): void {
  words.forEach((word, index) => {
    texts.add(word);
    texts.add(word.replace(LABELS, ''));
    const [next, afterNext] = [words[index + 1], words[index + 2]];
    if (next === undefined) return;
    for (const sign of ['', ' ']) {
      texts.add(`${word}${sign}${next}`);
      if (afterNext !== undefined) texts.add(`${word}${sign}${next}${sign}${afterNext}`);
    }
  });
}

function isCandidate(text: string): boolean {
  const digits = text.match(/\d/g)?.length ?? 0;
  if (digits < 3 || text.length < 4 || text.length > 64 || DATE.test(text)) return false;
  // an amount of money
  return !/^\d+[.,]\d{2}(?:\s?(?:zł|zl|pln|eur))?$/i.test(text);
}

function isTelling(text: string): boolean {
  const digits = text.match(/\d/g)?.length ?? 0;
  if (/^\d+$/.test(text)) return digits >= 8;
  return text.length >= 6 && digits >= 4;
}
