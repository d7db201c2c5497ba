/**
 * Tells when a number has begun to bring less than its calls should: Page's cumulative sum of log-likelihood ratios, "as
 * before" against "half as much". It takes no fixed number of calls: a number that fell to nothing is seen after a few dozen
 * expected answers less than one that fell to half.
 *
 * False alarms: while nothing changes, a number makes on average at least `e^THRESHOLD` calls between two (Lorden 1971).
 * Expected is less than believed (`calm`), and what befalls all numbers at once (lunch, a network that is down) is no fault
 * of one: the others' answers of the last hour scale it, and without enough of them nothing is judged.
 */
export class DropWatch {
  readonly #sums = new Map<string, number>();
  readonly #recent = new Map<string, Recent>();
  readonly #all: Recent = { answers: 0, expected: 0, at: 0 };

  /**
   * @param expected how likely the call was answered, with the number as it was believed to be
   * @returns true: the number has dropped; its sum begins anew
   */
  add(shown: string, answered: boolean, expected: number, at: number): boolean {
    const others = this.#othersFactor(shown, at);
    this.#remember(shown, answered, expected, at);
    if (others === null) return false;
    const calm = Math.min(0.9, expected * others);
    const sum = (this.#sums.get(shown) ?? 0) + logRatio(answered, calm, calm * DROP);
    this.#sums.set(shown, Math.max(0, sum));
    if (sum < THRESHOLD) return false;
    this.forget(shown);
    return true;
  }

  forget(shown: string): void {
    this.#sums.delete(shown);
    this.#recent.delete(shown);
  }

  /** What the other numbers brought lately against what was expected of them; null: too little to say. */
  #othersFactor(shown: string, at: number): number | null {
    const all = aged(this.#all, at);
    const own = aged(this.#recent.get(shown) ?? { answers: 0, expected: 0, at }, at);
    const expected = all.expected - own.expected;
    if (expected < FEWEST_OTHERS) return null;
    const answers = Math.max(0, all.answers - own.answers);
    return Math.min(1.2, (answers + FEWEST_OTHERS) / (expected + FEWEST_OTHERS));
  }

  #remember(shown: string, answered: boolean, expected: number, at: number): void {
    const own = this.#recent.get(shown) ?? { answers: 0, expected: 0, at };
    this.#recent.set(shown, own);
    for (const recent of [own, this.#all]) {
      Object.assign(recent, aged(recent, at));
      recent.answers += answered ? 1 : 0;
      recent.expected += expected;
    }
  }
}

interface Recent {
  answers: number;
  expected: number;
  at: number;
}

/** Log of 10,000: at the least so many calls between two false alarms of a number, on average. */
const THRESHOLD = Math.log(10_000);
const DROP = 0.5;
const RECENT_MS = 3_600_000;
/** answers expected of the others in the last hour, before one is judged by them */
const FEWEST_OTHERS = 5;

function aged({ answers, expected, at: before }: Recent, at: number): Recent {
  const left = 2 ** (-Math.max(0, at - before) / RECENT_MS);
  return { answers: answers * left, expected: expected * left, at };
}

function logRatio(happened: boolean, before: number, after: number): number {
  return happened ? Math.log(after / before) : Math.log((1 - after) / (1 - before));
}

/**
 * Tells when carriers have begun to refuse a number (SIP 403, 603, 607, 608): the same sum, "as many as all numbers get" against
 * "one call in seven". Three in a row are enough where hardly any are refused otherwise.
 */
export class RefusalWatch {
  readonly #sums = new Map<string, number>();
  #calls = 0;
  #refusals = 0;

  /** @returns true: carriers refuse this number */
  add(shown: string, refused: boolean): boolean {
    const usual = Math.min(0.07, (this.#refusals + 1) / (this.#calls + 100));
    this.#calls += 1;
    this.#refusals += refused ? 1 : 0;
    const sum = (this.#sums.get(shown) ?? 0) + logRatio(refused, usual, REFUSED);
    this.#sums.set(shown, Math.max(0, sum));
    if (sum < REFUSAL_THRESHOLD) return false;
    this.forget(shown);
    return true;
  }

  forget(shown: string): void {
    this.#sums.delete(shown);
  }
}

const REFUSED = 1 / 7;
const REFUSAL_THRESHOLD = Math.log(1_000);
