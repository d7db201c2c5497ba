import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import { TokenTable } from './token-table.ts';

export interface UploadedFile {
  fileId: string;
  personId: string;
  /** where it lies on this machine: never sent to a client */
  path: string;
  /** as the person's machine named it; for show only */
  fileName: string;
  sizeBytes: number;
  /** hex */
  sha256: string;
}

export interface UploadsOptions {
  /** a directory of its own: emptied at the start */
  directory: string;
  clock: Clock;
  idSource: IdSource;
  newToken: () => string;
  maxBytes?: number;
  ticketMs?: number;
  keepMs?: number;
}

/** Files that clients hand in: limited in size, bound to a person, gone after use and after an hour. */
export class Uploads {
  readonly maxBytes: number;
  readonly #options: UploadsOptions;
  readonly #tickets: TokenTable<{ personId: string }>;
  readonly #removing = new Set<Promise<void>>();
  readonly #files = new Map<string, { file: UploadedFile; cancelTimer: () => void }>();

  constructor(options: UploadsOptions) {
    this.#options = options;
    this.maxBytes = options.maxBytes ?? 512 * 1024 * 1024;
    this.#tickets = new TokenTable({ ...options, lifetimeMs: options.ticketMs ?? 60_000 });
  }

  /** Makes the directory and removes what an earlier run left in it. */
  async open(): Promise<void> {
    const { directory } = this.#options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    for (const name of await readdir(directory)) {
      if (name.endsWith('.upload')) await rm(join(directory, name), { force: true });
    }
  }

  issueTicket(personId: string): { token: string; expiresAt: number } {
    return this.#tickets.issue({ personId });
  }

  /** @returns the person who may upload, once; null for a wrong, used or old token */
  takeTicket(token: string): string | null {
    return this.#tickets.take(token)?.personId ?? null;
  }

  /** @throws AppError `upload.too-large` after `maxBytes`; nothing is left behind then */
  async receive(body: Readable, personId: string, fileName: string): Promise<UploadedFile> {
    const fileId = this.#options.idSource.next();
    const path = join(this.#options.directory, `${fileId}.upload`);
    const meter = new Meter(this.maxBytes);
    try {
      // The body outlives a failure: its connection still has to carry the answer.
      const chunks = body.iterator({ destroyOnReturn: false });
      await pipeline(chunks, meter, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    const { sizeBytes } = meter;
    const file = { fileId, personId, path, fileName, sizeBytes, sha256: meter.sha256() };
    const cancelTimer = this.#options.clock.setTimer(this.#options.keepMs ?? 3_600_000, () => {
      void this.remove(fileId);
    });
    this.#files.set(fileId, { file, cancelTimer });
    return file;
  }

  /**
   * Looks at a file without using it up, for a preview.
   * @returns null when it is gone or another person's
   */
  peek(fileId: string, personId: string): UploadedFile | null {
    const file = this.#files.get(fileId)?.file;
    return file?.personId === personId ? file : null;
  }

  /**
   * Hands a file over: no one else gets it, and the caller calls `dispose` when it has been read.
   * @returns null when it is gone, used, or another person's
   */
  take(fileId: string, personId: string): (UploadedFile & { dispose(): Promise<void> }) | null {
    const file = this.peek(fileId, personId);
    if (!file) return null;
    this.#files.get(fileId)?.cancelTimer();
    this.#files.delete(fileId);
    return { ...file, dispose: () => rm(file.path, { force: true }) };
  }

  async remove(fileId: string): Promise<void> {
    const entry = this.#files.get(fileId);
    if (!entry) return;
    entry.cancelTimer();
    this.#files.delete(fileId);
    const removed = rm(entry.file.path, { force: true }).finally(() => {
      this.#removing.delete(removed);
    });
    this.#removing.add(removed);
    await removed;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#files.keys()].map((fileId) => this.remove(fileId)));
    await Promise.all(this.#removing);
  }
}

/** Counts and digests what flows through; fails beyond the limit. */
class Meter extends Transform {
  sizeBytes = 0;
  readonly #maxBytes: number;
  readonly #hash = createHash('sha256');

  constructor(maxBytes: number) {
    super();
    this.#maxBytes = maxBytes;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: Error | null, data?: Buffer) => void,
  ): void {
    this.sizeBytes += chunk.length;
    if (this.sizeBytes > this.#maxBytes) {
      done(tooLarge(this.#maxBytes));
      return;
    }
    this.#hash.update(chunk);
    done(null, chunk);
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError('upload.too-large', 'the file is too large', { details: { maxBytes } });
}
