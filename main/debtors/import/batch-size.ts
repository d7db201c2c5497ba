/** What a chunk may take in the writer: a call waits for one chunk at most. */
const AIM_MS = 4;
const MOST = 500;
const LEAST = 5;

/** The number of records that took `tookMs`, made fit for the next chunk; it moves by half at most. */
export function nextBatchSize(records: number, tookMs: number): number {
  if (records === 0) return LEAST;
  const fitting = (records * AIM_MS) / Math.max(0.1, tookMs);
  const next = Math.min(records * 1.5, Math.max(records * 0.5, fitting));
  return Math.round(Math.min(MOST, Math.max(LEAST, next)));
}
