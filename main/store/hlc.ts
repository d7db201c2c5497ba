import { AppError, invariant } from '#shared/errors/index.ts';

/**
 * Hybrid logical clock: follows the wall clock, never goes back, and orders what happened within
 * one millisecond or while the wall clock stood behind. Its text sorts like the instants it names:
 *
 *   epoch ms, 12 hex digits | '-' | counter, 4 hex digits
 *
 * @see Kulkarni et al., Logical Physical Clocks (2014), §3
 */
export interface HybridClock {
  /** the next instant of this node, greater than all it gave or observed before */
  tick(now: number): string;
  /**
   * Takes notice of another node's instant, so that what is written next sorts after it.
   * @throws AppError `store.clock-drift` when it lies further ahead of `now` than `MAX_DRIFT_MS`
   */
  observe(remote: string, now: number): void;
  /** the newest instant given or observed */
  last(): string;
}

/** A peer that claims to be further in the future has a wrong clock and must not drag ours along. */
export const MAX_DRIFT_MS = 5 * 60_000;

const MAX_COUNTER = 0xffff;
const FORMAT = /^([0-9a-f]{12})-([0-9a-f]{4})$/;

export function formatHlc(ms: number, counter: number): string {
  return `${ms.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}`;
}

export function parseHlc(text: string): { ms: number; counter: number } {
  const match = FORMAT.exec(text);
  invariant(match?.[1] !== undefined && match[2] !== undefined, 'not a hybrid clock value');
  return { ms: Number.parseInt(match[1], 16), counter: Number.parseInt(match[2], 16) };
}

/** @param last the newest value known from before, so that a restart does not go back */
export function createHybridClock(last: string | null): HybridClock {
  let { ms, counter } = last === null ? { ms: 0, counter: 0 } : parseHlc(last);
  return {
    tick(now) {
      if (now > ms) {
        ms = now;
        counter = 0;
      } else if (counter < MAX_COUNTER) counter += 1;
      else {
        ms += 1;
        counter = 0;
      }
      return formatHlc(ms, counter);
    },
    observe(remote, now) {
      const other = parseHlc(remote);
      if (other.ms > now + MAX_DRIFT_MS) {
        throw new AppError('store.clock-drift', 'another node is too far ahead of this clock', {
          details: { aheadMs: other.ms - now },
        });
      }
      if (other.ms > ms || (other.ms === ms && other.counter > counter)) ({ ms, counter } = other);
    },
    last: () => formatHlc(ms, counter),
  };
}
