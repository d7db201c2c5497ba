import { invariant } from '#shared/errors/index.ts';

const WORDS = 4;
export const ID_BYTES = 16;

/**
 * Ids of rows, 16 bytes each, and the way back. Ids of one source grow, so rows that are added in the order of ids need
 * nothing more: they are found by halving. An id that is smaller than one before it (made by another node) is a stray,
 * kept in a map beside.
 */
export class IdTable {
  #words: Uint32Array;
  #size = 0;
  /** the last row whose id was greater than all before it; -1: none */
  #lastInOrder = -1;
  readonly #strays = new Map<string, number>();
  readonly #strayRows = new Set<number>();

  constructor(capacity: number) {
    this.#words = new Uint32Array(capacity * WORDS);
  }

  get size(): number {
    return this.#size;
  }

  get strays(): number {
    return this.#strays.size;
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  resize(capacity: number): void {
    const words = new Uint32Array(capacity * WORDS);
    words.set(this.#words.subarray(0, this.#size * WORDS));
    this.#words = words;
  }

  /** @returns the row; there must be room for it, and the id must not be known */
  add(id: string): number {
    const row = this.#size;
    invariant((row + 1) * WORDS <= this.#words.length, 'a table of ids has room');
    this.#size += 1;
    write(this.#words, row * WORDS, id);
    if (this.#lastInOrder < 0 || this.#compare(row, this.#lastInOrder) > 0) this.#lastInOrder = row;
    else {
      this.#strays.set(id, row);
      this.#strayRows.add(row);
    }
    return row;
  }

  idAt(row: number): string {
    const at = row * WORDS;
    const [a, b, c, d] = [0, 1, 2, 3].map((word) => hex(this.#words[at + word] ?? 0)) as [
      string,
      string,
      string,
      string,
    ];
    return `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`;
  }

  /** Epoch ms in the id (UUIDv7, RFC 9562 §5.7): when the row was made. */
  madeAt(row: number): number {
    const at = row * WORDS;
    return (this.#words[at] ?? 0) * 65_536 + ((this.#words[at + 1] ?? 0) >>> 16);
  }

  /** @returns undefined when there is no such row */
  rowOf(id: string): number | undefined {
    const stray = this.#strays.size > 0 ? this.#strays.get(id) : undefined;
    if (stray !== undefined) return stray;
    write(wanted, 0, id);
    let low = 0;
    let high = this.#lastInOrder;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const row = this.#inOrderFrom(middle, high);
      const order = row === null ? 1 : this.#compareWith(row, wanted);
      if (order === 0) return row ?? undefined;
      if (order > 0) high = middle - 1;
      else low = (row ?? middle) + 1;
    }
    return undefined;
  }

  /** The 16 bytes of some ids, one after another, in the order in which they are written. */
  bytesOf(rows: Uint32Array): Uint8Array<ArrayBuffer> {
    const view = new DataView(new ArrayBuffer(rows.length * ID_BYTES));
    rows.forEach((row, position) => {
      for (let word = 0; word < WORDS; word += 1) {
        view.setUint32(position * ID_BYTES + word * 4, this.#words[row * WORDS + word] ?? 0);
      }
    });
    return new Uint8Array(view.buffer);
  }

  /** The first row from `row` on that is no stray. */
  #inOrderFrom(row: number, last: number): number | null {
    let each = row;
    while (each <= last && this.#strayRows.has(each)) each += 1;
    return each <= last ? each : null;
  }

  #compare(one: number, other: number): number {
    return this.#compareWith(
      one,
      this.#words.subarray(other * WORDS, (other + 1) * WORDS) as Uint32Array<ArrayBuffer>,
    );
  }

  #compareWith(row: number, other: Uint32Array): number {
    const at = row * WORDS;
    for (let word = 0; word < WORDS; word += 1) {
      const difference = (this.#words[at + word] ?? 0) - (other[word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }
}

const wanted = new Uint32Array(WORDS);

/** `8-4-4-4-12` hex digits into four words, without making strings. */
function write(words: Uint32Array, at: number, id: string): void {
  let value = 0;
  let digits = 0;
  for (let index = 0; index < id.length; index += 1) {
    const code = id.charCodeAt(index);
    if (code === 45) continue;
    value = (value << 4) | (code <= 57 ? code - 48 : (code | 32) - 87);
    digits += 1;
    if (digits % 8 === 0) words[at + digits / 8 - 1] = value;
  }
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}

/** The ids in what `bytesOf` gives. */
export function idsFromBytes(bytes: Uint8Array): string[] {
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return Array.from({ length: bytes.length / ID_BYTES }, (_, position) => {
    const at = position * ID_BYTES * 2;
    const part = (from: number, to: number) => digits.slice(at + from, at + to);
    return `${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20, 32)}`;
  });
}

/** As `bytesOf`, of ids that stand in a list. */
export function bytesFromIds(ids: readonly string[]): Uint8Array {
  return Buffer.from(ids.join('').replaceAll('-', ''), 'hex');
}
