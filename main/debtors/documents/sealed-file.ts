import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError } from '#shared/errors/index.ts';

/**
 * A file that holds no plaintext byte from the first one on.
 *
 * ```
 * header, 40 bytes: magic "DDSEAL" 0 version (1) · salt (32)
 * part: ciphertext of 64 KiB (the last one: 0 … 64 KiB) · tag (16)
 * ```
 *
 * AES-256-GCM with a key of its own per file: HKDF-SHA256(key, salt, header). The nonce is whether it is the last part
 * (1) · zero (3) · index (8), so that parts cannot be moved, left out or cut off at the end. Any range is read without
 * the parts before it.
 */
const MAGIC = Buffer.from('DDSEAL\0\x01', 'latin1');
const SALT_BYTES = 32;
const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const TAG_BYTES = 16;
const PART_BYTES = 64 * 1024;
const SEALED_PART_BYTES = PART_BYTES + TAG_BYTES;
const KEY_INFO = 'dialdesk sealed file 1';

export function newFileKey(): string {
  return randomBytes(32).toString('hex');
}

/** Writes a sealed file from any pieces; at most one part is held in memory. */
export class SealedFileWriter {
  readonly #handle: FileHandle;
  readonly #key: Buffer;
  readonly #part = Buffer.alloc(PART_BYTES);
  #filled = 0;
  #index = 0;
  #bytes = 0;

  private constructor(handle: FileHandle, key: Buffer) {
    this.#handle = handle;
    this.#key = key;
  }

  /** @throws what the file system throws, also when the file exists */
  static async create(path: string, keyHex: string): Promise<SealedFileWriter> {
    const handle = await open(path, 'wx', 0o600);
    const salt = randomBytes(SALT_BYTES);
    await handle.write(Buffer.concat([MAGIC, salt]));
    return new SealedFileWriter(handle, fileKey(keyHex, salt));
  }

  /** plaintext bytes so far */
  get bytes(): number {
    return this.#bytes;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#bytes += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      // a full part is written only when more follows: the last one is marked as such
      if (this.#filled === PART_BYTES) await this.#endPart(false);
      const taken = bytes.subarray(at, at + PART_BYTES - this.#filled);
      this.#part.set(taken, this.#filled);
      this.#filled += taken.length;
      at += taken.length;
    }
  }

  /** The file is on the disk when it resolves. @returns plaintext bytes */
  async finish(): Promise<number> {
    await this.#endPart(true);
    await this.#handle.sync();
    await this.#handle.close();
    return this.#bytes;
  }

  /** Closes an unfinished file, which cannot be opened then. */
  async abandon(): Promise<void> {
    await this.#handle.close();
  }

  async #endPart(isLast: boolean): Promise<void> {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce(this.#index, isLast));
    const sealed = cipher.update(this.#part.subarray(0, this.#filled));
    await this.#handle.appendFile(Buffer.concat([sealed, cipher.final(), cipher.getAuthTag()]));
    this.#index += 1;
    this.#filled = 0;
  }
}

/** One call for small contents. */
export async function writeSealedFile(
  path: string,
  keyHex: string,
  bytes: Uint8Array,
): Promise<void> {
  const writer = await SealedFileWriter.create(path, keyHex);
  try {
    await writer.write(bytes);
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  await writer.finish();
}

export interface SealedFile {
  /** plaintext bytes */
  size: number;
  /** @param range both ends included; null = everything. Fails with `sealed-file.tampered` at a part that is not authentic */
  createReadStream(range: { start: number; end: number } | null): Readable;
}

/**
 * @throws AppError `sealed-file.missing`, `sealed-file.tampered` (also: another key, or the end is missing)
 */
export async function openSealedFile(path: string, keyHex: string): Promise<SealedFile> {
  const handle = await openForReading(path);
  try {
    const header = await readAt(handle, 0, HEADER_BYTES);
    if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
      throw tampered();
    }
    const key = fileKey(keyHex, header.subarray(MAGIC.length));
    const sealedBytes = (await handle.stat()).size - HEADER_BYTES;
    const parts = Math.ceil(sealedBytes / SEALED_PART_BYTES);
    const size = sealedBytes - parts * TAG_BYTES;
    if (parts < 1 || size < 0) throw tampered();
    // proves the key, and that the end is there
    await readPart(handle, key, parts - 1, parts);
    return {
      size,
      createReadStream: (range) =>
        Readable.from(readRange(path, key, parts, range ?? { start: 0, end: size - 1 }), {
          objectMode: false,
        }),
    };
  } finally {
    await handle.close();
  }
}

/** @throws AppError as `openSealedFile` */
export async function readSealedFile(path: string, keyHex: string): Promise<Buffer> {
  const file = await openSealedFile(path, keyHex);
  const pieces: Buffer[] = [];
  for await (const piece of file.createReadStream(null)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

async function* readRange(
  path: string,
  key: Buffer,
  parts: number,
  range: { start: number; end: number },
): AsyncGenerator<Buffer> {
  const handle = await openForReading(path);
  try {
    for (let index = Math.floor(range.start / PART_BYTES); index < parts; index += 1) {
      const partStart = index * PART_BYTES;
      if (partStart > range.end) return;
      const plain = await readPart(handle, key, index, parts);
      const piece = plain.subarray(Math.max(0, range.start - partStart), range.end + 1 - partStart);
      if (piece.length > 0) yield piece;
    }
  } finally {
    await handle.close();
  }
}

async function readPart(
  handle: FileHandle,
  key: Buffer,
  index: number,
  parts: number,
): Promise<Buffer> {
  const sealed = await readAt(handle, HEADER_BYTES + index * SEALED_PART_BYTES, SEALED_PART_BYTES);
  const tagAt = sealed.length - TAG_BYTES;
  if (tagAt < 0) throw tampered();
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(index, index === parts - 1));
  decipher.setAuthTag(sealed.subarray(tagAt));
  const plain = decipher.update(sealed.subarray(0, tagAt));
  try {
    decipher.final();
  } catch (error) {
    throw tampered(error);
  }
  return plain;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw new AppError('sealed-file.missing', 'the file is gone', { cause: error });
  }
}

function fileKey(keyHex: string, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), salt, KEY_INFO, 32));
}

function nonce(index: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt8(isLast ? 1 : 0, 0);
  bytes.writeBigUInt64BE(BigInt(index), 4);
  return bytes;
}

function tampered(cause?: unknown): AppError {
  return new AppError('sealed-file.tampered', 'the file is damaged or was changed', { cause });
}
