import { randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '#shared/errors/index.ts';
import {
  AUDIO_CHUNK,
  CHANNEL_BYTES,
  ChunkCipher,
  FINAL_CHUNK,
  FRAME_BYTES,
  FRAME_MS,
  FRAMES_PER_CHUNK,
  MARK_HELD,
  MARK_MUTED,
  writeFinal,
  writeHeader,
} from './recording-format.ts';

const MU_LAW_SILENCE = 0xff;
/** chunks between forced writes to the disk: what a power cut may cost, in seconds */
const SYNC_EVERY_CHUNKS = 5;
/** seconds of sound that may wait for a slow disk before recording is given up */
const MOST_WAITING_CHUNKS = 30;

export interface RecordingOptions {
  file: string;
  /** 32 bytes */
  key: Uint8Array;
  /** epoch ms */
  startedAt: number;
  /** once, when the disk fails; frames are ignored afterwards */
  onFailed: (error: AppError) => void;
}

/**
 * Creates a recording; the header is on disk when it resolves.
 * @throws AppError `recording.exists`, `recording.write-failed`, `recording.bad-key`
 */
export async function createRecording(options: RecordingOptions): Promise<RecordingWriter> {
  const header = writeHeader(randomBytes(32), options.startedAt);
  const cipher = new ChunkCipher(options.key, header);
  try {
    const handle = await open(options.file, 'wx', 0o600);
    await handle.write(header);
    return new RecordingWriter(handle, cipher, options.onFailed, header.length);
  } catch (error) {
    throw writeError(error);
  }
}

/** Takes frames of both sides and appends an encrypted chunk every second. */
export class RecordingWriter {
  readonly #handle: FileHandle;
  readonly #cipher: ChunkCipher;
  readonly #onFailed: (error: AppError) => void;
  #body = Buffer.alloc(FRAMES_PER_CHUNK * FRAME_BYTES);
  #framesInBody = 0;
  #frames = 0;
  #chunks = 0;
  #bytes: number;
  #waiting = 0;
  #writes: Promise<void> = Promise.resolve();
  #failure: AppError | null = null;
  #finished: Promise<{ durationMs: number; bytes: number }> | null = null;

  constructor(
    handle: FileHandle,
    cipher: ChunkCipher,
    onFailed: (error: AppError) => void,
    headerBytes: number,
  ) {
    this.#handle = handle;
    this.#cipher = cipher;
    this.#onFailed = onFailed;
    this.#bytes = headerBytes;
  }

  /** One frame of 20 ms, µ-law; null is silence. Frames after `finish` or a failure are ignored. */
  frame(
    debtor: Uint8Array | null,
    agent: Uint8Array | null,
    marks: { held: boolean; muted: boolean },
  ): void {
    if (this.#finished || this.#failure) return;
    const at = this.#framesInBody * FRAME_BYTES;
    this.#body[at] = (marks.held ? MARK_HELD : 0) | (marks.muted ? MARK_MUTED : 0);
    this.#copy(debtor, at + 1);
    this.#copy(agent, at + 1 + CHANNEL_BYTES);
    this.#framesInBody += 1;
    this.#frames += 1;
    if (this.#framesInBody === FRAMES_PER_CHUNK) this.#endChunk();
  }

  /** Writes the rest and the final chunk, and closes. Safe to call twice. */
  finish(): Promise<{ durationMs: number; bytes: number }> {
    this.#finished ??= this.#finish();
    return this.#finished;
  }

  async #finish(): Promise<{ durationMs: number; bytes: number }> {
    if (!this.#failure) {
      if (this.#framesInBody > 0) this.#endChunk();
      const final = { kind: FINAL_CHUNK, frames: 0, index: this.#chunks };
      this.#append(this.#cipher.seal(final, writeFinal(this.#frames, this.#chunks)), true);
    }
    await this.#writes;
    await this.#handle.close();
    if (this.#failure) throw this.#failure;
    return { durationMs: this.#frames * FRAME_MS, bytes: this.#bytes };
  }

  #copy(channel: Uint8Array | null, at: number): void {
    if (channel) this.#body.set(channel.subarray(0, CHANNEL_BYTES), at);
    else this.#body.fill(MU_LAW_SILENCE, at, at + CHANNEL_BYTES);
  }

  #endChunk(): void {
    const chunk = { kind: AUDIO_CHUNK, frames: this.#framesInBody, index: this.#chunks };
    const body = this.#body.subarray(0, this.#framesInBody * FRAME_BYTES);
    this.#append(this.#cipher.seal(chunk, body), chunk.index % SYNC_EVERY_CHUNKS === 0);
    this.#chunks += 1;
    this.#framesInBody = 0;
  }

  #append(bytes: Buffer, sync: boolean): void {
    this.#bytes += bytes.length;
    this.#waiting += 1;
    if (this.#waiting > MOST_WAITING_CHUNKS) {
      this.#fail(new AppError('recording.disk-too-slow', 'the disk does not keep up'));
    }
    this.#writes = this.#writes.then(() => this.#write(bytes, sync));
  }

  async #write(bytes: Buffer, sync: boolean): Promise<void> {
    this.#waiting -= 1;
    if (this.#failure) return;
    try {
      // a short write would shift every later chunk
      for (let written = 0; written < bytes.length; ) {
        written += (await this.#handle.write(bytes, written)).bytesWritten;
      }
      if (sync) await this.#handle.datasync();
    } catch (error) {
      this.#fail(writeError(error));
    }
  }

  #fail(error: AppError): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#onFailed(error);
  }
}

function writeError(error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EEXIST')
    return new AppError('recording.exists', 'the file exists', { cause: error });
  if (code === 'ENOSPC')
    return new AppError('recording.disk-full', 'the disk is full', { cause: error });
  return new AppError('recording.write-failed', 'the recording cannot be written', {
    cause: error,
  });
}
