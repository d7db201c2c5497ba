import type { CompiledRule, OwedObligation, RuleCount } from './compiled-rule.ts';
import type { Question } from './question.ts';
import { recordingObligations } from './recording.ts';
import { rulesFor } from './rules-for.ts';

/** A rule that says no at the asked instant. */
export interface EngineRefusal {
  rule: string;
  pack: string;
  version: string;
  /** the kind of the rule, or why the door refused without asking a rule */
  because: string;
  /** first instant at which this rule alone says yes; null: not before a fact changes */
  until: number | null;
  overridable: boolean;
}

/** The engine's answer; instants in epoch ms. */
export interface Evaluation {
  allowed: boolean;
  /** of severity deny and denyUnlessOverride, the latest date first, no date before all */
  blockedBy: EngineRefusal[];
  warnings: EngineRefusal[];
  /** first instant ≥ the asked one at which all say yes; null: none up to the horizon */
  nextAllowedAt: number | null;
  obligations: OwedObligation[];
}

/**
 * Asks every rule; all must say yes (reference §6). Assumes no new events.
 * @param rules the same list for questions under the same packs: which of them apply is found once
 */
export function evaluate(question: Question, rules: readonly CompiledRule[]): Evaluation {
  const { deciding, binding, recording: ofRecording, owing } = rulesFor(question, rules);
  const { at } = question.request;
  const blockedBy: EngineRefusal[] = [];
  const warnings: EngineRefusal[] = [];
  for (const rule of deciding) {
    const until = rule.firstYes(question, at);
    if (until === at) continue;
    (rule.severity === 'warn' ? warnings : blockedBy).push(refusal(rule, until));
  }
  const recording = recordingObligations(ofRecording, question);
  if (recording.conflict) blockedBy.push({ ...recording.conflict, until: null });
  blockedBy.sort(laterFirst);
  return {
    allowed: blockedBy.length === 0,
    blockedBy,
    warnings,
    nextAllowedAt: nextAllowed(question, binding, blockedBy),
    obligations: [...recording.obligations, ...otherObligations(owing, question)],
  };
}

/**
 * How many events count under a rule at the asked instant, for people who want to know why.
 * @returns null for a rule that does not count, or does not apply to this contact
 */
export function explainRule(rule: CompiledRule, question: Question): RuleCount | null {
  return rule.applies(question) ? rule.count(question) : null;
}

function refusal(rule: CompiledRule, until: number | null): EngineRefusal {
  const { id, pack, version, kind, severity } = rule;
  const overridable = severity === 'denyUnlessOverride';
  return { rule: id, pack, version, because: kind, until, overridable };
}

/** Starts at the latest answer so far and asks all again until nothing moves. */
function nextAllowed(
  question: Question,
  binding: readonly CompiledRule[],
  blockedBy: readonly EngineRefusal[],
): number | null {
  let at = question.request.at;
  for (const { until } of blockedBy) {
    if (until === null || until > question.limit) return null;
    at = Math.max(at, until);
  }
  if (blockedBy.length === 0) return at;
  for (let agreed = 0; agreed < binding.length; ) {
    for (const rule of binding) {
      const answer = rule.firstYes(question, at);
      if (answer === null || answer > question.limit) return null;
      agreed = answer === at ? agreed + 1 : 1;
      at = answer;
      if (agreed >= binding.length) break;
    }
  }
  return at;
}

function otherObligations(rules: readonly CompiledRule[], question: Question): OwedObligation[] {
  const owed: OwedObligation[] = [];
  for (const rule of rules) owed.push(...rule.obligations(question));
  return owed;
}

function laterFirst(a: EngineRefusal, b: EngineRefusal): number {
  if (a.until === b.until) return 0;
  if (a.until === null) return -1;
  return b.until === null ? 1 : b.until - a.until;
}
