const middle = 12;
const highest = 11;

/**
 * Bars of one voice as one path in a box 24 high, 3 units for each bar: one element to draw instead of a hundred.
 * @param side `up` and `down` share the middle line, one voice each; `both` is for a recording with one voice
 */
export function barsPath(peaks: readonly number[], side: 'up' | 'down' | 'both'): string {
  return peaks
    .map((peak, index) => {
      const size = Math.round(Math.max(1, peak * highest) * 10) / 10;
      const x = index * 3;
      const from = side === 'both' ? middle - size : middle;
      const to = side === 'up' ? middle - size : middle + size;
      return `M${x} ${from}V${to}H${x + 2}V${from}Z`;
    })
    .join('');
}
