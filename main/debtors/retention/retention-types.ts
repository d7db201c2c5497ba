import type { z } from 'zod';
import type {
  retentionArtefacts as artefactWords,
  retentionPeriod,
  retentionResult,
} from '#shared/contract/index.ts';

export { retentionArtefacts } from '#shared/contract/index.ts';

export type Artefact = (typeof artefactWords)[number];
export type RetentionAnchor = 'event' | 'lastCollectionActivity' | 'caseClosed' | 'purposeEnds';
export type RulesRetentionPeriod = z.output<typeof retentionPeriod>;
export type RetentionResult = z.output<typeof retentionResult>;

/** One retention rule of a pack in force, of those that apply to a place. */
export interface RetentionLaw {
  artefact: string;
  /** ISO 8601 */
  min: string | null;
  max: string | null;
  anchor: RetentionAnchor;
  source: string;
  /** somebody answers for it: counsel has approved the pack, or the firm wrote it. Else its maximum only proposes. */
  approved: boolean;
}

/** Supplied by the composition: what the packs in force say of a place. */
export interface RetentionLaws {
  /** @param place ISO 3166; `*`: only what applies everywhere */
  of(place: string): readonly RetentionLaw[];
  /** places that some pack has retention rules for */
  places(): readonly string[];
}
