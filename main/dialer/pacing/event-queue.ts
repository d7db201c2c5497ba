interface Entry {
  at: number;
  order: number;
  run: () => void;
}

/** What happens next, in a played time of its own: earliest first, at the same time in order of entry. */
export class EventQueue {
  now = 0;
  #entries: Entry[] = [];
  #order = 0;

  at(time: number, run: () => void): void {
    const entries = this.#entries;
    let place = entries.push({ at: Math.max(time, this.now), order: this.#order++, run }) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#before(place, parent)) break;
      this.#swap(place, parent);
      place = parent;
    }
  }

  /** Runs everything up to and including `time`. */
  runUntil(time: number): void {
    for (let next = this.#entries[0]; next !== undefined; next = this.#entries[0]) {
      if (next.at > time) break;
      this.#removeFirst();
      this.now = next.at;
      next.run();
    }
    this.now = time;
  }

  #removeFirst(): void {
    const last = this.#entries.pop();
    if (last === undefined || this.#entries.length === 0) return;
    this.#entries[0] = last;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#entries.length) return;
      if (child + 1 < this.#entries.length && this.#before(child + 1, child)) child++;
      if (!this.#before(child, place)) return;
      this.#swap(child, place);
      place = child;
    }
  }

  #before(one: number, other: number): boolean {
    const a = this.#entries[one];
    const b = this.#entries[other];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #swap(one: number, other: number): void {
    const a = this.#entries[one];
    const b = this.#entries[other];
    if (a === undefined || b === undefined) return;
    this.#entries[one] = b;
    this.#entries[other] = a;
  }
}
