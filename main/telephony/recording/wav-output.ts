import { MU_LAW_DECODE } from '../media/index.ts';
import { CHANNEL_BYTES, FRAME_BYTES, SAMPLE_RATE_HZ } from './recording-format.ts';

export const WAV_HEADER_BYTES = 44;
const BYTES_PER_SAMPLE_PAIR = 4;
/** bytes of one 20 ms frame as 16-bit stereo */
export const WAV_FRAME_BYTES = CHANNEL_BYTES * BYTES_PER_SAMPLE_PAIR;

export function wavBytesOfFrames(frames: number): number {
  return WAV_HEADER_BYTES + frames * WAV_FRAME_BYTES;
}

/** Header of a stereo 16-bit PCM file of known length. */
export function writeWavHeader(frames: number): Buffer {
  const dataBytes = frames * WAV_FRAME_BYTES;
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  header.writeUInt32LE(SAMPLE_RATE_HZ * BYTES_PER_SAMPLE_PAIR, 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE_PAIR, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Interleaved 16-bit samples of a chunk's frames. */
export function toWavSamples(body: Buffer): Buffer {
  const frames = Math.floor(body.length / FRAME_BYTES);
  const samples = Buffer.alloc(frames * WAV_FRAME_BYTES);
  let at = 0;
  for (let frame = 0; frame < frames; frame += 1) {
    const left = frame * FRAME_BYTES + 1;
    for (let i = left; i < left + CHANNEL_BYTES; i += 1) {
      samples.writeInt16LE(MU_LAW_DECODE[body[i] ?? 0xff] ?? 0, at);
      samples.writeInt16LE(MU_LAW_DECODE[body[i + CHANNEL_BYTES] ?? 0xff] ?? 0, at + 2);
      at += BYTES_PER_SAMPLE_PAIR;
    }
  }
  return samples;
}
