import { EventQueue } from '../event-queue.ts';
import type { CallLine, Pacer, PacerAnswer, PacerLine } from '../protocol.ts';

/** A small world for tests of the pacer: agents, calls and luck. `bench/pacing` has the large one. */
export interface PlayedWorld {
  agents: number;
  hours: number;
  seed: number;
  /** chance that a call is answered by a person, by ms since the start */
  answerRate(at: number): number;
  talkMs(random: () => number): number;
  wrapUpMs(random: () => number): number;
  holdMs?: number;
  /** ms of ringing before a person answers */
  answerMs?(random: () => number): number;
  /** agents who are at work, by ms since the start */
  present?(at: number): number;
  /** the carrier tells ringing after so long */
  setupMs?: number;
  /** an answer is recognised as a person after so long */
  detectionMs?: number;
  notices?: boolean;
}

export interface Played {
  answers: number;
  silent: number;
  dials: number;
  busyMs: number;
  /** outcomes in order: true was silent */
  verdicts: boolean[];
  lines: PacerLine[];
  replies: PacerAnswer[];
}

export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 16), 0x45d9f3b);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
  };
}

export const exponential = (mean: number) => (random: () => number) =>
  -Math.log(1 - random()) * mean;

const NO_ANSWER_MS = 25_000;

/** Plays a world against a pacer, through its lines alone. */
export function play(pacer: Pacer, world: PlayedWorld, startAt = 0): Played {
  const random = seeded(world.seed);
  const queue = new EventQueue();
  const out: Played = {
    answers: 0,
    silent: 0,
    dials: 0,
    busyMs: 0,
    verdicts: [],
    lines: [],
    replies: [],
  };
  const idle: string[] = [];
  const waiting: string[] = [];
  const ringing = new Set<string>();
  const end = world.hours * 3_600_000;

  const tell = (line: PacerLine) => {
    out.lines.push(line);
    return pacer.feed(line);
  };
  const now = () => startAt + queue.now;
  const call = (id: string, state: CallLine['state'], agent?: string) =>
    tell({ at: now(), type: 'call', id, state, ...(agent === undefined ? {} : { agent }) });
  const inTeam = (agent: string) =>
    Number(agent.slice(1)) < (world.present?.(queue.now) ?? world.agents);

  const ready = (agent: string) => {
    if (!inTeam(agent)) {
      tell({ at: now(), type: 'agent', id: agent, state: 'away' });
      queue.at(queue.now + 30_000, () => ready(agent));
      return;
    }
    tell({ at: now(), type: 'agent', id: agent, state: 'ready' });
    const next = waiting.shift();
    if (next === undefined) idle.push(agent);
    else connect(next, agent);
  };
  const connect = (id: string, agent: string) => {
    out.verdicts.push(false);
    tell({ at: now(), type: 'agent', id: agent, state: 'talking' });
    call(id, 'connected', agent);
    const talk = world.talkMs(random);
    const wrapUp = world.wrapUpMs(random);
    out.busyMs += Math.max(0, Math.min(talk + wrapUp, end - queue.now));
    queue.at(queue.now + talk, () => {
      call(id, 'ended');
      const notice = world.notices === true ? { readyInMs: wrapUp } : {};
      tell({ at: now(), type: 'agent', id: agent, state: 'wrapUp', ...notice });
      queue.at(queue.now + wrapUp, () => ready(agent));
    });
  };
  const human = (id: string) => {
    out.answers++;
    call(id, 'humanAnswered');
    const agent = idle.shift();
    if (agent !== undefined) return connect(id, agent);
    waiting.push(id);
    queue.at(queue.now + (world.holdMs ?? 2_000), () => {
      const place = waiting.indexOf(id);
      if (place === -1) return;
      waiting.splice(place, 1);
      out.silent++;
      out.verdicts.push(true);
      call(id, 'abandoned');
      call(id, 'ended');
    });
  };
  const dial = () => {
    const id = `c${out.dials++}`;
    call(id, 'dialing');
    ringing.add(id);
    const setup = world.setupMs ?? 0;
    if (setup > 0) queue.at(queue.now + setup, () => ringing.has(id) && call(id, 'ringing'));
    const answers = random() < world.answerRate(queue.now);
    const after = setup + (answers ? answerMs(world, random) : NO_ANSWER_MS);
    queue.at(queue.now + after, () => {
      if (!ringing.delete(id)) return;
      if (!answers) {
        call(id, 'noAnswer');
        call(id, 'ended');
      } else if (world.detectionMs === undefined) human(id);
      else {
        call(id, 'answered');
        queue.at(queue.now + world.detectionMs, () => human(id));
      }
    });
  };
  const decide = () => {
    const reply = tell({ at: now(), type: 'decide' });
    if (reply === null) throw new Error('a decide is answered');
    out.replies.push(reply);
    for (const id of reply.cancel)
      if (ringing.delete(id)) {
        call(id, 'cancelled');
        call(id, 'ended');
      }
    for (let i = 0; i < reply.dial; i++) dial();
    queue.at(queue.now + 500, decide);
  };

  for (let i = 0; i < world.agents; i++) ready(`a${i}`);
  queue.at(0, decide);
  queue.runUntil(end);
  return out;
}

function answerMs(world: PlayedWorld, random: () => number): number {
  return world.answerMs?.(random) ?? 4_000 + 16_000 * random() * random();
}
