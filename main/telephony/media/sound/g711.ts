/**
 * G.711 by look-up tables (ITU-T G.711). Inside the media process every frame is µ-law; A-law is turned
 * at the edge by a 256-byte table, so joining two legs never decodes.
 */

/** bytes (and samples) of 20 ms at 8 kHz */
export const FRAME_SAMPLES = 160;
/** duration of one frame, ms */
export const FRAME_MS = 20;
/** the µ-law and A-law codes of zero */
export const MU_LAW_SILENCE = 0xff;
export const A_LAW_SILENCE = 0xd5;

const MU_LAW_BIAS = 0x84;
const MU_LAW_CLIP = 32_635;

function muLawToLinear(code: number): number {
  const inverted = ~code & 0xff;
  const magnitude = (((inverted & 0x0f) << 3) + MU_LAW_BIAS) << ((inverted & 0x70) >> 4);
  return inverted & 0x80 ? MU_LAW_BIAS - magnitude : magnitude - MU_LAW_BIAS;
}

function linearToMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), MU_LAW_CLIP) + MU_LAW_BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

function aLawToLinear(code: number): number {
  const toggled = code ^ 0x55;
  const segment = (toggled & 0x70) >> 4;
  const mantissa = (toggled & 0x0f) << 4;
  const magnitude = segment === 0 ? mantissa + 8 : (mantissa + 0x108) << (segment - 1);
  return toggled & 0x80 ? magnitude : -magnitude;
}

function linearToALaw(sample: number): number {
  const mask = sample >= 0 ? 0xd5 : 0x55;
  const magnitude = (sample >= 0 ? sample : -sample - 1) >> 3;
  const segment = Math.max(0, 31 - Math.clz32(magnitude | 1) - 4);
  if (segment > 7) return 0x7f ^ mask;
  const mantissa = (segment < 2 ? magnitude >> 1 : magnitude >> segment) & 0x0f;
  return ((segment << 4) | mantissa) ^ mask;
}

/** 16-bit linear value of each µ-law code */
export const MU_LAW_DECODE = Int16Array.from({ length: 256 }, (_, code) => muLawToLinear(code));
/** 16-bit linear value of each A-law code */
export const A_LAW_DECODE = Int16Array.from({ length: 256 }, (_, code) => aLawToLinear(code));
/** µ-law code of each 16-bit sample, indexed by `sample & 0xffff` */
export const MU_LAW_ENCODE = Uint8Array.from({ length: 65_536 }, (_, index) =>
  linearToMuLaw((index << 16) >> 16),
);
/** A-law code of each 16-bit sample, indexed by `sample & 0xffff` */
export const A_LAW_ENCODE = Uint8Array.from({ length: 65_536 }, (_, index) =>
  linearToALaw((index << 16) >> 16),
);

const MU_TO_A = MU_LAW_DECODE.reduce((table, sample, code) => {
  table[code] = A_LAW_ENCODE[sample & 0xffff] ?? 0;
  return table;
}, new Uint8Array(256));

const A_TO_MU = A_LAW_DECODE.reduce((table, sample, code) => {
  table[code] = MU_LAW_ENCODE[sample & 0xffff] ?? 0;
  return table;
}, new Uint8Array(256));

/** A new array with every µ-law byte as A-law. */
export function muLawToALaw(bytes: Uint8Array): Uint8Array {
  return mapBytes(bytes, MU_TO_A);
}

/** A new array with every A-law byte as µ-law. */
export function aLawToMuLaw(bytes: Uint8Array): Uint8Array {
  return mapBytes(bytes, A_TO_MU);
}

/** µ-law bytes of `samples`; values beyond 16 bits are clipped. */
export function encodeMuLaw(samples: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) {
    bytes[i] = MU_LAW_ENCODE[clip16(samples[i] ?? 0) & 0xffff] ?? MU_LAW_SILENCE;
  }
  return bytes;
}

/** Linear samples of µ-law `bytes`. */
export function decodeMuLaw(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) samples[i] = MU_LAW_DECODE[bytes[i] ?? 0] ?? 0;
  return samples;
}

/** One 20 ms frame of silence. Shared: never write into it. */
export const SILENT_FRAME: Uint8Array = new Uint8Array(FRAME_SAMPLES).fill(MU_LAW_SILENCE);

/** Rounds and limits to what 16 bits hold. */
export function clip16(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value)));
}

function mapBytes(bytes: Uint8Array, table: Uint8Array): Uint8Array {
  const mapped = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) mapped[i] = table[bytes[i] ?? 0] ?? 0;
  return mapped;
}
