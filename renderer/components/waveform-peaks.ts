import type { CommandOutput } from '#shared/contract/index.ts';

/** The loudest sample of each part of a recording, 0–1, for each voice. */
export interface Peaks {
  debtor: readonly number[];
  /** null: one voice for both, as in recordings of other systems */
  agent: readonly number[] | null;
}

/** Peaks as the engine counts them, 0–100: the left channel is the debtor, the right one the agent. */
export function peaksOf({ left, right }: CommandOutput<'recording.waveform'>): Peaks {
  const scaled = (peaks: readonly number[]): number[] =>
    peaks.map((peak) => Math.min(1, Math.max(0, peak / 100)));
  return { debtor: scaled(left), agent: right.length > 0 ? scaled(right) : null };
}
