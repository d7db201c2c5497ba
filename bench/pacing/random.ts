/** Uniform draws from 0 (included) to 1 (not included). */
export type Uniform = () => number;

/**
 * A generator of its own for each thing that is drawn for, such as the 17th call of the 3rd day: whoever dials that
 * call, and whenever, it draws the same values (common random numbers).
 * @param key whole numbers that name the stream
 */
export function keyedStream(...key: readonly number[]): Uniform {
  let state = 0x9e3779b9;
  for (const part of key) state = mix(state ^ Math.imul(part + 1, 0x85ebca6b)) + 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Spreads every bit of a 32-bit number over all of them (the finalizer of MurmurHash 3). */
function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
