import { unknownParty } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import type { Obligation } from '../../contact-rules/types.ts';
import type { CallView, OutgoingLeg, RecordingPolicy } from '../../telephony/call/index.ts';
import type { DialogIdentity, SipFinal } from '../../telephony/sip/types.ts';
import type { AttemptOutcome, AttemptStart } from '../types.ts';
import type { AttemptState } from './attempt-machine.ts';

/** One attempt of this run, with everything that is not in its row. */
export interface Attempt {
  attemptId: string;
  callId: string;
  start: AttemptStart;
  state: AttemptState;
  leg: OutgoingLeg;
  identity: DialogIdentity | null;
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

/** What clients see of an attempt that has just been reserved. */
export function firstView(attempt: Attempt, startedAt: number): CallView {
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
    recording: 'off',
    recordingId: null,
    party: unknownParty,
    obligations: [],
    attemptResult: null,
    endedBy: null,
  };
}

/** What the campaign wants recorded, as far as the door's obligations let it. */
export function recordingPolicy(
  wanted: boolean,
  obligations: readonly Obligation[],
): RecordingPolicy {
  const has = (what: Obligation['what']) => obligations.some((item) => item.what === what);
  return {
    wanted: wanted || has('recordingMandatory'),
    announce: has('announceRecording'),
    consent: has('askRecordingConsent'),
    forbidden: has('recordingForbidden'),
  };
}
