import { assertNever } from '#shared/util/index.ts';

/**
 * One dialog with a trunk and its media, from our first packet to the last.
 *
 *   idle ─dial─▶ inviting ─ringing─▶ ringing ─answered─▶ up ─▶ ended
 *                   └───────answered / failed / hungUp──────────▲
 */
export type LegState =
  | { kind: 'idle' }
  /** INVITE prepared or sent, nothing heard yet */
  | { kind: 'inviting' }
  /** 180 or 183 came */
  | { kind: 'ringing' }
  /** 2xx and ACK: both may talk */
  | { kind: 'up' }
  | { kind: 'ended' };

export type LegEvent = 'dial' | 'ringing' | 'answered' | 'failed' | 'ended';

/** @returns the next state, or null when the event means nothing here (a late or repeated message) */
export function nextLegState(state: LegState, event: LegEvent): LegState | null {
  switch (state.kind) {
    case 'idle':
      return event === 'dial'
        ? { kind: 'inviting' }
        : event === 'failed'
          ? { kind: 'ended' }
          : null;
    case 'inviting':
      if (event === 'ringing') return { kind: 'ringing' };
      return beforeAnswer(event);
    case 'ringing':
      return beforeAnswer(event);
    case 'up':
      return event === 'ended' || event === 'failed' ? { kind: 'ended' } : null;
    case 'ended':
      return null;
    default:
      return assertNever(state, 'leg state');
  }
}

function beforeAnswer(event: LegEvent): LegState | null {
  if (event === 'answered') return { kind: 'up' };
  if (event === 'failed' || event === 'ended') return { kind: 'ended' };
  return null;
}
