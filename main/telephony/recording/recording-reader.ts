import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError } from '#shared/errors/index.ts';
import {
  AUDIO_CHUNK,
  CHUNK_HEADER_BYTES,
  ChunkCipher,
  chunkBytes,
  FINAL_BYTES,
  FINAL_CHUNK,
  FRAME_BYTES,
  FRAME_MS,
  FRAMES_PER_CHUNK,
  FULL_CHUNK_BYTES,
  HEADER_BYTES,
  MARK_HELD,
  MARK_MUTED,
  readChunkHeader,
  readHeader,
  TAG_BYTES,
} from './recording-format.ts';
import {
  toWavSamples,
  WAV_FRAME_BYTES,
  WAV_HEADER_BYTES,
  wavBytesOfFrames,
  writeWavHeader,
} from './wav-output.ts';

const FINAL_CHUNK_BYTES = CHUNK_HEADER_BYTES + FINAL_BYTES + TAG_BYTES;

/** `recovered`: the end is missing or damaged (the process or the machine died); what is there is authentic */
export type RecordingState = 'complete' | 'recovered';

/** Bytes `start` to `end`, both inclusive, as in an HTTP range; `end` absent = to the end. */
export interface ByteRange {
  start: number;
  end?: number;
}

export interface RecordingMark {
  /** from the start of the recording */
  atMs: number;
  kind: 'held' | 'resumed' | 'muted' | 'unmuted';
}

/**
 * Opens a recording for playing.
 * @param key 32 bytes
 * @throws AppError `recording.not-found`, `recording.not-a-recording`, `recording.unknown-version`,
 *   `recording.bad-key` (wrong length, wrong key, or a damaged header)
 */
export async function openRecording(file: string, key: Uint8Array): Promise<Recording> {
  const handle = await openForReading(file);
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    await handle.read(header, 0, HEADER_BYTES, 0);
    const { startedAt } = readHeader(header);
    const cipher = new ChunkCipher(key, header);
    const { size } = await handle.stat();
    const extent = (await findFinal(handle, cipher, size)) ?? (await findCut(handle, cipher, size));
    return new Recording(handle, cipher, startedAt, extent);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openForReading(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (error) {
    throw new AppError('recording.not-found', 'the recording cannot be opened', { cause: error });
  }
}

/** How far the authentic part of a file reaches. */
export interface RecordingExtent {
  state: RecordingState;
  frames: number;
  chunks: number;
  /** where it ends on disk */
  endOffset: number;
  /** a final chunk is there, by the recorder or by recovery */
  isEnded: boolean;
}

async function findFinal(
  handle: FileHandle,
  cipher: ChunkCipher,
  size: number,
): Promise<RecordingExtent | null> {
  const at = size - FINAL_CHUNK_BYTES;
  if (at < HEADER_BYTES) return null;
  const opened = cipher.open(await readBytes(handle, at, FINAL_CHUNK_BYTES));
  if (!opened || opened.chunk.kind === AUDIO_CHUNK) return null;
  const frames = opened.body.readUInt32BE(0);
  const chunks = opened.body.readUInt32BE(4);
  if (at !== offsetAfter(frames, chunks)) {
    throw new AppError('recording.tampered', 'chunks are missing or were added');
  }
  const state = opened.chunk.kind === FINAL_CHUNK ? 'complete' : 'recovered';
  return { state, frames, chunks, endOffset: size, isEnded: true };
}

function offsetAfter(frames: number, chunks: number): number {
  if (chunks === 0) return HEADER_BYTES;
  const lastFrames = frames - (chunks - 1) * FRAMES_PER_CHUNK;
  const last = chunkBytes({ kind: AUDIO_CHUNK, frames: lastFrames });
  return HEADER_BYTES + (chunks - 1) * FULL_CHUNK_BYTES + last;
}

/** No final chunk: everything up to the last authentic chunk counts. */
async function findCut(
  handle: FileHandle,
  cipher: ChunkCipher,
  size: number,
): Promise<RecordingExtent> {
  const whole = Math.floor((size - HEADER_BYTES) / FULL_CHUNK_BYTES);
  for (let index = whole; index >= 0; index -= 1) {
    const offset = HEADER_BYTES + index * FULL_CHUNK_BYTES;
    const frames = await authenticFrames(handle, cipher, index, size);
    if (frames > 0) {
      const endOffset = offset + chunkBytes({ kind: AUDIO_CHUNK, frames });
      const total = index * FRAMES_PER_CHUNK + frames;
      return { state: 'recovered', frames: total, chunks: index + 1, endOffset, isEnded: false };
    }
  }
  if (whole > 0) throw new AppError('recording.bad-key', 'no part opens with this key');
  return { state: 'recovered', frames: 0, chunks: 0, endOffset: HEADER_BYTES, isEnded: false };
}

async function authenticFrames(
  handle: FileHandle,
  cipher: ChunkCipher,
  index: number,
  size: number,
): Promise<number> {
  const offset = HEADER_BYTES + index * FULL_CHUNK_BYTES;
  if (offset + CHUNK_HEADER_BYTES > size) return 0;
  const chunk = readChunkHeader(await readBytes(handle, offset, CHUNK_HEADER_BYTES));
  if (!chunk || chunk.kind !== AUDIO_CHUNK || chunk.index !== index) return 0;
  if (offset + chunkBytes(chunk) > size) return 0;
  return cipher.open(await readBytes(handle, offset, chunkBytes(chunk))) ? chunk.frames : 0;
}

async function readBytes(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, offset);
  return bytes.subarray(0, bytesRead);
}

/** An opened recording. Decrypts only the seconds that are asked for. Close it when done. */
export class Recording {
  readonly channels = 2;
  readonly startedAt: number;
  readonly state: RecordingState;
  readonly durationMs: number;
  /** size of the WAV form */
  readonly wavBytes: number;
  readonly extent: RecordingExtent;
  readonly #handle: FileHandle;
  readonly #cipher: ChunkCipher;

  constructor(handle: FileHandle, cipher: ChunkCipher, startedAt: number, extent: RecordingExtent) {
    this.#handle = handle;
    this.#cipher = cipher;
    this.startedAt = startedAt;
    this.extent = extent;
    this.state = extent.state;
    this.durationMs = extent.frames * FRAME_MS;
    this.wavBytes = wavBytesOfFrames(extent.frames);
  }

  /**
   * 16-bit stereo WAV at 8 kHz, or a part of it.
   * The stream fails with AppError `recording.tampered` at a chunk that is not authentic.
   */
  createWavStream(range: ByteRange = { start: 0 }): Readable {
    return Readable.from(this.#wavParts(range), { objectMode: false });
  }

  /** Where hold and mute began and ended. Reads the whole file. @throws AppError `recording.tampered` */
  async readMarks(): Promise<RecordingMark[]> {
    const marks: RecordingMark[] = [];
    let before = 0;
    for (let index = 0; index < this.extent.chunks; index += 1) {
      const body = await this.#readChunk(index);
      for (let frame = 0; frame * FRAME_BYTES < body.length; frame += 1) {
        const now = body[frame * FRAME_BYTES] ?? 0;
        const atMs = (index * FRAMES_PER_CHUNK + frame) * FRAME_MS;
        marks.push(...changesOf(before, now).map((kind) => ({ atMs, kind })));
        before = now;
      }
    }
    return marks;
  }

  /** Reads and authenticates everything. @throws AppError `recording.tampered` */
  async verify(): Promise<void> {
    for (let index = 0; index < this.extent.chunks; index += 1) await this.#readChunk(index);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async *#wavParts(range: ByteRange): AsyncGenerator<Buffer> {
    const end = Math.min(range.end ?? this.wavBytes - 1, this.wavBytes - 1);
    let position = Math.max(0, range.start);
    if (position < WAV_HEADER_BYTES && position <= end) {
      const header = writeWavHeader(this.extent.frames);
      yield header.subarray(position, Math.min(end + 1, WAV_HEADER_BYTES));
      position = WAV_HEADER_BYTES;
    }
    const bytesPerChunk = FRAMES_PER_CHUNK * WAV_FRAME_BYTES;
    while (position <= end) {
      const index = Math.floor((position - WAV_HEADER_BYTES) / bytesPerChunk);
      const chunkStart = WAV_HEADER_BYTES + index * bytesPerChunk;
      const samples = toWavSamples(await this.#readChunk(index));
      yield samples.subarray(position - chunkStart, end + 1 - chunkStart);
      position = chunkStart + samples.length;
    }
  }

  async #readChunk(index: number): Promise<Buffer> {
    const isLast = index === this.extent.chunks - 1;
    const frames = isLast ? this.extent.frames - index * FRAMES_PER_CHUNK : FRAMES_PER_CHUNK;
    const offset = HEADER_BYTES + index * FULL_CHUNK_BYTES;
    const bytes = await readBytes(this.#handle, offset, chunkBytes({ kind: AUDIO_CHUNK, frames }));
    const opened = this.#cipher.open(bytes);
    if (!opened || opened.chunk.index !== index || opened.chunk.kind !== AUDIO_CHUNK) {
      throw new AppError('recording.tampered', `second ${index} is damaged or was changed`);
    }
    return opened.body;
  }
}

function changesOf(before: number, now: number): RecordingMark['kind'][] {
  const kinds: RecordingMark['kind'][] = [];
  const changed = before ^ now;
  if (changed & MARK_HELD) kinds.push(now & MARK_HELD ? 'held' : 'resumed');
  if (changed & MARK_MUTED) kinds.push(now & MARK_MUTED ? 'muted' : 'unmuted');
  return kinds;
}
