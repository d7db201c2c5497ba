import type { DurationTable } from './duration-table.ts';

const FIRST_MS = 500;
const LAST_MS = 3_600_000;
const POINTS = 56;
const STEP = Math.log(LAST_MS / FIRST_MS) / (POINTS - 2);
/** grid on which talk and wrap-up are joined */
const GRID_MS = 2_000;

/**
 * Chance of being free in time, by how long an agent has been busy, averaged over the times at which a call dialed
 * now would be answered. Made once for each fit, so that a decision only looks it up.
 */
export class FreeTable {
  readonly #values = new Float64Array(POINTS);

  /** Free when this one ends. */
  fitSingle(table: DurationTable, horizonsMs: readonly number[]): void {
    this.#fill((elapsed) => mean(horizonsMs, (horizon) => table.within(elapsed, horizon)));
  }

  /** Free when this one ends and what follows it has ended too. */
  fitThenWrapUp(table: DurationTable, next: DurationTable, horizonsMs: readonly number[]): void {
    const steps = Math.ceil(Math.max(...horizonsMs) / GRID_MS);
    const nextBy = Array.from({ length: steps + 1 }, (_, i) => next.within(0, i * GRID_MS));
    // chance that what follows is over in time too, by the step in whose middle the first one ends
    const rest = Array.from({ length: steps + 1 }, (_, i) =>
      mean(horizonsMs, (horizon) => between(nextBy, horizon / GRID_MS - i + 0.5)),
    );
    this.#fill((elapsed) => {
      let sum = 0;
      let before = 0;
      for (let i = 1; i <= steps; i++) {
        const by = table.within(elapsed, i * GRID_MS);
        sum += (by - before) * (rest[i] ?? 0);
        before = by;
      }
      return sum;
    });
  }

  at(elapsedMs: number): number {
    const place =
      elapsedMs < FIRST_MS ? elapsedMs / FIRST_MS : 1 + Math.log(elapsedMs / FIRST_MS) / STEP;
    const below = Math.min(POINTS - 2, Math.max(0, Math.floor(place)));
    const part = Math.min(1, Math.max(0, place - below));
    return (this.#values[below] ?? 0) * (1 - part) + (this.#values[below + 1] ?? 0) * part;
  }

  #fill(value: (elapsedMs: number) => number): void {
    for (let point = 0; point < POINTS; point++)
      this.#values[point] = value(point === 0 ? 0 : FIRST_MS * Math.exp(STEP * (point - 1)));
  }
}

function between(values: readonly number[], place: number): number {
  if (place <= 0) return 0;
  const below = Math.floor(place);
  const part = place - below;
  return (values[below] ?? 1) * (1 - part) + (values[below + 1] ?? 1) * part;
}

function mean(values: readonly number[], of: (value: number) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0) / values.length;
}
