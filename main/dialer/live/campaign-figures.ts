import type { AgentStatus, CampaignLive } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import type { AttemptStage } from '../types.ts';
import { AgentTimes, type AgentUse } from './agent-times.ts';
import { abandonedPercent, DayTally, type Step } from './day-tally.ts';

type Status = Unbranded<AgentStatus>;
type Live = Unbranded<CampaignLive>;

interface OpenCall {
  debtorId: string | null;
  state: AttemptStage['state'] | 'connected';
  answeredAt: number;
}

export interface ShownAgent {
  status: Status;
  /** the campaign may count on this agent now */
  owned: boolean;
  /** of this campaign: looks at a debtor before the call */
  offered: { debtorId: string; displayName: string } | null;
  /** epoch ms; in wrapUp */
  readyAt: number | null;
}

const PROMISES_EVERY_MS = 10_000;
/** an agent who is here so short has no occupancy that says anything */
const SHORTEST_PRESENCE_MS = 60_000;

/** The figures of one campaign today: counted from events, begun from the rows of the day. */
export class CampaignFigures {
  readonly #db: ReadDb;
  readonly #campaignId: string;
  readonly #since: number;
  readonly #tally: DayTally;
  readonly #times: AgentTimes;
  readonly #calls = new Map<string, OpenCall>();
  readonly #lastDebtor = new Map<string, { callId: string; debtorId: string; name: string }>();
  #promises = 0;
  #promisesAt = Number.NEGATIVE_INFINITY;

  /** @param since beginning of the day, epoch ms */
  constructor(db: ReadDb, campaignId: string, since: number) {
    this.#db = db;
    this.#campaignId = campaignId;
    this.#since = since;
    this.#tally = DayTally.read(db, campaignId, since);
    this.#times = new AgentTimes((at, presentMs, busyMs) =>
      this.#tally.agentTime(at, presentMs, busyMs),
    );
  }

  get since(): number {
    return this.#since;
  }

  stage({ callId, debtorId, state, result, takenBack }: AttemptStage, now: number): void {
    const call = this.#calls.get(callId);
    if (state === 'dialing') {
      this.#tally.dialed(now);
      this.#calls.set(callId, { debtorId, state, answeredAt: 0 });
      return;
    }
    if (state === 'humanAnswered') {
      this.#tally.answered(now);
      if (call) call.answeredAt = now;
    }
    const silent = state === 'abandoned' || result === 'abandoned';
    if (silent && call?.state !== 'abandoned') this.#tally.abandoned(now);
    if (takenBack) this.#tally.takenBack();
    if (state === 'ended') this.#calls.delete(callId);
    else if (call) call.state = state;
  }

  agent(status: Status, owned: boolean, now: number): void {
    const { personId, workState, callId } = status;
    const call = callId === null ? undefined : this.#calls.get(callId);
    if (workState === 'talking' && callId !== null && call && call.state !== 'connected') {
      call.state = 'connected';
      this.#tally.connected(now, Math.max(0, now - call.answeredAt));
      if (call.debtorId !== null) this.#remember(personId, callId, call.debtorId);
    }
    this.#times.set(personId, this.#spends(status, owned), now);
  }

  live(
    agents: readonly ShownAgent[],
    now: number,
  ): Pick<Live, 'agents' | 'stages' | 'today' | 'series'> {
    this.#times.settleAll(now);
    return {
      agents: agents.map((agent) => this.#shown(agent)),
      stages: this.#stages(),
      today: this.#today(now),
      series: this.#tally.steps().map(seriesStep),
    };
  }

  /** Who talks with one of ours, or wraps up one of ours, works for us; who is free works for whoever counts on them. */
  #spends({ personId, workState, callId }: Status, owned: boolean): AgentUse {
    const ours = callId !== null && this.#lastDebtor.get(personId)?.callId === callId;
    if (workState === 'talking') return ours ? 'talking' : 'away';
    if (workState === 'wrapUp') return ours ? 'wrapUp' : 'away';
    return owned && (workState === 'ready' || workState === 'reserved') ? 'idle' : 'away';
  }

  #remember(personId: string, callId: string, debtorId: string): void {
    const row = this.#db.get<{ displayName: string }>(
      'SELECT displayName FROM debtor WHERE id = ?',
      debtorId,
    );
    this.#lastDebtor.set(personId, { callId, debtorId, name: row?.displayName ?? '' });
  }

  #shown({ status, offered, readyAt }: ShownAgent): Live['agents'][number] {
    const { personId, displayName, workState, since, callId } = status;
    const last = this.#lastDebtor.get(personId);
    const ours = callId !== null && last?.callId === callId ? last : null;
    const time = this.#times.of(personId);
    const before = this.#tally.talks.get(personId);
    const busyMs = (time?.talkMs ?? 0) + (time?.wrapUpMs ?? 0);
    const presentMs = busyMs + (time?.idleMs ?? 0);
    return {
      personId,
      displayName,
      workState: offered !== null && workState === 'reserved' ? 'preview' : workState,
      since,
      readyAt: workState === 'wrapUp' ? readyAt : null,
      callId,
      debtorId: offered?.debtorId ?? ours?.debtorId ?? null,
      debtorName: offered?.displayName ?? ours?.name ?? null,
      conversations: (before?.conversations ?? 0) + (time?.conversations ?? 0),
      talkTimeMs: (before?.talkTimeMs ?? 0) + (time?.talkMs ?? 0),
      idleTimeMs: time?.idleMs ?? 0,
      occupancy: presentMs < SHORTEST_PRESENCE_MS ? null : busyMs / presentMs,
    };
  }

  #stages(): Live['stages'] {
    const stages = { dialing: 0, ringing: 0, waiting: 0, connected: 0, abandoning: 0 };
    for (const { state } of this.#calls.values())
      if (state === 'humanAnswered') stages.waiting += 1;
      else if (state === 'abandoned') stages.abandoning += 1;
      else if (state !== 'ended') stages[state] += 1;
    return stages;
  }

  #today(now: number): Live['today'] {
    const { counts } = this.#tally;
    const { talkMs, wrapUpMs, idleMs, conversations } = this.#times.total();
    const busyMs = talkMs + wrapUpMs;
    const presentMs = busyMs + idleMs;
    const occupancy = presentMs < SHORTEST_PRESENCE_MS ? null : busyMs / presentMs;
    return {
      ...counts,
      promises: this.#countPromises(now),
      abandonedPercent: abandonedPercent(counts),
      answersPerHour: this.#tally.answersPerHour(now),
      occupancy,
      busyMinutesPerHour: occupancy === null ? null : 60 * occupancy,
      averageWaitMs: conversations === 0 ? null : idleMs / conversations,
      answerToAgentP95Ms: this.#tally.answerToAgentP95Ms(),
    };
  }

  #countPromises(now: number): number {
    if (now - this.#promisesAt < PROMISES_EVERY_MS) return this.#promises;
    this.#promisesAt = now;
    const row = this.#db.get<{ n: number }>(
      `SELECT COUNT(*) AS n FROM attempt a JOIN promiseToPay p ON p.debtorId = a.debtorId
          AND p.interactionId = a.interactionId AND p.deletedAt IS NULL
        WHERE a.campaignId = ? AND a.reservedAt >= ? AND a.joinedAt IS NOT NULL`,
      this.#campaignId,
      this.#since,
    );
    this.#promises = row?.n ?? 0;
    return this.#promises;
  }
}

function seriesStep({ at, calls, answered, abandoned, connected, busyMs, presentMs }: Step) {
  return {
    at,
    calls,
    answered,
    abandoned,
    occupancy: presentMs === 0 ? null : Math.min(1, busyMs / presentMs),
    abandonedPercent: abandonedPercent({ connected, abandoned }),
  };
}
