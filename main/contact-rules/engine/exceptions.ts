import type { Rule, RuleException } from '#shared/rule-packs/index.ts';
import { parseDuration } from '#shared/rule-packs/index.ts';
import type { RuleAnswer } from './compiled-rule.ts';
import { consentIntervals, firstInside } from './consents.ts';
import { firstYesInForce, type ZoneChoice } from './in-zones.ts';
import type { Question } from './question.ts';

type DirectConsent = Extract<RuleException, { type: 'directConsent' }>;

/**
 * Relief exists only inside a rule: no pack can switch off another (reference §6). An exception
 * that rests on a named fact lifts the rule whole; a consent lifts it while it lasts.
 */
export function withExceptions(rule: Rule, zones: ZoneChoice, answer: RuleAnswer): RuleAnswer {
  const exceptions = rule.unless ?? [];
  if (exceptions.length === 0) return answer;
  const consents = exceptions.filter((one): one is DirectConsent => one.type === 'directConsent');
  return (question, from) => {
    if (exceptions.some((exception) => liftedByFact(exception, question))) return from;
    const own = answer(question, from);
    if (own === from) return own;
    const consented = consents.map((exception) => firstConsented(exception, question, zones, from));
    const found = [own, ...consented].filter((at) => at !== null);
    return found.length === 0 ? null : Math.min(...found);
  };
}

function liftedByFact(exception: RuleException, { facts, request }: Question): boolean {
  switch (exception.type) {
    case 'fact':
      return facts.flags.has(exception.name);
    case 'agreement':
      return facts.flags.has(`agreement:${exception.field}`);
    case 'debtorInitiated':
      return facts.flags.has('debtorInitiated');
    case 'courtPermission':
      return facts.flags.has('courtPermission');
    case 'legalNotice':
      return request.purposes.every((purpose) => purpose === 'legalNotice');
    case 'directConsent':
      return false;
  }
}

function firstConsented(
  exception: DirectConsent,
  question: Question,
  zones: ZoneChoice,
  from: number,
): number | null {
  return firstYesInForce(question, zones, from, (inForce, at) =>
    firstInside(
      consentIntervals(question, inForce, {
        kind: 'directConsent',
        byDebt: exception.scope.includes('debt') || exception.scope.includes('account'),
        lasts: parseDuration(exception.lasts),
        firstDayCounts: exception.firstDayCounts,
      }),
      at,
      question.limit,
    ),
  );
}
