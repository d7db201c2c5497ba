/** Between tries: one second, doubled each time, at most a minute. */
export function retryAfterMs(failures: number): number {
  return Math.min(1_000 * 2 ** Math.min(failures, 10), 60_000);
}

/** A login that was refused is refused again, and too many of them lock an account: at least a minute, at most ten. */
export function retryLoginAfterMs(failures: number): number {
  return Math.min(60_000 * 2 ** Math.min(failures, 10), 600_000);
}
