import type { Recording } from './recording-reader.ts';
import { WAV_HEADER_BYTES } from './wav-output.ts';

export interface RecordingPeaks {
  /** the loudest sample of each stretch of the first channel, 0 to 100 of the full scale */
  left: number[];
  right: number[];
}

const FULL_SCALE = 32_768;
const BYTES_PER_PAIR = 4;

/**
 * The shape of a recording: its loudest samples over so many stretches of equal length, of each channel. Reads and
 * authenticates the whole recording, a second at a time.
 * @throws AppError `recording.tampered`
 */
export async function readPeaks(recording: Recording, count = 200): Promise<RecordingPeaks> {
  const pairs = Math.floor((recording.wavBytes - WAV_HEADER_BYTES) / BYTES_PER_PAIR);
  const stretches = Math.max(1, Math.min(count, pairs));
  const peaks = [new Int32Array(stretches), new Int32Array(stretches)] as const;
  let pair = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of recording.createWavStream({ start: WAV_HEADER_BYTES })) {
    const bytes = rest.length === 0 ? (part as Buffer) : Buffer.concat([rest, part as Buffer]);
    const whole = bytes.length - (bytes.length % BYTES_PER_PAIR);
    for (let at = 0; at < whole; at += BYTES_PER_PAIR) {
      const stretch = Math.min(stretches - 1, Math.floor((pair * stretches) / pairs));
      raise(peaks[0], stretch, bytes.readInt16LE(at));
      raise(peaks[1], stretch, bytes.readInt16LE(at + 2));
      pair += 1;
    }
    rest = bytes.subarray(whole);
  }
  return { left: toPercent(peaks[0]), right: toPercent(peaks[1]) };
}

function raise(peaks: Int32Array, stretch: number, sample: number): void {
  const level = sample < 0 ? -sample : sample;
  if (level > (peaks[stretch] ?? 0)) peaks[stretch] = level;
}

function toPercent(peaks: Int32Array): number[] {
  return Array.from(peaks, (level) => Math.min(100, Math.round((level * 100) / FULL_SCALE)));
}
