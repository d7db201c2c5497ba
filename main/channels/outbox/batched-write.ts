/**
 * Puts together what comes while a write is under way: one write at a time, each with all that has gathered. Under load a
 * commit carries hundreds, without load none waits.
 */
export class BatchedWrite<Item, Output> {
  readonly #write: (items: readonly Item[]) => Promise<Output>;
  readonly #onWritten: (output: Output) => void;
  readonly #most: number;
  #waiting: Waiting<Item>[] = [];
  #running: Promise<void> | null = null;

  /** @param most items of one write; one call may hold more */
  constructor(
    write: (items: readonly Item[]) => Promise<Output>,
    onWritten: (output: Output) => void,
    most = 400,
  ) {
    this.#write = write;
    this.#onWritten = onWritten;
    this.#most = most;
  }

  /** Resolves when these are durable; rejects when their write failed. */
  add(items: readonly Item[]): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ items, settle: { resolve, reject } });
    this.#running ??= this.#run();
    return promise;
  }

  /** resolves when nothing waits */
  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    // What else comes in this turn goes along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const taken = this.#take();
      try {
        await this.#writeAll(taken);
      } catch (error) {
        if (taken.length === 1) taken[0]?.settle.reject(error);
        else for (const one of taken) await this.#writeAlone(one);
      }
    }
    this.#running = null;
  }

  /** One that cannot be written keeps none of those that came with it from being written. */
  async #writeAlone(one: Waiting<Item>): Promise<void> {
    try {
      await this.#writeAll([one]);
    } catch (error) {
      one.settle.reject(error);
    }
  }

  async #writeAll(taken: readonly Waiting<Item>[]): Promise<void> {
    const output = await this.#write(taken.flatMap(({ items }) => items));
    for (const { settle } of taken) settle.resolve();
    this.#onWritten(output);
  }

  #take(): Waiting<Item>[] {
    let count = 0;
    const index = this.#waiting.findIndex(({ items }) => {
      count += items.length;
      return count >= this.#most;
    });
    return this.#waiting.splice(0, index === -1 ? this.#waiting.length : index + 1);
  }
}

interface Waiting<Item> {
  items: readonly Item[];
  settle: Settle;
}

interface Settle {
  resolve(): void;
  reject(error: unknown): void;
}
