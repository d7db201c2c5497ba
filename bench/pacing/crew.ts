import type { AgentLine } from '../../main/dialer/pacing/index.ts';
import type { DayResult } from './day-result.ts';
import type { DayDraws } from './draws.ts';
import type { EventQueue } from './event-queue.ts';
import type { Absence, Scenario, WrapUpNotice } from './scenario.ts';

type AgentState = 'ready' | 'talking' | 'wrapUp' | 'otherCall' | 'away';

export interface CrewAgent {
  id: string;
  index: number;
  state: AgentState;
  sinceMs: number;
  /** absences that run */
  absences: number;
  talks: number;
  otherCalls: number;
}

/** What the crew needs of the day around it. */
export interface CrewWorld {
  scenario: Scenario;
  draws: DayDraws;
  queue: EventQueue;
  result: DayResult;
  /** since the start of the day */
  nowMs(): number;
  tell(line: Omit<AgentLine, 'at' | 'type'>): void;
  /** an agent is ready: somebody may wait for one */
  becameReady(): void;
}

/** The agents of a team through a day: free, on calls, wrapping up, absent. */
export class Crew {
  readonly #world: CrewWorld;
  readonly #agents: CrewAgent[];
  /** longest waiting first */
  readonly #free: CrewAgent[] = [];

  constructor(world: CrewWorld) {
    this.#world = world;
    this.#agents = Array.from({ length: world.scenario.agents }, (_, index) => ({
      id: `a${index + 1}`,
      index,
      state: 'away',
      sinceMs: 0,
      absences: 0,
      talks: 0,
      otherCalls: 0,
    }));
  }

  /** Those who start late are not seen before they come. */
  start(): void {
    for (const absence of this.#world.scenario.absences ?? []) this.#planAbsence(absence);
    for (const agent of this.#agents) if (agent.absences === 0) this.#makeReady(agent);
  }

  /** Everybody goes home. */
  end(): void {
    for (const agent of this.#agents) if (agent.state !== 'away') this.#enter(agent, 'away');
    this.#free.length = 0;
  }

  /** @returns who has been free for longest, no longer counted as free; undefined when nobody is */
  takeFree(): CrewAgent | undefined {
    return this.#free.shift();
  }

  /** @param ended the talk is over: to call what it is given, with which the wrap-up begins */
  talk(agent: CrewAgent, ended: (wrapUp: () => void) => void): void {
    const { draws, queue } = this.#world;
    const plan = draws.talk(agent.index, agent.talks++);
    this.#enter(agent, 'talking');
    queue.plan(this.#in(plan.talkMs), () => {
      ended(() => this.#wrapUp(agent, Math.round(plan.wrapUpMs), plan.guesses));
    });
  }

  /** The agent found a machine: no talk to speak of, a short wrap-up follows as after any call. */
  talkToMachine(agent: CrewAgent, afterMs: number, ended: (wrapUp: () => void) => void): void {
    const plan = this.#world.draws.talk(agent.index, agent.talks++);
    this.#enter(agent, 'talking');
    this.#world.queue.plan(this.#in(afterMs), () => {
      ended(() => this.#wrapUp(agent, Math.round(plan.wrapUpMs / 4), plan.guesses));
    });
  }

  #wrapUp(agent: CrewAgent, lengthMs: number, guesses: readonly [number, number]): void {
    const { queue, scenario } = this.#world;
    const endsMs = this.#in(lengthMs);
    this.#enter(agent, 'wrapUp', firstNotice(scenario.notice, lengthMs, guesses));
    this.#planNotice(agent, endsMs, lengthMs, guesses);
    queue.plan(endsMs, () => this.#finish(agent));
  }

  #planNotice(
    agent: CrewAgent,
    endsMs: number,
    lengthMs: number,
    guesses: readonly [number, number],
  ): void {
    const { notice } = this.#world.scenario;
    if (notice.kind === 'noisy') {
      const left = Math.round(lengthMs / 2);
      this.#planRepeat(agent, endsMs - left, Math.round(left * guesses[1]));
    } else if (notice.kind === 'closingKey') {
      const left = Math.min(notice.leadMs, lengthMs);
      this.#planRepeat(agent, endsMs - left, left);
    }
  }

  #planRepeat(agent: CrewAgent, atMs: number, readyInMs: number): void {
    const { id } = agent;
    this.#world.queue.plan(atMs, () => this.#world.tell({ id, state: 'wrapUp', readyInMs }));
  }

  #finish(agent: CrewAgent): void {
    if (agent.absences > 0) this.#enter(agent, 'away');
    else this.#makeReady(agent);
  }

  #makeReady(agent: CrewAgent): void {
    this.#enter(agent, 'ready');
    this.#free.push(agent);
    this.#planOtherCall(agent);
    this.#world.becameReady();
  }

  /** Comes only to an agent who is still free then, without a break. */
  #planOtherCall(agent: CrewAgent): void {
    const { draws, queue, scenario } = this.#world;
    const plan = draws.otherCall(agent.index, agent.otherCalls);
    if (plan === undefined) return;
    const readySinceMs = this.#world.nowMs();
    const startsMs = this.#in(plan.afterMs);
    if (startsMs >= scenario.dayMs) return;
    queue.plan(startsMs, () => {
      if (agent.state !== 'ready' || agent.sinceMs !== readySinceMs) return;
      agent.otherCalls += 1;
      this.#leaveFree(agent);
      this.#enter(agent, 'otherCall');
      queue.plan(this.#in(plan.lengthMs), () => this.#finish(agent));
    });
  }

  #planAbsence(absence: Absence): void {
    const { scenario } = this.#world;
    const count = Math.ceil(absence.share * scenario.agents);
    const taken = this.#agents.slice(scenario.agents - count);
    for (const [order, agent] of taken.entries()) {
      for (const at of timesOf(absence, order / count, scenario.dayMs)) {
        this.#planLeave(agent, at, absence.lengthMs);
      }
    }
  }

  #planLeave(agent: CrewAgent, fromMs: number, lengthMs: number): void {
    const { queue } = this.#world;
    if (fromMs === 0) agent.absences += 1;
    else queue.plan(fromMs, () => this.#leave(agent));
    queue.plan(fromMs + lengthMs, () => this.#comeBack(agent));
  }

  #leave(agent: CrewAgent): void {
    agent.absences += 1;
    if (agent.state !== 'ready') return;
    this.#leaveFree(agent);
    this.#enter(agent, 'away');
  }

  #comeBack(agent: CrewAgent): void {
    agent.absences -= 1;
    if (agent.absences === 0 && agent.state === 'away') this.#makeReady(agent);
  }

  #leaveFree(agent: CrewAgent): void {
    const index = this.#free.indexOf(agent);
    if (index >= 0) this.#free.splice(index, 1);
  }

  #in(ms: number): number {
    return this.#world.nowMs() + Math.round(ms);
  }

  #enter(agent: CrewAgent, state: AgentState, readyInMs?: number): void {
    this.#account(agent);
    agent.state = state;
    agent.sinceMs = this.#world.nowMs();
    this.#world.tell({
      id: agent.id,
      state: state === 'otherCall' ? 'talking' : state,
      ...(readyInMs === undefined ? {} : { readyInMs }),
    });
  }

  /** Adds the state that ends to the day's minutes. */
  #account({ state, sinceMs }: CrewAgent): void {
    const { scenario, result } = this.#world;
    const lastedMs = Math.max(0, Math.min(this.#world.nowMs(), scenario.dayMs) - sinceMs);
    if (state === 'talking' || state === 'wrapUp') result.busyMs += lastedMs;
    if (state !== 'away' && state !== 'otherCall') result.staffedMs += lastedMs;
  }
}

function firstNotice(
  notice: WrapUpNotice,
  lengthMs: number,
  guesses: readonly [number, number],
): number | undefined {
  if (notice.kind === 'exact') return lengthMs;
  if (notice.kind === 'noisy') return Math.round(lengthMs * guesses[0]);
  return undefined;
}

/** @param turn 0 to 1: where in the round of a repeated absence this agent comes */
function timesOf({ fromMs, everyMs }: Absence, turn: number, dayMs: number): number[] {
  if (everyMs === undefined) return [fromMs];
  const first = fromMs + Math.round(turn * everyMs);
  const count = Math.max(0, Math.ceil((dayMs - first) / everyMs));
  return Array.from({ length: count }, (_, index) => first + index * everyMs);
}
