import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { type CompiledRule, compilePack } from '../engine/index.ts';

/** A pack with its rules ready to be asked. */
export interface PackInForce {
  pack: RulePack;
  rules: CompiledRule[];
}

/** The packs that a store of this kind may load: practice ones for practice, all others for real work. */
export function packsForStore(packs: readonly RulePack[], storeKind: StoreKind): RulePack[] {
  return packs.filter((pack) => (pack.practice ?? false) === (storeKind === 'practice'));
}

/**
 * Compiles the packs of one store.
 * @throws AppError `contact-rules.practice-pack` for a practice pack in a real store, and the reverse
 */
export function compileForStore(packs: readonly RulePack[], storeKind: StoreKind): PackInForce[] {
  const stranger = packs.find((pack) => (pack.practice ?? false) !== (storeKind === 'practice'));
  if (stranger) {
    const message = `pack ${stranger.id} may not be loaded in a ${storeKind} store`;
    const details = { pack: stranger.id, storeKind };
    throw new AppError('contact-rules.practice-pack', message, { details });
  }
  return packs.map((pack) => ({ pack, rules: compilePack(pack) }));
}

/**
 * The packs that apply to one contact: those of every place it touches (residence, number, our own
 * site), those for every place, and the fallback unless the residence has an approved pack. When
 * unsure, included (reference §6).
 * @param places ISO 3166, the residence first
 * @param at epoch ms; a pack counts from the first to the last instant that is its day anywhere
 */
export function choosePacks(
  packs: readonly PackInForce[],
  places: readonly string[],
  at: number,
): PackInForce[] {
  const current = packs.filter(({ pack }) => inForce(pack, at));
  const residence = places[0] ?? '';
  const approved = current.some(
    ({ pack }) =>
      pack.review.status === 'counsel-approved' &&
      pack.jurisdiction !== '*' &&
      covers(pack.jurisdiction, residence),
  );
  return current.filter(({ pack }) => {
    if (pack.fallback) return !approved;
    return places.some((place) => covers(pack.jurisdiction, place));
  });
}

function inForce(pack: RulePack, at: number): boolean {
  if (pack.review.status === 'withdrawn') return false;
  const hour = 3_600_000;
  if (at < Date.parse(pack.effectiveFrom) - 14 * hour) return false;
  return pack.effectiveTo === undefined || at < Date.parse(pack.effectiveTo) + 36 * hour;
}

/** `US` covers `US-NY-NYC`; `*` covers every place. */
function covers(jurisdiction: string, place: string): boolean {
  return jurisdiction === '*' || place === jurisdiction || place.startsWith(`${jurisdiction}-`);
}
