import type { RulePack } from '#shared/rule-packs/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { parseStored } from './firm-rules.ts';
import { publishedVersion, rowsInForce } from './own-pack-rows.ts';

/**
 * A pack by its id: the one that ships, or the firm's own in force; with a version that one, also an old one that is kept
 * because a decision rests on it.
 * @returns null when this store knows no such pack
 * @throws AppError `contact-rules.bad-pack` for a row that cannot be read any more
 */
export function findPack(
  db: ReadDb,
  shipped: readonly RulePack[],
  packId: string,
  version?: string,
): RulePack | null {
  const isAsked = (pack: RulePack) =>
    pack.id === packId && (version === undefined || pack.version === version);
  const ships = shipped.find(isAsked);
  if (ships) return ships;
  const own =
    version === undefined ? rowsInForce(db, packId)[0] : publishedVersion(db, packId, version);
  if (own) return parseStored(packId, own.packJson);
  return version === undefined ? null : keptPack(db, packId, version);
}

/** As it was when it was used; it is shown, not asked again, so a newer program need not accept it. */
function keptPack(db: ReadDb, packId: string, version: string): RulePack | null {
  const row = db.get<{ packJson: string }>(
    'SELECT packJson FROM rulePack WHERE packId = ? AND version = ? ORDER BY loadedAt DESC LIMIT 1',
    packId,
    version,
  );
  return row ? parseStored(packId, row.packJson) : null;
}
