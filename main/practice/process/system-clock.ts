import type { Clock } from '#shared/util/index.ts';

/** The clocks of this machine; a timer of its own keeps nothing alive that the sockets do not. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};
