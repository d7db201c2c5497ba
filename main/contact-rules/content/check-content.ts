import type {
  ContactChannel,
  ContentElement,
  RuleOf,
  RulePack,
  Target,
} from '#shared/rule-packs/index.ts';
import type { ContentLanguage, ContentWords } from './content-words.ts';
import { containing, outermost, touching } from './coverage.ts';
import { type FoundElement, findElements } from './find-elements.ts';
import { clauseEnd, partsOf, type TextParts } from './text-parts.ts';

export type ContentMoment = RuleOf<'content'>['when'];

export interface ContentQuestion {
  text: string;
  /** ISO 639, that of the text */
  language: string;
  channel: ContactChannel;
  when: ContentMoment;
  /** to whom; default: the debtor */
  target?: Target;
}

/** A rule about words, with the pack it stands in. */
export interface ContentRuleInPack {
  pack: string;
  rule: RuleOf<'content'>;
}

export interface ContentProblem {
  rule: string;
  pack: string;
  source: string;
  problem: 'missing' | 'forbidden' | 'not-allowed' | 'language';
  element: ContentElement | null;
  words: string | null;
}

export interface ContentCheck {
  /** no rule that denies finds fault; one that warns may */
  ok: boolean;
  problems: ContentProblem[];
  found: { element: ContentElement; words: string }[];
}

/** The content rules of packs, those that are in force at `at` (epoch ms). */
export function contentRulesOf(packs: readonly RulePack[], at: number): ContentRuleInPack[] {
  const today = new Date(at).toISOString().slice(0, 10);
  return packs.flatMap(({ id, rules }) =>
    rules.flatMap((rule) => {
      if (rule.kind !== 'content') return [];
      if ((rule.from ?? '') > today || (rule.to !== undefined && rule.to <= today)) return [];
      return [{ pack: id, rule }];
    }),
  );
}

/** Rules that speak about a text at a moment: the first message is also one of every message. */
const momentsOf: Readonly<Record<ContentMoment, readonly ContentMoment[]>> = {
  first: ['first', 'every'],
  every: ['every'],
  voicemail: ['voicemail'],
  abandonMessage: ['abandonMessage'],
  callStart: ['callStart'],
  botStart: ['botStart', 'callStart'],
};

/** Makes the checker of texts. It is a help and no lawyer: see the README for what it cannot see. */
export function createContentChecker(words: ContentWords) {
  /**
   * Whether a text says what the rules ask and nothing that they forbid. Fields such as `{firm}` count as what they
   * will be filled with. Up to 20,000 characters.
   */
  return function checkContent(
    question: ContentQuestion,
    rules: readonly ContentRuleInPack[],
  ): ContentCheck {
    const parts = partsOf(question.text, words);
    const found = findElements(parts, words.languages);
    const applying = rules.filter((one) => applies(one.rule, question));
    const faults = applying.map((one) => ({
      one,
      problems: problemsOf(one, { question, parts, found, words }),
    }));
    return {
      ok: faults.every(
        ({ one, problems }) => one.rule.severity === 'warn' || problems.length === 0,
      ),
      problems: faults.flatMap(({ problems }) => problems),
      found: shownOf(found),
    };
  };
}

function applies(rule: RuleOf<'content'>, { channel, when, target = 'debtor' }: ContentQuestion) {
  return (
    rule.channels.includes(channel) &&
    (momentsOf[when].includes(rule.when) ||
      (when === 'first' && channel === 'call' && rule.when === 'callStart')) &&
    (rule.targets === undefined || rule.targets.includes(target)) &&
    (rule.purposes === undefined || rule.purposes.includes('collection'))
  );
}

interface Checked {
  question: ContentQuestion;
  parts: TextParts;
  found: readonly FoundElement[];
  words: ContentWords;
}

function problemsOf({ pack, rule }: ContentRuleInPack, checked: Checked): ContentProblem[] {
  const { found, question } = checked;
  const head = { rule: rule.id, pack, source: rule.source };
  const problems: ContentProblem[] = [];
  const add = (
    problem: ContentProblem['problem'],
    element: ContentElement | null,
    words: string | null,
  ) => problems.push({ ...head, problem, element, words });
  for (const element of rule.mustInclude) {
    const said = found.filter((one) => one.element === element);
    const language = rule.language === 'sameAsConversation' ? question.language : rule.language;
    const right = said.find((one) => language === undefined || isIn(one, language, checked.words));
    if (said.length === 0) add('missing', element, null);
    else if (!right) add('language', element, said[0]?.words ?? null);
  }
  for (const element of rule.mustNotInclude ?? []) {
    for (const words of wordsOf(found, element)) add('forbidden', element, words);
  }
  if (rule.exclusive) {
    for (const { element, words } of notAllowed(rule, checked)) add('not-allowed', element, words);
  }
  return problems;
}

/** A language whose words nobody wrote down cannot be told apart. */
function isIn({ language }: FoundElement, asked: string, { languages }: ContentWords): boolean {
  if (language === null || !languages.some((one) => one.language === asked)) return true;
  return language === asked;
}

function wordsOf(found: readonly FoundElement[], element: ContentElement): Set<string> {
  return new Set(found.filter((one) => one.element === element).map(({ words }) => words));
}

/** What an exclusive rule neither asks for nor allows: elements by name, and words that stand for nothing it knows. */
function notAllowed(
  rule: RuleOf<'content'>,
  { question, parts, found, words }: Checked,
): { element: ContentElement | null; words: string }[] {
  const allowed = new Set<ContentElement>([...rule.mustInclude, ...(rule.mayInclude ?? [])]);
  const forbidden = new Set<ContentElement>(rule.mustNotInclude ?? []);
  const fine = found.filter(({ element }) => allowed.has(element));
  const bad = found.filter(({ element }) => forbidden.has(element));
  const settled = [...fine, ...bad];
  const { length } = parts.text;
  const isSettled = containing(length, settled);
  const strange = found.filter((one) => !allowed.has(one.element) && !isSettled(one));
  const isKnown = touching(length, [...settled, ...strange, ...parts.fields]);
  const neutral = neutralWords(words.languages, question.language);
  const left = parts.tokens.map(
    (token) =>
      token.word !== clauseEnd && !neutral.some((list) => list.has(token.word)) && !isKnown(token),
  );
  return [
    ...[...new Map(strange.map((one) => [`${one.element} ${one.words}`, one])).values()].map(
      (one) => ({ element: one.element, words: one.words }),
    ),
    ...runsOf(parts, left).map((run) => ({ element: null, words: run })),
  ];
}

function neutralWords(languages: readonly ContentLanguage[], asked: string) {
  const own = languages.filter(({ language }) => language === asked);
  return (own.length > 0 ? own : languages).flatMap(({ neutral, fillers }) => [neutral, fillers]);
}

/** Words next to each other are reported together, as they are written. */
function runsOf({ text, tokens }: TextParts, left: readonly boolean[]): string[] {
  const runs: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (!left[at]) continue;
    const from = tokens[at]?.from ?? 0;
    while (left[at + 1]) at++;
    runs.push(text.slice(from, tokens[at]?.to ?? from));
  }
  return runs;
}

function shownOf(found: readonly FoundElement[]): ContentCheck['found'] {
  const byElement = Map.groupBy(found, ({ element }) => element);
  const outer = new Set([...byElement.values()].flatMap((alike) => outermost(alike)));
  const whole = found.filter((one) => outer.has(one));
  const shown = new Map(
    whole
      .sort((a, b) => a.from - b.from)
      .map(({ element, words }) => [`${element} ${words}`, { element, words }] as const),
  );
  return [...shown.values()];
}
