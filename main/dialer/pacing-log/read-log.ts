import { inflateRawSync } from 'node:zlib';
import type { ReadDb } from '../../store/types.ts';
import type { PacerAnswer, PacerLine } from '../pacing/index.ts';

export interface Segment {
  segmentId: string;
  startedAt: number;
  endedAt: number | null;
  configJson: string;
}

/** One recorded line; with a `decide`, what the pacer answered. */
export interface RecordedLine {
  line: PacerLine;
  answer: PacerAnswer | null;
}

/** Segments with lines in `[from, to)`, oldest first. @param from epoch ms */
export function segmentsOf(db: ReadDb, campaignId: string, from: number, to: number): Segment[] {
  return db.all<Segment>(
    `SELECT id AS segmentId, startedAt, endedAt, configJson FROM pacerSegment
      WHERE campaignId = ? AND startedAt < ? AND (endedAt IS NULL OR endedAt >= ?) ORDER BY startedAt, id`,
    campaignId,
    to,
    from,
  );
}

/** Chunks of which the ids are read at once: a segment may be weeks long. */
const CHUNK_PAGE = 200;

/** All lines of a segment in their order; those of its last seconds may be missing after a crash. */
export function* linesOf(db: ReadDb, segmentId: string): Generator<RecordedLine> {
  let last = { fromAt: -1, id: '' };
  for (;;) {
    const page = db.all<{ fromAt: number; id: string }>(
      `SELECT fromAt, id FROM pacerChunk WHERE segmentId = ? AND (fromAt, id) > (?, ?)
        ORDER BY fromAt, id LIMIT ${CHUNK_PAGE}`,
      segmentId,
      last.fromAt,
      last.id,
    );
    for (const { id } of page) {
      const chunk = db.get<{ lines: Uint8Array }>('SELECT lines FROM pacerChunk WHERE id = ?', id);
      if (chunk) yield* readChunk(chunk.lines);
    }
    const end = page.at(-1);
    if (end === undefined || page.length < CHUNK_PAGE) return;
    last = end;
  }
}

/** A segment as `dialdesk pacer` takes it. */
export function exportSegment(
  db: ReadDb,
  { segmentId, configJson }: Segment,
): { config: string; lines: string; answers: string } {
  const recorded = [...linesOf(db, segmentId)];
  const answers = recorded.flatMap(({ answer }) => (answer === null ? [] : [answer]));
  return {
    config: configJson,
    lines: jsonLines(recorded.map(({ line }) => line)),
    answers: jsonLines(answers),
  };
}

export interface DecisionsQuestion {
  campaignId: string;
  /** epoch ms, exclusive */
  before: number;
  /** epoch ms, exclusive */
  after: number;
  actionsOnly: boolean;
  limit: number;
}

/** Newest first. @returns `more`: older ones were left out */
export function readDecisions(
  db: ReadDb,
  { campaignId, before, after, actionsOnly, limit }: DecisionsQuestion,
): { decisions: PacerAnswer[]; more: boolean } {
  const found: PacerAnswer[] = [];
  let until = { fromAt: before, id: '' };
  for (;;) {
    const chunk = previousChunk(db, campaignId, until, after, actionsOnly);
    if (chunk === undefined) return { decisions: found, more: false };
    until = chunk;
    const answers = [...readChunk(chunk.lines)].flatMap(({ answer }) => answer ?? []).reverse();
    for (const answer of answers) {
      if (answer.at >= before || answer.at <= after) continue;
      if (actionsOnly && answer.dial === 0 && answer.cancel.length === 0) continue;
      if (found.length === limit) return { decisions: found, more: true };
      found.push(answer);
    }
  }
}

interface Chunk {
  id: string;
  fromAt: number;
  lines: Uint8Array;
}

function previousChunk(
  db: ReadDb,
  campaignId: string,
  until: { fromAt: number; id: string },
  after: number,
  actionsOnly: boolean,
): Chunk | undefined {
  return db.get<Chunk>(
    `SELECT id, fromAt, lines FROM pacerChunk
      WHERE campaignId = ? AND (fromAt < ? OR (fromAt = ? AND id < ?)) AND toAt > ?
        AND (decisions > 0 AND (? = 0 OR dials > 0 OR cancels > 0))
      ORDER BY fromAt DESC, id DESC LIMIT 1`,
    campaignId,
    until.fromAt,
    until.fromAt,
    until.id,
    after,
    actionsOnly ? 1 : 0,
  );
}

function* readChunk(deflated: Uint8Array): Generator<RecordedLine> {
  let line: PacerLine | null = null;
  for (const text of inflateRawSync(deflated).toString('utf8').split('\n')) {
    const value = JSON.parse(text) as PacerLine | PacerAnswer;
    if ('type' in value) {
      if (line !== null) yield { line, answer: null };
      line = value;
    } else if (line !== null) {
      yield { line, answer: value };
      line = null;
    }
  }
  if (line !== null) yield { line, answer: null };
}

function jsonLines(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
