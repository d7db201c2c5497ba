import { bitsOf, type RuleOf, targets } from '#shared/rule-packs/index.ts';
import { countryOfNumber } from '../numbers/place-of-number.ts';
import type { KindBehaviour, RuleObligation } from './compiled-rule.ts';
import { communicationBits, everyEvent, matchingInstants } from './events.ts';
import type { Question } from './question.ts';

/**
 * The number shown: never withheld where the rule forbids it, never from a forbidden range, never from a country that
 * is not allowed. No date, as a fact must change. A request that names no number asks nothing about it.
 */
export function compileCallerId(rule: RuleOf<'callerId'>): KindBehaviour {
  const { withheldAllowed, forbiddenRanges, originCountry, must } = rule;
  const obligations: RuleObligation[] = withheldAllowed
    ? []
    : [{ what: 'showNumber', details: { must } }];
  const isAllowed = (callerId: string) =>
    !forbiddenRanges.some((prefix) => callerId.startsWith(prefix)) &&
    (originCountry === undefined || originCountry.includes(countryOfNumber(callerId) ?? ''));
  return {
    firstYes({ facts, request }, from) {
      if (!withheldAllowed && facts.flags.has('callerIdWithheld')) return null;
      return request.callerId === undefined || isAllowed(request.callerId) ? from : null;
    },
    obligations,
  };
}

/**
 * Persons who are not contacted at all, or only so often, or only about certain topics. Counts what went out to such a
 * person, and to the number where one is asked; who was reached must be known, else it was the debtor.
 */
export function compileAddressee(rule: RuleOf<'addressee'>): KindBehaviour {
  const { maxContacts, allowedTopics } = rule;
  const limitedTopics: RuleObligation[] =
    maxContacts === 0
      ? []
      : [
          {
            what: 'limitedTopics',
            details: { topics: allowedTopics, maxContacts: maxContacts ?? null },
          },
        ];
  if (maxContacts === undefined) return { obligations: limitedTopics };
  const filter = {
    ...everyEvent,
    kindBits: communicationBits,
    targetBits: bitsOf(targets, rule.targets),
    outOnly: true,
    byPerson: true,
    byNumber: true,
  };
  const counted = ({ log, request }: Question, at: number) =>
    matchingInstants(log, filter, request, Number.NEGATIVE_INFINITY, at).length;
  return {
    firstYes: (question, from) =>
      maxContacts > 0 && counted(question, from) < maxContacts ? from : null,
    obligations: limitedTopics,
    count: (question) => ({ counted: counted(question, question.request.at), limit: maxContacts }),
  };
}
