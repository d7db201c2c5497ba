import type { RecordingId } from '#shared/domain/index.ts';
import { findDominantTone } from '../../main/practice/audio/tone-measure.ts';
import type { Product } from './product.ts';

export interface ReadRecording {
  durationMs: number;
  channels: { dominantHz: number | null }[];
}

/** How much of a channel's end is measured: by then both sides talk. */
const MEASURED_SAMPLES = 1600;

/** Fetches a recording as the player does, and says which tone each side of it holds. */
export async function readRecording(
  product: Product,
  recordingId: RecordingId,
): Promise<ReadRecording> {
  const { url, durationMs } = await product.rpc('media.open', { recordingId });
  const response = await fetch(new URL(url, (await product.engine()).url.replace(/^ws/, 'http')));
  const { samples, channelCount, sampleRate } = readWav(Buffer.from(await response.arrayBuffer()));
  if (sampleRate !== 8000) throw new Error(`${sampleRate} Hz is not a telephone's`);
  const channels = Array.from({ length: channelCount }, (_, channel) => {
    const own = samples.filter((_sample, index) => index % channelCount === channel);
    const end = own.length - MEASURED_SAMPLES;
    return {
      dominantHz: findDominantTone(own.subarray(end / 2, end / 2 + MEASURED_SAMPLES))?.hz ?? null,
    };
  });
  return { durationMs, channels };
}

/** RIFF: chunks of a name, a length and content; `fmt ` says how `data` is to be read (PCM, 16 bit). */
function readWav(file: Buffer): { samples: Int16Array; channelCount: number; sampleRate: number } {
  let channelCount = 0;
  let sampleRate = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    const content = file.subarray(at + 8, at + 8 + length);
    if (name === 'fmt ') {
      channelCount = content.readUInt16LE(2);
      sampleRate = content.readUInt32LE(4);
      if (content.readUInt16LE(14) !== 16) throw new Error('not 16 bit');
    }
    if (name === 'data') {
      const samples = Int16Array.from({ length: Math.floor(content.length / 2) }, (_, index) =>
        content.readInt16LE(index * 2),
      );
      return { samples, channelCount, sampleRate };
    }
    at += 8 + length + (length % 2);
  }
  throw new Error('no data in the file');
}
