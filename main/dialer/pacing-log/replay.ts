import { isDeepStrictEqual } from 'node:util';
import { createPacer, type PacerConfigInput, type PacerLine } from '../pacing/index.ts';
import { type FloorSummary, FloorTimes } from './floor-times.ts';
import type { RecordedLine } from './read-log.ts';

export interface Replayed {
  decisions: number;
  /** answers that came out otherwise */
  different: number;
  /** what the pacer knows at the end */
  learned: unknown;
}

/**
 * Feeds a new pacer with what an earlier one was told and compares each answer between two instants. A generator, so that
 * a long day can be taken up in pieces: it yields after each line.
 */
export function* replaying(
  configJson: string,
  lines: Iterable<RecordedLine>,
  from: number,
  to: number,
): Generator<void, Replayed> {
  const pacer = createPacer(JSON.parse(configJson) as PacerConfigInput);
  let decisions = 0;
  let different = 0;
  for (const { line, answer } of lines) {
    const again = pacer.feed(line);
    if (answer !== null && line.at >= from && line.at < to) {
      decisions += 1;
      // As they were written down: a number that JSON cannot hold is null on both sides.
      if (!isDeepStrictEqual(JSON.parse(JSON.stringify(again)), answer)) different += 1;
    }
    yield;
  }
  return { decisions, different, learned: pacer.learned() };
}

/** The same at once. */
export function replay(configJson: string, lines: Iterable<RecordedLine>): Replayed {
  const work = replaying(configJson, lines, 0, Number.POSITIVE_INFINITY);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
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
