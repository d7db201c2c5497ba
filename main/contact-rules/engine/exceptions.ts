import type { Rule, RuleException } from '#shared/rule-packs/index.ts';
import { parseDuration } from '#shared/rule-packs/index.ts';
import type { RuleAnswer } from './compiled-rule.ts';
import { consentIntervals } from './consents.ts';
import { initiatedIntervals } from './debtor-initiated.ts';
import { firstYesInForce, type ZoneChoice } from './in-zones.ts';
import { firstInside } from './intervals.ts';
import type { Question } from './question.ts';

/** First instant ≥ `from` at which an exception lifts the rule; null: none up to the question's limit. */
export type Relief = RuleAnswer;

/**
 * Relief exists only inside a rule: no pack can switch off another (reference §6). An exception that rests on a named
 * fact lifts the rule whole; a consent, or the debtor's own message, while it is in force.
 * @returns null for a rule without exceptions
 */
export function compileRelief(rule: Rule, zones: ZoneChoice): Relief | null {
  const exceptions = rule.unless ?? [];
  if (exceptions.length === 0) return null;
  const reliefs = exceptions.map((exception) => compileException(exception, zones));
  return (question, from) => {
    let first: number | null = null;
    for (const relief of reliefs) {
      const at = relief(question, from);
      if (at === from) return at;
      if (at !== null && (first === null || at < first)) first = at;
    }
    return first;
  };
}

/** The rule with its exceptions: it says yes when it does so itself, and when it is lifted. */
export function withRelief(answer: RuleAnswer, relief: Relief | null): RuleAnswer {
  if (relief === null) return answer;
  return (question, from) => {
    const own = answer(question, from);
    if (own === from) return from;
    const lifted = relief(question, from);
    if (own === null || lifted === null) return own ?? lifted;
    return Math.min(own, lifted);
  };
}

function compileException(exception: RuleException, zones: ZoneChoice): Relief {
  switch (exception.type) {
    case 'fact':
      return whileFlagged(exception.name);
    case 'agreement':
      return whileFlagged(`agreement:${exception.field}`);
    case 'courtPermission':
      return whileFlagged('courtPermission');
    case 'legalNotice':
      return whenever(({ request }) =>
        request.purposes.every((purpose) => purpose === 'legalNotice'),
      );
    case 'debtorInitiated': {
      const requested = whileFlagged('debtorInitiated');
      return (question, from) =>
        requested(question, from) ??
        firstInside(initiatedIntervals(question, exception), from, question.limit);
    }
    case 'directConsent':
      return directConsent(exception, zones);
  }
}

function whenever(holds: (question: Question) => boolean): Relief {
  return (question, from) => (holds(question) ? from : null);
}

function whileFlagged(flag: string): Relief {
  return whenever(({ facts }) => facts.flags.has(flag));
}

function directConsent(
  exception: Extract<RuleException, { type: 'directConsent' }>,
  zones: ZoneChoice,
): Relief {
  const terms = {
    kind: 'directConsent',
    byDebt: exception.scope.includes('debt') || exception.scope.includes('account'),
    perChannel: false,
    lasts: parseDuration(exception.lasts),
    firstDayCounts: exception.firstDayCounts,
  };
  return (question, from) => {
    if (question.facts.facts.consents.length === 0) return null;
    return firstYesInForce(question, zones, from, (inForce, at) =>
      firstInside(consentIntervals(question, inForce, terms), at, question.limit),
    );
  };
}
