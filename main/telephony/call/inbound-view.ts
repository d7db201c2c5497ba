import { unknownParty } from '#shared/contract/index.ts';
import type { Obligation } from '../../contact-rules/types.ts';
import type { CallView, RecordingPolicy } from './live-calls.ts';
import { inOrder } from './obligations.ts';

export interface InboundCaller {
  /** E.164; null when withheld */
  number: string | null;
  debtorId: string | null;
  contactPointId: string | null;
  language: string;
}

/** What the rules ask of a call that came in: who calls us may be talked to all the same. */
export interface InboundDuties {
  recording: RecordingPolicy;
  obligations: readonly Obligation[];
}

/** What clients see of a call that has just come in. */
export function firstInboundView(
  call: InboundDuties & { callId: string; caller: InboundCaller; now: number },
): CallView {
  const { number, debtorId, contactPointId } = call.caller;
  return {
    callId: call.callId,
    direction: 'in',
    mode: null,
    state: 'ringing',
    campaignId: null,
    debtorId,
    contactPointId,
    number,
    personId: null,
    startedAt: call.now,
    answeredAt: null,
    joinedAt: null,
    endedAt: null,
    muted: false,
    recording: call.recording.forbidden ? 'forbidden' : 'off',
    recordingId: null,
    party: unknownParty,
    obligations: inOrder(call.obligations),
    attemptResult: null,
    endedBy: null,
  };
}
