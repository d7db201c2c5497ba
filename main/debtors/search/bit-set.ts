/** A set of rows, a bit each. */
export class BitSet {
  readonly words: Uint32Array;

  constructor(size: number) {
    this.words = new Uint32Array((size + 31) >>> 5);
  }

  add(row: number): void {
    const at = row >>> 5;
    this.words[at] = (this.words[at] ?? 0) | (1 << (row & 31));
  }

  delete(row: number): void {
    const at = row >>> 5;
    this.words[at] = (this.words[at] ?? 0) & ~(1 << (row & 31));
  }

  has(row: number): boolean {
    return (((this.words[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  }

  /** keeps what is in both */
  and(other: BitSet): void {
    const { words } = this;
    for (let at = 0; at < words.length; at += 1) {
      words[at] = (words[at] ?? 0) & (other.words[at] ?? 0);
    }
  }

  /** adds what is in the other */
  or(other: BitSet): void {
    const { words } = this;
    for (let at = 0; at < words.length; at += 1) {
      words[at] = (words[at] ?? 0) | (other.words[at] ?? 0);
    }
  }

  forEach(visit: (row: number) => void): void {
    for (let at = 0; at < this.words.length; at += 1) {
      let word = this.words[at] ?? 0;
      while (word !== 0) {
        const lowest = word & -word;
        visit(at * 32 + 31 - Math.clz32(lowest));
        word ^= lowest;
      }
    }
  }
}
