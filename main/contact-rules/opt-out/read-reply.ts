import type { ContactChannel } from '#shared/rule-packs/index.ts';
import { type Clause, type FoldedToken, longestReply } from '../words/fold-text.ts';
import {
  type ContactTag,
  findMatches,
  type PatternMatch,
  startsWith,
} from '../words/phrase-pattern.ts';
import { clausesOfReply, skeletonOf } from './fold-reply.ts';
import { withoutQuotes } from './quotes.ts';
import type { OptOutPhrase, ReplyLanguage } from './reply-words.ts';

export type ReplyVerdict = 'optOut' | 'unclear' | 'none';

/** What a reply asks for. */
export interface ReadReply {
  verdict: ReplyVerdict;
  /** of an opt-out: this number or address, media, or every contact; null otherwise */
  scope: 'address' | 'medium' | 'all' | null;
  /** the media that are meant with scope `medium`; with `address` the one it came by; else empty */
  media: ContactChannel[];
  /** the words of the reply that say so */
  words: string | null;
  /** of those words, ISO 639 */
  language: string | null;
}

interface Finding {
  verdict: 'optOut' | 'unclear';
  tags: ContactTag[];
  address: boolean;
  from: number;
  to: number;
  language: string;
}

const nothing: ReadReply = { verdict: 'none', scope: null, media: [], words: null, language: null };

/** Makes the reader of replies; every language is looked for in every reply, because people mix them. */
export function createReplyReader(languages: readonly ReplyLanguage[]) {
  /**
   * Reads a reply of up to 5,000 characters for a wish not to be contacted. Linear in its length. `unclear` holds the
   * channel until a person has read it: the strict side for whatever sounds like a wish and is not plainly one.
   * @param channel by which the reply came: "write no more" is about it
   */
  return function readReply(text: string, { channel }: { channel: ContactChannel }): ReadReply {
    const read = withoutQuotes(text.slice(0, longestReply));
    const clauses = clausesOfReply(read);
    const findings = languages.flatMap((language) => readIn(language, clauses));
    const optOuts = findings.filter(({ verdict }) => verdict === 'optOut');
    if (optOuts.length > 0) return toOptOut(optOuts, read, channel);
    const [unclear] = findings;
    if (!unclear) return nothing;
    const { from, to, language } = unclear;
    return { ...nothing, verdict: 'unclear', words: read.slice(from, to), language };
  };
}

function toOptOut(findings: readonly Finding[], text: string, channel: ContactChannel): ReadReply {
  const first = findings[0] as Finding;
  const tags = findings.flatMap((finding) => finding.tags);
  const common = {
    verdict: 'optOut' as const,
    words: text.slice(first.from, first.to),
    language: first.language,
  };
  if (tags.includes('all')) return { ...common, scope: 'all', media: [] };
  if (findings.some(({ address }) => address)) {
    return { ...common, scope: 'address', media: [channel] };
  }
  const media = new Set(tags.map((tag) => (tag === 'same' || tag === 'all' ? channel : tag)));
  return { ...common, scope: 'medium', media: [...media].sort() };
}

function readIn(language: ReplyLanguage, clauses: readonly Clause[]): Finding[] {
  const address = clauses.some(({ tokens }) => hasAny(tokens, language.address));
  return clauses.flatMap((clause) => readClause(language, clause, clauses.length === 1, address));
}

function readClause(
  language: ReplyLanguage,
  { tokens, question }: Clause,
  only: boolean,
  address: boolean,
): Finding[] {
  const spanOf = (from: number, to: number) => ({
    from: tokens[from]?.from ?? 0,
    to: tokens[to - 1]?.to ?? 0,
    language: language.language,
  });
  const keyword = keywordOf(language, tokens, only) ?? lookAlikeOf(language, tokens, only);
  if (keyword) {
    const tags: ContactTag[] = [keyword.scope === 'all' ? 'all' : 'same'];
    return [{ verdict: 'optOut', tags, address, ...spanOf(0, tokens.length) }];
  }
  const free = blankOut(language, tokens);
  // a wish about a time, a place or another person, and one inside a question, is for a person to read
  const doubtful =
    hasAny(free, language.conditions) || (question && beginsWithAny(free, language.questions));
  const found: Finding[] = [];
  for (const phrase of language.optOut) {
    for (const match of findMatches(phrase.pattern, free, language.fillers)) {
      if (isTurnedRound(language, phrase, free, match.from, match.to)) continue;
      const tags = phrase.media ? [phrase.media] : sharpened(language, free, match);
      found.push({
        verdict: doubtful ? 'unclear' : 'optOut',
        tags: [...tags, ...alsoNamed(language, free, match.to)],
        address,
        ...spanOf(match.from, match.to),
      });
    }
  }
  if (found.length > 0) return found;
  for (const pattern of language.unclear) {
    const [match] = findMatches(pattern, free, language.fillers);
    if (match) {
      const span = spanOf(match.from, match.to);
      return [{ verdict: 'unclear', tags: [], address, ...span }];
    }
  }
  return [];
}

/** A clause that is nothing but a keyword and politeness. */
function keywordOf(language: ReplyLanguage, tokens: readonly FoldedToken[], only: boolean) {
  return language.keywords.find((keyword) => {
    if (keyword.alone && !only) return false;
    for (let at = 0; at + keyword.words.length <= tokens.length; at++) {
      if (startsWith(tokens, at, keyword)) {
        const rest = [...tokens.slice(0, at), ...tokens.slice(at + keyword.words.length)];
        if (rest.every(({ word }) => language.politeness.has(word))) return true;
      }
      // only politeness may stand before it
      if (!language.politeness.has(tokens[at]?.word ?? '')) return false;
    }
    return false;
  });
}

/** A clause that is one word, written with letters of two alphabets as a keyword looks. */
function lookAlikeOf(language: ReplyLanguage, tokens: readonly FoldedToken[], only: boolean) {
  const [token] = tokens;
  // shorter words are too often alike by chance
  if (!token || tokens.length > 1 || token.word.length < 4) return undefined;
  const skeleton = skeletonOf(token.word);
  return language.keywords.find(
    ({ words: [word = '', ...more], alone }) =>
      (only || !alone) && more.length === 0 && skeletonOf(word) === skeleton,
  );
}

/** The clause with the stretches that mean something else made blank, so that no phrase reaches over them. */
function blankOut(language: ReplyLanguage, tokens: readonly FoldedToken[]): FoldedToken[] {
  const free = [...tokens];
  for (const pattern of language.meansElse) {
    for (const { from, to } of findMatches(pattern, tokens, language.fillers)) {
      for (let at = from; at < to; at++) {
        const token = free[at];
        if (token) free[at] = { ...token, word: '\u0000' };
      }
    }
  }
  return free;
}

function isTurnedRound(
  language: ReplyLanguage,
  { stop, not }: OptOutPhrase,
  tokens: readonly FoldedToken[],
  from: number,
  to: number,
): boolean {
  if (tokens.slice(from, to + 4).some(({ word }) => not.has(word))) return true;
  if (!stop) return false;
  for (let at = Math.max(0, from - 3); at < from; at++) {
    if (language.negations.some((negation) => startsWith(tokens, at, negation))) return true;
  }
  return false;
}

/** "stop sending mails": the thing that is sent says more than the sending. */
function sharpened(
  language: ReplyLanguage,
  tokens: readonly FoldedToken[],
  { to, tags }: PatternMatch,
): ContactTag[] {
  if (tags.some((tag) => tag !== 'same')) return [...tags];
  let at = to;
  while (at < to + 3 && language.fillers.has(tokens[at]?.word ?? '')) at++;
  const named = language.contact.find(
    ({ tag, ...word }) => tag !== 'all' && startsWith(tokens, at, word),
  );
  return [named?.tag ?? 'same'];
}

/** "call or text": what follows a connector is meant too. */
function alsoNamed(
  language: ReplyLanguage,
  tokens: readonly FoldedToken[],
  after: number,
): ContactTag[] {
  const tags: ContactTag[] = [];
  for (let at = after; language.connectors.has(tokens[at]?.word ?? ''); ) {
    let next = at + 1;
    while (language.connectors.has(tokens[next]?.word ?? '')) next++;
    const named = language.contact.find((one) => startsWith(tokens, next, one));
    if (!named) break;
    tags.push(named.tag);
    at = next + named.words.length;
  }
  return tags;
}

function hasAny(
  tokens: readonly FoldedToken[],
  words: readonly { words: readonly string[]; prefix: boolean }[],
): boolean {
  return words.some((word) => tokens.some((_token, at) => startsWith(tokens, at, word)));
}

/** A question word among the first words. */
function beginsWithAny(
  tokens: readonly FoldedToken[],
  words: readonly { words: readonly string[]; prefix: boolean }[],
): boolean {
  return words.some((word) => [0, 1, 2].some((at) => startsWith(tokens, at, word)));
}
