import type { AdapterParts } from '../../types.ts';
import type { RefusedPins } from './sim-pin.ts';

const CURSOR = 'refusedPin';

/** The last one that was refused, over restarts. A new PIN, or a new port, is tried again. */
export function refusedPinsOf(cursors: AdapterParts['cursors']): RefusedPins {
  return {
    has: (digest) => cursors.read(CURSOR) === digest,
    add: (digest) => cursors.write(CURSOR, digest),
  };
}
