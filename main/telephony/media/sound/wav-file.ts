import { AppError } from '#shared/errors/index.ts';
import { encodeMuLaw, FRAME_SAMPLES, MU_LAW_SILENCE } from './g711.ts';
import type { SoundSource } from './sound-source.ts';

/**
 * Samples of an 8 kHz mono 16-bit PCM WAV file, as µ-law.
 *
 * ```
 * 'RIFF' u32 size 'WAVE' { 'fmt ' u32 16.. u16 format u16 channels u32 rate u32 u16 u16 bits | 'data' u32 n bytes | … }
 * ```
 * A data chunk longer than the file (a writer that was cut off) is read as far as it goes.
 * @throws AppError `media.bad-sound-file`
 */
export function muLawFromWav(file: Buffer): Uint8Array {
  if (
    file.length < 12 ||
    file.toString('latin1', 0, 4) !== 'RIFF' ||
    file.toString('latin1', 8, 12) !== 'WAVE'
  ) {
    throw badFile('not a WAV file');
  }
  let format: Buffer | null = null;
  for (let offset = 12; offset + 8 <= file.length; ) {
    const name = file.toString('latin1', offset, offset + 4);
    const length = file.readUInt32LE(offset + 4);
    const body = file.subarray(offset + 8, Math.min(file.length, offset + 8 + length));
    if (name === 'fmt ') format = body;
    if (name === 'data') return encodeData(format, body);
    offset += 8 + length + (length % 2);
  }
  throw badFile('no data chunk');
}

function encodeData(format: Buffer | null, data: Buffer): Uint8Array {
  if (!format || format.length < 16) throw badFile('no format before the data');
  const isPcm = format.readUInt16LE(0) === 1;
  const isPhone = format.readUInt16LE(2) === 1 && format.readUInt32LE(4) === 8_000;
  if (!isPcm || !isPhone || format.readUInt16LE(14) !== 16) {
    throw badFile('only 8 kHz mono 16-bit PCM is played');
  }
  const samples = new Int16Array(Math.floor(data.length / 2));
  for (let i = 0; i < samples.length; i += 1) samples[i] = data.readInt16LE(i * 2);
  return encodeMuLaw(samples);
}

function badFile(message: string): AppError {
  return new AppError('media.bad-sound-file', message);
}

/** Plays µ-law bytes, once or for ever; the last frame is filled up with silence. */
export class BytesSource implements SoundSource {
  readonly #bytes: Uint8Array;
  readonly #loop: boolean;
  #position = 0;

  constructor(bytes: Uint8Array, loop: boolean) {
    this.#bytes = bytes;
    this.#loop = loop && bytes.length > 0;
  }

  nextFrame(): Uint8Array | null {
    if (this.#position >= this.#bytes.length && !this.#loop) return null;
    const frame = new Uint8Array(FRAME_SAMPLES).fill(MU_LAW_SILENCE);
    for (let filled = 0; filled < FRAME_SAMPLES; ) {
      if (this.#position >= this.#bytes.length) {
        if (!this.#loop) break;
        this.#position = 0;
      }
      const part = this.#bytes.subarray(this.#position, this.#position + FRAME_SAMPLES - filled);
      frame.set(part, filled);
      filled += part.length;
      this.#position += part.length;
    }
    return frame;
  }
}
