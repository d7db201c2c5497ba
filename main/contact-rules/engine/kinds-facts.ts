import type { RuleOf } from '#shared/rule-packs/index.ts';
import { parseDuration } from '#shared/rule-packs/index.ts';
import type { CompileContext, KindBehaviour } from './compiled-rule.ts';
import { type ConsentInterval, consentIntervals, firstInside } from './consents.ts';
import type { HoldFact } from './facts.ts';
import { firstYesInEveryZone, firstYesInForce } from './in-zones.ts';
import type { Question } from './question.ts';

/** Standing facts that stop contact: cease notice, opt-out, lawyer, breathing space … */
export function compileHold(rule: RuleOf<'hold'>, { zones }: CompileContext): KindBehaviour {
  return {
    firstYes(question, from) {
      const holds = question.facts.facts.holds.filter(
        (hold) => hold.kind === rule.holdKind && covers(hold, question),
      );
      if (holds.length === 0) return from;
      return firstYesInForce(question, zones, from, (inForce, at) =>
        firstYesInEveryZone(inForce, at, (zone, asked) =>
          firstFree(holds, asked, question.limit, (since, days) =>
            zone.startOfDay(zone.localDay(since) + days + 1),
          ),
        ),
      );
    },
  };
}

function covers(hold: HoldFact, { request }: Question): boolean {
  if (hold.medium !== undefined && hold.medium !== request.channel) return false;
  if (hold.number !== undefined && hold.number !== request.number) return false;
  // a contact whose debt is not known may be about this one
  return hold.debt === undefined || request.debt === undefined || hold.debt === request.debt;
}

/** First instant ≥ `from` outside every hold; a later hold may begin where an earlier one ends. */
function firstFree(
  holds: readonly HoldFact[],
  from: number,
  limit: number,
  endOfDays: (since: number, days: number) => number,
): number | null {
  let at = from;
  for (let moved = true; moved; ) {
    moved = false;
    for (const hold of holds) {
      const until = hold.until ?? Number.POSITIVE_INFINITY;
      const end =
        hold.maxDays === undefined ? until : Math.min(until, endOfDays(hold.since, hold.maxDays));
      if (at < hold.since || at >= end) continue;
      if (end > limit) return null;
      at = end;
      moved = true;
    }
  }
  return at;
}

/** A gate that opens only under a recorded consent. */
export function compileConsent(rule: RuleOf<'consent'>, { zones }: CompileContext): KindBehaviour {
  const validFor = rule.validFor === undefined ? null : parseDuration(rule.validFor);
  const byDebt = rule.scope.includes('debt') || rule.scope.includes('account');
  return {
    firstYes(question, from) {
      return firstYesInForce(question, zones, from, (inForce, at) => {
        const intervals: ConsentInterval[] = consentIntervals(question, inForce, {
          kind: rule.consentKind,
          byDebt,
          lasts: validFor,
          firstDayCounts: true,
        });
        return firstInside(intervals, at, question.limit);
      });
    },
  };
}

/** Never with a withheld number where the rule forbids it; no date, as a fact must change. */
export function compileCallerId(rule: RuleOf<'callerId'>): KindBehaviour {
  return {
    firstYes: (question, from) =>
      !rule.withheldAllowed && question.facts.flags.has('callerIdWithheld') ? null : from,
    obligations: rule.withheldAllowed ? [] : [{ what: 'showNumber', details: { must: rule.must } }],
  };
}

/** Persons who are not contacted at all, or only about certain topics. */
export function compileAddressee(rule: RuleOf<'addressee'>): KindBehaviour {
  return {
    firstYes: (_question, from) => (rule.maxContacts === 0 ? null : from),
    obligations:
      rule.maxContacts === 0
        ? []
        : [
            {
              what: 'limitedTopics',
              details: { topics: rule.allowedTopics, maxContacts: rule.maxContacts ?? null },
            },
          ],
  };
}
