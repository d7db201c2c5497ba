import type { Random } from '#shared/util/index.ts';

/**
 * A generator that is fully given by its seeds, so that the n-th call to a number behaves alike in every run
 * (FNV-1a over the seeds, then mulberry32). Not for secrets.
 */
export function seededRandom(...seeds: readonly (string | number)[]): Random {
  let state = hash(seeds.join('\u0000'));
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value | 0;
}
