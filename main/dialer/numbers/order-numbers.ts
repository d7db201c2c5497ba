import type { NumberRules } from '#shared/contract/index.ts';
import { localHour, nextDayAt } from './debtor-clock.ts';
import { kindAllowedAt, placeOfKind, ruleAt } from './hour-rules.ts';

/** A number of a debtor with what is known of calling it. */
export interface KnownNumber {
  contactPointId: string;
  /** E.164 */
  number: string;
  kind: string;
  /** order on the card */
  rank: number;
  lastTriedAt: number | null;
  /** epoch ms; 0: at once */
  nextTryAt: number;
  /** what networks say of it: `reachable`, `absent`, `dead`, `invalid` …; null: not asked */
  lineStatus: string | null;
  lineStatusAt: number | null;
  /** it was switched off, and is reachable again since */
  reachableSince: number | null;
  /** tries in the debtor's present day */
  triesToday: number;
  /** the debtor asked to be called there about now: hours and the day's maximum say nothing against it */
  agreed: boolean;
}

/** A number that may be tried now as far as its own history and the table of hours go. */
export interface OrderedNumber {
  contactPointId: string;
  /** E.164 */
  number: string;
  kind: string;
  /** 0 … 1: that a person answers at this hour */
  chance: number;
  /** its phone was found switched on again and was not tried since */
  reachableAgain: boolean;
}

export interface NumberChoice {
  /** the one to try first comes first */
  numbers: OrderedNumber[];
  /** when the first of the others may be tried, epoch ms; null: there are no others, or none at any hour */
  nextAt: number | null;
}

export interface OrderQuestion {
  rules: NumberRules;
  /** a phone that the network called absent is left alone so long */
  absentWaitMs: number;
  /** epoch ms */
  at: number;
  /** the debtor's */
  zone: string;
  /** @param place of its kind in the table's order at this hour */
  chanceOf(number: KnownNumber, slotAt: { hour: number; weekend: boolean }, place: number): number;
}

interface Candidate extends OrderedNumber {
  place: number;
  lastTriedAt: number;
  rank: number;
}

/**
 * Which numbers of one debtor may be tried now, and in which order: phones that came back first, then by the chance of an
 * answer (or by the table alone where nothing is to be learnt), then the one that was left alone longest.
 */
export function orderNumbers(known: readonly KnownNumber[], question: OrderQuestion): NumberChoice {
  const { rules, at, zone } = question;
  const moment = localHour(at, zone);
  const rule = ruleAt(rules, moment);
  const ready: Candidate[] = [];
  let nextAt: number | null = null;
  for (const number of known) {
    if (number.lineStatus === 'dead' || number.lineStatus === 'invalid') continue;
    const place = number.agreed ? 0 : placeOfKind(rule, number.kind);
    const from = restsUntil(number, question);
    if (from <= at && place !== null) {
      ready.push(candidate(number, place, question.chanceOf(number, moment, place)));
      continue;
    }
    const earliest = Math.max(from, at);
    const then = number.agreed ? earliest : kindAllowedAt(rules, number.kind, earliest, zone);
    if (then !== null && (nextAt === null || then < nextAt)) nextAt = then;
  }
  ready.sort(rules.learn ? byChance : byTable);
  return { numbers: ready.map(toOrdered), nextAt };
}

/** Until when a number is left alone by itself, whatever the table of hours says. */
function restsUntil(number: KnownNumber, question: OrderQuestion): number {
  const { rules, absentWaitMs, at, zone } = question;
  const { nextTryAt, lineStatus, lineStatusAt, triesToday, agreed } = number;
  const absentUntil = lineStatus === 'absent' ? (lineStatusAt ?? 0) + absentWaitMs : 0;
  const isSpent = !agreed && rules.maxTriesPerDay !== null && triesToday >= rules.maxTriesPerDay;
  return Math.max(nextTryAt, absentUntil, isSpent ? nextDayAt(at, zone) : 0);
}

function candidate(number: KnownNumber, place: number, chance: number): Candidate {
  const { contactPointId, kind, rank, reachableSince } = number;
  const lastTriedAt = number.lastTriedAt ?? 0;
  const reachableAgain = reachableSince !== null && reachableSince > lastTriedAt;
  return {
    contactPointId,
    number: number.number,
    kind,
    chance,
    reachableAgain,
    place,
    lastTriedAt,
    rank,
  };
}

function byChance(one: Candidate, other: Candidate): number {
  return cameBack(one, other) || other.chance - one.chance || byTable(one, other);
}

function byTable(one: Candidate, other: Candidate): number {
  return (
    cameBack(one, other) ||
    one.place - other.place ||
    one.lastTriedAt - other.lastTriedAt ||
    one.rank - other.rank
  );
}

function cameBack(one: Candidate, other: Candidate): number {
  return Number(other.reachableAgain) - Number(one.reachableAgain);
}

function toOrdered({ contactPointId, number, kind, chance, reachableAgain }: Candidate) {
  return { contactPointId, number, kind, chance, reachableAgain };
}
