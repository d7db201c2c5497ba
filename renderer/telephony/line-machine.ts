import { assertNever } from '#shared/util/index.ts';

/**
 * The agent line at this end (design §2): one dialog that the engine opens and that outlives many calls.
 *
 *   none ──requested──> awaited ──inviteArrived(nonce)──> answering ──established──> up
 *     ^                    ^                                  │                      │
 *     │                    └──── ended ───────────────────────┴──────────────────────┤
 *     └──────────────────────── discarded (from anywhere) ──────────────────────────┘
 *
 * - `none`: no line, none asked for
 * - `awaited`: an INVITE with this nonce will be answered by itself
 * - `answering`: accepted, media is being set up
 * - `up`: the dialog stands
 *
 * The nonce stays good while the line is wanted: when its media process has restarted, the engine opens the line again
 * under the same nonce, and the new INVITE takes the place of a dialog whose end nobody could announce.
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
  /** the line is void: the engine started anew, the login ended, or the agent left */
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
      if (state.kind !== 'none' && state.nonce === event.nonce) return { state, effects: [] };
      return { state: { kind: 'awaited', nonce: event.nonce }, effects: disposeOld(state) };
    case 'inviteArrived':
      return inviteArrived(state, event.nonce);
    case 'established':
      if (state.kind !== 'answering') return { state, effects: [] };
      return { state: { kind: 'up', nonce: state.nonce }, effects: [] };
    case 'ended':
      if (state.kind === 'none' || state.kind === 'awaited') return { state, effects: [] };
      return { state: { kind: 'awaited', nonce: state.nonce }, effects: ['dispose'] };
    case 'discarded':
      return { state: { kind: 'none' }, effects: disposeOld(state) };
    default:
      return assertNever(event, 'line event');
  }
}

function inviteArrived(state: LineState, nonce: string | null): LineStep {
  if (state.kind === 'none' || nonce === null || nonce !== state.nonce) {
    return { state, effects: ['reject'] };
  }
  return { state: { kind: 'answering', nonce }, effects: [...disposeOld(state), 'accept'] };
}

function disposeOld(state: LineState): LineEffect[] {
  return state.kind === 'answering' || state.kind === 'up' ? ['dispose'] : [];
}
