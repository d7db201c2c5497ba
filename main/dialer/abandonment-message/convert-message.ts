import { AppError } from '#shared/errors/index.ts';
import { readWav } from './read-wav.ts';
import { LINE_RATE, toLineRate } from './to-line-rate.ts';

/** bytes; half a minute at 48 kHz in stereo has 5.8 MB */
export const LARGEST_MESSAGE_BYTES = 6 * 1024 * 1024;
const SHORTEST_MS = 1_000;
const LONGEST_MS = 30_000;
/** of 32 768: 1 %, which nobody hears on a telephone */
const QUIETEST_SWING = 328;

export interface LineMessage {
  /** 8 kHz mono 16-bit, as the media process plays it */
  wav: Buffer;
  durationMs: number;
}

/**
 * Makes what a firm recorded playable on a line.
 * @throws AppError `campaign.message-too-large`, `campaign.message-not-wav`, `campaign.message-length` (1 … 30 s),
 * `campaign.message-silent`; nothing else, whatever the bytes are
 */
export async function convertMessage(file: Buffer): Promise<LineMessage> {
  assertSize(file.length);
  const sound = readWav(file, LONGEST_MS);
  if (sound.durationMs < SHORTEST_MS || sound.durationMs > LONGEST_MS)
    throw new AppError('campaign.message-length', 'shorter than a second or longer than thirty', {
      details: { durationMs: sound.durationMs },
    });
  const samples = await toLineRate(sound);
  if (swingOf(samples) < QUIETEST_SWING)
    throw new AppError('campaign.message-silent', 'there is nothing to be heard in it');
  const durationMs = Math.round((samples.length * 1000) / LINE_RATE);
  return { wav: wavOf(samples), durationMs };
}

/** @throws AppError `campaign.message-too-large` */
export function assertSize(bytes: number): void {
  if (bytes > LARGEST_MESSAGE_BYTES)
    throw new AppError('campaign.message-too-large', 'the file is too large', {
      details: { maxBytes: LARGEST_MESSAGE_BYTES },
    });
}

/** Half of what lies between the lowest and the highest sample: a constant level is silence too. */
function swingOf(samples: Int16Array): number {
  let lowest = 32_767;
  let highest = -32_768;
  for (const sample of samples) {
    if (sample < lowest) lowest = sample;
    if (sample > highest) highest = sample;
  }
  return (highest - lowest) / 2;
}

function wavOf(samples: Int16Array): Buffer {
  const bytes = samples.length * 2;
  const wav = Buffer.alloc(44 + bytes);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + bytes, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(LINE_RATE, 24);
  wav.writeUInt32LE(LINE_RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(bytes, 40);
  for (let at = 0; at < samples.length; at += 1) wav.writeInt16LE(samples[at] ?? 0, 44 + at * 2);
  return wav;
}
