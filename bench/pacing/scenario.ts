import type { Distribution } from './distribution.ts';

/** How a call ends when nobody takes it back. */
export interface CallOutcome {
  /** `human` answers; `unanswered` rings out at the ring time-out or at `after`, whichever is first */
  kind: 'human' | 'machine' | 'busy' | 'failed' | 'unanswered';
  /** of all calls; those that are not `human` are scaled so that all make 1 when the answer rate moves */
  share: number;
  /** from the start of ringing; busy and failed never ring: from the end of setup */
  after: Distribution;
}

/** The chance that a call is answered by a person, over the day. Before the first point: the first point's. */
export interface AnswerRateCourse {
  /** `step`: holds until the next point; `drift`: on a straight line to the next point */
  change: 'step' | 'drift';
  points: readonly { atMs: number; share: number }[];
}

/** Agents who are not there for a while; who is talking comes away when the wrap-up has ended. */
export interface Absence {
  /** of the team, rounded up; the last of the team are taken first */
  share: number;
  fromMs: number;
  lengthMs: number;
  /** repeats, each agent in turn at an own time; absent: once, all together */
  everyMs?: number;
}

/** What the agent's desktop says of the end of a wrap-up. */
export type WrapUpNotice =
  | { kind: 'none' }
  /** at its start, to the millisecond */
  | { kind: 'exact' }
  /** a guess at the start, off by this share, and a better one half way */
  | { kind: 'noisy'; variation: number }
  /** the agent presses a key so long before the end */
  | { kind: 'closingKey'; leadMs: number };

/** How a switch speaks the pacer's format, where the format leaves room. */
export interface WireHabits {
  /** a dial shows as `dialing` so much later; 0 by default, under 1 s */
  dialingAfterMs?: number;
  /** false: `ringing` is never told */
  tellsRinging?: boolean;
  /** the agent's line comes before the call's where both change at once */
  agentFirst?: boolean;
  /** false: the pacer is asked at ticks alone */
  asksAfterEvents?: boolean;
}

/** A day of a team and its list, as data. Synthetic: made up, or taken from a model in a publication. */
export interface Scenario {
  name: string;
  agents: number;
  dayMs: number;
  ringTimeoutMs: number;
  maxConcurrentCalls: number;
  /** besides after each event, the pacer is asked at this pace */
  tickMs: number;
  outcomes: readonly CallOutcome[];
  /** replaces the share of `human` over the day */
  answerRate?: AnswerRateCourse;
  /** from dialing to ringing */
  setup?: Distribution;
  /** from the answer to knowing who answered; absent: known at once, and no `answered` line is sent */
  detection?: Distribution;
  talk: Distribution;
  wrapUp: Distribution;
  /** how long a person who answered waits for an agent before the call counts as abandoned */
  hold: Distribution;
  notice: WrapUpNotice;
  absences?: readonly Absence[];
  /** share of "persons" who are machines after all: the agent finds out after `afterMs` and the call leaves the ratio */
  missedMachines?: { share: number; afterMs: number };
  wire?: WireHabits;
  /** calls that an agent takes besides (inbound, by hand): an agent who is free gets one after so long */
  otherCalls?: { after: Distribution; length: Distribution };
}
