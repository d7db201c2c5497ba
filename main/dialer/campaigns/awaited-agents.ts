import type { Clock } from '#shared/util/index.ts';

export interface AwaitedAgentsOptions {
  clock: Clock;
  /** the campaign that counts on this agent */
  ownerOf(personId: string): string | null;
  /** A call that rings for this agent makes way, where that is allowed. */
  giveUpOneOf(personId: string): void;
  /** the campaign of this agent dials more calls than it has agents: none of them is theirs alone */
  overdials(personId: string): boolean;
  /** this agent is kept free for a promised call from now on, or not any more */
  onKeep(personId: string): void;
}

interface Awaited {
  personId: string;
  /** monotonic ms */
  since: number;
  /** a call that rang for them was given up: one, however often is looked */
  madeWay: boolean;
}

/**
 * Agents whom promised calls wait for, one for each call. No pacer counts on them meanwhile: the calls that ring for them
 * come to their end, and no new one is dialed that would need them.
 */
export class AwaitedAgents {
  readonly #awaited = new Map<string, Awaited>();
  readonly #options: AwaitedAgentsOptions;

  constructor(options: AwaitedAgentsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#awaited.size;
  }

  has(personId: string): boolean {
    for (const one of this.#awaited.values()) if (one.personId === personId) return true;
    return false;
  }

  /** Whom the call of this entry waits for. */
  of(entryId: string): string | undefined {
    return this.#awaited.get(entryId)?.personId;
  }

  /** Without those whom another call waits for. */
  without(people: string[], entryId: string): string[] {
    const others = [...this.#awaited].filter(([other]) => other !== entryId);
    return people.filter((one) => !others.some(([, { personId }]) => personId === one));
  }

  /** @param personId null: nobody is awaited for this call any more */
  set(entryId: string, personId: string | null): void {
    const { clock, onKeep, ownerOf } = this.#options;
    const before = this.#awaited.get(entryId);
    if (before === undefined ? personId === null : before.personId === personId) return;
    if (personId === null) this.#awaited.delete(entryId);
    else {
      // Another of the same campaign in their place: as many as before are not counted on.
      const same = before !== undefined && ownerOf(before.personId) === ownerOf(personId);
      const since = same ? before.since : clock.monotonic();
      this.#awaited.set(entryId, { personId, since, madeWay: same && before.madeWay });
    }
    if (before) onKeep(before.personId);
    if (personId !== null) onKeep(personId);
  }

  /** Only these calls go on waiting for somebody. */
  keepOnly(entryIds: ReadonlySet<string>): void {
    for (const entryId of [...this.#awaited.keys()])
      if (!entryIds.has(entryId)) this.set(entryId, null);
  }

  /**
   * At the minute of a call: one that rings for the agent makes way. Where more calls go out than there are agents, none
   * rings for this one alone, and `keptMs` after nobody counts on them any more they may be taken.
   */
  givesWay(entryId: string, personId: string, keptMs: number): boolean {
    const { clock, giveUpOneOf, overdials, ownerOf } = this.#options;
    const awaited = this.#awaited.get(entryId);
    if (awaited === undefined) return false;
    if (!awaited.madeWay) giveUpOneOf(personId);
    awaited.madeWay = true;
    const isLong = clock.monotonic() - awaited.since >= keptMs;
    return overdials(personId) && isLong && ownerOf(awaited.personId) === ownerOf(personId);
  }
}
