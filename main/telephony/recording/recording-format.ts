import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { AppError } from '#shared/errors/index.ts';

/**
 * A recording file, big-endian. Never a plaintext byte of sound on disk.
 *
 * ```
 * header, 64 bytes
 *   0  8  magic "DDREC" 0 0 0
 *   8  1  version (1)
 *   9  1  codec (0 = G.711 µ-law)
 *  10  1  channels (2: left debtor, right agent)
 *  11  1  frame length, ms (20)
 *  12  4  sample rate, Hz (8000)
 *  16  8  start, epoch ms
 *  24 32  salt
 *  56  4  frames in a full chunk (50)
 *  60  4  zero
 *
 * chunk: kind u8 · zero u8 · frames u16 · index u32 · ciphertext · tag (16)
 *   kind 1 audio: per frame { marks u8 · left 160 · right 160 }
 *   kind 2 final: frames of the whole recording u32 · audio chunks u32
 *   kind 3 final, written by recovery after a crash: the same
 * ```
 *
 * AES-256-GCM with a key of its own per file: HKDF-SHA256(key, salt). The nonce is kind (1) · zero (3) · index (8), so it is
 * never used twice. Additional data are SHA-256 of the file header and the chunk's own header: chunks cannot be moved,
 * left out in the middle, or taken to another file. Full chunks have one size, so any second is found without reading
 * the others. A file without a final chunk was cut off, and everything before the cut is playable.
 */
export const HEADER_BYTES = 64;
export const CHUNK_HEADER_BYTES = 8;
export const TAG_BYTES = 16;
export const FRAME_MS = 20;
export const FRAMES_PER_CHUNK = 50;
export const CHANNEL_BYTES = 160;
export const FRAME_BYTES = 1 + 2 * CHANNEL_BYTES;
export const FINAL_BYTES = 8;
export const SAMPLE_RATE_HZ = 8_000;

const MAGIC = Buffer.from('DDREC\0\0\0', 'latin1');
const VERSION = 1;
const CODEC_MU_LAW = 0;
const KEY_INFO = 'dialdesk recording 1';

/** bits of a frame's first byte */
export const MARK_HELD = 1;
export const MARK_MUTED = 2;

export type ChunkKind = 1 | 2 | 3;
export const AUDIO_CHUNK: ChunkKind = 1;
export const FINAL_CHUNK: ChunkKind = 2;
export const RECOVERED_CHUNK: ChunkKind = 3;

export interface ChunkHeader {
  kind: ChunkKind;
  frames: number;
  index: number;
}

export function writeHeader(salt: Uint8Array, startedAt: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt8(VERSION, 8);
  header.writeUInt8(CODEC_MU_LAW, 9);
  header.writeUInt8(2, 10);
  header.writeUInt8(FRAME_MS, 11);
  header.writeUInt32BE(SAMPLE_RATE_HZ, 12);
  header.writeBigUInt64BE(BigInt(Math.max(0, Math.round(startedAt))), 16);
  header.set(salt, 24);
  header.writeUInt32BE(FRAMES_PER_CHUNK, 56);
  return header;
}

/** @throws AppError `recording.not-a-recording`, `recording.unknown-version` */
export function readHeader(header: Buffer): { startedAt: number; salt: Buffer } {
  if (header.length < HEADER_BYTES || !header.subarray(0, 8).equals(MAGIC)) {
    throw new AppError('recording.not-a-recording', 'the file is not a recording');
  }
  const expected = writeHeader(Buffer.alloc(32), 0);
  const known =
    header.subarray(8, 16).equals(expected.subarray(8, 16)) &&
    header.subarray(56, 64).equals(expected.subarray(56, 64));
  if (!known) throw new AppError('recording.unknown-version', 'the recording has an unknown form');
  return {
    startedAt: Number(header.readBigUInt64BE(16)),
    salt: Buffer.from(header.subarray(24, 56)),
  };
}

export function writeChunkHeader(chunk: ChunkHeader): Buffer {
  const header = Buffer.alloc(CHUNK_HEADER_BYTES);
  header.writeUInt8(chunk.kind, 0);
  header.writeUInt16BE(chunk.frames, 2);
  header.writeUInt32BE(chunk.index, 4);
  return header;
}

/** Null when it cannot be the head of a chunk. */
export function readChunkHeader(header: Buffer): ChunkHeader | null {
  const kind = header[0];
  if (header.length < CHUNK_HEADER_BYTES || header[1] !== 0) return null;
  if (kind !== 1 && kind !== 2 && kind !== 3) return null;
  const frames = header.readUInt16BE(2);
  return frames > FRAMES_PER_CHUNK ? null : { kind, frames, index: header.readUInt32BE(4) };
}

/** Whole size of a chunk on disk. */
export function chunkBytes(chunk: Pick<ChunkHeader, 'kind' | 'frames'>): number {
  const bodyBytes = chunk.kind === AUDIO_CHUNK ? chunk.frames * FRAME_BYTES : FINAL_BYTES;
  return CHUNK_HEADER_BYTES + bodyBytes + TAG_BYTES;
}

/** Size of a full audio chunk on disk: chunk `n` begins at HEADER_BYTES + n × this. */
export const FULL_CHUNK_BYTES = CHUNK_HEADER_BYTES + FRAMES_PER_CHUNK * FRAME_BYTES + TAG_BYTES;

/** Encrypts and decrypts the chunks of one file. */
export class ChunkCipher {
  readonly #key: Buffer;
  readonly #headerDigest: Buffer;

  /** @throws AppError `recording.bad-key` when `key` is not 32 bytes */
  constructor(key: Uint8Array, fileHeader: Buffer) {
    if (key.length !== 32) throw new AppError('recording.bad-key', 'the key must have 32 bytes');
    const salt = fileHeader.subarray(24, 56);
    this.#key = Buffer.from(hkdfSync('sha256', key, salt, KEY_INFO, 32));
    this.#headerDigest = createHash('sha256').update(fileHeader).digest();
  }

  seal(chunk: ChunkHeader, body: Uint8Array): Buffer {
    const header = writeChunkHeader(chunk);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(chunk));
    cipher.setAAD(Buffer.concat([this.#headerDigest, header]));
    const ciphertext = Buffer.concat([cipher.update(body), cipher.final()]);
    return Buffer.concat([header, ciphertext, cipher.getAuthTag()]);
  }

  /** The body of a whole chunk; null when it is not authentic. */
  open(bytes: Buffer): { chunk: ChunkHeader; body: Buffer } | null {
    const chunk = readChunkHeader(bytes);
    if (!chunk || bytes.length !== chunkBytes(chunk)) return null;
    const header = bytes.subarray(0, CHUNK_HEADER_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonceOf(chunk));
    decipher.setAAD(Buffer.concat([this.#headerDigest, header]));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const body = decipher.update(bytes.subarray(CHUNK_HEADER_BYTES, bytes.length - TAG_BYTES));
    try {
      decipher.final();
    } catch {
      return null;
    }
    return { chunk, body };
  }
}

function nonceOf(chunk: ChunkHeader): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(chunk.kind, 0);
  nonce.writeBigUInt64BE(BigInt(chunk.index), 4);
  return nonce;
}

/** Body of a final chunk. */
export function writeFinal(frames: number, chunks: number): Buffer {
  const body = Buffer.alloc(FINAL_BYTES);
  body.writeUInt32BE(frames, 0);
  body.writeUInt32BE(chunks, 4);
  return body;
}
