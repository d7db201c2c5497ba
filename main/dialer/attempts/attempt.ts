import { unknownParty } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import { assertNever } from '#shared/util/index.ts';
import type { CallView, OutgoingLeg, RecordingPolicy } from '../../telephony/call/index.ts';
import type { DialogIdentity, SipFinal } from '../../telephony/sip/types.ts';
import type { AttemptOutcome, AttemptStage, AttemptStart } from '../types.ts';
import type { AttemptState } from './attempt-machine.ts';
import type { UnansweredCall } from './take-back.ts';

/** One attempt of this run, with everything that is not in its row. */
export interface Attempt {
  attemptId: string;
  callId: string;
  start: AttemptStart;
  /** what the door gave, as long as it may be taken back */
  contact: UnansweredCall;
  state: AttemptState;
  leg: OutgoingLeg;
  identity: DialogIdentity | null;
  /** the trunk counts it among its calls */
  onTrunk: boolean;
  /** a row of `dialog` stands for this attempt */
  dialogStored: boolean;
  answeredAt: number;
  /** an agent was found for the waiting person; the event is in the queue */
  agentComing: boolean;
  /** the agent and the person hear each other, or did */
  talking: boolean;
  final: SipFinal | null;
  cancelTimer: (() => void) | null;
  /** events are taken one after another, each after the row of the one before is durable */
  queue: Promise<void>;
}

export function isUnanswered(state: AttemptState): boolean {
  return state.kind === 'reserved' || state.kind === 'dialing' || state.kind === 'ringing';
}

export function outcomeOf(attempt: Attempt, attemptResult: AttemptResult): AttemptOutcome {
  const { attemptId, callId, start } = attempt;
  const { campaignId, entryId, debtorId } = start;
  return { attemptId, callId, campaignId, entryId, debtorId, attemptResult };
}

/** What the pacer hears of a step; null: nothing that it would count. */
export function stageOf(
  attempt: Attempt,
  before: AttemptState['kind'] | null,
  takenBack = false,
): AttemptStage | null {
  const state = stageStateOf(attempt.state, before);
  if (state === null) return null;
  const { callId, start } = attempt;
  return {
    callId,
    campaignId: start.campaignId,
    debtorId: start.debtorId,
    callerId: start.callerId,
    withAgent: start.personId !== null,
    state,
    result: attempt.state.kind === 'ended' ? attempt.state.result : null,
    takenBack,
  };
}

function stageStateOf(
  state: AttemptState,
  before: AttemptState['kind'] | null,
): AttemptStage['state'] | null {
  switch (state.kind) {
    case 'reserved':
      return before === null ? 'dialing' : null;
    case 'dialing':
      return null;
    case 'ringing':
      return 'ringing';
    case 'answered':
      return 'humanAnswered';
    case 'joined':
      return before === 'answered' ? null : 'humanAnswered';
    case 'abandoning':
      return 'abandoned';
    case 'ended':
      return 'ended';
    default:
      return assertNever(state, 'attempt state');
  }
}

export type NewAttempt = Pick<Attempt, 'attemptId' | 'callId' | 'start' | 'contact'>;

/** An attempt that the door has just said yes to. */
export function newAttempt(of: NewAttempt, createLeg: (attempt: Attempt) => OutgoingLeg): Attempt {
  const attempt: Omit<Attempt, 'leg'> = {
    ...of,
    state: { kind: 'reserved' },
    identity: null,
    onTrunk: false,
    dialogStored: false,
    answeredAt: 0,
    agentComing: false,
    talking: false,
    final: null,
    cancelTimer: null,
    queue: Promise.resolve(),
  };
  const complete = attempt as Attempt;
  complete.leg = createLeg(complete);
  return complete;
}

/** What clients see of an attempt that has just been reserved. */
export function firstView(
  attempt: Attempt,
  startedAt: number,
  obligations: CallView['obligations'],
  recording: RecordingPolicy,
): CallView {
  const { callId, start } = attempt;
  return {
    callId,
    direction: 'out',
    mode: start.mode,
    state: 'dialing',
    campaignId: start.campaignId,
    debtorId: start.debtorId,
    contactPointId: start.contactPointId,
    number: start.number,
    personId: start.personId,
    startedAt,
    answeredAt: null,
    joinedAt: null,
    endedAt: null,
    muted: false,
    recording: recording.forbidden ? 'forbidden' : 'off',
    recordingId: null,
    party: unknownParty,
    obligations,
    attemptResult: null,
    endedBy: null,
  };
}
