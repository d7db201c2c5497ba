export type Dispose = () => void;

/** Collects what must be undone with its owner; runs once, last added first. */
export class Disposables {
  #items: Dispose[] = [];
  #disposed = false;

  add(dispose: Dispose): Dispose {
    if (this.#disposed) dispose();
    else this.#items.push(dispose);
    return dispose;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const dispose of this.#items.reverse()) dispose();
    this.#items = [];
  }
}
