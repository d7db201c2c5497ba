import type { CallState, PacerAnswer, PacerLine } from '../../main/dialer/pacing/index.ts';
import { Crew, type CrewAgent } from './crew.ts';
import { type DayResult, emptyDay } from './day-result.ts';
import { type CallPlan, DayDraws } from './draws.ts';
import { type Event, EventQueue } from './event-queue.ts';
import type { Scenario } from './scenario.ts';

const DAY_MS = 86_400_000;

export interface DayOptions {
  scenario: Scenario;
  seed: number;
  /** 0, 1, …: days follow each other at 24 h */
  day: number;
  /** what may be taken back; absent: nothing */
  minRingMs?: number;
  /** the day ends once so many who answered were connected or abandoned */
  untilAnswers?: number;
}

/**
 * One day on the floor: yields the lines of the pacer's format and takes its answers. The last line of a batch is a
 * `decide` where an answer is wanted; null answers the others. It speaks to the pacer in no other way.
 */
export type DaySteps = Generator<readonly PacerLine[], DayResult, PacerAnswer | null>;

export function simulateDay(options: DayOptions): DaySteps {
  return new Floor(options).run();
}

interface FloorCall {
  id: string;
  plan: CallPlan;
  /** undefined while it is set up */
  ringingSinceMs: number | undefined;
  /** the next thing that happens to it */
  event: Event | undefined;
  /** the n-th of those who answered on this day, from 1 */
  answer: number;
}

/** The switch between the list and the crew. */
class Floor {
  readonly #options: DayOptions;
  readonly #startsAtMs: number;
  readonly #queue = new EventQueue();
  readonly #result = emptyDay();
  readonly #draws: DayDraws;
  readonly #crew: Crew;
  /** dialed, nobody has answered */
  readonly #underWay = new Map<string, FloorCall>();
  readonly #waiting: FloorCall[] = [];
  #lines: PacerLine[] = [];
  #nowMs = 0;
  #callsUp = 0;
  #isTick = false;
  #answers = 0;

  constructor(options: DayOptions) {
    this.#options = options;
    this.#startsAtMs = options.day * DAY_MS;
    this.#draws = new DayDraws(options.scenario, options.seed, options.day);
    this.#crew = new Crew({
      scenario: options.scenario,
      draws: this.#draws,
      queue: this.#queue,
      result: this.#result,
      nowMs: () => this.#nowMs,
      tell: (line) => this.#lines.push({ at: this.#at(), type: 'agent', ...line }),
      becameReady: () => this.#serveWaiting(),
    });
  }

  *run(): DaySteps {
    this.#crew.start();
    this.#planTick(0);
    for (let event = this.#queue.next(); event !== undefined; event = this.#queue.next()) {
      this.#nowMs = event.atMs;
      event.happen();
      if (this.#isOver()) break;
      if (!this.#isAsked()) continue;
      this.#lines.push({ at: this.#at(), type: 'decide' });
      const answer = yield this.#takeLines();
      if (answer !== null) this.#obey(answer);
    }
    this.#crew.end();
    yield this.#takeLines();
    return this.#result;
  }

  #isOver(): boolean {
    return this.#result.answered >= (this.#options.untilAnswers ?? Number.POSITIVE_INFINITY);
  }

  #isAsked(): boolean {
    const { dayMs, wire } = this.#options.scenario;
    if (this.#nowMs >= dayMs) return false;
    const isTick = this.#isTick;
    this.#isTick = false;
    return isTick || wire?.asksAfterEvents !== false;
  }

  /** A tick is an event in which nothing happens but the question after it. */
  #planTick(atMs: number): void {
    const { tickMs, dayMs } = this.#options.scenario;
    if (atMs >= dayMs) return;
    this.#queue.plan(atMs, () => {
      this.#isTick = true;
      this.#planTick(atMs + tickMs);
    });
  }

  #obey({ dial, cancel }: PacerAnswer): void {
    for (const id of cancel) this.#takeBack(id);
    const free = this.#options.scenario.maxConcurrentCalls - this.#callsUp;
    if (dial > free) this.#result.violations += 1;
    const laterMs = this.#options.scenario.wire?.dialingAfterMs ?? 0;
    for (let count = 0; count < Math.min(dial, free); count += 1) {
      this.#callsUp += 1;
      if (laterMs === 0) this.#dial();
      else this.#queue.plan(this.#nowMs + laterMs, () => this.#dial());
    }
  }

  #takeBack(id: string): void {
    const call = this.#underWay.get(id);
    const minRingMs = this.#options.minRingMs ?? Number.POSITIVE_INFINITY;
    const rungMs = call?.ringingSinceMs === undefined ? -1 : this.#nowMs - call.ringingSinceMs;
    if (call === undefined || rungMs < minRingMs) {
      this.#result.violations += 1;
      return;
    }
    if (call.event !== undefined) call.event.cancelled = true;
    this.#result.takenBack += 1;
    this.#close(call, 'cancelled');
  }

  #dial(): void {
    const number = this.#result.dials++;
    const plan = this.#draws.call(number, this.#nowMs);
    const id = `c${this.#options.day}-${number}`;
    const call: FloorCall = { id, plan, ringingSinceMs: undefined, event: undefined, answer: 0 };
    this.#underWay.set(id, call);
    this.#result.mostCalls = Math.max(this.#result.mostCalls, this.#callsUp);
    this.#tell(call, 'dialing');
    this.#after(call, plan.setupMs, () => this.#setUp(call));
  }

  #setUp(call: FloorCall): void {
    const { kind, afterMs } = call.plan;
    const timeoutMs = this.#options.scenario.ringTimeoutMs;
    if (kind === 'busy' || kind === 'failed') {
      return this.#after(call, afterMs, () => this.#close(call, kind));
    }
    call.ringingSinceMs = this.#nowMs;
    if (this.#options.scenario.wire?.tellsRinging !== false) this.#tell(call, 'ringing');
    if (kind === 'unanswered' || afterMs >= timeoutMs) {
      const rings = Math.min(afterMs, timeoutMs);
      return this.#after(call, rings, () => this.#close(call, 'noAnswer'));
    }
    this.#after(call, afterMs, () => this.#pickedUp(call));
  }

  #pickedUp(call: FloorCall): void {
    const { kind, detectionMs } = call.plan;
    const recognised = () => {
      if (kind === 'machine') this.#close(call, 'machine');
      else this.#personAnswered(call);
    };
    if (this.#options.scenario.detection === undefined) return recognised();
    call.ringingSinceMs = undefined;
    this.#tell(call, 'answered');
    this.#after(call, detectionMs, recognised);
  }

  #personAnswered(call: FloorCall): void {
    this.#underWay.delete(call.id);
    this.#answers += 1;
    call.answer = this.#answers;
    this.#tell(call, 'humanAnswered');
    const agent = this.#crew.takeFree();
    if (agent !== undefined) return this.#connect(call, agent);
    this.#waiting.push(call);
    this.#after(call, call.plan.holdMs, () => this.#abandon(call));
  }

  #serveWaiting(): void {
    if (this.#waiting.length === 0) return;
    const agent = this.#crew.takeFree();
    const call = agent === undefined ? undefined : this.#waiting.shift();
    if (call === undefined || agent === undefined) return;
    if (call.event !== undefined) call.event.cancelled = true;
    this.#connect(call, agent);
  }

  #connect(call: FloorCall, agent: CrewAgent): void {
    this.#inOrder(
      () => this.#tell(call, 'connected', agent.id),
      () => this.#talk(call, agent),
    );
  }

  #talk(call: FloorCall, agent: CrewAgent): void {
    const missed = this.#options.scenario.missedMachines;
    if (missed !== undefined && call.plan.missedMachine) {
      this.#crew.talkToMachine(agent, missed.afterMs, (wrapUp) =>
        this.#inOrder(() => this.#close(call, 'machine'), wrapUp),
      );
      return;
    }
    this.#result.answered += 1;
    this.#crew.talk(agent, (wrapUp) => this.#inOrder(() => this.#end(call), wrapUp));
  }

  #inOrder(callLine: () => void, agentLine: () => void): void {
    const agentFirst = this.#options.scenario.wire?.agentFirst === true;
    if (agentFirst) agentLine();
    callLine();
    if (!agentFirst) agentLine();
  }

  #abandon(call: FloorCall): void {
    this.#waiting.splice(this.#waiting.indexOf(call), 1);
    this.#result.answered += 1;
    this.#result.abandoned += 1;
    if (call.answer <= 50) this.#result.abandonedOfFirst50 += 1;
    this.#close(call, 'abandoned');
  }

  #close(call: FloorCall, state: CallState): void {
    this.#underWay.delete(call.id);
    this.#tell(call, state);
    this.#end(call);
  }

  #end(call: FloorCall): void {
    this.#callsUp -= 1;
    this.#tell(call, 'ended');
  }

  /** What takes no time happens at once, so that nobody is asked between. */
  #after(call: FloorCall, ms: number, happen: () => void): void {
    const wait = Math.round(ms);
    if (wait <= 0) return happen();
    call.event = this.#queue.plan(this.#nowMs + wait, happen);
  }

  #tell({ id }: FloorCall, state: CallState, agent?: string): void {
    const line = { at: this.#at(), type: 'call', id, state } as const;
    this.#lines.push(agent === undefined ? line : { ...line, agent });
  }

  #takeLines(): readonly PacerLine[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  #at(): number {
    return this.#startsAtMs + this.#nowMs;
  }
}
