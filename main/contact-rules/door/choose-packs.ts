import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { type CompiledRule, compilePack } from '../engine/index.ts';
import { euMembers } from './eu-members.ts';

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

/** What decides which packs apply to one contact. */
export interface PackChoice {
  /** ISO 3166, the residence first */
  places: readonly string[];
  /** what the firm is; empty or absent: not known, so packs for every actor apply */
  actors?: readonly Actor[];
  /** the creditor's name as on the debt; null or absent: not known, so packs of every creditor's contract apply */
  creditor?: string | null;
  /** counsel has approved this version of a pack; absent: as its own `review` says */
  isApproved?: (pack: RulePack) => boolean;
}
export type Actor = RulePack['actors'][number];

/**
 * The packs that apply to one contact: those of every place it touches (residence, number, our own
 * site), those for every place, and the fallback unless the residence has an approved pack with contact hours. When
 * unsure, included (reference §6). Packs that only stand on top of others (`*`: payments, the debtor's wishes) are no
 * answer to when and how often: alone they count as no pack at all, and the list is empty.
 * @param at epoch ms; a pack counts from the first to the last instant that is its day anywhere
 */
export function choosePacks(
  packs: readonly PackInForce[],
  choice: PackChoice,
  at: number,
): PackInForce[] {
  const { places, isApproved = approvedByItself } = choice;
  const current = packs.filter(
    ({ pack }) => inForce(pack, at) && isForUs(pack, choice) && isOfCreditor(pack, choice),
  );
  const residence = places[0] ?? '';
  const approved = current.some(
    ({ pack }) =>
      pack.jurisdiction !== '*' &&
      coversPlace(pack.jurisdiction, residence) &&
      pack.rules.some(({ kind }) => kind === 'hours') &&
      isApproved(pack),
  );
  const chosen = current.filter(({ pack }) => {
    if (pack.fallback) return !approved;
    return places.some((place) => coversPlace(pack.jurisdiction, place));
  });
  return chosen.some(({ pack }) => standsAlone(pack)) ? chosen : [];
}

function approvedByItself(pack: RulePack): boolean {
  return pack.review.status === 'counsel-approved';
}

function isForUs(pack: RulePack, { actors = [] }: PackChoice): boolean {
  return actors.length === 0 || pack.actors.some((actor) => actors.includes(actor));
}

function isOfCreditor(pack: RulePack, { creditor }: PackChoice): boolean {
  if (pack.creditors === undefined || !creditor) return true;
  return pack.creditors.some((name) => sameName(name, creditor));
}

/** Names are typed by people: case and spaces make no difference. */
function sameName(one: string, other: string): boolean {
  return foldName(one) === foldName(other);
}

function foldName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

const neverRefusing: ReadonlySet<string> = new Set([
  'content',
  'recording',
  'retention',
  'payment',
  'abandonRate',
]);

function standsAlone({ jurisdiction, fallback, practice, own, rules }: RulePack): boolean {
  if (rules.every(({ kind }) => neverRefusing.has(kind))) return false;
  return jurisdiction !== '*' || fallback === true || practice === true || own === true;
}

/** Whether a pack is in force anywhere at `at` (epoch ms). */
export function inForce(pack: RulePack, at: number): boolean {
  if (pack.review.status === 'withdrawn') return false;
  const hour = 3_600_000;
  if (at < Date.parse(pack.effectiveFrom) - 14 * hour) return false;
  return pack.effectiveTo === undefined || at < Date.parse(pack.effectiveTo) + 36 * hour;
}

/** `US` covers `US-NY-NYC`; `EU` its member states; `*` every place. */
export function coversPlace(jurisdiction: string, place: string): boolean {
  if (jurisdiction === '*' || place === jurisdiction) return true;
  if (jurisdiction === 'EU') return euMembers.has(place.slice(0, 2));
  return place.startsWith(`${jurisdiction}-`);
}
