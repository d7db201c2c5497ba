import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import type { Alphabet } from '../words/fold-text.ts';
import {
  type ContactTag,
  compilePattern,
  foldSet,
  type PatternWords,
  type PhrasePattern,
  readWord,
} from '../words/phrase-pattern.ts';

const words = z.array(z.string().min(1));
const contactTags = ['sms', 'call', 'email', 'same', 'all'] as const;
const languageFile = z.strictObject({
  language: z.string().regex(/^[a-z]{2}$/),
  alphabet: z.enum(['words', 'characters']),
  review: z.enum(['draft', 'checked']),
  source: z.string().min(1),
  /** words that may stand between the words of a phrase without changing it */
  fillers: words,
  /** dropped at both ends of a clause before it is compared with a keyword */
  politeness: words,
  negations: words,
  connectors: words,
  keywords: z.array(
    z.strictObject({
      scope: z.enum(['medium', 'all']),
      /** only when the whole reply is this word */
      alone: z.boolean(),
      words,
    }),
  ),
  contact: z.strictObject({ sms: words, call: words, email: words, same: words, all: words }),
  /** words that narrow a wish to this number or address */
  address: words,
  /** times, places and other persons: such a wish is for a person to read */
  conditions: words,
  questions: words,
  /** stretches that mean something else; nothing in them is a wish */
  meansElse: words,
  optOut: z.array(
    z.strictObject({
      say: z.string().min(1),
      media: z.enum([...contactTags, 'letter']).optional(),
      /** the phrase begins with a word for ending something: a negation before it turns it round */
      stop: z.boolean().optional(),
      /** with one of these words after it, the phrase is about something else */
      not: words.optional(),
    }),
  ),
  unclear: words,
});

type WordAlternative = ReturnType<typeof readWord>;
export interface Keyword extends WordAlternative {
  scope: 'medium' | 'all';
  alone: boolean;
}
export interface OptOutPhrase {
  pattern: PhrasePattern;
  media: ContactTag | null;
  stop: boolean;
  not: ReadonlySet<string>;
}

/** The words of one language, ready to be looked for. */
export interface ReplyLanguage {
  language: string;
  alphabet: Alphabet;
  fillers: ReadonlySet<string>;
  politeness: ReadonlySet<string>;
  negations: readonly WordAlternative[];
  connectors: ReadonlySet<string>;
  keywords: readonly Keyword[];
  contact: PatternWords['contact'];
  address: readonly WordAlternative[];
  conditions: readonly WordAlternative[];
  questions: readonly WordAlternative[];
  meansElse: readonly PhrasePattern[];
  optOut: readonly OptOutPhrase[];
  unclear: readonly PhrasePattern[];
}

/**
 * Reads the opt-out words of every language in a folder (`resources/opt-out`).
 * @throws AppError `contact-rules.bad-words` naming the file and the field
 */
export function loadReplyWords(folder: string): ReplyLanguage[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readLanguage(name, readFileSync(join(folder, name), 'utf8')));
}

function readLanguage(name: string, text: string): ReplyLanguage {
  const parsed = languageFile.safeParse(parseJson(name, text));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`);
    throw new AppError('contact-rules.bad-words', `words ${name}: ${problems.join('; ')}`);
  }
  return compileLanguage(parsed.data);
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('contact-rules.bad-words', `words ${name} is not JSON`, { cause });
  }
}

function compileLanguage(data: z.infer<typeof languageFile>): ReplyLanguage {
  const { language, alphabet } = data;
  const fillers = foldSet(data.fillers);
  const contact = contactTags.flatMap((tag) =>
    data.contact[tag].map((word) => ({ ...readWord(word, alphabet), tag })),
  );
  // the longer way to say it first: 打电话 before 电话
  contact.sort((a, b) => b.words.length - a.words.length);
  const vocabulary: PatternWords = { alphabet, fillers, contact };
  const alternatives = (list: readonly string[]) => list.map((word) => readWord(word, alphabet));
  return {
    language,
    alphabet,
    fillers,
    politeness: foldSet(data.politeness),
    negations: alternatives(data.negations),
    connectors: foldSet(data.connectors),
    contact,
    keywords: data.keywords.flatMap(({ words: list, scope, alone }) =>
      list.map((word) => ({ ...readWord(word, alphabet), scope, alone })),
    ),
    address: alternatives(data.address),
    conditions: alternatives(data.conditions),
    questions: alternatives(data.questions),
    meansElse: data.meansElse.map((say) => compilePattern(say, vocabulary)),
    optOut: data.optOut.map(({ say, media, stop, not }) => ({
      pattern: compilePattern(say, vocabulary),
      media: media ?? null,
      stop: stop ?? false,
      not: foldSet(not ?? []),
    })),
    unclear: data.unclear.map((say) => compilePattern(say, vocabulary)),
  };
}
