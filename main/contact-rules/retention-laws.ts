import type { RuleOf, RulePack } from '#shared/rule-packs/index.ts';
import { coversPlace, inForce } from './door/choose-packs.ts';
import type { EffectivePack } from './door/packs-in-force.ts';

/** A rule about keeping, with whether somebody answers for its pack. */
export interface RetentionRuleInForce {
  rule: RuleOf<'retention'>;
  /** counsel has approved the pack, or the firm itself wrote it */
  approved: boolean;
}

/**
 * What packs say of how long records about debtors of a place are kept.
 * @param place ISO 3166; `*`: only what applies everywhere
 * @param at epoch ms
 */
export function retentionRulesOf(
  packs: readonly Pick<EffectivePack, 'pack' | 'status'>[],
  place: string,
  at: number,
): RetentionRuleInForce[] {
  return packs
    .filter(({ pack }) => inForce(pack, at) && coversPlace(pack.jurisdiction, place))
    .flatMap(({ pack, status }) => {
      const approved = status === 'counsel-approved' || pack.own === true;
      const rules = pack.rules.filter((rule) => rule.kind === 'retention');
      return rules.map((rule) => ({ rule, approved }));
    });
}

/** Countries and their parts that some pack has such rules for. */
export function retentionPlaces(packs: readonly RulePack[]): string[] {
  const places = packs
    .filter(({ rules }) => rules.some(({ kind }) => kind === 'retention'))
    .map(({ jurisdiction }) => jurisdiction);
  // a union is not where anybody lives: its rules stand with each of its states
  return [...new Set(places)].filter((place) => place !== '*' && place !== 'EU').sort();
}
