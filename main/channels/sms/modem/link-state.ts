import { assertNever } from '#shared/util/index.ts';

/**
 * The line to a modem.
 *
 * ```
 * closed ──open──▶ opening ──opened──▶ preparing ──prepared──▶ ready
 *                    │  ▲                  │                     │
 *                  failed └────retry──── waiting ◀────failed─────┘
 *                    └────────────────────▲
 * any ──refused──▶ stopped     any ──close──▶ closed
 * ```
 */
export type LinkState =
  /** nobody wants it */
  | { kind: 'closed' }
  /** the port is being opened; `tries`: failures in a row so far */
  | { kind: 'opening'; tries: number }
  /** the modem is asked who it is, unlocked and set up */
  | { kind: 'preparing'; tries: number }
  | { kind: 'ready' }
  /** until the next try: it was unplugged, does not answer, or has no network */
  | { kind: 'waiting'; tries: number }
  /** the card refused the PIN, or wants a PUK: only a person can help */
  | { kind: 'stopped' };

export type LinkEvent =
  | { kind: 'open' }
  | { kind: 'opened' }
  | { kind: 'prepared' }
  | { kind: 'failed' }
  | { kind: 'refused' }
  | { kind: 'retry' }
  | { kind: 'close' };

export type LinkEffect =
  | { kind: 'openLine' }
  | { kind: 'prepare' }
  | { kind: 'leaveLine' }
  | { kind: 'retryAfter'; ms: number };

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;

/** Events that a state does not know are ignored: they were said by a line that is left already. */
export function transition(
  state: LinkState,
  event: LinkEvent,
): { state: LinkState; effects: LinkEffect[] } {
  if (event.kind === 'close') {
    return { state: { kind: 'closed' }, effects: hasLine(state) ? [{ kind: 'leaveLine' }] : [] };
  }
  switch (state.kind) {
    case 'closed':
      return event.kind === 'open' ? opening(0) : ignored(state);
    case 'opening':
      if (event.kind === 'opened') {
        return { state: { kind: 'preparing', tries: state.tries }, effects: [{ kind: 'prepare' }] };
      }
      return event.kind === 'failed' ? waiting(state.tries, false) : ignored(state);
    case 'preparing':
      if (event.kind === 'prepared') return { state: { kind: 'ready' }, effects: [] };
      if (event.kind === 'refused') return stopped();
      return event.kind === 'failed' ? waiting(state.tries, true) : ignored(state);
    case 'ready':
      if (event.kind === 'refused') return stopped();
      return event.kind === 'failed' ? waiting(0, true) : ignored(state);
    case 'waiting':
      return event.kind === 'retry' ? opening(state.tries) : ignored(state);
    case 'stopped':
      return ignored(state);
    default:
      return assertNever(state);
  }
}

function hasLine({ kind }: LinkState): boolean {
  return kind === 'opening' || kind === 'preparing' || kind === 'ready';
}

function opening(tries: number): ReturnType<typeof transition> {
  return { state: { kind: 'opening', tries }, effects: [{ kind: 'openLine' }] };
}

function waiting(tries: number, leave: boolean): ReturnType<typeof transition> {
  const ms = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(tries, 10));
  const retry: LinkEffect = { kind: 'retryAfter', ms };
  return {
    state: { kind: 'waiting', tries: tries + 1 },
    effects: leave ? [{ kind: 'leaveLine' }, retry] : [retry],
  };
}

function stopped(): ReturnType<typeof transition> {
  return { state: { kind: 'stopped' }, effects: [{ kind: 'leaveLine' }] };
}

function ignored(state: LinkState): ReturnType<typeof transition> {
  return { state, effects: [] };
}
