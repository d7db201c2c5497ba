const WINDOW_MS = 5_000;

/** How fast rows go, over the last seconds: an import slows down while calls are made, and says so. */
export class ProgressRate {
  #samples: { atMs: number; rows: number }[] = [];

  add(atMs: number, rows: number): void {
    this.#samples.push({ atMs, rows });
    while (this.#samples.length > 2 && atMs - (this.#samples[1]?.atMs ?? atMs) > WINDOW_MS) {
      this.#samples.shift();
    }
  }

  /** 0 before anything can be said */
  rowsPerSecond(): number {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.atMs <= first.atMs) return 0;
    return Math.round(((last.rows - first.rows) * 1000) / (last.atMs - first.atMs));
  }

  /** @returns null while that cannot be said */
  secondsLeft(rows: number, totalRows: number | null): number | null {
    const rate = this.rowsPerSecond();
    if (totalRows === null || rate === 0) return null;
    return Math.ceil(Math.max(0, totalRows - rows) / rate);
  }
}
