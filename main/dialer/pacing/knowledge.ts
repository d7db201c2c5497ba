import { AnswerTable, type CallStage, type StageExit } from './answer-table.ts';
import type { FinishedState, PacedAgent } from './crew.ts';
import { DurationTable } from './duration-table.ts';
import { FreeTable } from './free-table.ts';
import { HourFactors } from './hour-factors.ts';
import { NoticeErrors } from './notice-errors.ts';
import type { PacerConfig } from './protocol.ts';

const TALK_PRIOR = { meanMs: 100_000, spread: 1 };
const WRAP_UP_PRIOR = { meanMs: 30_000, spread: 0.7 };
/** tables are fitted again after so many observations, or after this time if there was any */
const FIT_AFTER = 20;
const FIT_AFTER_MS = 5_000;
/** answer times at which freedom is looked up: middles of equal shares */
const HORIZONS = 8;
/** agents who go away instead of becoming ready: before anything is seen, one in a hundred */
const LEAVING_PRIOR = { left: 0.5, finished: 50 };
/** set-up and detection may take so long besides the ringing */
const RIPE_MARGIN_MS = 5_000;
const LEAVING_KEEP = 0.995;

/** Everything learnt from the lines, and the chances that follow from it. */
export class Knowledge {
  readonly answers: AnswerTable;
  readonly talk = new DurationTable(TALK_PRIOR);
  /** talks that no call of this pacer led to: by hand, inbound */
  readonly otherTalk = new DurationTable(TALK_PRIOR);
  readonly wrapUp = new DurationTable(WRAP_UP_PRIOR);
  readonly notices = new NoticeErrors();
  readonly hours = new HourFactors();
  /** calls and talks that have ended since the beginning, for the cold start */
  humans = 0;
  outcomes = 0;
  talks = 0;
  leaving = { ...LEAVING_PRIOR };
  readonly #minRingMs: number;
  readonly #holdMs: number;
  readonly #pricesDials: boolean;
  readonly #free = { talk: new FreeTable(), otherTalk: new FreeTable(), wrapUp: new FreeTable() };
  /** mean talk, for the price of a dial */
  meanTalkMs = TALK_PRIOR.meanMs;
  readonly #ripeAfterMs: number;
  /** calls that are over and not told yet */
  #over: { dialedAt: number; human: boolean }[] = [];
  #horizons: number[] = [];
  #observed = 0;
  #fittedAt = Number.NEGATIVE_INFINITY;

  constructor(config: PacerConfig) {
    this.answers = new AnswerTable(config.ringTimeoutMs);
    this.#minRingMs = config.minRingMs ?? Number.POSITIVE_INFINITY;
    this.#holdMs = config.answerToAgentMaxMs;
    this.#ripeAfterMs = config.ringTimeoutMs + RIPE_MARGIN_MS;
    this.#pricesDials = (config.dialPriceS ?? 0) > 0;
  }

  callLeft(stage: CallStage, elapsedMs: number, exit: StageExit): void {
    this.answers.observe(stage, elapsedMs, exit);
    this.#observed++;
  }

  /** A call has come to its end before an agent: what came of it, whole. */
  callEnded(dialedAt: number, human: boolean): void {
    this.outcomes++;
    if (human) this.humans++;
    this.#over.push({ dialedAt, human });
  }

  agentFinished(finished: FinishedState): void {
    const { state, lastedMs, next } = finished;
    if (state === 'talking') {
      const table = finished.onCampaignCall ? this.talk : this.otherTalk;
      table.goesOn(finished.toldMs, lastedMs, true);
      table.observe(lastedMs, true);
      if (finished.onCampaignCall) this.talks++;
      if (next === 'ready') this.wrapUp.observe(0, true);
    }
    if (state === 'wrapUp') {
      this.wrapUp.goesOn(finished.toldMs, lastedMs, next === 'ready');
      this.wrapUp.observe(lastedMs, next === 'ready');
      if (next === 'ready')
        for (const error of finished.noticeErrorsMs) this.notices.observe(error);
    }
    if (state === 'talking' || state === 'wrapUp') this.#observed++;
    if ((state === 'wrapUp' && next !== 'talking') || (state === 'talking' && next !== 'wrapUp'))
      this.#leaves(next === 'away');
  }

  /** Calls that are over are told when all that were dialed with them must be over too. */
  #tellCallsOver(at: number): void {
    const ripe = at - this.#ripeAfterMs;
    if (!this.#over.some(({ dialedAt }) => dialedAt <= ripe)) return;
    const usual = this.answers.chance(0, 0) / this.answers.shift;
    let calls = 0;
    let humans = 0;
    for (const { dialedAt, human } of this.#over) {
      if (dialedAt > ripe) continue;
      const hour = this.hours.factor(dialedAt);
      calls++;
      if (human) humans++;
      this.hours.observe(dialedAt, usual / hour, human);
    }
    this.answers.callsOver(humans, calls * usual);
    this.#over = this.#over.filter(({ dialedAt }) => dialedAt > ripe);
  }

  #tellAgents(agents: Iterable<PacedAgent>, at: number): void {
    for (const agent of agents) {
      if (agent.state !== 'talking' && agent.state !== 'wrapUp') continue;
      const lastedMs = at - agent.since;
      const talk = agent.onCampaignCall ? this.talk : this.otherTalk;
      (agent.state === 'wrapUp' ? this.wrapUp : talk).goesOn(agent.toldMs, lastedMs, false);
      agent.toldMs = lastedMs;
    }
  }

  /** Fits the tables again when enough was observed; to be called before chances are asked for. */
  prepare(at: number, agents: Iterable<PacedAgent> = []): void {
    const first = this.#horizons.length === 0;
    const due = this.#observed >= FIT_AFTER || at - this.#fittedAt >= FIT_AFTER_MS;
    if (!first && (this.#observed === 0 || !due)) return;
    this.#observed = 0;
    this.#fittedAt = at;
    this.#tellCallsOver(at);
    this.#tellAgents(agents, at);
    for (const table of [this.talk, this.otherTalk, this.wrapUp]) table.fit();
    this.answers.fit(this.hours.factor(at), this.#minRingMs);
    this.#horizons = quantiles(this.answers.answerTimes, HORIZONS).map((ms) => ms + this.#holdMs);
    this.#fitFree();
    if (this.#pricesDials) this.meanTalkMs = this.talk.meanMs();
  }

  /** Chance that an agent who is busy now is free in time for the answer of a call dialed now. */
  freeInTime(agent: PacedAgent, at: number): number {
    const elapsed = at - agent.since;
    const back = 1 - this.leaving.left / this.leaving.finished;
    if (agent.state === 'wrapUp') {
      const due = agent.notices.at(-1);
      if (due !== undefined) return back * this.#noticed(due - at);
      return back * this.#free.wrapUp.at(elapsed);
    }
    if (agent.state !== 'talking') return 0;
    return back * (agent.onCampaignCall ? this.#free.talk : this.#free.otherTalk).at(elapsed);
  }

  /** Chance that the agent is free within `ms`: for calls that could be answered this moment. */
  freeWithin(agent: PacedAgent, at: number, ms: number): number {
    if (agent.state !== 'wrapUp') return agent.state === 'ready' ? 1 : 0;
    const due = agent.notices.at(-1);
    if (due !== undefined) return this.notices.chance(due - at, ms);
    return this.wrapUp.within(at - agent.since, ms);
  }

  #noticed(dueInMs: number): number {
    let sum = 0;
    for (const horizon of this.#horizons) sum += this.notices.chance(dueInMs, horizon);
    return sum / this.#horizons.length;
  }

  #leaves(left: boolean): void {
    this.leaving.left = this.leaving.left * LEAVING_KEEP + (left ? 1 : 0);
    this.leaving.finished = this.leaving.finished * LEAVING_KEEP + 1;
    this.leaving.left += LEAVING_PRIOR.left * (1 - LEAVING_KEEP);
    this.leaving.finished += LEAVING_PRIOR.finished * (1 - LEAVING_KEEP);
  }

  #fitFree(): void {
    this.#free.wrapUp.fitSingle(this.wrapUp, this.#horizons);
    this.#free.talk.fitThenWrapUp(this.talk, this.wrapUp, this.#horizons);
    this.#free.otherTalk.fitThenWrapUp(this.otherTalk, this.wrapUp, this.#horizons);
  }
}

/** Times, in ms, at the middles of equal shares of the answers. */
function quantiles(answerTimes: Float64Array, count: number): number[] {
  const total = answerTimes.reduce((sum, share) => sum + share, 0);
  const times: number[] = [];
  let passed = 0;
  answerTimes.forEach((share, second) => {
    while (
      share > 0 &&
      times.length < count &&
      passed + share >= ((times.length + 0.5) / count) * total
    ) {
      const part = (((times.length + 0.5) / count) * total - passed) / share;
      times.push((second + part) * 1_000);
    }
    passed += share;
  });
  while (times.length < count) times.push(times.at(-1) ?? 12_000);
  return times;
}
