import type { Duration } from '#shared/rule-packs/index.ts';
import type { Zone } from '../zones/zone.ts';
import { waitEnds } from './counting.ts';
import type { Question } from './question.ts';

/** A consent in force: `[start, end)`. */
export interface ConsentInterval {
  start: number;
  end: number;
}

/** Which consents count, and how long at most. */
export interface ConsentTerms {
  kind: string;
  byDebt: boolean;
  /** null: until it is withdrawn */
  lasts: Duration | null;
  firstDayCounts: boolean;
}

/** When consents of these terms are in force in every one of the zones (§8.6 reading 2). */
export function consentIntervals(
  { facts, request }: Question,
  zones: readonly Zone[],
  terms: ConsentTerms,
): ConsentInterval[] {
  const intervals: ConsentInterval[] = [];
  for (const consent of facts.facts.consents) {
    if (consent.kind !== terms.kind) continue;
    // consent relieves: one about a debt does not reach a contact whose debt is not known
    if (terms.byDebt && consent.debt !== undefined && consent.debt !== request.debt) continue;
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

/** The rule's length and the consent's own: the shorter decides. */
function lengthsOf(most: Duration | null, ownDays: number | undefined): Duration[] {
  const lengths = most === null ? [] : [most];
  return ownDays === undefined ? lengths : [...lengths, { kind: 'days', days: ownDays }];
}

/** First instant in `[from, limit]` inside one of the intervals. */
export function firstInside(
  intervals: readonly ConsentInterval[],
  from: number,
  limit: number,
): number | null {
  let first: number | null = null;
  for (const { start, end } of intervals) {
    const at = Math.max(start, from);
    if (at < end && at <= limit && (first === null || at < first)) first = at;
  }
  return first;
}
