import DE from '../../../resources/interest-rates/DE.json' with { type: 'json' };
import ES from '../../../resources/interest-rates/ES.json' with { type: 'json' };
import GB from '../../../resources/interest-rates/GB.json' with { type: 'json' };
import PL from '../../../resources/interest-rates/PL.json' with { type: 'json' };
import { addDays, later } from './calendar-date.ts';

/** One law's rates over time. Data: no lawyer has signed it while `review` says `draft`. */
export interface RateTable {
  source: string;
  /** when the rates were last looked at */
  verifiedOn: string;
  review: string;
  /** the last day for which they are known; null: it stands in the law itself */
  knownThrough: string | null;
  /** days that a year counts: always 365, or what it has */
  yearDays: string;
  /** ascending; each holds until the next */
  rates: readonly { from: string; ratePpm: number }[];
}

export type StatutoryKind = 'statutory' | 'statutoryCommercial';
type RateFile = { jurisdiction: string } & Record<StatutoryKind, RateTable>;

export const rateFiles: readonly RateFile[] = [DE, ES, GB, PL];

/** A rate that the firm entered, because it is newer than the program. */
export interface FirmRate {
  jurisdiction: string;
  kind: StatutoryKind;
  from: string;
  /** the last day on which the firm knows it to hold */
  through: string;
  ratePpm: number;
}

/**
 * Rates of a country (the part before a dash), with what the firm added. Days between the end of one and the beginning
 * of the next are not known, and what comes after them is not used.
 * @returns null when none are known
 */
export function rateTable(
  jurisdiction: string,
  kind: StatutoryKind,
  firm: readonly FirmRate[],
): RateTable | null {
  const country = jurisdiction.slice(0, 2);
  const shipped = rateFiles.find((file) => file.jurisdiction === country)?.[kind] ?? null;
  const own = firm
    .filter((rate) => rate.jurisdiction === country && rate.kind === kind)
    .sort((one, other) => (one.from < other.from ? -1 : 1));
  const first = own[0];
  return first === undefined ? shipped : own.reduce(withRate, shipped ?? emptyTable(first));
}

function emptyTable({ from }: FirmRate): RateTable {
  const source = 'entered by the firm';
  return {
    source,
    verifiedOn: from,
    review: 'draft',
    knownThrough: addDays(from, -1),
    yearDays: '365',
    rates: [],
  };
}

function withRate(table: RateTable, { from, through, ratePpm }: FirmRate): RateTable {
  const { knownThrough } = table;
  if (knownThrough !== null && from > addDays(knownThrough, 1)) return table;
  return {
    ...table,
    knownThrough: knownThrough === null ? null : later(knownThrough, through),
    rates: [...table.rates.filter((rate) => rate.from < from), { from, ratePpm }],
  };
}
