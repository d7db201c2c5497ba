import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';

/** Where bytes go; awaited, so that nothing piles up. */
export type ByteSink = (bytes: Uint8Array) => Promise<void>;

interface Entry {
  name: Buffer;
  crc: number;
  compressedBytes: number;
  bytes: number;
  offset: number;
}

const LOCAL_HEADER = 0x04034b50;
const DATA_DESCRIPTOR = 0x08074b50;
const CENTRAL_HEADER = 0x02014b50;
const CENTRAL_END = 0x06054b50;
const VERSION = 20;
/** sizes follow the data · names are UTF-8 */
const FLAGS = 0x0808;
const DEFLATE = 8;
/** 1 January 1980, the earliest that the format knows: the same content gives the same bytes */
const DOS_DATE = 0x0021;
const MOST_BYTES = 0xffff_ffff;
const MOST_ENTRIES = 0xffff;

/**
 * Writes a ZIP file from beginning to end while its content is being made; one entry at a time.
 * @see APPNOTE.TXT 6.3 §4.3
 */
export class ZipWriter {
  readonly #sink: ByteSink;
  readonly #entries: Entry[] = [];
  #offset = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  /** @throws RangeError beyond 4 GB or 65,535 entries, which would need ZIP64 */
  async add(name: string, write: (sink: ByteSink) => Promise<void>): Promise<void> {
    const entry = {
      name: Buffer.from(name),
      crc: 0,
      compressedBytes: 0,
      bytes: 0,
      offset: this.#offset,
    };
    await this.#emit(localHeader(entry.name));
    const deflate = new Deflate((bytes) => {
      entry.compressedBytes += bytes.length;
      return this.#emit(bytes);
    });
    await write(async (bytes) => {
      entry.crc = crc32(bytes, entry.crc);
      entry.bytes += bytes.length;
      await deflate.write(bytes);
    });
    await deflate.end();
    await this.#emit(dataDescriptor(entry));
    this.#entries.push(entry);
    const isTooLarge = entry.bytes > MOST_BYTES || this.#offset > MOST_BYTES;
    if (isTooLarge || this.#entries.length > MOST_ENTRIES) throw new RangeError('ZIP is too large');
  }

  addBytes(name: string, bytes: Uint8Array): Promise<void> {
    return this.add(name, (sink) => sink(bytes));
  }

  async finish(): Promise<void> {
    const start = this.#offset;
    for (const entry of this.#entries) await this.#emit(centralHeader(entry));
    await this.#emit(centralEnd(this.#entries.length, start, this.#offset - start));
  }

  #emit(bytes: Uint8Array): Promise<void> {
    this.#offset += bytes.length;
    return this.#sink(bytes);
  }
}

/** Raw deflate whose output is handed on before more input is taken. */
class Deflate {
  readonly #stream: DeflateRaw = createDeflateRaw();
  readonly #done: Promise<void>;

  constructor(sink: ByteSink) {
    this.#done = (async () => {
      for await (const bytes of this.#stream) await sink(bytes as Buffer);
    })();
    // awaited by `end`, and by `write` while it waits
    this.#done.catch(() => {});
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#stream.write(bytes)) return;
    const drained = new Promise<void>((resolve) => this.#stream.once('drain', resolve));
    await Promise.race([drained, this.#done]);
  }

  async end(): Promise<void> {
    this.#stream.end();
    await this.#done;
  }
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(LOCAL_HEADER, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DEFLATE, 8);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function dataDescriptor(entry: Entry): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(DATA_DESCRIPTOR, 0);
  writeSizes(bytes, 4, entry);
  return bytes;
}

function centralHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(CENTRAL_HEADER, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(VERSION, 6);
  header.writeUInt16LE(FLAGS, 8);
  header.writeUInt16LE(DEFLATE, 10);
  header.writeUInt16LE(DOS_DATE, 14);
  writeSizes(header, 16, entry);
  header.writeUInt16LE(entry.name.length, 28);
  header.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([header, entry.name]);
}

function writeSizes(bytes: Buffer, at: number, entry: Entry): void {
  bytes.writeUInt32LE(entry.crc, at);
  bytes.writeUInt32LE(entry.compressedBytes, at + 4);
  bytes.writeUInt32LE(entry.bytes, at + 8);
}

function centralEnd(entries: number, offset: number, bytes: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(CENTRAL_END, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
