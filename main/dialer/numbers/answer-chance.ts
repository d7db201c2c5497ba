/** How often it was tried, and how often a person answered. */
export interface Counts {
  tries: number;
  answers: number;
}

export interface Tally extends Counts {
  /** as `slotOf` writes it */
  slot: string;
}

/** Debtors alike, as far as answering goes. */
export interface AnswerGroup {
  kind: string;
  /** ISO 3166-1 alpha-2, or what the debtor's place is called */
  country: string;
  debtKind: string;
}

/** What is counted over all debtors under a key; undefined: nothing yet. */
export type ProfileOf = (key: string) => Counts | undefined;

/** Answers that a firm may expect before it has called anybody: of thirty calls, three. */
const COMMON: Counts = { tries: 30, answers: 3 };
/** What the table of hours is worth until an hour has counts of its own, by place in its order. */
const TILTS = [1.25, 1, 0.85];
const LAST_TILT = 0.7;
/** Tries of a group that weigh as much as the wider group it belongs to. */
const GROUP_STRENGTH = 30;
/** Tries of one number that weigh as much as those of all numbers alike. */
const NUMBER_STRENGTH = 6;

/** Keys of `answerProfile` that a try counts for, from the widest to the narrowest. */
export function profileKeys({ kind, country, debtKind }: AnswerGroup, slot: string): string[] {
  return [
    '*|*|*|*',
    `${kind}|*|*|*`,
    `${kind}|*|*|${slot}`,
    `${kind}|${country}|*|${slot}`,
    `${kind}|${country}|${debtKind}|${slot}`,
  ];
}

/**
 * How likely a number of this kind is answered at this hour by debtors alike: each group leans on the next wider one,
 * the less the more was counted in it (beta-binomial with a prior of fixed strength). The table of hours speaks where an
 * hour has no counts yet.
 * @param place in the order of the table's hour, from 0
 */
export function groupChance(
  profileOf: ProfileOf,
  group: AnswerGroup,
  slot: string,
  place: number,
): number {
  const [all = '', ofKind = '', ...narrower] = profileKeys(group, slot);
  const common = shrunk(profileOf(all), COMMON.answers / COMMON.tries, COMMON.tries);
  const level = shrunk(profileOf(ofKind), common, GROUP_STRENGTH) * (TILTS[place] ?? LAST_TILT);
  let chance = Math.min(0.95, level);
  for (const key of narrower) chance = shrunk(profileOf(key), chance, GROUP_STRENGTH);
  return chance;
}

/**
 * The same for one number: what it did at this hour counts fully, at hours near by and on other days less.
 * @param prior `groupChance`
 */
export function numberChance(prior: number, slot: string, tallies: readonly Tally[]): number {
  const near: Counts = { tries: 0, answers: 0 };
  for (const tally of tallies) {
    const weight = nearness(slot, tally.slot);
    near.tries += weight * tally.tries;
    near.answers += weight * tally.answers;
  }
  return shrunk(near, prior, NUMBER_STRENGTH);
}

function shrunk(counts: Counts | undefined, prior: number, strength: number): number {
  if (counts === undefined) return prior;
  return (counts.answers + strength * prior) / (counts.tries + strength);
}

/** 1 at the same hour of the same kind of day, down to a tenth; half of that on the other kind of day. */
function nearness(slot: string, other: string): number {
  const days = slot.slice(0, 7) === other.slice(0, 7) ? 1 : 0.5;
  const apart = Math.abs(Number(slot.slice(8)) - Number(other.slice(8)));
  const hours = Math.min(apart, 24 - apart);
  return days * (hours === 0 ? 1 : hours === 1 ? 0.6 : hours === 2 ? 0.3 : 0.1);
}
