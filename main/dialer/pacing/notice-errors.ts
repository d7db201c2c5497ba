/** edges of "ready later than the notice said", in ms */
const EDGES = [
  -60_000, -20_000, -8_000, -3_000, -1_000, -300, 300, 1_000, 3_000, 8_000, 20_000, 60_000, 180_000,
];
const FORGET_HALF_AFTER = 400;
/** notices that the prior is worth: nearly all within a second, some much later */
const PRIOR = [0.02, 0.02, 0.04, 0.08, 0.15, 0.4, 4, 2, 0.6, 0.3, 0.2, 0.15, 0.1, 0.1];

/**
 * How honest the desktop's notices are: when agents really became ready, against what the notice said. A notice is
 * worth what earlier ones were worth.
 */
export class NoticeErrors {
  #counts = Float64Array.from(PRIOR);
  readonly #keep = 0.5 ** (1 / FORGET_HALF_AFTER);

  /** @param lateMs when the agent was ready less when the notice said; negative: earlier */
  observe(lateMs: number): void {
    for (let bin = 0; bin < this.#counts.length; bin++) {
      const prior = PRIOR[bin] ?? 0;
      this.#counts[bin] = prior + ((this.#counts[bin] ?? 0) - prior) * this.#keep;
    }
    const bin = binOf(lateMs);
    this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
  }

  /**
   * Chance that the agent is ready by `deadlineMs`, given that the agent is not ready yet.
   * @param dueInMs when the notice says; negative: it is past
   */
  chance(dueInMs: number, deadlineMs: number): number {
    const now = this.#share(-dueInMs);
    const then = this.#share(deadlineMs - dueInMs);
    return now >= 1 - 1e-9 ? 0.5 : Math.max(0, (then - now) / (1 - now));
  }

  counts(): number[] {
    return Array.from(this.#counts);
  }

  restore(counts: readonly number[]): boolean {
    if (counts.length !== PRIOR.length) return false;
    this.#counts = Float64Array.from(counts);
    return true;
  }

  /** Share of agents who were ready at most `lateMs` after the notice's time; even within a bin. */
  #share(lateMs: number): number {
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    const bin = binOf(lateMs);
    let below = 0;
    for (let i = 0; i < bin; i++) below += this.#counts[i] ?? 0;
    const from = EDGES[bin - 1] ?? -180_000;
    const to = EDGES[bin] ?? 600_000;
    const part = Math.min(1, Math.max(0, (lateMs - from) / (to - from)));
    return (below + part * (this.#counts[bin] ?? 0)) / total;
  }
}

function binOf(lateMs: number): number {
  const bin = EDGES.findIndex((edge) => lateMs < edge);
  return bin === -1 ? EDGES.length : bin;
}
