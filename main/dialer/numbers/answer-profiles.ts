import type { ReadDb } from '../../store/types.ts';
import type { Counts, ProfileOf } from './answer-chance.ts';

/** Counts over all debtors move slowly: what was read counts so long. */
const KEPT_MS = 60_000;
const MOST_KEPT = 20_000;

interface Kept {
  at: number;
  counts: Map<string, Counts | undefined>;
}

const keptOf = new WeakMap<ReadDb, Kept>();

/** Reads `answerProfile` by key; each row at most once a minute for a connection. @param at epoch ms */
export function readProfiles(db: ReadDb, at: number): ProfileOf {
  let kept = keptOf.get(db);
  if (kept === undefined || Math.abs(at - kept.at) > KEPT_MS || kept.counts.size > MOST_KEPT) {
    kept = { at, counts: new Map() };
    keptOf.set(db, kept);
  }
  const { counts } = kept;
  return (key) => {
    if (counts.has(key)) return counts.get(key);
    const row = db.get<Counts>('SELECT tries, answers FROM answerProfile WHERE id = ?', key);
    counts.set(key, row);
    return row;
  };
}
