import type { WriteContext, WriteDb, WriteMap } from '../../store/types.ts';

/** What a look found of one entry: id, then its four columns as the store has them. */
export type FoundRow = readonly [
  entryId: string,
  blockedUntil: number,
  blockedRule: string | null,
  blockedPack: string | null,
  blockedBecause: string | null,
];

/** How far the look at a list is; stands in the same transaction as what it found. */
export interface ScreeningMark {
  campaignId: string;
  /** epoch ms; null: no look at the whole list counts */
  since: number | null;
  /** epoch ms; null: no look is under way */
  startedAt: number | null;
  /** of the look under way: all entries up to it are looked at */
  position: number;
  /** changes up to it are looked at */
  changeSeq: number;
  revision: string;
}

export interface ScreeningChunk {
  found: FoundRow[];
  marks: ScreeningMark[];
}

/** Rows of one chunk: a few milliseconds, for a call waits no longer than that. */
export const ROWS_IN_CHUNK = 250;

/**
 * Puts down what screening found. Neither the verdicts nor the marks are logged: they follow from other rows of this file
 * and are nobody else's. An entry that is being called or was settled meanwhile is left alone.
 */
export const screeningWrites = {
  'screening.apply': (db: WriteDb, _context: WriteContext, chunk: ScreeningChunk): void => {
    for (const [entryId, ...columns] of chunk.found)
      db.run(
        `UPDATE contactListEntry SET blockedUntil = ?, blockedRule = ?, blockedPack = ?, blockedBecause = ?
          WHERE id = ? AND status IN ('pending','waiting')`,
        ...columns,
        entryId,
      );
    for (const mark of chunk.marks)
      db.run(
        `INSERT INTO campaignScreening (campaignId, since, startedAt, position, changeSeq, revision)
          VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT (campaignId) DO UPDATE SET since = excluded.since, startedAt = excluded.startedAt,
            position = excluded.position, changeSeq = excluded.changeSeq, revision = excluded.revision`,
        mark.campaignId,
        mark.since,
        mark.startedAt,
        mark.position,
        mark.changeSeq,
        mark.revision,
      );
  },
} satisfies WriteMap;
