import { assertNever } from '#shared/util/index.ts';

/**
 * The agent line: one dialog to the softphone that stays up while the agent is here.
 *
 *   down ─open─▶ inviting ─answered─▶ connecting ─connected─▶ silent ◀──▶ up
 *     ▲─────────────── failed / closed / lost ───────────────────┘   (RTP flows or not)
 *
 * `reopened`: the media process is new, and the line is opened again under the agent's nonce. It goes to inviting from
 * every state but down, so that the agent stays what the agent was.
 */
export type LineState =
  | { kind: 'down' }
  /** offer made, INVITE on its way */
  | { kind: 'inviting' }
  /** answered, ICE and DTLS under way */
  | { kind: 'connecting' }
  /** connected, but no RTP in the last 100 ms: takes no calls */
  | { kind: 'silent' }
  /** takes calls */
  | { kind: 'up' };

export type LineEvent =
  | 'open'
  | 'answered'
  | 'connected'
  | 'flowing'
  | 'stopped'
  | 'reopened'
  | 'lost'
  | 'closed';

/** @returns the next state, or null when the event means nothing here */
export function nextLineState(state: LineState, event: LineEvent): LineState | null {
  if (event === 'lost' || event === 'closed')
    return state.kind === 'down' ? null : { kind: 'down' };
  if (event === 'reopened') return state.kind === 'down' ? null : { kind: 'inviting' };
  switch (state.kind) {
    case 'down':
      return event === 'open' ? { kind: 'inviting' } : null;
    case 'inviting':
      return event === 'answered' ? { kind: 'connecting' } : null;
    case 'connecting':
      if (event === 'connected') return { kind: 'silent' };
      return event === 'flowing' ? { kind: 'up' } : null;
    case 'silent':
      return event === 'flowing' ? { kind: 'up' } : null;
    case 'up':
      return event === 'stopped' ? { kind: 'silent' } : null;
    default:
      return assertNever(state, 'line state');
  }
}
