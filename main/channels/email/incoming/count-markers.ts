const LINE_FEED = 0x0a;
const HYPHEN = 0x2d;

/** No encoding of files writes shorter lines than this, but for the last of each. */
const SHORT_BYTES = 60;

/**
 * Lines shorter than those of files: the parser takes microseconds for each, so that megabytes of empty lines stop
 * everything else for minutes.
 * @returns at most `most + 1`
 */
export function countShortLines(raw: Uint8Array, most: number): number {
  let count = 0;
  for (let start = 0; count <= most; ) {
    const end = raw.indexOf(LINE_FEED, start);
    if (end < 0) break;
    if (end - start < SHORT_BYTES) count += 1;
    start = end + 1;
  }
  return count;
}

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
