import type { WriteContext, WriteDb } from '../../store/types.ts';

/** Decisions are kept for so long. */
const KEPT_MS = 35 * 86_400_000;

export interface SegmentRow {
  segmentId: string;
  campaignId: string;
  startedAt: number;
  configJson: string;
}

export interface ChunkRow {
  segmentId: string;
  campaignId: string;
  fromAt: number;
  toAt: number;
  decisions: number;
  dials: number;
  cancels: number;
  /** deflated lines */
  lines: Uint8Array;
}

/** What the pacers were told and what they said. Local to this machine: nothing of it is synced. */
export const pacingLogWrites = {
  'pacing-log.open': (db: WriteDb, context: WriteContext, row: SegmentRow): void => {
    forget(db, context.now - KEPT_MS);
    // One that a crash left open ends where its last lines do.
    db.run(
      `UPDATE pacerSegment SET endedAt = COALESCE(
         (SELECT MAX(toAt) FROM pacerChunk WHERE segmentId = pacerSegment.id), startedAt)
       WHERE campaignId = ? AND endedAt IS NULL`,
      row.campaignId,
    );
    db.run(
      'INSERT INTO pacerSegment (id, campaignId, startedAt, endedAt, configJson) VALUES (?, ?, ?, NULL, ?)',
      row.segmentId,
      row.campaignId,
      row.startedAt,
      row.configJson,
    );
  },

  'pacing-log.append': (db: WriteDb, context: WriteContext, row: ChunkRow): void => {
    db.run(
      `INSERT INTO pacerChunk (id, segmentId, campaignId, fromAt, toAt, decisions, dials, cancels, lines)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      context.newId(),
      row.segmentId,
      row.campaignId,
      row.fromAt,
      row.toAt,
      row.decisions,
      row.dials,
      row.cancels,
      row.lines,
    );
  },

  'pacing-log.close': (
    db: WriteDb,
    _context: WriteContext,
    { segmentId, endedAt }: { segmentId: string; endedAt: number },
  ): void => {
    db.run('UPDATE pacerSegment SET endedAt = ? WHERE id = ?', endedAt, segmentId);
  },

  'pacing-log.learned': (
    db: WriteDb,
    context: WriteContext,
    { campaignId, learnedJson }: { campaignId: string; learnedJson: string },
  ): void => {
    db.run(
      `INSERT INTO pacerLearned (campaignId, at, learnedJson) VALUES (?, ?, ?)
       ON CONFLICT (campaignId) DO UPDATE SET at = excluded.at, learnedJson = excluded.learnedJson`,
      campaignId,
      context.now,
      learnedJson,
    );
  },
};

/** Short of a year of pacing, a start takes a few old rows with it. */
function forget(db: WriteDb, before: number): void {
  db.run(
    `DELETE FROM pacerChunk WHERE segmentId IN (SELECT id FROM pacerSegment WHERE endedAt < ?)`,
    before,
  );
  db.run('DELETE FROM pacerSegment WHERE endedAt < ?', before);
}
