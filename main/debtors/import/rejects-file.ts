import { type CipherGCM, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import type { ImportFinding } from '#shared/contract/index.ts';
import { findingTexts } from './finding-texts.ts';
import type { RawRecord } from './record-reader.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BUFFERED_CHARACTERS = 64 * 1024;

export interface RejectsFileOptions {
  path: string;
  /** 32 bytes: the file is encrypted (AES-256-GCM); null: it is written as it is, beside the person's own file */
  keyHex: string | null;
  /** as the imported file had it, so that the corrected file can be imported with the same mapping */
  delimiter: string;
}

/**
 * The records that could not be stored: line, reason, explanation, and the cells as they were. It exists from the first
 * rejected record on.
 */
export class RejectsFile {
  readonly #options: RejectsFileOptions;
  #file: number | null = null;
  #cipher: CipherGCM | null = null;
  #text = '';

  constructor(options: RejectsFileOptions) {
    this.#options = options;
  }

  add(raw: RawRecord, problems: readonly ImportFinding[], headers: readonly string[]): void {
    if (this.#file === null) this.#open(headers);
    const texts = problems.map((problem) => findingTexts[problem]);
    this.#line([String(raw.line), problems.join(' '), texts.join('; '), ...raw.fields]);
  }

  /** @returns whether there is a file */
  close(): boolean {
    if (this.#file === null) return false;
    this.#flush();
    if (this.#cipher) {
      writeSync(this.#file, this.#cipher.final());
      writeSync(this.#file, this.#cipher.getAuthTag());
    }
    fsyncSync(this.#file);
    closeSync(this.#file);
    this.#file = null;
    return true;
  }

  #open(headers: readonly string[]): void {
    const { path, keyHex } = this.#options;
    rmSync(path, { force: true });
    this.#file = openSync(path, 'wx', 0o600);
    if (keyHex !== null) {
      const nonce = randomBytes(NONCE_BYTES);
      this.#cipher = createCipheriv('aes-256-gcm', Buffer.from(keyHex, 'hex'), nonce);
      writeSync(this.#file, nonce);
    }
    // spreadsheets know UTF-8 by this mark alone
    this.#text = '\ufeff';
    this.#line(['line', 'reason', 'explanation', ...headers]);
  }

  #line(cells: readonly string[]): void {
    const { delimiter } = this.#options;
    this.#text += `${cells.map((cell) => writeCell(cell, delimiter)).join(delimiter)}\r\n`;
    if (this.#text.length > BUFFERED_CHARACTERS) this.#flush();
  }

  #flush(): void {
    if (this.#file === null) return;
    const bytes = Buffer.from(this.#text, 'utf8');
    this.#text = '';
    writeSync(this.#file, this.#cipher ? this.#cipher.update(bytes) : bytes);
  }
}

/**
 * Text as text: a cell that a spreadsheet would take for a formula gets an apostrophe before it, which an import takes
 * away again.
 */
export function writeCell(cell: string, delimiter: string): string {
  const safe = /^\s*[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  const needsQuotes = safe.includes('"') || safe.includes(delimiter) || /[\r\n]/.test(safe);
  return needsQuotes ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Reads an encrypted rejects file.
 * @throws what the file system throws when it is gone
 */
export function openRejectsFile(
  path: string,
  keyHex: string,
): { size: number; createReadStream(range: { start: number; end: number } | null): Readable } {
  const size = statSync(path).size - NONCE_BYTES - TAG_BYTES;
  return {
    size,
    createReadStream(range) {
      const file = openSync(path, 'r');
      const nonce = Buffer.alloc(NONCE_BYTES);
      const tag = Buffer.alloc(TAG_BYTES);
      readSync(file, nonce, 0, NONCE_BYTES, 0);
      readSync(file, tag, 0, TAG_BYTES, NONCE_BYTES + size);
      closeSync(file);
      const decipher = createDecipheriv('aes-256-gcm', Buffer.from(keyHex, 'hex'), nonce);
      decipher.setAuthTag(tag);
      const end = NONCE_BYTES + size - 1;
      const encrypted = createReadStream(path, { start: NONCE_BYTES, end });
      const plain = encrypted.on('error', (error) => decipher.destroy(error)).pipe(decipher);
      return range === null ? plain : plain.pipe(slice(range));
    },
  };
}

/** Passes the bytes of a range, both ends included. The whole is read: only then it is known to be unchanged. */
function slice(range: { start: number; end: number }): Transform {
  let position = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const from = Math.max(0, range.start - position);
      const to = Math.min(chunk.length, range.end + 1 - position);
      position += chunk.length;
      done(null, from < to ? chunk.subarray(from, to) : undefined);
    },
  });
}
