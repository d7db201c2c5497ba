import type { InterestKind, interestUnknown } from '#shared/contract/index.ts';
import { daysBetween } from '../local-date.ts';
import { addDays, daysOfYear, earlier, endOfYear, later } from './calendar-date.ts';
import { type FirmRate, type RateTable, rateTable } from './interest-rates.ts';

export type InterestUnknown = (typeof interestUnknown.options)[number];

/** What interest on one debt is made of. */
export interface InterestTerms {
  kind: InterestKind;
  /** of `agreed`: millionths a year */
  ratePpm: number | null;
  jurisdiction: string;
  /** the first day that counts; null when it is not known */
  from: string | null;
  /** open principal, and what it became after each date; ascending. It counts from the day after `on`. */
  principalMinor: number;
  changes: readonly { on: string; amountMinor: number }[];
}

export interface InterestPeriod {
  from: string;
  to: string;
  days: number;
  principalMinor: number;
  ratePpm: number;
  yearDays: number;
  interestMinor: number;
}

export interface CountedInterest {
  /** null when it cannot be counted: `unknown` says why */
  interestMinor: number | null;
  unknown: InterestUnknown | null;
  /** what could be counted */
  periods: InterestPeriod[];
  table: RateTable | null;
}

const NONE: CountedInterest = { interestMinor: 0, unknown: null, periods: [], table: null };
const FOREVER = '9999-12-31';

/**
 * Simple interest by days, the first and the last included. A period ends where the principal, the rate or (where a
 * year counts its own days) the year changes. Each period is rounded to whole minor units, halves up, and the sum is
 * of the rounded ones: so that the list adds up.
 */
export function countInterest(
  terms: InterestTerms,
  to: string,
  firm: readonly FirmRate[] = [],
): CountedInterest {
  if (terms.kind === 'none') return NONE;
  const table = tableOf(terms, firm);
  const refused = (unknown: InterestUnknown) => ({ ...NONE, interestMinor: null, unknown, table });
  if (table === null) return refused(terms.kind === 'agreed' ? 'no-agreed-rate' : 'no-rates');
  if (terms.from === null) return refused('no-start');
  const knownTo = earlier(to, table.knownThrough ?? FOREVER);
  const firstKnown = table.rates[0]?.from ?? FOREVER;
  const periods = periodsOf(terms, later(terms.from, firstKnown), knownTo, table);
  const isWhole =
    to < terms.from ||
    (terms.from >= firstKnown && knownTo === to) ||
    // nothing was owed any more when the rates end
    (terms.from >= firstKnown && principalAfter(terms, knownTo) <= 0);
  const sum = periods.reduce((total, period) => total + period.interestMinor, 0);
  return isWhole
    ? { interestMinor: sum, unknown: null, periods, table }
    : { interestMinor: null, unknown: 'rates-incomplete', periods, table };
}

function tableOf(terms: InterestTerms, firm: readonly FirmRate[]): RateTable | null {
  if (terms.kind !== 'agreed') {
    return rateTable(terms.jurisdiction, terms.kind as 'statutory' | 'statutoryCommercial', firm);
  }
  if (terms.ratePpm === null) return null;
  return {
    source: 'agreed',
    verifiedOn: '',
    review: 'checked',
    knownThrough: null,
    yearDays: '365',
    rates: [{ from: '0000-01-01', ratePpm: terms.ratePpm }],
  };
}

function principalAfter(terms: InterestTerms, date: string): number {
  return terms.changes
    .filter((change) => change.on < date)
    .reduce((principal, change) => principal + change.amountMinor, terms.principalMinor);
}

function periodsOf(
  terms: InterestTerms,
  from: string,
  to: string,
  table: RateTable,
): InterestPeriod[] {
  const periods: InterestPeriod[] = [];
  for (let start = from; start <= to; ) {
    const end = endOfPeriod(terms, start, to, table);
    const principalMinor = principalAfter(terms, start);
    const ratePpm = table.rates.findLast((rate) => rate.from <= start)?.ratePpm ?? 0;
    if (principalMinor > 0) {
      const days = daysBetween(start, end) + 1;
      const yearDays = table.yearDays === 'actual' ? daysOfYear(start) : 365;
      const interestMinor = roundedInterest(principalMinor, ratePpm, days, yearDays);
      periods.push({
        from: start,
        to: end,
        days,
        principalMinor,
        ratePpm,
        yearDays,
        interestMinor,
      });
    }
    start = addDays(end, 1);
  }
  return periods;
}

function endOfPeriod(terms: InterestTerms, start: string, to: string, table: RateTable): string {
  let end = to;
  for (const { on } of terms.changes) if (on >= start) end = earlier(end, on);
  for (const rate of table.rates) if (rate.from > start) end = earlier(end, addDays(rate.from, -1));
  return table.yearDays === 'actual' ? earlier(end, endOfYear(start)) : end;
}

/** principal × rate ÷ 1,000,000 × days ÷ days of a year, halves up; whole numbers throughout. */
export function roundedInterest(
  principalMinor: number,
  ratePpm: number,
  days: number,
  yearDays: number,
): number {
  const numerator = BigInt(principalMinor) * BigInt(ratePpm) * BigInt(days);
  const denominator = 1_000_000n * BigInt(yearDays);
  const doubled = 2n * numerator + denominator;
  const rest = doubled % (2n * denominator);
  const quotient = doubled / (2n * denominator);
  return Number(rest < 0n ? quotient - 1n : quotient);
}
