import { performance } from 'node:perf_hooks';
import type { Clock } from '#shared/util/index.ts';

/** The machine's own clocks, for tests with real sockets. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
