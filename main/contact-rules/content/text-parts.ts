import type { ContentElement } from '#shared/rule-packs/index.ts';
import { clausesOf, type FoldedToken } from '../words/fold-text.ts';
import type { ContentWords } from './content-words.ts';
import { touching } from './coverage.ts';

export interface Span {
  from: number;
  to: number;
}
export interface ElementSpan extends Span {
  element: ContentElement;
}

/** A text cut up: its words, with a mark where a clause ends, and what stands in it whatever the language. */
export interface TextParts {
  text: string;
  tokens: readonly FoldedToken[];
  /** template fields, also those that nobody knows */
  fields: readonly Span[];
  /** fields, telephone numbers, amounts, dates */
  plain: readonly ElementSpan[];
}

/** no word is like it */
export const clauseEnd = '\u0001';

const field = /\{\{?\s{0,3}([\w.]{1,40})\s{0,3}\}\}?/g;
const currencyBefore = /(?:[$€£¥₽]|\b(?:USD|EUR|GBP|PLN|RUB|CNY|ZAR|R))\s?\d[\d., ]{0,14}/gu;
const currencyAfter =
  /\d[\d., ]{0,14}(?:[$€£¥₽]|zł|zl\b|pln\b|eur\b|usd\b|gbp\b|dollars\b|euros?\b|руб|₽|元|złot)/giu;
const dates = /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b/g;
const times = /\b\d{1,2}:\d{2}\b|\b\d{1,2}\s?(?:am|pm)\b/gi;
const hours =
  /(?:\b(?:between|from|to|and|until|till|before|after|od|do|a|między|po|przed)|с|до|после|и)\s{1,2}\d{1,2}(?!\d)/giu;
const numbers = /\+?\(?\d(?:[ ().–-]{0,2}\d){5,14}/g;
/** where a number will stand: "call Ann on …" */
const gaps =
  /(?:\b(?:at|on|number|numer|numerem|nr|tel|pod)|номеру|телефону|по|тел|电话|致电|拨打|号码)[ :.]{0,3}(?:…|\.\.\.)/giu;

export function partsOf(text: string, { fields: known }: ContentWords): TextParts {
  const fields: Span[] = [];
  const plain: ElementSpan[] = [];
  const masked = text.replace(field, (whole: string, name: string, from: number) => {
    const span = { from, to: from + whole.length };
    fields.push(span);
    for (const element of known.get(name.toLowerCase()) ?? []) plain.push({ element, ...span });
    // a capital word of the same length keeps places right and reads like a name
    return 'X'.repeat(whole.length);
  });
  const add = (element: ContentElement, pattern: RegExp) => {
    // matches of one pattern never touch each other
    const taken = touching(text.length, [...plain, ...fields]);
    for (const match of masked.matchAll(pattern)) {
      const span = { from: match.index, to: match.index + match[0].trimEnd().length };
      if (!taken(span)) plain.push({ element, ...span });
    }
  };
  add('amount', currencyBefore);
  add('amount', currencyAfter);
  add('dateTime', dates);
  add('dateTime', times);
  add('dateTime', hours);
  add('contactNumber', numbers);
  add('contactNumber', gaps);
  return { text, tokens: tokensOf(masked), fields, plain };
}

/** All words, with a mark between clauses that no phrase passes by chance. */
function tokensOf(text: string): FoldedToken[] {
  return clausesOf(text).flatMap(({ tokens }) => {
    const end = tokens.at(-1)?.to ?? 0;
    return [...tokens, { word: clauseEnd, from: end, to: end }];
  });
}
