import { assertNever } from '#shared/util/index.ts';

/**
 * What one agent is doing.
 *
 *   offline ──lineUp──▶ notReady ◀──────────── notReady ─────────────┐
 *                          │ ready                                    │
 *                          ▼                                          │
 *                        ready ──reserve──▶ reserved ──joined──▶ talking ──callEnded──▶ wrapUp
 *                          ▲                   │released                                  │
 *                          └───────────────────┴──────────── disposed / autoReadyDue ─────┘
 *
 * `lineDown` leads to offline from everywhere, except that wrapUp keeps its call until it is disposed.
 */
export type AgentState =
  /** no line: nothing can reach this agent */
  | { kind: 'offline' }
  /** the line is up, the agent takes no calls */
  | { kind: 'notReady' }
  /** waits for a call */
  | { kind: 'ready' }
  /** chosen for a call that is not joined yet (answered, ringing by hand, or offered inbound) */
  | { kind: 'reserved'; callId: string; next: NextState }
  | { kind: 'talking'; callId: string; next: NextState }
  /** the call is over, its outcome is not recorded yet; `autoReadyAt` epoch ms, null = never by itself */
  | {
      kind: 'wrapUp';
      callId: string;
      next: NextState;
      autoReadyAt: number | null;
      lineUp: boolean;
    };

/** What the agent asked to be after wrap-up. */
export type NextState = 'ready' | 'notReady';

export type AgentEvent =
  | { type: 'lineUp' }
  | { type: 'lineDown' }
  | { type: 'ready' }
  | { type: 'notReady' }
  | { type: 'reserve'; callId: string }
  /** the call that the agent was reserved for came to nothing */
  | { type: 'released'; callId: string }
  | { type: 'joined'; callId: string }
  | { type: 'callEnded'; callId: string; autoReadyAt: number | null }
  | { type: 'wrapUpExtended'; autoReadyAt: number | null }
  | { type: 'disposed'; callId: string; next: NextState }
  /** a call of an earlier run of the engine still wants its outcome */
  | { type: 'resumeWrapUp'; callId: string; autoReadyAt: number | null };

export type AgentEffect =
  | { type: 'armAutoReady'; at: number; callId: string }
  | { type: 'disarmAutoReady' }
  /** the agent's side of this call is gone: the owner of calls ends or re-routes it */
  | { type: 'lostDuringCall'; callId: string };

export interface AgentTransition {
  state: AgentState;
  effects: AgentEffect[];
  /** `ignored`: means nothing here; `refused`: the caller is told that it cannot be done */
  verdict: 'taken' | 'ignored' | 'refused';
}

export function transition(state: AgentState, event: AgentEvent): AgentTransition {
  switch (event.type) {
    case 'lineUp':
      return onLineUp(state);
    case 'lineDown':
      return onLineDown(state);
    case 'ready':
      return onWish(state, 'ready');
    case 'notReady':
      return onWish(state, 'notReady');
    case 'reserve':
      return state.kind === 'ready' || state.kind === 'notReady'
        ? taken({ kind: 'reserved', callId: event.callId, next: state.kind })
        : refused(state);
    case 'released':
      return state.kind === 'reserved' && state.callId === event.callId
        ? taken({ kind: state.next })
        : ignored(state);
    case 'joined':
      return state.kind === 'reserved' && state.callId === event.callId
        ? taken({ kind: 'talking', callId: event.callId, next: state.next })
        : refused(state);
    case 'callEnded':
      return onCallEnded(state, event.callId, event.autoReadyAt);
    case 'wrapUpExtended':
      return state.kind === 'wrapUp'
        ? taken(
            { ...state, autoReadyAt: event.autoReadyAt },
            autoReady(event.autoReadyAt, state.callId),
          )
        : refused(state);
    case 'disposed':
      return onDisposed(state, event.callId, event.next);
    case 'resumeWrapUp':
      return onResumeWrapUp(state, event.callId, event.autoReadyAt);
    default:
      return assertNever(event, 'agent event');
  }
}

function onLineUp(state: AgentState): AgentTransition {
  if (state.kind === 'offline') return taken({ kind: 'notReady' });
  if (state.kind === 'wrapUp' && !state.lineUp) return taken({ ...state, lineUp: true });
  return ignored(state);
}

function onLineDown(state: AgentState): AgentTransition {
  switch (state.kind) {
    case 'offline':
      return ignored(state);
    case 'notReady':
    case 'ready':
      return taken({ kind: 'offline' });
    case 'reserved':
      return taken({ kind: 'offline' }, [{ type: 'lostDuringCall', callId: state.callId }]);
    case 'talking':
      return taken(
        {
          kind: 'wrapUp',
          callId: state.callId,
          next: 'notReady',
          autoReadyAt: null,
          lineUp: false,
        },
        [{ type: 'lostDuringCall', callId: state.callId }],
      );
    case 'wrapUp':
      return taken({ ...state, lineUp: false });
    default:
      return assertNever(state, 'agent state');
  }
}

function onWish(state: AgentState, next: NextState): AgentTransition {
  switch (state.kind) {
    case 'offline':
      return refused(state);
    case 'notReady':
    case 'ready':
      return state.kind === next ? ignored(state) : taken({ kind: next });
    case 'reserved':
    case 'talking':
    case 'wrapUp':
      return state.next === next ? ignored(state) : taken({ ...state, next });
    default:
      return assertNever(state, 'agent state');
  }
}

function onCallEnded(
  state: AgentState,
  callId: string,
  autoReadyAt: number | null,
): AgentTransition {
  if (state.kind === 'talking' && state.callId === callId)
    return taken(
      { kind: 'wrapUp', callId, next: state.next, autoReadyAt, lineUp: true },
      autoReady(autoReadyAt, callId),
    );
  if (state.kind === 'wrapUp' && state.callId === callId && !state.lineUp)
    return taken({ ...state, autoReadyAt }, autoReady(autoReadyAt, callId));
  return ignored(state);
}

function onDisposed(state: AgentState, callId: string, next: NextState): AgentTransition {
  if (state.kind !== 'wrapUp' || state.callId !== callId) return ignored(state);
  return taken(state.lineUp ? { kind: next } : { kind: 'offline' }, [{ type: 'disarmAutoReady' }]);
}

function onResumeWrapUp(
  state: AgentState,
  callId: string,
  autoReadyAt: number | null,
): AgentTransition {
  const free = state.kind === 'offline' || state.kind === 'notReady' || state.kind === 'ready';
  if (!free) return refused(state);
  const next = state.kind === 'ready' ? 'ready' : 'notReady';
  return taken(
    { kind: 'wrapUp', callId, next, autoReadyAt, lineUp: state.kind !== 'offline' },
    autoReady(autoReadyAt, callId),
  );
}

function autoReady(at: number | null, callId: string): AgentEffect[] {
  return at === null ? [{ type: 'disarmAutoReady' }] : [{ type: 'armAutoReady', at, callId }];
}

function taken(state: AgentState, effects: AgentEffect[] = []): AgentTransition {
  return { state, effects, verdict: 'taken' };
}

function ignored(state: AgentState): AgentTransition {
  return { state, effects: [], verdict: 'ignored' };
}

function refused(state: AgentState): AgentTransition {
  return { state, effects: [], verdict: 'refused' };
}
