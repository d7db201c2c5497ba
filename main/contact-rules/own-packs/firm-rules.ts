import type { RulesSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';
import { badPack, parsePack } from '../packs/parse-pack.ts';
import { packSha256 } from './pack-digest.ts';
import { readRulesSettings } from './rules-settings.ts';

/** Setting row with `{revision, token}`; every write that changes what `FirmRules` holds writes it too. */
export const revisionSettingId = 'contactRules.revision';

/** A lawyer's review of one version of a pack, not taken back. */
export interface PackReview {
  packId: string;
  version: string;
  packSha256: string;
  reviewer: string;
  /** ISO date */
  reviewedOn: string;
}

/**
 * What a firm adds to the packs that ship. The object stays the same until something changes, so that what is made of it
 * (compiled packs) can be kept in a WeakMap; `revision` alone may come twice after a transaction that failed.
 */
export interface FirmRules {
  revision: number;
  /** own packs in force, in order of their ids */
  packs: RulePack[];
  /** in force, the oldest first */
  reviews: PackReview[];
  settings: RulesSettings;
}

type Kept = { key: string; rules: FirmRules } | { key: string; failure: AppError };
const keptOf = new WeakMap<ReadDb, Kept>();

/**
 * The firm's own packs, reviews and settings as they are now on this connection, in a transaction those it sees. One
 * small read while nothing has changed. Works on any connection.
 * @throws AppError `contact-rules.bad-pack` when a pack in force or a setting cannot be read: no contact until it can
 */
export function readFirmRules(db: ReadDb): FirmRules {
  let kept = keptOf.get(db);
  if (kept === undefined || kept.key !== readKey(db)) {
    kept = db.snapshot(() => load(db));
    keptOf.set(db, kept);
  }
  if ('failure' in kept) throw kept.failure;
  return kept.rules;
}

/** Packs of a place that ships; what a firm adds, and the safe base itself, stand for no place whoever read them. */
export function isReviewable(pack: RulePack): boolean {
  return !pack.own && !pack.fallback && pack.review.status !== 'withdrawn';
}

/**
 * The newest review of this version and this very content, which lets the pack stand for its place so that the safe base
 * need not; null while it is a draft.
 */
export function reviewInForce(
  rules: Pick<FirmRules, 'reviews'>,
  pack: RulePack,
): PackReview | null {
  if (!isReviewable(pack)) return null;
  const { id, version } = pack;
  const reviews = rules.reviews.filter((one) => one.packId === id && one.version === version);
  if (reviews.length === 0) return null;
  return reviews.findLast((one) => one.packSha256 === packSha256(pack)) ?? null;
}

/** Makes every connection read the firm's rules again once this transaction is committed. */
export function bumpFirmRules(db: WriteDb, context: WriteContext): void {
  const columns = {
    // the token differs also when a transaction that bumped the revision was rolled back
    valueJson: JSON.stringify({ revision: readRevision(db) + 1, token: context.newId() }),
    updatedAt: context.now,
  };
  const id = revisionSettingId;
  if (db.get('SELECT 1 FROM setting WHERE id = ?', id) === undefined) {
    db.insert('setting', { id, ...columns });
  } else db.update('setting', id, columns);
}

/** The settings' own rows are part of it: they are few and short. */
function readKey(db: ReadDb): string {
  const row = db.get<{ key: string | null }>(
    `SELECT group_concat(id || valueJson, char(10)) AS key FROM setting
     WHERE id >= 'contactRules.' AND id < 'contactRules/'`,
  );
  return row?.key ?? '';
}

function load(db: ReadDb): Kept {
  const key = readKey(db);
  try {
    const rules = {
      revision: readRevision(db),
      packs: readOwnPacks(db),
      reviews: readReviews(db),
      settings: readRulesSettings(db),
    };
    return { key, rules };
  } catch (error) {
    if (error instanceof AppError && error.code === 'contact-rules.bad-pack') {
      return { key, failure: error };
    }
    throw error;
  }
}

function readRevision(db: ReadDb): number {
  const row = db.get<{ revision: unknown }>(
    `SELECT json_extract(valueJson, '$.revision') AS revision FROM setting
     WHERE id = ? AND json_valid(valueJson)`,
    revisionSettingId,
  );
  return typeof row?.revision === 'number' ? row.revision : 0;
}

function readOwnPacks(db: ReadDb): RulePack[] {
  const rows = db.all<{ packId: string; version: number; packJson: string }>(
    `SELECT packId, version, packJson FROM ownPack
     WHERE state = 'inForce' AND deletedAt IS NULL ORDER BY packId, version`,
  );
  return rows.map(({ packId, version, packJson }) => {
    const pack = parseStored(packId, packJson);
    const fits = pack.id === packId && pack.version === String(version) && pack.own === true;
    if (fits) return pack;
    throw badPack([
      { pack: packId, rule: null, field: 'id', problem: 'is not what was published' },
    ]);
  });
}

/** @throws AppError `contact-rules.bad-pack` */
export function parseStored(packId: string, packJson: string): RulePack {
  let json: unknown;
  try {
    json = JSON.parse(packJson);
  } catch {
    throw badPack([{ pack: packId, rule: null, field: 'pack', problem: 'cannot be read as JSON' }]);
  }
  return parsePack(json, packId);
}

function readReviews(db: ReadDb): PackReview[] {
  return db.all<PackReview>(
    `SELECT packId, version, packSha256, reviewer, reviewedOn FROM packReview
     WHERE revokedAt IS NULL ORDER BY at, id`,
  );
}
