import type { DocumentLanguage, KeptGroup } from '#shared/contract/index.ts';
import DE from '../../../resources/retention/DE.json' with { type: 'json' };
import ES from '../../../resources/retention/ES.json' with { type: 'json' };
import GB from '../../../resources/retention/GB.json' with { type: 'json' };
import other from '../../../resources/retention/other.json' with { type: 'json' };
import PL from '../../../resources/retention/PL.json' with { type: 'json' };
import RU from '../../../resources/retention/RU.json' with { type: 'json' };
import US from '../../../resources/retention/US.json' with { type: 'json' };

/** Something that a law wants kept when everything else about a person is erased. */
export interface RetentionRule {
  group: KeptGroup;
  law: string;
  source: string;
  /** absent: as long as the skeleton of the debtor is kept */
  years?: number;
  /** where the years begin: at the end of the year of the last booking, or at the last contact */
  from?: 'endOfYear' | 'lastContact';
  because: Readonly<Record<DocumentLanguage, string>>;
}

export interface RetentionRules {
  jurisdiction: string;
  verifiedOn: string;
  review: 'draft' | 'counsel-approved';
  rules: readonly RetentionRule[];
}

const files = { DE, ES, GB, PL, RU, US } as Readonly<Record<string, unknown>>;

/**
 * Rules of the debtor's country; a part of a country (`US-CA`) has those of the country. Where we know none, the longest
 * usual times.
 */
export function retentionOf(jurisdiction: string): RetentionRules {
  const [country = ''] = jurisdiction.split('-');
  const known = Object.hasOwn(files, country) ? files[country] : other;
  return known as RetentionRules;
}

/** @returns the last day, `YYYY-MM-DD`; null = no end is set */
export function keptUntil(
  rule: RetentionRule,
  dates: { lastBooking: string; lastContact: string },
): string | null {
  if (rule.years === undefined) return null;
  const start = rule.from === 'lastContact' ? dates.lastContact : dates.lastBooking;
  const year = Number(start.slice(0, 4)) + rule.years;
  return rule.from === 'lastContact' ? sameDay(year, start) : `${year}-12-31`;
}

/** 29 February counts as the 28th in other years. */
function sameDay(year: number, date: string): string {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return date.endsWith('-02-29') && !isLeap ? `${year}-02-28` : `${year}${date.slice(4)}`;
}
