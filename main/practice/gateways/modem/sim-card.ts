/** A PDU on the card. */
export interface CardPlace {
  index: number;
  /** 0: not read yet, 1: read */
  state: 0 | 1;
  pdu: string;
}

/** Places for messages, from 1; what does not fit waits in the network. */
export class SimCard {
  readonly capacity: number;
  readonly #places = new Map<number, CardPlace>();

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get used(): number {
    return this.#places.size;
  }

  /** @returns where it lies; null when the card is full */
  store(pdu: string): number | null {
    for (let index = 1; index <= this.capacity; index += 1) {
      if (this.#places.has(index)) continue;
      this.#places.set(index, { index, state: 0, pdu });
      return index;
    }
    return null;
  }

  /** In order of their places; those that were not read are from now on. */
  list(): CardPlace[] {
    const places = [...this.#places.values()].sort((one, other) => one.index - other.index);
    const copies = places.map((place) => ({ ...place }));
    for (const place of places) place.state = 1;
    return copies;
  }

  read(index: number): CardPlace | null {
    const place = this.#places.get(index);
    if (place === undefined) return null;
    const copy = { ...place };
    place.state = 1;
    return copy;
  }

  remove(index: number): boolean {
    return this.#places.delete(index);
  }

  clear(): void {
    this.#places.clear();
  }
}
