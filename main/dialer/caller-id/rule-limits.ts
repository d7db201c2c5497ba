import type { RulePack } from '#shared/rule-packs/index.ts';
import { type ContactRules, countryOfNumber } from '../../contact-rules/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { PoolRow } from './pool-rows.ts';

/** What the rules of a call say of the number that it shows. */
export interface RuleLimits {
  /** prefixes that may not be shown */
  forbiddenRanges: readonly string[];
  /** countries of which it must be, one list for each rule */
  originCountries: readonly (readonly string[])[];
  /** the strictest that any rule says of a number chosen to look local */
  localPresence: 'allow' | 'warn' | 'forbid';
}

export type LimitsOf = (callee: { debtorId: string; number: string }, at: number) => RuleLimits;

/** `warn` is for people to weigh: the campaign that asks for local presence has been told. */
export function limitsOfPacks(packs: readonly RulePack[]): RuleLimits {
  const rules = packs
    .flatMap((pack) => pack.rules)
    .filter((rule) => rule.kind === 'callerId')
    .filter(({ channels }) => channels.includes('call'));
  const says = rules.map(({ localPresence }) => localPresence);
  return {
    forbiddenRanges: rules.flatMap((rule) =>
      rule.severity === 'warn' ? [] : rule.forbiddenRanges,
    ),
    originCountries: rules.flatMap(({ severity, originCountry }) =>
      severity === 'warn' || originCountry === undefined ? [] : [originCountry],
    ),
    localPresence: says.includes('forbid') ? 'forbid' : says.includes('warn') ? 'warn' : 'allow',
  };
}

export function isWithinLimits({ e164, place }: PoolRow, limits: RuleLimits): boolean {
  return (
    !limits.forbiddenRanges.some((prefix) => e164.startsWith(prefix)) &&
    limits.originCountries.every((countries) => countries.includes(place.country ?? ''))
  );
}

/** Packs change rarely, and the door asks again when the call is reserved. */
const KEPT_MS = 60_000;
const KEPT = 500;

/** Reads the packs that a call would fall under: of the residence, of the number's country and of our own site. */
export function createLimitsOf(rules: Pick<ContactRules, 'packsFor'>, read: ReadDb): LimitsOf {
  const kept = new Map<string, { limits: RuleLimits; until: number }>();
  return ({ debtorId, number }, at) => {
    const debtor = read.get<{ jurisdiction: string }>(
      'SELECT jurisdiction FROM debtor WHERE id = ?',
      debtorId,
    );
    const country = countryOfNumber(number);
    const residence = debtor?.jurisdiction || country || '';
    const key = `${residence}|${country}`;
    const known = kept.get(key);
    if (known && known.until > at) return known.limits;
    const places = country !== null && country !== residence ? [residence, country] : [residence];
    // Creditors are left open: what the contract of any of them asks for holds.
    const limits = limitsOfPacks(rules.packsFor(read, { places, creditors: [] }, at));
    if (kept.size >= KEPT) kept.clear();
    kept.set(key, { limits, until: at + KEPT_MS });
    return limits;
  };
}
