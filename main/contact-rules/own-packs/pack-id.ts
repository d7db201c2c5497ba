import type { ReadDb } from '../../store/types.ts';

/** Ids of the firm's own packs begin so; no pack that ships does. */
export const OWN_PREFIX = 'own-';
const LONGEST_NAME = 50;

/** letters that do not fall apart into a Latin one and a mark */
const letters: Readonly<Record<string, string>> = {
  ł: 'l',
  đ: 'd',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** An id for a new pack, from its title; one that no pack has or had, so that old decisions stay clear. */
export function newPackId(db: ReadDb, title: string): string {
  const base = `${OWN_PREFIX}${nameIn(title) || 'pack'}`;
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!isTaken(db, id)) return id;
  }
}

function isTaken(db: ReadDb, packId: string): boolean {
  const own = db.get('SELECT 1 FROM ownPack WHERE packId = ? LIMIT 1', packId);
  return (
    own !== undefined ||
    db.get('SELECT 1 FROM rulePack WHERE packId = ? LIMIT 1', packId) !== undefined
  );
}

function nameIn(title: string): string {
  return title
    .toLowerCase()
    .replace(/[łđøßæœı]/g, (letter) => letters[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, '');
}
