import { assertNever } from '#shared/util/index.ts';

/**
 * The agent line at this end (design §2): one dialog that the engine opens and that outlives many calls.
 *
 *   none ──requested──> awaited ──inviteArrived(nonce)──> answering ──established──> up
 *     ^                    │                                  │                      │
 *     └────── ended, discarded ──────────────────────────────┴──────────────────────┘
 *
 * - `none`: no line, none asked for
 * - `awaited`: `agent.ready` was sent; the INVITE with this nonce will be answered by itself
 * - `answering`: accepted, media is being set up
 * - `up`: the dialog stands
 */
export type LineState =
  | { kind: 'none' }
  | { kind: 'awaited'; nonce: string }
  | { kind: 'answering'; nonce: string }
  | { kind: 'up'; nonce: string };

export type LineEvent =
  | { type: 'requested'; nonce: string }
  | { type: 'inviteArrived'; nonce: string | null }
  | { type: 'established' }
  /** BYE, CANCEL, or media that could not be set up */
  | { type: 'ended' }
  /** the dialog is void: the engine started anew, the login ended, or the agent left */
  | { type: 'discarded' };

export type LineEffect =
  | 'accept'
  /** answers 603: nothing but the line is ever taken */
  | 'reject'
  /** ends the dialog's handlers and media without a BYE, which nobody would hear */
  | 'dispose';

export interface LineStep {
  state: LineState;
  effects: readonly LineEffect[];
}

export function transitionLine(state: LineState, event: LineEvent): LineStep {
  switch (event.type) {
    case 'requested':
      return { state: { kind: 'awaited', nonce: event.nonce }, effects: disposeOld(state) };
    case 'inviteArrived':
      return inviteArrived(state, event.nonce);
    case 'established':
      if (state.kind !== 'answering') return { state, effects: [] };
      return { state: { kind: 'up', nonce: state.nonce }, effects: [] };
    case 'ended':
      if (state.kind === 'awaited') return { state, effects: [] };
      return { state: { kind: 'none' }, effects: disposeOld(state) };
    case 'discarded':
      return { state: { kind: 'none' }, effects: disposeOld(state) };
    default:
      return assertNever(event, 'line event');
  }
}

/** A nonce is good for one INVITE: a second one with the same nonce is refused. */
function inviteArrived(state: LineState, nonce: string | null): LineStep {
  if (state.kind !== 'awaited' || nonce === null || nonce !== state.nonce) {
    return { state, effects: ['reject'] };
  }
  return { state: { kind: 'answering', nonce }, effects: ['accept'] };
}

function disposeOld(state: LineState): LineEffect[] {
  return state.kind === 'answering' || state.kind === 'up' ? ['dispose'] : [];
}
