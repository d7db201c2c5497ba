import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import { type ContentElement, contentElements } from '#shared/rule-packs/index.ts';
import {
  compilePattern,
  foldSet,
  type PatternWords,
  type PhrasePattern,
} from '../words/phrase-pattern.ts';

const words = z.array(z.string().min(1));
/** Whose name stands after certain words. */
export const namedElements = ['businessName', 'contactName', 'creditorName', 'greeting'] as const;
export type NamedElement = (typeof namedElements)[number];

const languageFile = z.strictObject({
  language: z.string().regex(/^[a-z]{2}$/),
  alphabet: z.enum(['words', 'characters']),
  review: z.enum(['draft', 'checked']),
  source: z.string().min(1),
  fillers: words,
  /** words that stand for nothing: they may stand in a text that may say nothing else */
  neutral: words,
  /** words that make a name that of a firm */
  companyWords: words,
  /**
   * words after which a name stands; those that stand under `businessName` and `contactName` both announce either, and
   * the name says which
   */
  cues: z.strictObject({
    businessName: words,
    contactName: words,
    creditorName: words,
    greeting: words,
  }),
  elements: z.partialRecord(z.enum(contentElements), words),
});
const fieldFile = z.strictObject({
  source: z.string().min(1),
  /** names of template fields that stand for an element */
  fields: z.partialRecord(z.enum(contentElements), words),
  neutral: words,
});

/** How one language says what rules ask for. */
export interface ContentLanguage {
  language: string;
  fillers: ReadonlySet<string>;
  neutral: ReadonlySet<string>;
  companyWords: ReadonlySet<string>;
  cues: readonly { element: NamedElement; pattern: PhrasePattern; either: boolean }[];
  elements: readonly { element: ContentElement; pattern: PhrasePattern }[];
}
export interface ContentWords {
  languages: readonly ContentLanguage[];
  /** elements of a template field, by its name in lower case; empty: it stands for nothing */
  fields: ReadonlyMap<string, readonly ContentElement[]>;
}

/**
 * Reads the words of every language and the template fields in a folder (`resources/content`).
 * @throws AppError `contact-rules.bad-words` naming the file and the field
 */
export function loadContentWords(folder: string): ContentWords {
  const files = readdirSync(folder).filter((name) => /^[a-z]{2}\.json$/.test(name));
  return {
    languages: files.sort().map((name) => compile(read(folder, name, languageFile))),
    fields: fieldsOf(read(folder, 'fields.json', fieldFile)),
  };
}

function read<Shape extends z.ZodType>(folder: string, name: string, shape: Shape) {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch (cause) {
    throw new AppError('contact-rules.bad-words', `words ${name} is not JSON`, { cause });
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`);
  throw new AppError('contact-rules.bad-words', `words ${name}: ${problems.join('; ')}`);
}

function compile(data: z.infer<typeof languageFile>): ContentLanguage {
  const fillers = foldSet(data.fillers);
  const vocabulary: PatternWords = { alphabet: data.alphabet, fillers, contact: [] };
  return {
    language: data.language,
    fillers,
    neutral: foldSet(data.neutral.flatMap((word) => word.split('_'))),
    companyWords: foldSet(data.companyWords),
    cues: namedElements.flatMap((element) =>
      data.cues[element].map((say) => ({
        element,
        pattern: compilePattern(say, vocabulary),
        either: data.cues.businessName.includes(say) && data.cues.contactName.includes(say),
      })),
    ),
    elements: contentElements.flatMap((element) =>
      (data.elements[element] ?? []).map((say) => ({
        element,
        pattern: compilePattern(say, vocabulary),
      })),
    ),
  };
}

function fieldsOf({ fields, neutral }: z.infer<typeof fieldFile>) {
  const map = new Map<string, ContentElement[]>(
    neutral.map((name) => [name.toLowerCase(), []] as const),
  );
  for (const element of contentElements) {
    for (const name of fields[element] ?? []) {
      const key = name.toLowerCase();
      map.set(key, [...(map.get(key) ?? []), element]);
    }
  }
  return map;
}

/** Whether a word makes a name that of a firm, in any language: 某某公司 carries its kind as its end. */
export function isCompanyWord(languages: readonly ContentLanguage[], folded: string): boolean {
  const han = /\p{Script=Han}/u.test(folded);
  return languages.some(
    ({ companyWords }) =>
      companyWords.has(folded) || (han && [...companyWords].some((word) => folded.includes(word))),
  );
}
