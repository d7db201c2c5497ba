import { foldText } from '#shared/util/index.ts';
import DE from '../../../resources/limitation/DE.json' with { type: 'json' };
import ES from '../../../resources/limitation/ES.json' with { type: 'json' };
import GB from '../../../resources/limitation/GB.json' with { type: 'json' };
import PL from '../../../resources/limitation/PL.json' with { type: 'json' };
import RU from '../../../resources/limitation/RU.json' with { type: 'json' };
import { daysBetween } from '../local-date.ts';
import { addMonths, endOfYear } from './calendar-date.ts';

interface LimitationRule {
  /** words of which one occurs in the kind of debt */
  debtKinds: readonly string[];
  years: number;
  /** it ends with the year in which the time would run out */
  endOfYear: boolean;
  source: string;
  /** for debts that fell due since then; earlier ones fall under rules that are not here */
  dueSince?: string;
  /** where only parts of the country have this rule */
  onlyJurisdictions?: readonly string[];
}
interface LimitationFile {
  jurisdiction: string;
  verifiedOn: string;
  review: string;
  rules: readonly LimitationRule[];
}

export const limitationFiles: readonly LimitationFile[] = [DE, ES, GB, PL, RU];

const SOON_DAYS = 90;

export interface Limitation {
  on: string | null;
  state: 'none' | 'far' | 'soon' | 'passed';
  source: 'given' | 'law' | null;
  daysLeft: number | null;
}

/**
 * The last day on which a debt can be claimed in court. What a person or a file gives stands before the law; where the
 * law's data does not surely fit, nothing is said. Interruptions (a claim in court, an acknowledgement) are not known
 * here: whoever knows of one gives the date.
 */
export function limitationOf(
  debt: { limitationOn: string | null; dueOn: string | null; debtKind: string },
  jurisdiction: string,
  today: string,
): Limitation {
  const byLaw = debt.limitationOn === null ? lawfulEnd(debt, jurisdiction) : null;
  const on = debt.limitationOn ?? byLaw;
  if (on === null) return { on: null, state: 'none', source: null, daysLeft: null };
  const daysLeft = daysBetween(today, on);
  const state = daysLeft < 0 ? 'passed' : daysLeft <= SOON_DAYS ? 'soon' : 'far';
  return { on, state, source: byLaw === null ? 'given' : 'law', daysLeft };
}

function lawfulEnd(
  debt: { dueOn: string | null; debtKind: string },
  jurisdiction: string,
): string | null {
  const { dueOn } = debt;
  if (dueOn === null) return null;
  const rule = ruleFor(debt.debtKind, jurisdiction);
  if (rule === null || (rule.dueSince !== undefined && dueOn < rule.dueSince)) return null;
  const end = addMonths(dueOn, 12 * rule.years);
  return rule.endOfYear ? endOfYear(end) : end;
}

function ruleFor(debtKind: string, jurisdiction: string): LimitationRule | null {
  const kind = foldText(debtKind);
  const file = limitationFiles.find((one) => one.jurisdiction === jurisdiction.slice(0, 2));
  if (kind === '' || file === undefined) return null;
  const rule = file.rules.find((one) =>
    one.debtKinds.some((word) => kind.includes(foldText(word))),
  );
  if (!rule) return null;
  const only = rule.onlyJurisdictions;
  return only === undefined || only.includes(jurisdiction) ? rule : null;
}
