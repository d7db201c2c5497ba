/** Something that happens at its time. */
export interface Event {
  atMs: number;
  /** what was planned first happens first at the same time */
  sequence: number;
  happen: () => void;
  cancelled: boolean;
}

/** Events in the order of their times: a binary heap. */
export class EventQueue {
  readonly #heap: Event[] = [];
  #sequence = 0;

  plan(atMs: number, happen: () => void): Event {
    const event: Event = { atMs, sequence: this.#sequence++, happen, cancelled: false };
    this.#heap.push(event);
    this.#rise(this.#heap.length - 1);
    return event;
  }

  /** @returns the next event that is not cancelled, taken out; undefined when none is left */
  next(): Event | undefined {
    for (let event = this.#take(); event !== undefined; event = this.#take()) {
      if (!event.cancelled) return event;
    }
    return undefined;
  }

  #take(): Event | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (this.#heap.length > 0 && last !== undefined) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) return;
      if (child + 1 < heap.length && earlier(heap[child + 1], heap[child])) child += 1;
      if (!this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #swapIfEarlier(lower: number, upper: number): boolean {
    const heap = this.#heap;
    const below = heap[lower];
    const above = heap[upper];
    if (below === undefined || above === undefined || !earlier(below, above)) return false;
    heap[lower] = above;
    heap[upper] = below;
    return true;
  }
}

function earlier(one: Event | undefined, other: Event | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.sequence < other.sequence);
}
