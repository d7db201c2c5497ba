import { ANSWERED, type CallStage, DIALING, RINGING } from './answer-table.ts';
import type { CallState } from './protocol.ts';

/** Where a call stands for the pacer. */
export type CallPhase =
  /** dialing, ringing or answered: nobody was recognised yet */
  | 'open'
  /** a person has answered and waits for an agent */
  | 'waiting'
  | 'connected'
  /** its outcome is known, `ended` has not come yet */
  | 'over';

export interface PacedCall {
  readonly id: string;
  readonly dialedAt: number;
  phase: CallPhase;
  stage: CallStage;
  stageSince: number;
  ringingAt: number | null;
  /** an answer of this call stands in the ratio */
  counted: boolean;
  /** when a person answered: nobody waits for ever, even if no line says how it ended */
  humanAt: number;
  /** when it was counted, and what the threshold allowed when it was dialed */
  countedAt: number;
  allowed: number;
  agent: string | null;
  /** first seen in the middle: nothing can be learnt from its times */
  strange: boolean;
}

/** a dial that has not shown within this time has lapsed (design §7) */
export const DIAL_LAPSES_AFTER_MS = 1_000;

interface PendingDial {
  at: number;
  allowed: number;
}

/** All calls from dialing to ended, and dials that have not shown yet. */
export class CallBook {
  readonly calls = new Map<string, PacedCall>();
  #pending: PendingDial[] = [];
  /** whether this carrier tells ringing at all */
  #tellsRinging = false;

  /** @param allowed risk that was allowed, kept with the calls that follow */
  asked(count: number, at: number, allowed: number): void {
    for (let i = 0; i < count; i++) this.#pending.push({ at, allowed });
  }

  pending(at: number): number {
    this.#forgetLapsed(at);
    return this.#pending.length;
  }

  /** @returns lines in use: from dialing to ended, and dials that may still show */
  lines(at: number): number {
    return this.calls.size + this.pending(at);
  }

  dialing(id: string, at: number): PacedCall {
    this.#forgetLapsed(at);
    const asked = this.#pending.shift();
    const call = newCall(id, at);
    call.allowed = asked?.allowed ?? 0;
    this.calls.set(id, call);
    return call;
  }

  /** A call of which no `dialing` was heard: it takes a line, and teaches nothing. */
  stranger(id: string, at: number): PacedCall {
    const call = newCall(id, at);
    call.strange = true;
    this.calls.set(id, call);
    return call;
  }

  ringing(call: PacedCall, at: number): void {
    this.#tellsRinging = true;
    call.ringingAt = at;
    enter(call, RINGING, at);
  }

  answered(call: PacedCall, at: number): void {
    enter(call, ANSWERED, at);
  }

  /**
   * How long a call has rung, in ms: from `ringing`; from `dialing` with carriers that never tell; 0 while it does
   * not ring or has been answered.
   */
  rungMs(call: PacedCall, at: number): number {
    if (call.phase !== 'open' || call.stage === ANSWERED) return 0;
    if (call.ringingAt !== null) return at - call.ringingAt;
    return this.#tellsRinging || call.strange ? 0 : at - call.dialedAt;
  }

  /** A night has passed: what never told its end has ended. */
  forget(): void {
    this.calls.clear();
    this.#pending = [];
  }

  #forgetLapsed(at: number): void {
    while (this.#pending[0] !== undefined && at - this.#pending[0].at > DIAL_LAPSES_AFTER_MS)
      this.#pending.shift();
  }
}

function newCall(id: string, at: number): PacedCall {
  return {
    id,
    dialedAt: at,
    phase: 'open',
    stage: DIALING,
    stageSince: at,
    ringingAt: null,
    counted: false,
    humanAt: at,
    countedAt: at,
    allowed: 0,
    agent: null,
    strange: false,
  };
}

function enter(call: PacedCall, stage: CallStage, at: number): void {
  call.stage = stage;
  call.stageSince = at;
}

/** somebody who has waited so long has gone, whatever became of the line that should have said so */
const LONGEST_WAIT_MS = 30_000;

/** Whether a person waits on this call for an agent. */
export function isWaiting(call: PacedCall, at: number): boolean {
  return call.phase === 'waiting' && at - call.humanAt <= LONGEST_WAIT_MS;
}

/** Outcomes that close a call before a person was recognised. */
export function isOtherEnd(state: CallState): boolean {
  return state === 'machine' || state === 'busy' || state === 'noAnswer' || state === 'failed';
}
