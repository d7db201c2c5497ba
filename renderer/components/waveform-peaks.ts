const bars = 96;

/** The loudest sample of each part of a recording, 0–1, for each of its voices: first the debtor, then the agent. */
export interface Peaks {
  debtor: readonly number[];
  /** null: one voice for both, as in recordings of other systems */
  agent: readonly number[] | null;
}

/** The loudest sample of each of `count` equal parts, 0–1. */
export function channelPeaks(samples: Float32Array, count: number): number[] {
  const { length } = samples;
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * length) / count);
    const to = Math.floor(((bar + 1) * length) / count);
    let highest = 0;
    for (let at = from; at < to; at += 1) highest = Math.max(highest, Math.abs(samples[at] ?? 0));
    return Math.min(1, highest);
  });
}

/** Peaks of a decoded recording: the left channel is the debtor, the right one the agent. */
export function peaks(channels: readonly Float32Array[], count = bars): Peaks {
  const [debtor, agent] = channels;
  return {
    debtor: channelPeaks(debtor ?? new Float32Array(0), count),
    agent: agent ? channelPeaks(agent, count) : null,
  };
}

/** Fetches and decodes a recording; null when it cannot be drawn, which does not keep it from playing. */
export async function peaksOf(url: string): Promise<Peaks | null> {
  try {
    const response = await fetch(url);
    const context = new OfflineAudioContext(1, 1, 8000);
    const buffer = await context.decodeAudioData(await response.arrayBuffer());
    const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) =>
      buffer.getChannelData(index),
    );
    return peaks(channels);
  } catch {
    return null; // no picture; the player reports what keeps it from playing
  }
}
