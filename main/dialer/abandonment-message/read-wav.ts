import { AppError } from '#shared/errors/index.ts';
import { A_LAW_DECODE, MU_LAW_DECODE } from '../../telephony/media/index.ts';

/** What a WAV file sounds like: samples of one channel, 16 bit. */
export interface Sound {
  /** Hz */
  rate: number;
  /** several channels are mixed into one */
  samples: Int16Array;
}

const PCM = 1;
const A_LAW = 6;
const MU_LAW = 7;
/** the real coding stands further down */
const EXTENSIBLE = 0xfffe;

const LOWEST_RATE = 8_000;
const HIGHEST_RATE = 48_000;

/**
 * Reads what recorders and studios hand out: PCM of 16 bit or G.711, mono or stereo, 8 … 48 kHz.
 *
 * ```
 * 'RIFF' u32 size 'WAVE' { 4 name · u32 size · body · pad to even }
 * 'fmt ': u16 coding · u16 channels · u32 rate · u32 bytes/s · u16 block · u16 bits [ · u16 size · u16 · u32 · 16 kind ]
 * ```
 * A data chunk that claims more than there is (a writer that was cut off) is read as far as it goes.
 * @param mostMs what is read of a longer one: its length alone says that it is refused
 * @throws AppError `campaign.message-not-wav` for everything else
 */
export function readWav(file: Buffer, mostMs: number): Sound & { durationMs: number } {
  const { format, data } = chunksOf(file);
  const coding = codingOf(format);
  const channels = format.readUInt16LE(2);
  const rate = format.readUInt32LE(4);
  const bits = format.readUInt16LE(14);
  const isPcm = coding === PCM && bits === 16;
  const isG711 = (coding === A_LAW || coding === MU_LAW) && bits === 8;
  if (!isPcm && !isG711) throw notWav('a coding that is not read');
  if (channels !== 1 && channels !== 2) throw notWav('neither mono nor stereo');
  if (rate < LOWEST_RATE || rate > HIGHEST_RATE) throw notWav('a rate that is not read');
  const frames = Math.floor(data.length / (channels * (bits / 8)));
  const read = Math.min(frames, Math.ceil((mostMs * rate) / 1000));
  const sampleAt = samplesOf(coding, data);
  const samples = new Int16Array(read);
  for (let at = 0; at < read; at += 1)
    samples[at] =
      channels === 1 ? sampleAt(at) : Math.round((sampleAt(2 * at) + sampleAt(2 * at + 1)) / 2);
  return { rate, samples, durationMs: Math.round((frames * 1000) / rate) };
}

/** The format and the sound, which may stand between chunks that nobody needs. */
function chunksOf(file: Buffer): { format: Buffer; data: Buffer } {
  const isWave =
    file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WAVE';
  if (!isWave) throw notWav('not a WAV file');
  let format: Buffer | null = null;
  for (let offset = 12; offset + 8 <= file.length; ) {
    const name = file.toString('latin1', offset, offset + 4);
    const size = file.readUInt32LE(offset + 4);
    const body = file.subarray(offset + 8, Math.min(file.length, offset + 8 + size));
    if (name === 'fmt ' && body.length >= 16) format = body;
    if (name === 'data' && format !== null) return { format, data: body };
    offset += 8 + size + (size % 2);
  }
  throw notWav('no format, or no sound');
}

function codingOf(format: Buffer): number {
  const coding = format.readUInt16LE(0);
  return coding === EXTENSIBLE && format.length >= 26 ? format.readUInt16LE(24) : coding;
}

function samplesOf(coding: number, data: Buffer): (index: number) => number {
  if (coding === PCM) return (index) => data.readInt16LE(index * 2);
  const table = coding === A_LAW ? A_LAW_DECODE : MU_LAW_DECODE;
  return (index) => table[data[index] ?? 0] ?? 0;
}

function notWav(reason: string): AppError {
  return new AppError('campaign.message-not-wav', reason);
}
