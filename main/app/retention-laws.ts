import { type ContactRules, retentionPlaces, retentionRulesOf } from '../contact-rules/index.ts';
import type { RetentionLaws } from '../debtors/index.ts';
import type { ReadDb } from '../store/index.ts';

/** What the packs in force say of how long records are kept; a pack that cannot be read stops the job, which says so. */
export function retentionLaws(
  rules: Pick<ContactRules, 'packsInForce'>,
  read: ReadDb,
  now: () => number,
): RetentionLaws {
  return {
    of: (place) =>
      retentionRulesOf(rules.packsInForce(read), place, now()).map(({ rule, approved }) => ({
        artefact: rule.artefact,
        anchor: rule.anchor,
        source: rule.source,
        min: rule.min ?? null,
        max: rule.max ?? null,
        approved,
      })),
    places: () => retentionPlaces(rules.packsInForce(read).map(({ pack }) => pack)),
  };
}
