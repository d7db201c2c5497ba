import type { Duration } from '#shared/rule-packs/index.ts';
import type { Zone } from '../zones/zone.ts';
import { waitEnds } from './counting.ts';
import type { ConsentFact } from './facts.ts';
import type { Interval } from './intervals.ts';
import type { EngineRequest, Question } from './question.ts';

/** Which consents count, and how long at most. */
export interface ConsentTerms {
  kind: string;
  byDebt: boolean;
  /** only one that names the channel of the contact: a consent per medium that names none is for none */
  perChannel: boolean;
  /** null: until it is withdrawn */
  lasts: Duration | null;
  firstDayCounts: boolean;
}

/** When consents of these terms are in force in every one of the zones (§8.6 reading 2). */
export function consentIntervals(
  { facts, request }: Question,
  zones: readonly Zone[],
  terms: ConsentTerms,
): Interval[] {
  const intervals: Interval[] = [];
  for (const consent of facts.facts.consents) {
    if (!reaches(consent, request, terms)) continue;
    let end = consent.until ?? Number.POSITIVE_INFINITY;
    for (const lasts of lengthsOf(terms.lasts, consent.lastsDays)) {
      for (const zone of zones) {
        end = Math.min(end, waitEnds(zone, consent.at, lasts, terms.firstDayCounts));
      }
    }
    intervals.push({ start: consent.at, end });
  }
  return intervals;
}

/** Consent relieves, so whatever narrows it must fit: a key that the contact does not name does not. */
function reaches(consent: ConsentFact, request: EngineRequest, terms: ConsentTerms): boolean {
  if (consent.kind !== terms.kind) return false;
  if (terms.byDebt && consent.debt !== undefined && consent.debt !== request.debt) return false;
  if (consent.number !== undefined && consent.number !== request.number) return false;
  if (consent.channel === undefined) return !terms.perChannel;
  return consent.channel === request.channel;
}

/** The rule's length and the consent's own: the shorter decides. */
function lengthsOf(most: Duration | null, ownDays: number | undefined): Duration[] {
  const lengths = most === null ? [] : [most];
  return ownDays === undefined ? lengths : [...lengths, { kind: 'days', days: ownDays }];
}
