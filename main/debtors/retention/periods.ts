import { comparePeriods } from './period.ts';
import type { Artefact, RetentionAnchor, RetentionLaw } from './retention-types.ts';
import { type RulesRetentionPeriod, retentionArtefacts } from './retention-types.ts';

/** Where a period stands that the firm chose: `recording` in `US-NY`; `*` for all places. */
export type ChosenPeriods = Readonly<Record<string, string>>;

export function chosenKey(artefact: string, place: string): string {
  return `${artefact}/${place}`;
}

/**
 * How long one kind of record is kept of debtors of one place: law's longest minimum, law's shortest maximum, and what
 * the firm chose between them. Where minimum and maximum contradict each other the minimum wins: what a law wants kept is
 * not removed. Removing is for good, so a maximum acts only when somebody answers for its pack; that of a draft is shown
 * as a proposal. A minimum of a draft holds: when unsure, keep.
 */
export function periodFor(
  artefact: Artefact,
  place: string,
  laws: readonly RetentionLaw[],
  chosen: ChosenPeriods,
  now: number,
): RulesRetentionPeriod {
  const own = laws.filter((law) => law.artefact === artefact);
  const atLeast = extreme(own, 'min', now, 1);
  const atMost = extreme(own, 'max', now, -1);
  const wanted = chosenFor(artefact, place, chosen);
  const acting = extreme(
    own.filter(({ approved }) => approved),
    'max',
    now,
    -1,
  );
  const shortest = shorter(wanted, acting?.max ?? null, now);
  const least = atLeast?.min ?? null;
  const effective =
    shortest !== null && least !== null && comparePeriods(shortest, least, now) < 0
      ? least
      : shortest;
  return {
    artefact,
    jurisdiction: place,
    atLeast: least,
    atLeastSource: atLeast?.source ?? null,
    atMost: atMost?.max ?? null,
    atMostSource: atMost?.source ?? null,
    atMostActs: atMost !== null && acting !== null && atMost.max === acting.max,
    chosen: wanted,
    effective,
    anchor: anchorOf(atLeast ?? acting ?? atMost),
  };
}

function anchorOf(law: RetentionLaw | null): RetentionAnchor {
  return law?.anchor ?? 'event';
}

/** The longest minimum (`sign` 1) or the shortest maximum (-1). */
function extreme(
  laws: readonly RetentionLaw[],
  side: 'min' | 'max',
  now: number,
  sign: 1 | -1,
): RetentionLaw | null {
  let found: RetentionLaw | null = null;
  for (const law of laws) {
    const period = law[side];
    if (period === null) continue;
    const known = found?.[side] ?? null;
    if (known === null || sign * comparePeriods(period, known, now) > 0) found = law;
  }
  return found;
}

function shorter(one: string | null, other: string | null, now: number): string | null {
  if (one === null || other === null) return one ?? other;
  return comparePeriods(one, other, now) <= 0 ? one : other;
}

/** Chosen for this place, else for the place that holds it, else for all. */
function chosenFor(artefact: string, place: string, chosen: ChosenPeriods): string | null {
  for (const key of placesUp(place)) {
    const found = chosen[chosenKey(artefact, key)];
    if (found !== undefined) return found;
  }
  return null;
}

/** `US-NY-NYC`, `US-NY`, `US`, `*` */
export function placesUp(place: string): string[] {
  const places: string[] = [];
  for (
    let at = place;
    at !== '' && at !== '*';
    at = at.slice(0, Math.max(0, at.lastIndexOf('-')))
  ) {
    places.push(at);
  }
  return [...places, '*'];
}

export const artefacts: readonly Artefact[] = retentionArtefacts;
