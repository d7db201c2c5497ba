import { bitsOf, contactChannels, parseDuration, type RuleOf } from '#shared/rule-packs/index.ts';
import type { CompileContext, KindBehaviour, RuleAnswer, RuleObligation } from './compiled-rule.ts';
import { consentIntervals } from './consents.ts';
import type { HoldFact } from './facts.ts';
import { firstYesInEveryZone, firstYesInForce } from './in-zones.ts';
import { firstInside } from './intervals.ts';
import { compileCap } from './kinds-counting.ts';
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

/**
 * A gate that opens only under a recorded consent. A contact whose only purpose is to ask for it may pass as often as
 * `askLimit` says.
 */
export function compileConsent(rule: RuleOf<'consent'>, context: CompileContext): KindBehaviour {
  const terms = {
    kind: rule.consentKind,
    byDebt: rule.scope.includes('debt') || rule.scope.includes('account'),
    perChannel: rule.consentKind === 'perMedium',
    lasts: rule.validFor === undefined ? null : parseDuration(rule.validFor),
    firstDayCounts: true,
  };
  const asking = compileAsking(rule, context);
  const consented: RuleAnswer = (question, from) =>
    firstYesInForce(question, context.zones, from, (inForce, at) =>
      firstInside(consentIntervals(question, inForce, terms), at, question.limit),
    );
  return {
    firstYes(question, from) {
      const open = consented(question, from);
      if (open === from) return from;
      const ask = asking(question, from);
      return open === null || ask === null ? (open ?? ask) : Math.min(open, ask);
    },
  };
}

/** When we may ask for a consent that is not there: the cap of the rule answers, within its own channels. */
function compileAsking({ askLimit }: RuleOf<'consent'>, context: CompileContext): RuleAnswer {
  if (askLimit === undefined) return () => null;
  const cap = compileCap(askLimit, context);
  const channelBits = bitsOf(contactChannels, askLimit.channels);
  return (question, from) => {
    if (!question.facts.flags.has('askingConsent')) return null;
    if ((question.channelBit & channelBits) === 0) return null;
    if (cap.applies && !cap.applies(question)) return null;
    return cap.firstYes ? cap.firstYes(question, from) : null;
  };
}

/**
 * A notice that must have gone out: before any contact (`blocksUntilSent`, no date, as somebody must send it), else it
 * is owed as long as it did not.
 */
export function compileFirstNotice(rule: RuleOf<'firstNotice'>): KindBehaviour {
  const { mustHaveSent, within, blocksUntilSent } = rule;
  const owed: RuleObligation[] = [
    { what: 'firstNotice', details: { mustHaveSent, within: within ?? null, blocksUntilSent } },
  ];
  const firstSent: RuleAnswer = (question, from) => {
    const sent = (question.facts.facts.notices ?? []).filter(
      // a notice relieves: one about a debt does not reach a contact whose debt is not known
      ({ kind, debt }) =>
        kind === mustHaveSent && (debt === undefined || debt === question.request.debt),
    );
    const since = sent.map(({ at }) => ({ start: at, end: Number.POSITIVE_INFINITY }));
    return firstInside(since, from, question.limit);
  };
  return {
    ...(blocksUntilSent ? { firstYes: firstSent } : {}),
    obligations: owed,
    owes: (question) => firstSent(question, question.request.at) !== question.request.at,
  };
}
