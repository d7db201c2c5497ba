/** numbers that share one summary of the groups of four digits in them */
const BLOCK = 512;
const SUMMARY_BYTES = 1_250;
const GROUP = 4;
/** the row of a number is kept as the distance from the first of its block */
const GREATEST_DISTANCE = 65_535;
/** rows whose numbers stand beside until they are merged into the base */
const MOST_PENDING = 20_000;
const DIGITS_IN_WORD = 8;
const NO_DIGIT = 15;
const LEAST_CAPACITY = 8_192;

/**
 * Rows by any part of their numbers. A number is 16 digits of four bits in two words, right-aligned, filled with 15; a
 * part is looked for by shifting, and blocks without all its groups of four digits are passed over. Numbers are in the
 * order of rows; those of rows that changed stand beside until they are merged in.
 *
 *   high: digits 0 to 7 | low: digits 8 to 15 | distance: row - first row of the block
 */
export class NumberIndex {
  #high = new Uint32Array(LEAST_CAPACITY);
  #low = new Uint32Array(LEAST_CAPACITY);
  #distances = new Uint16Array(LEAST_CAPACITY);
  #summaries = new Uint8Array((LEAST_CAPACITY / BLOCK) * SUMMARY_BYTES);
  /** of each block: its first row, and where its numbers begin */
  #firstRows: number[] = [];
  #starts: number[] = [];
  #count = 0;
  #lastRow = -1;
  #pending = new Map<number, readonly string[]>();

  get bytes(): number {
    return (
      this.#high.byteLength +
      this.#low.byteLength +
      this.#distances.byteLength +
      this.#summaries.byteLength +
      this.#firstRows.length * 16
    );
  }

  /** The numbers of a row (digits, with or without a plus), instead of those it had. */
  set(row: number, numbers: readonly string[]): void {
    if (row > this.#lastRow) {
      this.#lastRow = row;
      for (const number of numbers) this.#append(row, digitsOnly(number));
      return;
    }
    this.#pending.set(row, numbers.map(digitsOnly));
    if (this.#pending.size >= MOST_PENDING) this.merge();
  }

  /**
   * Visits rows with a number that has all of `digits` in a row; one with two such numbers may come twice.
   * @param digits 3 to 15 of them
   * @param visit false: enough
   */
  find(digits: string, visit: (row: number) => boolean): void {
    for (const [row, numbers] of this.#pending) {
      if (numbers.some((number) => number.includes(digits)) && !visit(row)) return;
    }
    const groups = groupsOf(digits);
    for (let block = 0; block < this.#starts.length; block += 1) {
      if (groups.every((group) => this.#hasGroup(block, group))) {
        if (!this.#findInBlock(block, digits, visit)) return;
      }
    }
  }

  /** Puts what stands beside into its places: everything is written anew. */
  merge(): void {
    const merged = new NumberIndex();
    const pending = [...this.#pending].sort(([one], [other]) => one - other);
    let next = 0;
    const addPendingBefore = (row: number) => {
      for (
        let entry = pending[next];
        entry !== undefined && entry[0] < row;
        entry = pending[next]
      ) {
        next += 1;
        for (const digits of entry[1]) merged.#append(entry[0], digits);
      }
    };
    for (let block = 0; block < this.#starts.length; block += 1) {
      for (let at = this.#starts[block] ?? 0; at < this.#endOf(block); at += 1) {
        const row = (this.#firstRows[block] ?? 0) + (this.#distances[at] ?? 0);
        addPendingBefore(row);
        if (!this.#pending.has(row)) merged.#append(row, this.#digitsAt(at));
      }
    }
    addPendingBefore(Infinity);
    this.#take(merged);
  }

  #take(other: NumberIndex): void {
    this.#high = other.#high;
    this.#low = other.#low;
    this.#distances = other.#distances;
    this.#summaries = other.#summaries;
    this.#firstRows = other.#firstRows;
    this.#starts = other.#starts;
    this.#count = other.#count;
    this.#pending = new Map();
  }

  #append(row: number, digits: string): void {
    if (digits === '' || digits.length > 2 * DIGITS_IN_WORD) return;
    const block = this.#blockFor(row);
    if (this.#count === this.#high.length) this.#grow();
    this.#high[this.#count] = packed(digits.slice(0, -DIGITS_IN_WORD));
    this.#low[this.#count] = packed(digits.slice(-DIGITS_IN_WORD));
    this.#distances[this.#count] = row - (this.#firstRows[block] ?? 0);
    this.#count += 1;
    for (const group of groupsOf(digits)) {
      const at = block * SUMMARY_BYTES + (group >> 3);
      this.#summaries[at] = (this.#summaries[at] ?? 0) | (1 << (group & 7));
    }
  }

  #blockFor(row: number): number {
    const last = this.#starts.length - 1;
    const isOpen =
      last >= 0 &&
      this.#count - (this.#starts[last] ?? 0) < BLOCK &&
      row - (this.#firstRows[last] ?? 0) <= GREATEST_DISTANCE;
    if (isOpen) return last;
    this.#firstRows.push(row);
    this.#starts.push(this.#count);
    const needed = this.#starts.length * SUMMARY_BYTES;
    if (needed > this.#summaries.length) {
      const summaries = new Uint8Array(Math.ceil(needed * 1.2));
      summaries.set(this.#summaries);
      this.#summaries = summaries;
    }
    return last + 1;
  }

  #grow(): void {
    const capacity = Math.ceil(this.#count * 1.2);
    const [high, low] = [new Uint32Array(capacity), new Uint32Array(capacity)];
    high.set(this.#high);
    this.#high = high;
    low.set(this.#low);
    this.#low = low;
    const distances = new Uint16Array(capacity);
    distances.set(this.#distances);
    this.#distances = distances;
  }

  #endOf(block: number): number {
    return this.#starts[block + 1] ?? this.#count;
  }

  #hasGroup(block: number, group: number): boolean {
    const byte = this.#summaries[block * SUMMARY_BYTES + (group >> 3)] ?? 0;
    return ((byte >> (group & 7)) & 1) === 1;
  }

  #findInBlock(block: number, digits: string, visit: (row: number) => boolean): boolean {
    const head = digits.slice(0, DIGITS_IN_WORD);
    const wanted = packed(head) & maskOf(head.length);
    const mask = maskOf(head.length);
    const end = this.#endOf(block);
    for (let at = this.#starts[block] ?? 0; at < end; at += 1) {
      if (!contains(this.#high[at] ?? 0, this.#low[at] ?? 0, wanted, mask)) continue;
      if (digits.length > DIGITS_IN_WORD && !this.#digitsAt(at).includes(digits)) continue;
      const row = (this.#firstRows[block] ?? 0) + (this.#distances[at] ?? 0);
      if (!this.#pending.has(row) && !visit(row)) return false;
    }
    return true;
  }

  #digitsAt(at: number): string {
    const text = hexOf(this.#high[at] ?? 0) + hexOf(this.#low[at] ?? 0);
    return text.replace(/^f+/, '');
  }
}

function digitsOnly(number: string): string {
  return number.replace(/\D/g, '');
}

/** Up to eight digits, right-aligned, filled with 15 (a word without digits is all ones). */
function packed(digits: string): number {
  let word = 0xffff_ffff;
  for (let index = 0; index < digits.length; index += 1) {
    word = (word << 4) | (digits.charCodeAt(index) - 48);
  }
  return word >>> 0;
}

function maskOf(digits: number): number {
  return digits >= DIGITS_IN_WORD ? 0xffff_ffff : 2 ** (4 * digits) - 1;
}

/** Whether the wanted digits stand anywhere in the two words. Comparison is of signed words throughout. */
function contains(high: number, low: number, wanted: number, mask: number): boolean {
  const sought = wanted | 0;
  if ((low & mask) === sought) return true;
  for (let shift = 4; shift < 32; shift += 4) {
    if ((((low >>> shift) | (high << (32 - shift))) & mask) === sought) return true;
  }
  for (let shift = 0; shift < 32; shift += 4) {
    const rest = high >>> shift;
    // nothing but filling is left
    if ((rest & NO_DIGIT) === NO_DIGIT) return false;
    // digits that were shifted out are zeros, and must not look like digits
    const filled = shift === 0 ? rest : rest | (0xffff_ffff << (32 - shift));
    if ((filled & mask) === sought) return true;
  }
  return false;
}

function hexOf(word: number): string {
  return word.toString(16).padStart(DIGITS_IN_WORD, '0');
}

function groupsOf(digits: string): number[] {
  const groups: number[] = [];
  for (let at = 0; at + GROUP <= digits.length; at += 1) {
    groups.push(Number(digits.slice(at, at + GROUP)));
  }
  return groups;
}
