import type { Clock } from '#shared/util/index.ts';

export interface ManualClock extends Clock {
  /** moves both clocks and runs what becomes due, in order */
  advance(ms: number): void;
}

/** A clock that moves only when told; wall time starts at a fixed instant. */
export function manualClock(startAt = 1_900_000_000_000): ManualClock {
  let elapsed = 0;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => startAt + elapsed,
    monotonic: () => elapsed,
    setTimer(delayMs, run) {
      const timer = { at: elapsed + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance(ms) {
      const end = elapsed + ms;
      for (;;) {
        const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers = timers.filter((timer) => timer !== due);
        elapsed = Math.max(elapsed, due.at);
        due.run();
      }
      elapsed = end;
    },
  };
}
