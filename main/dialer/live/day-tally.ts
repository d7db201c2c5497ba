import type { ReadDb } from '../../store/types.ts';
import { TAKEN_BACK } from '../attempts/writes.ts';

const STEP_MS = 5 * 60_000;
const STEPS_SHOWN = 48;
/** waits from answer to agent that a percentile is taken of */
const WAITS_KEPT = 2_000;

export interface Step {
  at: number;
  calls: number;
  answered: number;
  abandoned: number;
  connected: number;
  /** agents' time, ms */
  busyMs: number;
  presentMs: number;
}

export interface DayCounts {
  calls: number;
  answered: number;
  connected: number;
  abandoned: number;
  takenBack: number;
}

interface Row {
  reservedAt: number;
  answeredAt: number | null;
  joinedAt: number | null;
  endedAt: number | null;
  state: string;
  sipReason: string | null;
  personId: string | null;
}

/** What came of a campaign's calls since the beginning of a day: read once from its rows, then counted on. */
export class DayTally {
  readonly counts: DayCounts = {
    calls: 0,
    answered: 0,
    connected: 0,
    abandoned: 0,
    takenBack: 0,
  };
  /** conversations and their time, by agent, of calls that had ended before this tally began */
  readonly talks = new Map<string, { conversations: number; talkTimeMs: number }>();
  readonly #steps = new Map<number, Step>();
  #waits: number[] = [];
  #firstCallAt: number | null = null;

  /** @param since epoch ms */
  static read(db: ReadDb, campaignId: string, since: number): DayTally {
    const tally = new DayTally();
    const rows = db.all<Row>(
      `SELECT reservedAt, answeredAt, joinedAt, endedAt, state, sipReason, personId FROM attempt
        WHERE campaignId = ? AND reservedAt >= ? AND dialedAt IS NOT NULL`,
      campaignId,
      since,
    );
    for (const row of rows) tally.#row(row);
    return tally;
  }

  dialed(at: number): void {
    this.#firstCallAt ??= at;
    this.counts.calls += 1;
    this.#step(at).calls += 1;
  }

  answered(at: number): void {
    this.counts.answered += 1;
    this.#step(at).answered += 1;
  }

  /** @param waitMs from the answer to the agent */
  connected(at: number, waitMs: number): void {
    this.counts.connected += 1;
    this.#step(at).connected += 1;
    this.#waits.push(waitMs);
    if (this.#waits.length > WAITS_KEPT) this.#waits = this.#waits.slice(-WAITS_KEPT / 2);
  }

  abandoned(at: number): void {
    this.counts.abandoned += 1;
    this.#step(at).abandoned += 1;
  }

  takenBack(): void {
    this.counts.takenBack += 1;
  }

  agentTime(at: number, presentMs: number, busyMs: number): void {
    const step = this.#step(at);
    step.presentMs += presentMs;
    step.busyMs += busyMs;
  }

  /** Oldest first; the last hours. */
  steps(): Step[] {
    return [...this.#steps.values()].sort((one, other) => one.at - other.at).slice(-STEPS_SHOWN);
  }

  /** @returns null before the first call */
  answersPerHour(now: number): number | null {
    if (this.#firstCallAt === null) return null;
    const hours = Math.max(1 / 60, (now - this.#firstCallAt) / 3_600_000);
    return this.counts.answered / hours;
  }

  answerToAgentP95Ms(): number | null {
    if (this.#waits.length === 0) return null;
    const sorted = [...this.#waits].sort((one, other) => one - other);
    return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? null;
  }

  #row(row: Row): void {
    const { reservedAt, answeredAt, joinedAt, endedAt, state, sipReason, personId } = row;
    this.dialed(reservedAt);
    if (sipReason === TAKEN_BACK) this.takenBack();
    if (answeredAt === null) return;
    this.answered(answeredAt);
    if (joinedAt === null) {
      if (state === 'abandoning' || endedAt !== null) this.abandoned(answeredAt);
      return;
    }
    this.connected(joinedAt, joinedAt - answeredAt);
    if (personId === null || endedAt === null) return;
    const talks = this.talks.get(personId) ?? { conversations: 0, talkTimeMs: 0 };
    talks.conversations += 1;
    talks.talkTimeMs += endedAt - joinedAt;
    this.talks.set(personId, talks);
  }

  #step(at: number): Step {
    const start = at - (at % STEP_MS);
    let step = this.#steps.get(start);
    if (step === undefined) {
      step = {
        at: start,
        calls: 0,
        answered: 0,
        abandoned: 0,
        connected: 0,
        busyMs: 0,
        presentMs: 0,
      };
      this.#steps.set(start, step);
    }
    return step;
  }
}

/** Abandoned of those who answered, percent, as the limits mean it; null: nobody did. */
export function abandonedPercent({
  connected,
  abandoned,
}: Pick<DayCounts, 'connected' | 'abandoned'>): number | null {
  const of = connected + abandoned;
  return of === 0 ? null : (100 * abandoned) / of;
}
