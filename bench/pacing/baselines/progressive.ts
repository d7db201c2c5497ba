import type { PacerAnswer, PacerLine } from '../../../main/dialer/pacing/index.ts';
import type { LinePacer } from '../simulate.ts';
import { ObservedFloor } from './observed-floor.ts';

/** One call for each agent who is free and has none on its way. */
export function createProgressive(): LinePacer {
  const floor = new ObservedFloor();
  return {
    feed(line) {
      floor.see(line);
      if (line.type !== 'decide') return null;
      return dials(line, floor, floor.ready - floor.waiting - floor.ringing);
    },
  };
}

/** The answer of a baseline: so many calls, and no more reasons than the counts. */
export function dials({ at }: PacerLine, floor: ObservedFloor, wanted: number): PacerAnswer {
  const why = {
    rule: 'power',
    free: Math.max(0, floor.ready - floor.waiting),
    waiting: floor.waiting,
    ringing: floor.ringing,
  } as const;
  return { at, dial: Math.max(0, Math.floor(wanted)), cancel: [], why };
}
