import type { DocumentLanguage, TextProblem } from '#shared/contract/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import {
  type ContactRules,
  type ContentMoment,
  contentRulesOf,
  type createContentChecker,
} from '../../../contact-rules/index.ts';
import type { Unbranded } from '../../../contract-server/types.ts';
import type { ReadDb } from '../../../store/types.ts';
import type { MessageChannel } from '../../types.ts';

export interface ContentAsked {
  channel: MessageChannel;
  language: DocumentLanguage;
  /** with its fields, which count as what they will be filled with */
  text: string;
  isFirst: boolean;
}

export interface ContentVerdict {
  problems: readonly Unbranded<TextProblem>[];
  /** it speaks of a debt or an amount, in words or fields */
  namesDebt: boolean;
}

export interface ContentGateParts {
  rules: Pick<ContactRules, 'packsFor'>;
  checkContent: ReturnType<typeof createContentChecker>;
}

/** so many texts are remembered: those of all templates in all places, and what agents have just typed */
const KEPT = 2_000;
const DAY_MS = 86_400_000;

/** Compares texts with the content rules of places; each text with each set of packs once a day. */
export class ContentGate {
  readonly #parts: ContentGateParts;
  readonly #known = new Map<string, ContentVerdict>();

  constructor(parts: ContentGateParts) {
    this.#parts = parts;
  }

  /** @param about the residence first; none: the places of our own site */
  check(
    read: ReadDb,
    about: { places: readonly string[]; creditors: readonly string[] },
    asked: ContentAsked,
    at: number,
  ): ContentVerdict {
    const packs = this.#parts.rules.packsFor(read, about, at);
    const key = keyOf(packs, asked, at);
    const known = this.#known.get(key);
    if (known) return known;
    const verdict = this.#compare(packs, asked, at);
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(key, verdict);
    return verdict;
  }

  #compare(packs: readonly RulePack[], asked: ContentAsked, at: number): ContentVerdict {
    const { channel, language, text, isFirst } = asked;
    const when: ContentMoment = isFirst ? 'first' : 'every';
    const rules = contentRulesOf(packs, at);
    const warns = new Set(
      rules
        .filter(({ rule }) => rule.severity === 'warn')
        .map(({ pack, rule }) => `${pack} ${rule.id}`),
    );
    const { problems, found } = this.#parts.checkContent({ text, language, channel, when }, rules);
    return {
      problems: problems.map((one) => ({
        ...one,
        language,
        blocks: !warns.has(`${one.pack} ${one.rule}`),
      })),
      namesDebt: found.some(({ element }) => element === 'debt' || element === 'amount'),
    };
  }
}

/** Packs are never changed without a new version. */
function keyOf(packs: readonly RulePack[], asked: ContentAsked, at: number): string {
  const { channel, language, text, isFirst } = asked;
  const day = Math.floor(at / DAY_MS);
  const versions = packs.map(({ id, version }) => `${id}@${version}`).join(' ');
  return `${day}\n${versions}\n${channel} ${language} ${isFirst}\n${text}`;
}
