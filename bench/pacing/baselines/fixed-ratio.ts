import type { LinePacer } from '../simulate.ts';
import { ObservedFloor } from './observed-floor.ts';
import { dials } from './progressive.ts';

/** Which agents the ratio multiplies. */
export type RatioTally = 'free' | 'present';

/**
 * A fixed number of lines for each agent, asked at every event.
 * - `free`: for each agent who is free: lines that ring or wait are kept at round(ratio × free)
 * - `present`: for each agent who is free or talks: all lines, calls with agents included, are kept at
 *   round(ratio × those agents)
 */
export function createFixedRatio(ratio: number, tally: RatioTally): LinePacer {
  const floor = new ObservedFloor();
  return {
    feed(line) {
      floor.see(line);
      if (line.type !== 'decide') return null;
      const wanted =
        tally === 'free'
          ? Math.round(ratio * floor.ready)
          : Math.round(ratio * (floor.ready + floor.talking)) - floor.talking;
      return dials(line, floor, wanted - floor.ringing - floor.waiting);
    },
  };
}
