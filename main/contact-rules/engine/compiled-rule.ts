import type { Rule } from '#shared/rule-packs/index.ts';
import type { ZoneChoice } from './in-zones.ts';
import type { Question } from './question.ts';

/** What a contact owes: say, include, announce, record. */
export interface RuleObligation {
  what: string;
  details?: Readonly<Record<string, unknown>>;
}

/** An obligation with the rule that asks for it. */
export type OwedObligation = RuleObligation & { rule: string; pack: string };

/** How many events count under a rule at the asked instant, and how many may. */
export interface RuleCount {
  counted: number;
  limit: number;
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
  /** false: it only asks for something; `firstYes` is then always `from` */
  readonly decides: boolean;
  /** looks at the bits of a question, and at whether it names a number; at nothing else, so that it is asked once for each kind of contact */
  applies(question: Question): boolean;
  readonly firstYes: RuleAnswer;
  /** what a contact at the asked instant owes; none where the rule is not in force or an exception lifts it */
  obligations(question: Question): readonly OwedObligation[];
  /** null: not a rule that counts */
  count(question: Question): RuleCount | null;
}

/** What a kind of rule adds to the common parts; a kind without `firstYes` never says no. */
export interface KindBehaviour {
  firstYes?: RuleAnswer;
  obligations?: readonly RuleObligation[];
  /** whether a contact owes them; absent: always */
  owes?: (question: Question) => boolean;
  count?: (question: Question) => RuleCount;
  /** besides channels, modes, purposes, targets and classes */
  applies?: (question: Question) => boolean;
}

export interface CompileContext {
  readonly zones: ZoneChoice;
  /** replaces `closeMarginSec` of every hours rule */
  readonly closeMarginSec: number | undefined;
}
