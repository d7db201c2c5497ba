import type { Rule, RuleOf } from '#shared/rule-packs/index.ts';
import {
  bitsOf,
  contactChannels,
  eventFlags,
  eventKinds,
  numberClasses,
  parseDuration,
} from '#shared/rule-packs/index.ts';
import { msPerDay } from '../zones/zone.ts';
import type { CompileContext, KindBehaviour } from './compiled-rule.ts';
import { compileWindow, countedAt, firstUnderLimit, waitEnds } from './counting.ts';
import { type EventFilter, everyEvent, matchingInstants } from './events.ts';
import { firstYesInEveryZone, firstYesInForce, zonesInForce } from './in-zones.ts';
import type { Question } from './question.ts';

/** Denies when `limit` events already count: the new contact would be one more. */
export function compileCap(rule: RuleOf<'cap'>, { zones }: CompileContext): KindBehaviour {
  const window = compileWindow(rule.window);
  const filter = filterOf(rule, rule.counts, rule.countChannels, rule.excludeFlags);
  const countable = ({ log, request, facts, limit }: Question, from: number) => {
    const oldest = from - window.longestMs;
    const instants = matchingInstants(log, filter, request, oldest, limit);
    const { historyFrom } = facts.facts;
    if (historyFrom === undefined) return instants;
    return withUnknownHistory(instants, Math.min(historyFrom, request.at), oldest, rule.limit);
  };
  return {
    applies: scopeApplies(rule),
    firstYes(question, from) {
      if (rule.limit === 0) return null;
      const instants = countable(question, from);
      if (instants.length < rule.limit) return from;
      const { limit } = question;
      return firstYesInForce(question, zones, from, (inForce, at) =>
        firstYesInEveryZone(inForce, at, (zone, asked) =>
          withinLimit(firstUnderLimit(zone, asked, instants, rule.limit, window), limit),
        ),
      );
    },
    count(question) {
      const { at } = question.request;
      const instants = countable(question, at);
      const counts = zonesInForce(question, zones, at).map((zone) =>
        countedAt(zone, at, instants, window),
      );
      return { counted: Math.max(...counts), limit: rule.limit };
    },
  };
}

/** As if half of the cap had been used up at the moment before which nothing is known (reference §6). */
function withUnknownHistory(
  instants: readonly number[],
  historyFrom: number,
  oldest: number,
  limit: number,
): readonly number[] {
  const assumed = Math.floor(limit / 2);
  if (assumed === 0 || historyFrom < oldest) return instants;
  const index = instants.findIndex((at) => at > historyFrom);
  const position = index < 0 ? instants.length : index;
  return instants.toSpliced(position, 0, ...Array<number>(assumed).fill(historyFrom));
}

/** A wait after an event; a conversation under consent starts one too (§8.6 reading 8). */
export function compileCooldown(
  rule: RuleOf<'cooldown'>,
  { zones }: CompileContext,
): KindBehaviour {
  const length = parseDuration(rule.length);
  const longestMs = length.kind === 'clock' ? length.ms : (length.days + 4) * msPerDay;
  const filter = filterOf(rule, rule.after, rule.countChannels ?? rule.channels, []);
  return {
    applies: scopeApplies(rule),
    firstYes(question, from) {
      const { log, request, limit } = question;
      const instants = matchingInstants(log, filter, request, from - longestMs, limit);
      if (instants.length === 0) return from;
      return firstYesInForce(question, zones, from, (inForce, at) =>
        firstYesInEveryZone(inForce, at, (zone, asked) => {
          let free = asked;
          // later events wait longer: going forward, one pass settles it
          for (const event of instants) {
            if (event <= free)
              free = Math.max(free, waitEnds(zone, event, length, rule.firstDayCounts));
          }
          return withinLimit(free, limit);
        }),
      );
    },
  };
}

function withinLimit(at: number | null, limit: number): number | null {
  return at === null || at > limit ? null : at;
}

function filterOf(
  rule: RuleOf<'cap'> | RuleOf<'cooldown'>,
  kinds: RuleOf<'cap'>['counts'],
  countChannels: RuleOf<'cap'>['countChannels'],
  excludeFlags: RuleOf<'cap'>['excludeFlags'],
): EventFilter {
  return {
    ...everyEvent,
    kindBits: bitsOf(eventKinds, kinds),
    channelBits: bitsOf(contactChannels, countChannels),
    excludedFlagBits: bitsOf(eventFlags, excludeFlags),
    classBits: bitsOf(numberClasses, rule.numberClasses),
    outOnly: rule.direction === 'out',
    byPerson: rule.scope.includes('person'),
    byDebt: rule.scope.includes('debt') || rule.scope.includes('account'),
    byNumber: rule.scope.includes('number'),
  };
}

/** A rule about one number does not apply to a contact without one (§8.6 reading 10). */
function scopeApplies(rule: Extract<Rule, { scope: unknown }>): (question: Question) => boolean {
  const byNumber = rule.scope.includes('number');
  return (question) => !byNumber || question.request.number !== undefined;
}
