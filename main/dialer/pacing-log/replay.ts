import { isDeepStrictEqual } from 'node:util';
import { atOnce } from '../in-pieces/index.ts';
import { createPacer, type PacerConfigInput, type PacerLine } from '../pacing/index.ts';
import { type FloorSummary, FloorTimes } from './floor-times.ts';
import type { RecordedLine } from './read-log.ts';

export interface Replayed {
  decisions: number;
  /** answers that came out otherwise */
  different: number;
  /** what the pacer knows at the end */
  learned: unknown;
  /** what came of the calls, and the time of agents */
  floor: FloorSummary;
}

/**
 * Feeds a new pacer with what an earlier one was told and compares each answer between two instants, and adds up what came of
 * the calls there. Lines before are fed too, for what the pacer knew then; lines after are not read. A generator, so that a
 * long day can be taken up in pieces: it yields after each line.
 */
export function* replaying(
  configJson: string,
  lines: Iterable<RecordedLine>,
  from: number,
  to: number,
): Generator<void, Replayed> {
  const pacer = createPacer(JSON.parse(configJson) as PacerConfigInput);
  const floor = new FloorTimes(from, to);
  let decisions = 0;
  let different = 0;
  for (const { line, answer } of lines) {
    floor.take(line);
    if (line.at >= to) break;
    const again = pacer.feed(line);
    if (answer !== null && line.at >= from && line.at < to) {
      decisions += 1;
      // As they were written down: a number that JSON cannot hold is null on both sides.
      if (!isDeepStrictEqual(JSON.parse(JSON.stringify(again)), answer)) different += 1;
    }
    yield;
  }
  return { decisions, different, learned: pacer.learned(), floor: floor.summary() };
}

/** The same at once. */
export function replay(configJson: string, lines: Iterable<RecordedLine>): Replayed {
  return atOnce(replaying(configJson, lines, 0, Number.POSITIVE_INFINITY));
}

/** What came of the calls and the time of agents in lines between two instants. */
export function summarize(
  lines: Iterable<{ line: PacerLine }>,
  from: number,
  to: number,
): FloorSummary {
  const times = new FloorTimes(from, to);
  for (const { line } of lines) times.take(line);
  return times.summary();
}
