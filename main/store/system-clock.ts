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

/** Words drawn at once: asking the system for each made a quarter of an import's time. */
const POOL_WORDS = 1024;
const pool = new Uint32Array(POOL_WORDS);
let used = POOL_WORDS;

/** Random numbers for spreading load and making ids; secrets come from `node:crypto` directly. */
export const systemRandom: Random = {
  next() {
    if (used === POOL_WORDS) {
      crypto.getRandomValues(pool);
      used = 0;
    }
    const word = pool[used] ?? 0;
    used += 1;
    return word / 2 ** 32;
  },
};
