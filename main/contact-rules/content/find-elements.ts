import type { ContentElement } from '#shared/rule-packs/index.ts';
import type { FoldedToken } from '../words/fold-text.ts';
import { findMatches } from '../words/phrase-pattern.ts';
import { type ContentLanguage, isCompanyWord, type NamedElement } from './content-words.ts';
import { firstTouching, touching } from './coverage.ts';
import { clauseEnd, type ElementSpan, type Span, type TextParts } from './text-parts.ts';

/** One thing that a text says, and where. */
export interface FoundElement extends ElementSpan {
  words: string;
  /** ISO 639; null: the same in every language (a field, a number) */
  language: string | null;
}

/** What saying one thing also says. */
const implied: Partial<Record<ContentElement, ContentElement>> = {
  businessName: 'callerIdentity',
  contactName: 'callerIdentity',
  miniMirandaFirst: 'miniMirandaLater',
};

/** Everything in a text that some rule may ask for or forbid. Linear in its length. */
export function findElements(
  parts: TextParts,
  languages: readonly ContentLanguage[],
): FoundElement[] {
  const { text } = parts;
  const reading = readingOf(parts, languages);
  const found: FoundElement[] = parts.plain.map((span) => toFound(text, span, null));
  for (const language of languages) {
    const names = findNames(reading, language);
    found.push(...names);
    const nameAt = firstTouching(text.length, names);
    for (const { element, pattern } of language.elements) {
      for (const { from, to } of findMatches(pattern, parts.tokens, language.fillers)) {
        const span = spanOf(parts.tokens, from, to);
        // a name that reveals collection is shown whole
        const name = element === 'debt' ? nameAt(span) : undefined;
        found.push(toFound(text, { ...(name ?? span), element }, language.language));
      }
    }
  }
  const also = found.flatMap((one) => {
    const element = implied[one.element];
    return element === undefined ? [] : [{ ...one, element }];
  });
  return withoutNumberlessStop(once([...found, ...also]));
}

/** A way to stop calls is a number to call. */
function withoutNumberlessStop(found: FoundElement[]): FoundElement[] {
  const hasNumber = found.some(({ element }) => element === 'contactNumber');
  return found.filter(({ element }) => element !== 'stopNumber' || hasNumber);
}

function once(found: readonly FoundElement[]): FoundElement[] {
  const seen = new Set<string>();
  return found.filter(({ element, from, to, language }) => {
    const key = `${element} ${from} ${to} ${language}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function toFound(text: string, span: ElementSpan, language: string | null): FoundElement {
  const { element, from, to } = span;
  return { element, from, to, words: text.slice(from, to), language };
}

/** A text with what is asked about it again and again. */
interface Reading {
  parts: TextParts;
  inField: (span: Span) => boolean;
  isCompany: (folded: string) => boolean;
}

function readingOf(parts: TextParts, languages: readonly ContentLanguage[]): Reading {
  const companies = new Map<string, boolean>();
  const isCompany = (folded: string) => {
    const known = companies.get(folded) ?? isCompanyWord(languages, folded);
    companies.set(folded, known);
    return known;
  };
  return { parts, inField: touching(parts.text.length, parts.fields), isCompany };
}

/** Names after the words that announce one: "this is …", "call …", "on behalf of …". */
function findNames(reading: Reading, language: ContentLanguage): FoundElement[] {
  const { text, tokens } = reading.parts;
  const read = new Map<number, Name | null>();
  const nameAt = (at: number) => {
    const known = read.get(at);
    const name = known === undefined ? nameFrom(reading, language, at) : known;
    read.set(at, name);
    return name;
  };
  const named = language.cues.flatMap(({ element, pattern, either }) =>
    findMatches(pattern, tokens, language.fillers).flatMap(({ to }) => {
      const name = nameAt(to);
      const kind = name && kindOfName(element, either, name.company);
      return name && kind ? [toFound(text, { ...name, element: kind }, language.language)] : [];
    }),
  );
  return once([...named, ...senderOf(text, nameAt(0), language)]);
}

/** "ABC Bank: your payment …": the sender, who is the creditor or acts for one. */
function senderOf(text: string, name: Name | null, { language }: ContentLanguage): FoundElement[] {
  if (!name?.company || !/^["»”\s]{0,2}:/u.test(text.slice(name.to, name.to + 3))) return [];
  return (['businessName', 'creditorName'] as const).map((element) =>
    toFound(text, { ...name, element }, language),
  );
}

/** "This is" announces a person or a firm: the name says which. */
function kindOfName(
  announced: NamedElement,
  either: boolean,
  company: boolean,
): ContentElement | null {
  if (announced === 'contactName' && company) return 'businessName';
  if (announced === 'businessName' && either && !company) return null;
  return announced === 'greeting' && company ? null : announced;
}

const longestName = 6;

type Name = Span & { company: boolean };

/** A run of words with capitals, or of Han characters, from a token on. */
function nameFrom(
  { parts: { text, tokens }, inField, isCompany }: Reading,
  language: ContentLanguage,
  at: number,
): Name | null {
  const run: FoldedToken[] = [];
  const from = at + (isColon(text, tokens, at) ? 1 : 0);
  for (const token of tokens.slice(from, from + 3 * longestName)) {
    if (token.word === clauseEnd || inField(token)) break;
    const written = text.slice(token.from, token.to);
    const han = /\p{Script=Han}/u.test(written);
    const starts = /^\p{Lu}/u.test(written) || language.companyWords.has(token.word);
    if (!starts && !(han && run.length < 3 * longestName)) break;
    if (!han && run.length >= longestName) break;
    run.push(token);
  }
  const first = run[0];
  const last = run.at(-1);
  if (!first || !last) return null;
  const written = text.slice(first.from, last.to);
  const company =
    run.some(({ word }) => isCompany(word)) ||
    isCompany(written) ||
    // letters for a firm: ABC, PKO; a person's name has small ones
    run.some(({ from, to }) => /^\p{Lu}{2,}$/u.test(text.slice(from, to)));
  return { from: first.from, to: last.to, company };
}

/** "Creditor: Big Bank" */
function isColon(text: string, tokens: readonly FoldedToken[], at: number): boolean {
  const [end, next] = [tokens[at], tokens[at + 1]];
  return end?.word === clauseEnd && /^[:：]\s*$/.test(text.slice(end.to, next?.from ?? end.to));
}

function spanOf(tokens: readonly FoldedToken[], from: number, to: number): Span {
  return { from: tokens[from]?.from ?? 0, to: tokens[to - 1]?.to ?? 0 };
}
