/** nobody there, or no line at all, for so long: what follows is another day */
const NIGHT_MS = 2 * 3_600_000;
/** a stretch that is shorter or has fewer answers says nothing about how long days are */
const SHORTEST_DAY_MS = 1_800_000;
const DAYS_REMEMBERED = 7;

const HOUR_MS = 3_600_000;
/** a day of which nothing is known: as long as half a shift, and then its end is near at any moment */
const UNKNOWN_DAY_MS = 3.5 * HOUR_MS;
const GUESSED_PER_AGENT = 8;
/** answers within which a surplus or a shortage is made up for, when the end may be near */
const UNKNOWN_HORIZON = 120;
const LAST_HORIZON = 45;
/** answers a day is trusted to bring at its beginning: with less, one silent call would close it */
const FEW_SURE = 35;

/** What the rest of the day is expected to bring. */
export interface Outlook {
  /** answers over which a surplus is spread */
  answers: number;
  /** answers that may be counted on even if the day ends early */
  sure: number;
}

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
   * @returns true when this line ends a day and begins another; the first line of all ends none
   */
  line(at: number, present: boolean, comes: boolean): boolean {
    const silent = at - this.#lastLineAt >= NIGHT_MS;
    const empty = !present && comes && at - this.#lastPresentAt >= NIGHT_MS;
    const first = this.startedAt === null;
    const another = !first && (silent || empty);
    if (present && !silent) this.#lastPresentAt = at;
    if (first || another) this.#begin(at);
    this.#lastLineAt = at;
    return another;
  }

  /** @param present agents at work: before anything has been answered, they say how much to expect */
  outlook(at: number, present: number): Outlook {
    const elapsed = this.startedAt === null ? 0 : at - this.startedAt;
    const perMs = this.#rate(elapsed, present) / HOUR_MS;
    if (this.#lengthsMs.length === 0) {
      const left = perMs * Math.max(0, UNKNOWN_DAY_MS - elapsed);
      const few = Math.max(0, FEW_SURE - this.answers / 4);
      return { answers: Math.max(UNKNOWN_HORIZON, left), sure: Math.max(few, 0.5 * left) };
    }
    const left = perMs * Math.max(0, 0.98 * Math.min(...this.#lengthsMs) - elapsed);
    return { answers: Math.max(LAST_HORIZON, left), sure: 0.6 * left };
  }

  lengths(): DayLengths {
    return { lengthsMs: [...this.#lengthsMs], answersPerHour: this.#answersPerHour };
  }

  restore(lengths: DayLengths): void {
    this.#lengthsMs = lengths.lengthsMs.slice(-DAYS_REMEMBERED);
    this.#answersPerHour = lengths.answersPerHour;
  }

  /** Answers an hour: an hour of an earlier day, or a guess, stands in until today speaks for itself. */
  #rate(elapsedMs: number, present: number): number {
    const before = this.#answersPerHour || GUESSED_PER_AGENT * present;
    return (this.answers + before) / (elapsedMs / HOUR_MS + 1);
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
