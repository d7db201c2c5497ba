import { assertNever } from '#shared/util/index.ts';

/**
 * A call that comes in, from the INVITE to its end.
 *
 *   offering ──taken──▶ talking ──────────────▶ ended
 *      │  │                 └─joinFailed─▶ message
 *      │  └─refused / offerTimeout──▶ (next agent, or) message ──messageEnded──▶ ended
 *      └─callerLeft──▶ ended (missed)
 */
export type InboundState =
  /** rings at one agent; the caller hears ringing */
  | { kind: 'offering'; personId: string }
  /** nobody is free: the caller hears that they will be called back */
  | { kind: 'message' }
  | { kind: 'talking'; personId: string }
  | { kind: 'ended' };

export type InboundEvent =
  | { type: 'taken' }
  /** rejected by the agent, not taken in time, or the agent's line has gone; `next` is who is offered it now */
  | { type: 'notTaken'; next: string | null }
  /** the line of the agent who took it went before anybody could talk */
  | { type: 'joinFailed' }
  | { type: 'messageEnded' }
  | { type: 'callerLeft' }
  | { type: 'hangUp' };

export type InboundEffect =
  | { type: 'offer'; personId: string }
  | { type: 'withdraw'; personId: string }
  | { type: 'join'; personId: string }
  | { type: 'playMessage' }
  | { type: 'endLeg' }
  | { type: 'miss'; reason: 'noAgent' | 'hungUp' };

/** Where a new call begins. */
export function begin(freeAgent: string | null): { state: InboundState; effects: InboundEffect[] } {
  return freeAgent === null
    ? {
        state: { kind: 'message' },
        effects: [{ type: 'miss', reason: 'noAgent' }, { type: 'playMessage' }],
      }
    : {
        state: { kind: 'offering', personId: freeAgent },
        effects: [{ type: 'offer', personId: freeAgent }],
      };
}

/** @returns what follows, or null when the event means nothing in this state */
export function transition(
  state: InboundState,
  event: InboundEvent,
): { state: InboundState; effects: InboundEffect[] } | null {
  switch (state.kind) {
    case 'offering':
      return fromOffering(state.personId, event);
    case 'message':
      if (event.type === 'messageEnded' || event.type === 'hangUp')
        return { state: { kind: 'ended' }, effects: [{ type: 'endLeg' }] };
      return event.type === 'callerLeft' ? { state: { kind: 'ended' }, effects: [] } : null;
    case 'talking':
      if (event.type === 'callerLeft') return { state: { kind: 'ended' }, effects: [] };
      if (event.type === 'joinFailed') {
        const { state: next, effects } = begin(null);
        return {
          state: next,
          effects: [{ type: 'withdraw', personId: state.personId }, ...effects],
        };
      }
      return event.type === 'hangUp'
        ? { state: { kind: 'ended' }, effects: [{ type: 'endLeg' }] }
        : null;
    case 'ended':
      return null;
    default:
      return assertNever(state, 'inbound state');
  }
}

function fromOffering(
  personId: string,
  event: InboundEvent,
): { state: InboundState; effects: InboundEffect[] } | null {
  const withdraw: InboundEffect = { type: 'withdraw', personId };
  switch (event.type) {
    case 'taken':
      return { state: { kind: 'talking', personId }, effects: [{ type: 'join', personId }] };
    case 'notTaken': {
      const after = begin(event.next);
      return { state: after.state, effects: [withdraw, ...after.effects] };
    }
    case 'callerLeft':
      return { state: { kind: 'ended' }, effects: [withdraw, { type: 'miss', reason: 'hungUp' }] };
    case 'hangUp':
      return {
        state: { kind: 'ended' },
        effects: [withdraw, { type: 'miss', reason: 'noAgent' }, { type: 'endLeg' }],
      };
    default:
      return null;
  }
}
