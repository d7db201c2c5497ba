import type { Clock, IdSource, Random } from '#shared/util/index.ts';

const MAX_COUNTER = 0xfff;

/**
 * Makes UUIDs of version 7 that grow strictly for one source: within one millisecond, or while the
 * wall clock stands behind, the 12 bits after the version count up from a random start (RFC 9562
 * §6.2, method 1); when they are full, the next millisecond is used early.
 *
 *   48 bits epoch ms | 4 version | 12 counter | 2 variant | 62 random
 */
export function createIdSource(clock: Pick<Clock, 'now'>, random: Random): IdSource {
  let lastMs = -1;
  let counter = 0;

  /** half of the range is left to count in */
  const startCounter = () => Math.floor(random.next() * (MAX_COUNTER / 2));
  const advance = () => {
    const now = clock.now();
    if (now > lastMs) {
      lastMs = now;
      counter = startCounter();
    } else if (counter < MAX_COUNTER) counter += 1;
    else {
      lastMs += 1;
      counter = startCounter();
    }
  };

  return {
    next() {
      advance();
      const time = hex(lastMs, 12);
      const variant = hex(0x8000 | Math.floor(random.next() * 0x4000), 4);
      const tail =
        hex(Math.floor(random.next() * 2 ** 24), 6) + hex(Math.floor(random.next() * 2 ** 24), 6);
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${variant}-${tail}`;
    },
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
