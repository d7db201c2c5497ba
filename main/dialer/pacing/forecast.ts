import type { CallStage } from './answer-table.ts';
import { createPacer } from './create-pacer.ts';
import { EventQueue } from './event-queue.ts';
import { Knowledge } from './knowledge.ts';
import { readLearned, restoreLearned } from './learned.ts';
import { type CallLine, type Pacer, type PacerConfigInput, pacerConfig } from './protocol.ts';
import { Threshold } from './threshold.ts';
import { WorkingDay } from './working-day.ts';

export interface ForecastRequest {
  /** the setting to try; `learned` of its own is ignored */
  config: PacerConfigInput;
  /** what the campaign's pacer has learnt; null or unreadable: its prior */
  learned: unknown;
  /** agents at work for the whole time */
  agents: number;
  /** hours to play through; more give steadier numbers and take longer */
  hours: number;
  /** the same seed gives the same numbers; one seed for several settings compares them on the same luck */
  seed: number;
  /** desktops say at the start of a wrap-up when it will end; believed as far as earlier notices were right */
  notices?: boolean;
}

export interface PacingForecast {
  /** of each agent */
  talkMinutesPerHour: number;
  /** talk and wrap-up, of each agent */
  busyMinutesPerHour: number;
  /** abandoned ÷ (connected + abandoned), in percent; 0 when nobody answered */
  silentPercent: number;
  /** of the team */
  dialsPerHour: number;
  answersPerHour: number;
}

const HOUR_MS = 3_600_000;
const STAGE_LINES = { ringing: 1, answered: 2 } as const satisfies Record<string, CallStage>;
const LOOK_EVERY_MS = 1_000;

/** Plays a setting through with what was learnt. Some 60 ms for an hour of ten agents. */
export function forecastPacing(request: ForecastRequest): PacingForecast {
  const forecast = new Forecast(request);
  while (!forecast.advance(HOUR_MS));
  return forecast.result();
}

/** A forecast in pieces, for a thread that has other things to do meanwhile. */
export class Forecast {
  readonly #pacer: Pacer;
  readonly #knowledge: Knowledge;
  readonly #seed: number;
  readonly #notices: boolean;
  readonly #queue = new EventQueue();
  readonly #idle: string[] = [];
  readonly #waiting: string[] = [];
  readonly #agents: number;
  readonly #untilMs: number;
  readonly #holdMs: number;
  /** open calls, each with its own luck, until they are taken back */
  readonly #open = new Map<string, () => number>();
  readonly #talks = new Map<string, number>();
  #playedMs = 0;
  #calls = 0;
  #answers = 0;
  #silent = 0;
  #talkMs = 0;
  #wrapUpMs = 0;

  constructor({ config, learned, agents, hours, seed, notices }: ForecastRequest) {
    const parsed = pacerConfig.parse(config);
    this.#pacer = createPacer({ ...config, learned });
    this.#knowledge = learnedKnowledge(parsed, learned);
    this.#seed = seed;
    this.#notices = notices === true;
    this.#agents = agents;
    this.#untilMs = hours * HOUR_MS;
    this.#holdMs = parsed.answerToAgentMaxMs;
    for (let i = 0; i < agents; i++) this.#ready(`a${i}`);
    this.#queue.at(0, () => this.#look());
  }

  /** Plays on. @returns true when all is played */
  advance(simulatedMs: number): boolean {
    this.#playedMs = Math.min(this.#untilMs, this.#playedMs + simulatedMs);
    this.#queue.runUntil(this.#playedMs);
    return this.#playedMs >= this.#untilMs;
  }

  /** What the time played so far says. */
  result(): PacingForecast {
    const hours = Math.max(1e-9, this.#playedMs / HOUR_MS);
    const perAgent = (ms: number) => ms / 60_000 / hours / Math.max(1, this.#agents);
    return {
      talkMinutesPerHour: perAgent(this.#talkMs),
      busyMinutesPerHour: perAgent(this.#talkMs + this.#wrapUpMs),
      silentPercent: this.#answers === 0 ? 0 : (100 * this.#silent) / this.#answers,
      dialsPerHour: this.#calls / hours,
      answersPerHour: this.#answers / hours,
    };
  }

  get #now(): number {
    return this.#queue.now;
  }

  #look(): void {
    this.#decide();
    this.#queue.at(this.#now + LOOK_EVERY_MS, () => this.#look());
  }

  #decide(): void {
    const answer = this.#pacer.feed({ at: this.#now, type: 'decide' });
    for (const id of answer?.cancel ?? []) if (this.#open.delete(id)) this.#over(id, 'cancelled');
    for (let i = 0; i < (answer?.dial ?? 0); i++) this.#dial();
  }

  #dial(): void {
    const id = `c${this.#calls++}`;
    this.#tell(id, 'dialing');
    this.#open.set(id, seededRandom(streamOf(this.#seed, id)));
    this.#goOn(id, 0);
  }

  #goOn(id: string, stage: CallStage): void {
    const random = this.#open.get(id);
    if (random === undefined) return;
    const { exit, elapsedMs } = this.#knowledge.answers.sampleExit(stage, random);
    this.#queue.at(this.#now + elapsedMs, () => {
      if (!this.#open.has(id)) return;
      if (exit === 'ringing' || exit === 'answered') {
        this.#tell(id, exit);
        this.#goOn(id, STAGE_LINES[exit]);
        return;
      }
      this.#open.delete(id);
      if (exit === 'human') this.#human(id);
      else this.#over(id, 'noAnswer');
      this.#decide();
    });
  }

  #human(id: string): void {
    this.#answers++;
    this.#tell(id, 'humanAnswered');
    const agent = this.#idle.shift();
    if (agent !== undefined) return this.#connect(id, agent);
    this.#waiting.push(id);
    this.#queue.at(this.#now + this.#holdMs, () => {
      const place = this.#waiting.indexOf(id);
      if (place === -1) return;
      this.#waiting.splice(place, 1);
      this.#silent++;
      this.#over(id, 'abandoned');
    });
  }

  #connect(id: string, agent: string): void {
    this.#agent(agent, 'talking');
    this.#pacer.feed({ at: this.#now, type: 'call', id, state: 'connected', agent });
    const talk = this.#talks.get(agent) ?? 0;
    this.#talks.set(agent, talk + 1);
    const random = seededRandom(streamOf(this.#seed, `${agent}:${talk}`));
    const talkMs = this.#knowledge.talk.sample(random());
    const wrapUpMs = this.#knowledge.wrapUp.sample(random());
    this.#talkMs += this.#within(talkMs);
    this.#queue.at(this.#now + talkMs, () => {
      this.#wrapUpMs += this.#within(wrapUpMs);
      this.#tell(id, 'ended');
      this.#agent(agent, 'wrapUp', this.#notices ? { readyInMs: wrapUpMs } : {});
      this.#queue.at(this.#now + wrapUpMs, () => this.#ready(agent));
    });
  }

  #ready(agent: string): void {
    this.#agent(agent, 'ready');
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) this.#connect(waiting, agent);
    else this.#idle.push(agent);
    if (this.#playedMs > 0) this.#decide();
  }

  /** So much of a stretch that begins now lies in the time played. */
  #within(ms: number): number {
    return Math.min(ms, this.#untilMs - this.#now);
  }

  #over(id: string, state: CallLine['state']): void {
    this.#tell(id, state);
    this.#tell(id, 'ended');
  }

  #tell(id: string, state: CallLine['state']): void {
    this.#pacer.feed({ at: this.#now, type: 'call', id, state });
  }

  #agent(
    id: string,
    state: 'ready' | 'talking' | 'wrapUp',
    notice: { readyInMs?: number } = {},
  ): void {
    this.#pacer.feed({ at: this.#now, type: 'agent', id, state, ...notice });
  }
}

function learnedKnowledge(config: ReturnType<typeof pacerConfig.parse>, learned: unknown) {
  const knowledge = new Knowledge(config);
  const state = readLearned(learned);
  if (state !== null)
    restoreLearned(state, { knowledge, threshold: new Threshold(), day: new WorkingDay() });
  knowledge.prepare(0);
  return knowledge;
}

/**
 * The n-th call and the n-th talk of an agent draw the same values whatever the setting, so that settings differ by what
 * they do and not by luck. FNV-1a over the name, begun with the seed.
 */
function streamOf(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  for (let i = 0; i < name.length; i++)
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** mulberry32: small, fast, good enough to draw calls with */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
