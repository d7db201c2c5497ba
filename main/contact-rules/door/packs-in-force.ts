import type { RulePack } from '#shared/rule-packs/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { type CompiledRule, compilePack } from '../engine/index.ts';
import {
  type FirmRules,
  type PackReview,
  readFirmRules,
  reviewInForce,
} from '../own-packs/firm-rules.ts';
import { choosePacks, type PackInForce } from './choose-packs.ts';
import { lookBackMs } from './look-back.ts';

/** A pack of this store with what counsel says of it. */
export interface EffectivePack {
  pack: RulePack;
  /** approved by a review that is kept in the store, or by one that came with the pack; never by the firm's own word */
  status: RulePack['review']['status'];
  /** the review that approves it */
  review: PackReview | null;
}

/** The packs of a contact, ready to be asked. */
export interface ApplyingPacks {
  packs: readonly PackInForce[];
  rules: readonly CompiledRule[];
}

/** What a contact falls under, besides the person. */
export interface Circumstances {
  /** ISO 3166, the residence first */
  places: readonly string[];
  /** the one that the contact is about, or all that it may be about; none: not known, so contracts of all apply */
  creditors: readonly string[];
}

/** All packs of a store at one state of the firm's own rules. */
export interface StorePacks {
  packs: readonly EffectivePack[];
  /** how far back any of them counts */
  lookBackMs: number;
  /** at `at` (epoch ms); made once for each combination of circumstances */
  applying(circumstances: Circumstances, at: number): ApplyingPacks;
}

/** so many combinations are kept; a store has a handful of places and creditors, an import may bring many */
const maxCombinations = 2_000;
const hourMs = 3_600_000;

/**
 * The packs of one kind of store: those that ship, compiled once, and the firm's own, compiled again when they change.
 * @param shipped compiled packs of the program
 * @returns the packs as they are, or as they would be with other rules of the firm
 */
export function createPackSource(
  shipped: readonly PackInForce[],
): (db: ReadDb, asIf?: FirmRules) => StorePacks {
  // the firm's rules are the same object until something of them changes
  const known = new WeakMap<FirmRules, StorePacks>();
  return (db, asIf) => {
    const firm = asIf ?? readFirmRules(db);
    let packs = known.get(firm);
    if (!packs) {
      packs = createStorePacks(shipped, firm);
      known.set(firm, packs);
    }
    return packs;
  };
}

function createStorePacks(shipped: readonly PackInForce[], firm: FirmRules): StorePacks {
  const all = [...shipped, ...firm.packs.map((pack) => ({ pack, rules: compilePack(pack) }))];
  const effective = all.map(({ pack }) => effectivePack(firm, pack));
  const combinations = new Map<string, ApplyingPacks>();
  const approved = new Set(
    effective.filter(({ status }) => status === 'counsel-approved').map(({ pack }) => pack),
  );
  const isApproved = (pack: RulePack) => approved.has(pack);
  return {
    packs: effective,
    lookBackMs: lookBackMs(all.map(({ pack }) => pack)),
    applying({ places, creditors }, at) {
      // packs begin and end on whole hours
      const key = JSON.stringify([Math.floor(at / hourMs), places, creditors]);
      const made = combinations.get(key);
      if (made) return made;
      if (combinations.size >= maxCombinations) combinations.clear();
      const { site, actors } = firm.settings;
      const choose = (creditor: string | null) =>
        choosePacks(all, { places: [...places, ...site], actors, creditor, isApproved }, at);
      const chosen = new Set((creditors.length === 0 ? [null] : creditors).flatMap(choose));
      const packs = all.filter((pack) => chosen.has(pack));
      const applying = { packs, rules: packs.flatMap(({ rules }) => rules) };
      combinations.set(key, applying);
      return applying;
    },
  };
}

function effectivePack(firm: FirmRules, pack: RulePack): EffectivePack {
  const review = reviewInForce(firm, pack);
  const { status } = pack.review;
  if (review !== null) return { pack, review, status: 'counsel-approved' };
  return { pack, review, status: pack.own && status === 'counsel-approved' ? 'draft' : status };
}
