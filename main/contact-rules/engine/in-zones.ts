import { AppError } from '#shared/errors/index.ts';
import type { Zone } from '../zones/zone.ts';
import type { Question } from './question.ts';

/** Whose clock a rule reads, resolved from pack and rule. */
export type ZoneChoice =
  | { basis: 'allKnown' | 'residence' | 'numberPresumed' }
  | { basis: 'fixed'; zone: Zone };

/** First instant ≥ `from` with a yes, or null up to the question's limit. */
export type FirstYes = (zones: readonly Zone[], from: number) => number | null;

/**
 * Answers in the zones in force at the instant that is tested: a stated place replaces all but a
 * fixed zone until it expires (reference §8.6 readings 1 and 2).
 * @throws AppError `contact-rules.zone-unknown` when the basis has no zone
 */
export function firstYesInForce(
  question: Question,
  choice: ZoneChoice,
  from: number,
  firstYes: FirstYes,
): number | null {
  if (choice.basis === 'fixed') return firstYes([choice.zone], from);
  const { facts, limit } = question;
  let at = from;
  if (at < facts.statedUntil) {
    const answer = firstYes(facts.statedZones, at);
    if (answer !== null && answer < facts.statedUntil) return answer;
    if (facts.statedUntil > limit) return null;
    at = facts.statedUntil;
  }
  return firstYes(atLeastOne(zonesOfBasis(question, choice.basis)), at);
}

/**
 * The zones in force at an instant.
 * @throws AppError `contact-rules.zone-unknown` when the basis has no zone
 */
export function zonesInForce(question: Question, choice: ZoneChoice, at: number): readonly Zone[] {
  if (choice.basis === 'fixed') return [choice.zone];
  if (at < question.facts.statedUntil) return question.facts.statedZones;
  return atLeastOne(zonesOfBasis(question, choice.basis));
}

/** No zone, no clock to read: never "every zone of none agrees". */
function atLeastOne(zones: readonly Zone[]): readonly Zone[] {
  if (zones.length > 0) return zones;
  throw new AppError('contact-rules.zone-unknown', 'no time zone is known');
}

function zonesOfBasis(
  { facts, request }: Question,
  basis: 'allKnown' | 'residence' | 'numberPresumed',
): readonly Zone[] {
  if (basis === 'allKnown') return facts.allKnownZones;
  if (basis === 'residence') return facts.residenceZones;
  return facts.presumedZones(request.number);
}

/** First instant ≥ `from` at which every zone says yes; each is asked again until none moves. */
export function firstYesInEveryZone(
  zones: readonly Zone[],
  from: number,
  inZone: (zone: Zone, at: number) => number | null,
): number | null {
  let at = from;
  for (let agreed = 0; agreed < zones.length; ) {
    for (const zone of zones) {
      const answer = inZone(zone, at);
      if (answer === null) return null;
      agreed = answer === at ? agreed + 1 : 1;
      at = answer;
      if (agreed >= zones.length) break;
    }
  }
  return at;
}
