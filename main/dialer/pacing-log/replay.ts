import { isDeepStrictEqual } from 'node:util';
import { createPacer, type PacerConfigInput, type PacerLine } from '../pacing/index.ts';
import { type FloorSummary, FloorTimes } from './floor-times.ts';
import type { RecordedLine } from './read-log.ts';

export interface Replayed {
  decisions: number;
  /** answers that came out otherwise */
  different: number;
}

/** Feeds a new pacer with what an earlier one was told and compares each answer. */
export function replay(configJson: string, lines: Iterable<RecordedLine>): Replayed {
  const pacer = createPacer(JSON.parse(configJson) as PacerConfigInput);
  const replayed: Replayed = { decisions: 0, different: 0 };
  for (const { line, answer } of lines) {
    const again = pacer.feed(line);
    if (answer === null) continue;
    replayed.decisions += 1;
    // As they were written down: a number that JSON cannot hold is null on both sides.
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(again)), answer)) replayed.different += 1;
  }
  return replayed;
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
