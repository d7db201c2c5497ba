/** Remembers the last keys, so that what an overlapping window brings again is not written again. */
export class Seen {
  readonly #limit: number;
  readonly #keys = new Set<string>();

  constructor(limit = 20_000) {
    this.#limit = limit;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  add(key: string): void {
    this.#keys.delete(key);
    this.#keys.add(key);
    for (const oldest of this.#keys) {
      if (this.#keys.size <= this.#limit) return;
      this.#keys.delete(oldest);
    }
  }
}
