import type { LinePacer } from '../simulate.ts';
import type { ExponentialOptimum } from './exponential-optimum.ts';
import { ObservedFloor } from './observed-floor.ts';
import { dials } from './progressive.ts';

/** for so long one of the two policies holds */
const BLOCK_MS = 1_200_000;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Plays the optimum of the exponential world: its two policies in turn, in blocks spread evenly by their shares. */
export function createOptimumPacer(optimum: ExponentialOptimum): LinePacer {
  const { chain, bold, careful, share } = optimum;
  const { agents, maxWaiting, maxRinging } = chain.model;
  const floor = new ObservedFloor();
  return {
    feed(line) {
      floor.see(line);
      if (line.type !== 'decide') return null;
      const turn = Math.floor(line.at / BLOCK_MS) * GOLDEN;
      const policy = turn - Math.floor(turn) < share ? bold : careful;
      const waiting = Math.min(maxWaiting, floor.waiting);
      const row = waiting > 0 ? agents + waiting : Math.min(agents, floor.ready);
      const ringing = Math.min(maxRinging, floor.ringing);
      const target = policy[row * chain.columns + ringing] ?? 0;
      return dials(line, floor, target - floor.ringing);
    },
  };
}
