import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** names the directory that `loop-monitor.ts` writes into */
export const LOOP_DIRECTORY = 'WHOLE_SYSTEM_LOOPS';

/** Some seconds of one event loop. */
export interface LoopSlice {
  /** epoch ms */
  endedAt: number;
  /** how much later than asked for a timer of 20 ms came, again and again */
  lateMs: readonly number[];
  /** CPU that the main thread took until each of them came: the part of it that is its own */
  workedMs: readonly number[];
  /** heap after the latest full collection; null before the first */
  liveMb: number | null;
}

export interface LoopDelays {
  lateMs: number[];
  workedMs: number[];
  /** heap after each full collection, MB, in their order */
  liveMb: number[];
}

/**
 * How late the event loops of some processes were.
 * @param from epoch ms: slices that ended before are left out
 * @param to epoch ms
 */
export function loopDelays(
  directory: string,
  pids: readonly number[],
  from: number,
  to: number,
): LoopDelays {
  const slices = pids
    .flatMap((pid) => slicesOf(join(directory, `${pid}.jsonl`)))
    .filter(({ endedAt }) => endedAt >= from && endedAt <= to);
  return {
    lateMs: slices.flatMap(({ lateMs }) => lateMs),
    workedMs: slices.flatMap(({ workedMs }) => workedMs),
    liveMb: slices.flatMap(({ liveMb }, index) =>
      liveMb === null || liveMb === slices[index - 1]?.liveMb ? [] : [liveMb],
    ),
  };
}

function slicesOf(file: string): LoopSlice[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as LoopSlice);
}
