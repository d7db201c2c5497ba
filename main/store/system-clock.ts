import type { Clock, Random } from '#shared/util/index.ts';

const MAX_TIMER_MS = 2 ** 31 - 1;

/** The clocks of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** Random numbers for spreading load and making ids; secrets come from `node:crypto` directly. */
export const systemRandom: Random = {
  next: () => {
    const word = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    return word / 2 ** 32;
  },
};
