import type { ContactAnswer } from '#shared/contract/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { Facts } from '../engine/index.ts';

type Evidence = Unbranded<ContactAnswer>['zones'][number];

/** What people want to know of a place, besides what the engine needs. */
export interface PlaceNames {
  /** what the debtor's stated place is called */
  statedLabel: string | null;
  /** the zones of the residence are on record; false: they are all that its place can mean */
  zonesOnRecord: boolean;
}

/**
 * Every time zone that is known of a person, with where it comes from, the best evidence first. The prefix of a mobile
 * says little, since numbers move with their owners; one that misleads is left out.
 */
export function zoneEvidence(
  facts: Facts,
  names: PlaceNames,
  packs: readonly RulePack[],
): Evidence[] {
  const { residence, stated, numbers } = facts;
  const found: Evidence[] = [];
  const add = (zones: readonly string[], evidence: Evidence['evidence'], of: string | null) => {
    for (const timeZone of zones) found.push({ timeZone, evidence, of });
  };
  add(stated?.zones ?? [], 'stated', names.statedLabel);
  add(
    residence.zones,
    names.zonesOnRecord ? 'residence' : 'address',
    residence.jurisdiction || null,
  );
  for (const mobile of [false, true]) {
    for (const [number, { class: kind, presumedZones, zoneDoubt }] of Object.entries(numbers)) {
      const isMobile = kind === 'mobile' || kind === 'other';
      if (isMobile === mobile && !zoneDoubt)
        add(presumedZones, mobile ? 'mobile' : 'landline', number);
    }
  }
  const fixed = packs.flatMap(({ fixedZone, title }) => (fixedZone ? [{ fixedZone, title }] : []));
  for (const { fixedZone, title } of fixed) add([fixedZone], 'fixed', title);
  return found;
}
