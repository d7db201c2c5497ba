import { debtorsWrites } from '../debtors/index.ts';
import type { WriteMap } from '../store/index.ts';

/**
 * Every write the writer thread knows, by name. An area that writes adds its map here; names carry
 * the area (`debtor.addNote`), so two areas cannot meet.
 */
export const allWrites: WriteMap = mergeWrites(debtorsWrites);

function mergeWrites(...maps: readonly WriteMap[]): WriteMap {
  const merged: WriteMap = {};
  for (const map of maps) {
    for (const [name, write] of Object.entries(map)) {
      if (Object.hasOwn(merged, name)) throw new Error(`two writes are called ${name}`);
      merged[name] = write;
    }
  }
  return merged;
}
