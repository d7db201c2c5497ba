const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Until one message that was certainly not taken is tried again. */
export function retryMs(tries: number): number {
  return Math.min(5 * MINUTE_MS, SECOND_MS * 2 ** Math.min(tries, 12));
}

/** How long a gateway is left alone after it said later, without saying when. */
export function pauseMs(refusals: number): number {
  return Math.min(30 * SECOND_MS, 250 * 2 ** Math.min(refusals, 12));
}

/** Whoever has just lost an answer is not asked at once. */
export const firstQueryMs = 5 * SECOND_MS;

/** A day after it was handed over nobody will say any more what became of it. */
export const askedForMs = 24 * HOUR_MS;

/** Until a message of unknown fate is asked about again. */
export function queryMs(tries: number): number {
  return Math.min(HOUR_MS, 15 * SECOND_MS * 2 ** Math.min(tries, 12));
}
