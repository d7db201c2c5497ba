import type { InterestKind, interestUnknown } from '#shared/contract/index.ts';
import { daysBetween } from '../local-date.ts';
import { addDays, daysOfYear, earlier, later } from './calendar-date.ts';
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

/** The days on which something changes part the time; each part has one principal, one rate and one kind of year. */
function periodsOf(
  terms: InterestTerms,
  from: string,
  to: string,
  table: RateTable,
): InterestPeriod[] {
  const starts = startsOf(terms, from, to, table);
  const periods: InterestPeriod[] = [];
  let { principalMinor } = terms;
  let [change, rate] = [0, 0];
  starts.forEach((start, index) => {
    for (let next = terms.changes[change]; next && next.on < start; next = terms.changes[change]) {
      principalMinor += next.amountMinor;
      change += 1;
    }
    for (let next = table.rates[rate + 1]; next && next.from <= start; next = table.rates[rate + 1])
      rate += 1;
    if (principalMinor <= 0) return;
    const after = starts[index + 1];
    const days = daysBetween(start, after ?? to) + (after === undefined ? 1 : 0);
    const end = after === undefined ? to : addDays(after, -1);
    const ratePpm = table.rates[rate]?.ratePpm ?? 0;
    const yearDays = table.yearDays === 'actual' ? daysOfYear(start) : 365;
    const interestMinor = roundedInterest(principalMinor, ratePpm, days, yearDays);
    periods.push({ from: start, to: end, days, principalMinor, ratePpm, yearDays, interestMinor });
  });
  return periods;
}

function startsOf(terms: InterestTerms, from: string, to: string, table: RateTable): string[] {
  if (from > to) return [];
  const days = [
    ...terms.changes.filter(({ on }) => on >= from && on < to).map(({ on }) => addDays(on, 1)),
    ...table.rates.map((rate) => rate.from).filter((day) => day > from && day <= to),
  ];
  if (table.yearDays === 'actual') {
    for (let year = Number(from.slice(0, 4)) + 1; year <= Number(to.slice(0, 4)); year += 1)
      days.push(`${year}-01-01`);
  }
  return [...new Set([from, ...days])].sort();
}

/** principal × rate ÷ 1,000,000 × days ÷ days of a year, halves up; whole numbers throughout. */
export function roundedInterest(
  principalMinor: number,
  ratePpm: number,
  days: number,
  yearDays: number,
): number {
  const denominator = 2_000_000 * yearDays;
  const numerator = 2 * principalMinor * ratePpm * days + denominator / 2;
  if (!Number.isSafeInteger(numerator)) {
    return Number(
      bigFloor(2n * BigInt(principalMinor) * BigInt(ratePpm) * BigInt(days), denominator),
    );
  }
  // the remainder of whole numbers is exact, a quotient is not
  const rest = numerator % denominator;
  return (numerator - rest) / denominator - (rest < 0 ? 1 : 0);
}

function bigFloor(doubled: bigint, denominator: number): bigint {
  const whole = BigInt(denominator);
  const numerator = doubled + whole / 2n;
  const rest = numerator % whole;
  return (numerator - rest) / whole - (rest < 0n ? 1n : 0n);
}
