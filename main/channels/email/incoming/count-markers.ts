const LINE_FEED = 0x0a;
const HYPHEN = 0x2d;

/**
 * Lines that begin with two hyphens: each may be the boundary of a part (RFC 2046 §5.1.1), and each part costs memory.
 * @returns at most `most + 1`
 */
export function countMarkers(raw: Uint8Array, most: number): number {
  let count = 0;
  for (
    let at = raw.indexOf(LINE_FEED);
    at >= 0 && count <= most;
    at = raw.indexOf(LINE_FEED, at + 1)
  )
    if (raw[at + 1] === HYPHEN && raw[at + 2] === HYPHEN) count += 1;
  return count;
}
