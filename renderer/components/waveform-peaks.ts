const bars = 64;

/** The loudest sample of each of `count` equal parts, 0–1; the louder of two channels. */
export function peaks(channels: readonly Float32Array[], count: number): number[] {
  const length = channels[0]?.length ?? 0;
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * length) / count);
    const to = Math.floor(((bar + 1) * length) / count);
    let highest = 0;
    for (const channel of channels) {
      for (let at = from; at < to; at += 1) highest = Math.max(highest, Math.abs(channel[at] ?? 0));
    }
    return Math.min(1, highest);
  });
}

/** Fetches and decodes a recording; null when it cannot be drawn, which does not keep it from playing. */
export async function peaksOf(url: string): Promise<readonly number[] | null> {
  try {
    const response = await fetch(url);
    const context = new OfflineAudioContext(1, 1, 8000);
    const buffer = await context.decodeAudioData(await response.arrayBuffer());
    const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) =>
      buffer.getChannelData(index),
    );
    return peaks(channels, bars);
  } catch {
    return null; // no picture; the player reports what keeps it from playing
  }
}
