import type { CallRecord } from '../../main/practice/index.ts';

/** Whether the far end has heard this tone, loud enough to be talked with; looked for at the end of each second. */
export function heardTone(call: CallRecord, hz: number): boolean {
  return (call.media?.windows ?? []).some(
    ({ dominantHz, dominantLevelDbfs }) =>
      Math.abs((dominantHz ?? 0) - hz) < 10 && (dominantLevelDbfs ?? -127) > -30,
  );
}
