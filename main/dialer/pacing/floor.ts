import { CallBook, isOtherEnd, type PacedCall } from './call-book.ts';
import { Crew } from './crew.ts';
import type { Knowledge } from './knowledge.ts';
import type { AgentLine, CallLine } from './protocol.ts';

/** What the ratio is told: a call was joined, met silence, or was no person after all. */
export interface FloorEvents {
  counted(call: PacedCall, silent: boolean, at: number): void;
  /** a counted answer was a machine */
  takenBack(call: PacedCall): void;
}

/**
 * Agents and calls as the lines tell them, whatever their order: what cannot be is taken as well as it can, and
 * teaches nothing.
 */
export class Floor {
  readonly crew = new Crew();
  readonly book = new CallBook();
  readonly #knowledge: Knowledge;
  readonly #events: FloorEvents;

  constructor(knowledge: Knowledge, events: FloorEvents) {
    this.#knowledge = knowledge;
    this.#events = events;
  }

  agent(line: AgentLine): void {
    const finished = this.crew.take(line);
    if (finished !== null) this.#knowledge.agentFinished(finished);
  }

  call(line: CallLine): void {
    const { id, at, state } = line;
    if (state === 'dialing') return this.#dialing(id, at);
    const known = this.book.calls.get(id);
    if (state === 'ended') return this.#ended(known, id, at);
    const call = known ?? this.book.stranger(id, at);
    if (state === 'ringing' || state === 'answered') return this.#progress(call, state, at);
    if (state === 'humanAnswered') return this.#human(call, at);
    if (state === 'connected') return this.#connected(call, line.agent, at);
    if (state === 'abandoned') return this.#abandoned(call, at);
    if (state === 'cancelled') return this.#lost(call, at);
    if (isOtherEnd(state)) this.#other(call, state, at);
  }

  #dialing(id: string, at: number): void {
    const known = this.book.calls.get(id);
    if (known !== undefined) this.#ended(known, id, at);
    this.book.dialing(id, at);
  }

  #progress(call: PacedCall, state: 'ringing' | 'answered', at: number): void {
    if (call.phase !== 'open') return;
    if (state === 'ringing') {
      // ringing again (a second early dialog) does not start the ringing anew
      if (call.ringingAt !== null || call.stage !== 0) return;
      this.#left(call, 'ringing', at);
      this.book.ringing(call, at);
      return;
    }
    if (call.stage === 2) return;
    this.#left(call, 'answered', at);
    this.book.answered(call, at);
  }

  #human(call: PacedCall, at: number): void {
    if (call.phase !== 'open') return;
    this.#left(call, 'human', at);
    if (!call.strange) this.#knowledge.callEnded(call.dialedAt, true);
    call.phase = 'waiting';
    call.humanAt = at;
  }

  #connected(call: PacedCall, agent: string | undefined, at: number): void {
    this.#human(call, at);
    if (call.phase === 'waiting') {
      call.phase = 'connected';
      // a call never dialed by this pacer is none of its answers
      if (!call.strange) this.#count(call, false, at);
    }
    if (agent !== undefined && call.phase === 'connected') {
      call.agent = agent;
      this.crew.joined(agent, at);
    }
  }

  #abandoned(call: PacedCall, at: number): void {
    this.#human(call, at);
    if (call.phase !== 'waiting') return;
    call.phase = 'over';
    this.#count(call, true, at);
  }

  #count(call: PacedCall, silent: boolean, at: number): void {
    call.counted = true;
    call.countedAt = at;
    this.#events.counted(call, silent, at);
  }

  #other(call: PacedCall, state: CallLine['state'], at: number): void {
    if (call.phase === 'open') {
      this.#left(call, 'other', at);
      if (!call.strange) this.#knowledge.callEnded(call.dialedAt, false);
    } else if (call.phase === 'connected' && call.counted && state === 'machine') {
      call.counted = false;
      this.#events.takenBack(call);
      return;
    }
    if (call.phase !== 'connected') call.phase = 'over';
  }

  #lost(call: PacedCall, at: number): void {
    if (call.phase === 'open') this.#left(call, 'lost', at);
    if (call.phase !== 'connected') call.phase = 'over';
  }

  #ended(call: PacedCall | undefined, id: string, at: number): void {
    if (call?.phase === 'open') this.#left(call, 'lost', at);
    this.book.calls.delete(id);
  }

  #left(call: PacedCall, exit: Parameters<Knowledge['callLeft']>[2], at: number): void {
    if (!call.strange) this.#knowledge.callLeft(call.stage, at - call.stageSince, exit);
  }
}
