import type { Rule } from '#shared/rule-packs/index.ts';
import type { ZoneChoice } from './in-zones.ts';
import type { Question } from './question.ts';

/** What a contact owes: say, include, announce, record. */
export interface RuleObligation {
  what: string;
  details?: Readonly<Record<string, unknown>>;
}

/** First instant ≥ `from` at which the rule alone says yes; null: none up to the question's limit. */
export type RuleAnswer = (question: Question, from: number) => number | null;

/** One rule of a pack, ready to be asked. */
export interface CompiledRule {
  readonly id: string;
  readonly kind: Rule['kind'];
  readonly pack: string;
  readonly version: string;
  readonly severity: Rule['severity'];
  applies(question: Question): boolean;
  readonly firstYes: RuleAnswer;
  readonly obligations: readonly RuleObligation[];
}

/** What a kind of rule adds to the common parts; a kind without `firstYes` never says no. */
export interface KindBehaviour {
  firstYes?: RuleAnswer;
  obligations?: readonly RuleObligation[];
  /** besides channels, modes, purposes, targets and classes */
  applies?: (question: Question) => boolean;
}

export interface CompileContext {
  readonly zones: ZoneChoice;
  /** replaces `closeMarginSec` of every hours rule */
  readonly closeMarginSec: number | undefined;
}
