import type { LinePacer } from '../simulate.ts';
import { ObservedFloor } from './observed-floor.ts';
import { dials } from './progressive.ts';

/** Which agents the ratio multiplies, and how parts of a line are rounded. */
export interface RatioRule {
  /**
   * - `free`: lines that ring or wait are kept at ratio × agents who are free
   * - `present`: all lines, calls with agents included, are kept at ratio × agents who are free or talk
   */
  tally: 'free' | 'present';
  rounding: 'nearest' | 'down';
}

/** A fixed number of lines for each agent, asked at every event. */
export function createFixedRatio(ratio: number, { tally, rounding }: RatioRule): LinePacer {
  const floor = new ObservedFloor();
  // 2.3 × 10 is a little less than 23 in binary
  const whole = (lines: number) =>
    rounding === 'nearest' ? Math.round(lines) : Math.floor(lines + 1e-9);
  return {
    feed(line) {
      floor.see(line);
      if (line.type !== 'decide') return null;
      const wanted =
        tally === 'free'
          ? whole(ratio * floor.ready)
          : whole(ratio * (floor.ready + floor.talking)) - floor.talking;
      return dials(line, floor, wanted - floor.ringing - floor.waiting);
    },
  };
}
