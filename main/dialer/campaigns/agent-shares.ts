/** A campaign that wants agents now. */
export interface Claim {
  campaignId: string;
  /** share of a person who could work in several; 1 … 100 */
  weight: number;
}

/** Work for the agents of one campaign within this time is looked ahead, so that a team is split at once. */
const LOOK_AHEAD_MS = 60_000;
/** A campaign keeps its agent until another is so far behind: agents do not go to and fro with each call. */
const KEEP_MS = 60_000;

/**
 * Which campaign counts on which agent, where several could use the same people: each gets agent-time by its weight.
 * The one that has had the least for its weight, with those it has now reckoned ahead, gets the next agent.
 */
export class AgentShares {
  readonly #owners = new Map<string, string>();
  /** agent-time had, ms ÷ weight */
  readonly #had = new Map<string, number>();
  #weights = new Map<string, number>();
  #settledAt: number;

  /** @param nowMs monotonic */
  constructor(nowMs: number) {
    this.#settledAt = nowMs;
  }

  ownerOf(personId: string): string | null {
    return this.#owners.get(personId) ?? null;
  }

  /** Takes note of who wants agents now; who did not before starts level with the others. */
  claim(claims: readonly Claim[], nowMs: number): void {
    this.#settle(nowMs);
    const level = Math.min(
      ...[...this.#weights.keys()].map((campaignId) => this.#had.get(campaignId) ?? 0),
    );
    const before = this.#weights;
    this.#weights = new Map(claims.map(({ campaignId, weight }) => [campaignId, weight]));
    for (const campaignId of this.#weights.keys())
      if (!before.has(campaignId))
        this.#had.set(
          campaignId,
          Math.max(this.#had.get(campaignId) ?? 0, Number.isFinite(level) ? level : 0),
        );
    for (const [personId, campaignId] of this.#owners)
      if (!this.#weights.has(campaignId)) this.#owners.delete(personId);
  }

  /**
   * Gives this agent to the campaign whose turn it is.
   * @param candidates campaigns that this person works in
   * @returns the owner; null: none of them wants anybody
   */
  assign(personId: string, candidates: readonly string[], nowMs: number): string | null {
    this.#settle(nowMs);
    const before = this.ownerOf(personId);
    this.#owners.delete(personId);
    let best: string | null = null;
    for (const campaignId of candidates) {
      if (!this.#weights.has(campaignId)) continue;
      if (best === null || this.#score(campaignId) < this.#score(best)) best = campaignId;
    }
    if (best === null) return null;
    const kept = before !== null && candidates.includes(before) && this.#weights.has(before);
    const owner = kept && !this.#muchBehind(best, before) ? before : best;
    this.#owners.set(personId, owner);
    return owner;
  }

  /** This agent is not at work any more. */
  release(personId: string, nowMs: number): void {
    this.#settle(nowMs);
    this.#owners.delete(personId);
  }

  #muchBehind(campaignId: string, owner: string): boolean {
    const keep = KEEP_MS / (this.#weights.get(owner) ?? 1);
    return this.#score(campaignId) + keep < this.#score(owner);
  }

  /** What the campaign would have had, for its weight, with one more agent. */
  #score(campaignId: string): number {
    let owned = 1;
    for (const owner of this.#owners.values()) if (owner === campaignId) owned += 1;
    const weight = this.#weights.get(campaignId) ?? 1;
    return (this.#had.get(campaignId) ?? 0) + (owned * LOOK_AHEAD_MS) / weight;
  }

  #settle(nowMs: number): void {
    const passed = nowMs - this.#settledAt;
    this.#settledAt = nowMs;
    if (passed <= 0) return;
    for (const campaignId of this.#owners.values()) {
      const weight = this.#weights.get(campaignId) ?? 1;
      this.#had.set(campaignId, (this.#had.get(campaignId) ?? 0) + passed / weight);
    }
  }
}
