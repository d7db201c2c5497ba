import type { AttemptResult } from '#shared/domain/index.ts';
import { assertNever } from '#shared/util/index.ts';

/**
 * One try to reach one number. Every arrow is a durable row before its effects are performed.
 *
 *   reserved ──sent──▶ dialing ──ringing──▶ ringing
 *       │                 └───────┬────────────┘
 *       │                      answered
 *       │            no agent ┌───┴────┐ agent
 *       │                     ▼        ▼
 *       │                 answered ─▶ joined ──farEndLeft / hungUp──▶ ended
 *       │      agentLimit │  │ farEndLeft                              ▲
 *       │                 ▼  └──────────(abandoned)────────────────────┤
 *       │             abandoning ──messageEnded / farEndLeft──────────▶┤
 *       └── neverSent / failed / hungUp ──────────────────────────────▶┘
 */
export type AttemptState =
  /** the door said yes and holds the contact; nothing has left the machine */
  | { kind: 'reserved' }
  /** the INVITE is durable and may have left */
  | { kind: 'dialing' }
  | { kind: 'ringing' }
  /** a person answered and waits for an agent */
  | { kind: 'answered' }
  /** the agent's line is, or is being, joined */
  | { kind: 'joined'; personId: string }
  /** nobody was free in time: the abandonment message plays */
  | { kind: 'abandoning' }
  | { kind: 'ended'; result: AttemptResult; endedBy: EndedBy };

export type EndedBy = 'agent' | 'debtor' | 'network' | 'engine';

export type AttemptEvent =
  | { type: 'sent' }
  | { type: 'ringing' }
  /** 2xx; `personId` is the agent chosen for it, null = nobody is free */
  | { type: 'answered'; personId: string | null }
  /** an agent became free while the person waits */
  | { type: 'agentFound'; personId: string }
  /** `answerToAgentMaxMs` is over */
  | { type: 'agentLimit' }
  /** the agent's line went between the answer and the join */
  | { type: 'joinFailed' }
  | { type: 'messageEnded' }
  /** nothing left the machine: no socket, no trunk, durable write refused */
  | { type: 'neverSent' }
  /** non-2xx final response or no response */
  | { type: 'failed'; result: AttemptResult }
  /** BYE from the other side, or the dialog was lost */
  | { type: 'farEndLeft'; by: 'debtor' | 'network' }
  /** our side ends it */
  | { type: 'hangUp'; by: 'agent' | 'engine'; reason: HangUpReason };

export type HangUpReason =
  | 'asked'
  | 'ringTimeout'
  /** the rules or the lead withdrew it */
  | 'takenBack'
  /** the pacer took it back while it rang: no agent will be free */
  | 'noAgentSoon';

export type AttemptEffect =
  | { type: 'startRingTimer' }
  | { type: 'startAgentTimer' }
  | { type: 'join'; personId: string }
  | { type: 'playAbandonment' }
  /** CANCEL or BYE on the trunk */
  | { type: 'endLeg' }
  | { type: 'stopTimers' };

export interface AttemptTransition {
  state: AttemptState;
  effects: AttemptEffect[];
}

/** @returns what follows, or null when the event means nothing in this state (late or repeated) */
export function transition(state: AttemptState, event: AttemptEvent): AttemptTransition | null {
  switch (state.kind) {
    case 'reserved':
      return fromReserved(event);
    case 'dialing':
    case 'ringing':
      return fromUnanswered(state, event);
    case 'answered':
      return fromAnswered(event);
    case 'joined':
      return fromJoined(event);
    case 'abandoning':
      return fromAbandoning(event);
    case 'ended':
      return null;
    default:
      return assertNever(state, 'attempt state');
  }
}

function fromReserved(event: AttemptEvent): AttemptTransition | null {
  switch (event.type) {
    case 'sent':
      return { state: { kind: 'dialing' }, effects: [{ type: 'startRingTimer' }] };
    case 'neverSent':
      return ended('cancelled', 'engine');
    case 'failed':
      return ended(event.result, 'network');
    case 'hangUp':
      return ended('cancelled', event.by, [{ type: 'endLeg' }]);
    default:
      return null;
  }
}

function fromUnanswered(state: AttemptState, event: AttemptEvent): AttemptTransition | null {
  switch (event.type) {
    case 'ringing':
      return state.kind === 'dialing' ? { state: { kind: 'ringing' }, effects: [] } : null;
    case 'answered':
      return event.personId === null
        ? {
            state: { kind: 'answered' },
            effects: [{ type: 'stopTimers' }, { type: 'startAgentTimer' }],
          }
        : {
            state: { kind: 'joined', personId: event.personId },
            effects: [{ type: 'stopTimers' }, { type: 'join', personId: event.personId }],
          };
    case 'failed':
      return ended(event.result, 'network');
    case 'farEndLeft':
      return ended('networkFailure', event.by);
    case 'neverSent':
      return ended('cancelled', 'engine');
    case 'hangUp':
      return ended(event.reason === 'ringTimeout' ? 'noAnswer' : 'cancelled', event.by, [
        { type: 'endLeg' },
      ]);
    default:
      return null;
  }
}

function fromAnswered(event: AttemptEvent): AttemptTransition | null {
  switch (event.type) {
    case 'agentFound':
      return {
        state: { kind: 'joined', personId: event.personId },
        effects: [{ type: 'stopTimers' }, { type: 'join', personId: event.personId }],
      };
    case 'agentLimit':
      return {
        state: { kind: 'abandoning' },
        effects: [{ type: 'stopTimers' }, { type: 'playAbandonment' }],
      };
    case 'farEndLeft':
      return ended('abandoned', event.by);
    case 'hangUp':
      return ended('abandoned', event.by, [{ type: 'endLeg' }]);
    default:
      return null;
  }
}

function fromJoined(event: AttemptEvent): AttemptTransition | null {
  switch (event.type) {
    case 'joinFailed':
      return {
        state: { kind: 'abandoning' },
        effects: [{ type: 'playAbandonment' }],
      };
    case 'farEndLeft':
      return ended('answered', event.by);
    case 'hangUp':
      return ended('answered', event.by, [{ type: 'endLeg' }]);
    default:
      return null;
  }
}

function fromAbandoning(event: AttemptEvent): AttemptTransition | null {
  switch (event.type) {
    case 'messageEnded':
      return ended('abandoned', 'engine', [{ type: 'endLeg' }]);
    case 'farEndLeft':
      return ended('abandoned', event.by);
    case 'hangUp':
      return ended('abandoned', event.by, [{ type: 'endLeg' }]);
    default:
      return null;
  }
}

function ended(
  result: AttemptResult,
  endedBy: EndedBy,
  effects: AttemptEffect[] = [],
): AttemptTransition {
  return {
    state: { kind: 'ended', result, endedBy },
    effects: [{ type: 'stopTimers' }, ...effects],
  };
}
