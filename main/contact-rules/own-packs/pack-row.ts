import type { PackRow } from '#shared/contract/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { type FirmRules, reviewInForce } from './firm-rules.ts';

/** A pack as lists show it: a draft, unless its file or a review of this very content says otherwise. */
export function packRowOf(pack: RulePack, rules: Pick<FirmRules, 'reviews'>): PackRow {
  const review = reviewInForce(rules, pack);
  const inFile = pack.review;
  return {
    packId: pack.id,
    version: pack.version,
    title: pack.title,
    jurisdiction: pack.jurisdiction,
    status: review ? 'counsel-approved' : inFile.status,
    reviewer: review?.reviewer ?? inFile.by ?? null,
    reviewedOn: review?.reviewedOn ?? inFile.on ?? null,
    own: pack.own ?? false,
    practice: pack.practice ?? false,
    fallback: pack.fallback ?? false,
    effectiveFrom: pack.effectiveFrom,
    effectiveTo: pack.effectiveTo ?? null,
    rules: pack.rules.length,
  };
}
