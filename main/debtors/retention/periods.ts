import { comparePeriods } from './period.ts';
import type { Artefact, RetentionAnchor, RetentionLaw } from './retention-types.ts';
import { type RulesRetentionPeriod, retentionArtefacts } from './retention-types.ts';

/** Where a period stands that the firm chose: `recording` in `US-NY`; `*` for all places. */
export type ChosenPeriods = Readonly<Record<string, string>>;

export function chosenKey(artefact: string, place: string): string {
  return `${artefact}/${place}`;
}

/** What decides about records of one kind and place; the daily job asks `isDue` with it. */
export interface KeepingTerms {
  shown: RulesRetentionPeriod;
  /** each must have passed, counted from its own anchor */
  minimums: readonly Term[];
  /** when a record goes; null: never by itself */
  removal: Term | null;
}

/** A period (ISO 8601) and what it runs from. */
export interface Term {
  period: string;
  anchor: RetentionAnchor;
}

/** Caps and "the first contact" look back so far: what they count is not taken from under them. */
const ownMinimums: readonly RetentionLaw[] = (['contactLog', 'decision'] as const).map(
  (artefact) => ({
    artefact,
    min: 'P400D',
    max: null,
    anchor: 'event',
    source: 'Dialdesk: contact rules look back so far',
    approved: true,
  }),
);

/**
 * How long one kind of record is kept of debtors of one place: law's longest minimum, law's shortest maximum, and what
 * the firm chose between them. Where minimum and maximum contradict each other the minimum wins: what a law wants kept is
 * not removed, and each minimum runs from its own anchor. Removing is for good, so a maximum acts only when somebody
 * answers for its pack; that of a draft is shown as a proposal. A minimum of a draft holds: when unsure, keep.
 */
export function keepingTerms(
  artefact: Artefact,
  place: string,
  laws: readonly RetentionLaw[],
  chosen: ChosenPeriods,
  now: number,
): KeepingTerms {
  const own = [...laws, ...ownMinimums].filter((law) => law.artefact === artefact);
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
  // what the firm chose runs from the event, as it says beside it; a maximum from its own anchor
  const removalAnchor = acting !== null && shortest === acting.max ? acting.anchor : 'event';
  return {
    shown: {
      artefact,
      jurisdiction: place,
      atLeast: least,
      atLeastSource: atLeast?.source ?? null,
      atMost: atMost?.max ?? null,
      atMostSource: atMost?.source ?? null,
      atMostActs: atMost !== null && acting !== null && atMost.max === acting.max,
      chosen: wanted,
      effective,
      anchor: atLeast?.anchor ?? acting?.anchor ?? atMost?.anchor ?? 'event',
    },
    minimums: own.flatMap(({ min, anchor }) => (min === null ? [] : [{ period: min, anchor }])),
    removal: shortest === null ? null : { period: shortest, anchor: removalAnchor },
  };
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
