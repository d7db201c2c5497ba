/** Words of a title that may be a number of a debt or a debtor. */
export interface ReferenceToken {
  text: string;
  /** long and odd enough that nobody writes it by chance */
  isTelling: boolean;
}

const MAX_TOKENS = 40;
const DATE =
  /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}([./-]\d{1,2})?|\d{1,2}[./-]\d{4})$/;
/** what stands before a number without a space: `nr:123`, `FV:1/2026` stays */
const LABEL = /^(?:nr|nrsprawy|sprawa|umowa|faktura|ref|no|numer|sygn)[.:#]+(?=.)/iu;

/**
 * Candidates in the order of the text: words that hold a digit, and neighbours put together, for those who write
 * `FV 2026 / 0817`. Amounts, dates and words without digits are none.
 */
export function referenceTokens(title: string): ReferenceToken[] {
  const words = title
    .split(/[\s,;"'()[\]]+/)
    .map(clean)
    .filter(Boolean);
  const texts = new Set<string>();
  words.forEach((word, index) => {
    texts.add(word);
    const [next, afterNext] = [words[index + 1], words[index + 2]];
    if (next === undefined) return;
    for (const sign of ['', ' ']) {
      texts.add(`${word}${sign}${next}`);
      if (afterNext !== undefined) texts.add(`${word}${sign}${next}${sign}${afterNext}`);
    }
  });
  return [...texts]
    .filter(isCandidate)
    .slice(0, MAX_TOKENS)
    .map((text) => ({ text, isTelling: isTelling(text) }));
}

function clean(word: string): string {
  return word.replace(LABEL, '').replace(/^[.:#/-]+|[.:/-]+$/g, '');
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
