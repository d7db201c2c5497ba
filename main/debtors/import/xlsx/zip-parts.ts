import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AppError } from '#shared/errors/index.ts';

/** A workbook has a dozen parts and one for each sheet, picture and drawing. */
const MAX_PARTS = 20_000;
/** Of one part, inflated. A sheet of a million rows by forty columns stays below it; it is never held in memory. */
const MAX_PART_BYTES = 4 * 1024 ** 3;
/** Inflated, of a part that must be held in memory. */
const MAX_HELD_BYTES = 512 * 1024 ** 2;
/** XML of the longest runs of equal cells stays below it; what is above was made to fill memory. */
const MAX_INFLATION = 1_000;

/** The parts of a zip file by name. Sizes are checked against what is declared while a part is read (yauzl). */
export class ZipParts {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** @throws AppError `import.unreadable`, `import.too-large`, `import.encrypted` */
  static async open(path: string): Promise<ZipParts> {
    const zip = await openZip(path);
    try {
      return new ZipParts(zip, await readEntries(zip));
    } catch (error) {
      zip.close();
      throw asUnreadable(error);
    }
  }

  has(name: string): boolean {
    return this.#entries.has(normal(name));
  }

  /** inflated bytes; 0 when there is no such part */
  sizeOf(name: string): number {
    return this.#entries.get(normal(name))?.uncompressedSize ?? 0;
  }

  /**
   * @throws AppError `import.unreadable` when there is no such part; the stream fails when a part is not what it says
   */
  async stream(name: string): Promise<Readable> {
    const entry = this.#entries.get(normal(name));
    if (!entry) throw new AppError('import.unreadable', `the workbook has no part ${name}`);
    const { promise, resolve, reject } = Promise.withResolvers<Readable>();
    this.#zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
    return promise.catch((error: unknown) => {
      throw asUnreadable(error);
    });
  }

  /** @throws AppError `import.too-large` for a part that memory should not hold */
  async held(name: string): Promise<Readable> {
    if (this.sizeOf(name) > MAX_HELD_BYTES) throw tooLarge();
    return this.stream(name);
  }

  close(): void {
    this.#zip.close();
  }
}

function openZip(path: string): Promise<ZipFile> {
  const { promise, resolve, reject } = Promise.withResolvers<ZipFile>();
  const options = { lazyEntries: true, autoClose: false } as const;
  yauzl.open(path, options, (error, zip) => (error ? reject(asUnreadable(error)) : resolve(zip)));
  return promise;
}

function readEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_PARTS) throw tooLarge();
  const { promise, resolve, reject } = Promise.withResolvers<Map<string, Entry>>();
  const entries = new Map<string, Entry>();
  zip.on('entry', (entry: Entry) => {
    const problem = problemOf(entry);
    if (problem) return reject(problem);
    entries.set(normal(entry.fileName), entry);
    zip.readEntry();
  });
  zip.on('end', () => resolve(entries));
  zip.on('error', reject);
  zip.readEntry();
  return promise;
}

function problemOf(entry: Entry): AppError | null {
  if (entry.isEncrypted()) {
    return new AppError('import.encrypted', 'the file is protected by a password');
  }
  const { compressedSize, uncompressedSize } = entry;
  const isBomb =
    uncompressedSize > MAX_PART_BYTES || uncompressedSize > (compressedSize + 64) * MAX_INFLATION;
  return isBomb ? tooLarge() : null;
}

function tooLarge(): AppError {
  return new AppError('import.too-large', 'the spreadsheet is too large to be read');
}

/** Names of parts do not differ by case (ECMA-376 part 2, §6.2.2.3). */
function normal(name: string): string {
  return name.replace(/^\//, '').toLowerCase();
}

export function asUnreadable(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('import.unreadable', `the spreadsheet is damaged: ${message}`, {
    cause: error,
  });
}
