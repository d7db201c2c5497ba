/** nobody there, or no line at all, for so long: what follows is another day */
const NIGHT_MS = 2 * 3_600_000;
/** a stretch that is shorter or has fewer answers says nothing about how long days are */
const SHORTEST_DAY_MS = 1_800_000;
const DAYS_REMEMBERED = 7;

export interface DayLengths {
  lengthsMs: number[];
  answersPerHour: number;
}

/** Where the day began, how long days last here, and how many answers are still to come today. */
export class WorkingDay {
  startedAt: number | null = null;
  answers = 0;
  #lastPresentAt = 0;
  #lastLineAt = 0;
  #lengthsMs: number[] = [];
  #answersPerHour = 0;

  /**
   * To be told of every line, before it is taken in.
   * @param present whether anybody was there until now
   * @param comes whether the line brings somebody
   * @returns true when this line begins another day
   */
  line(at: number, present: boolean, comes: boolean): boolean {
    const silent = at - this.#lastLineAt >= NIGHT_MS;
    const empty = !present && comes && at - this.#lastPresentAt >= NIGHT_MS;
    const begins = this.startedAt === null || silent || empty;
    if (present && !silent) this.#lastPresentAt = at;
    if (begins) this.#begin(at);
    this.#lastLineAt = at;
    return begins;
  }

  /** Answers that may still be counted on today: from the shortest of the last days; null when no day is known. */
  answersLeft(at: number): number | null {
    if (this.startedAt === null || this.#lengthsMs.length === 0) return null;
    const elapsed = at - this.startedAt;
    const left = 0.98 * Math.min(...this.#lengthsMs) - elapsed;
    return Math.max(0, (this.#rate(elapsed) * left) / 3_600_000);
  }

  lengths(): DayLengths {
    return { lengthsMs: [...this.#lengthsMs], answersPerHour: this.#answersPerHour };
  }

  restore(lengths: DayLengths): void {
    this.#lengthsMs = lengths.lengthsMs.slice(-DAYS_REMEMBERED);
    this.#answersPerHour = lengths.answersPerHour;
  }

  #rate(elapsedMs: number): number {
    const hours = elapsedMs / 3_600_000;
    // an hour of an earlier day stands in until today speaks for itself
    return (this.answers + this.#answersPerHour) / (hours + 1);
  }

  #begin(at: number): void {
    const length = this.startedAt === null ? 0 : this.#lastPresentAt - this.startedAt;
    if (length >= SHORTEST_DAY_MS && this.answers >= 20) {
      this.#lengthsMs = [...this.#lengthsMs, length].slice(-DAYS_REMEMBERED);
      this.#answersPerHour = (this.answers * 3_600_000) / length;
    }
    this.startedAt = at;
    this.answers = 0;
  }
}
