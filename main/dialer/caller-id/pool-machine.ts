import { assertNever } from '#shared/util/index.ts';

/**
 * Whether a number of the pool is shown.
 *
 *            rest, drop, refusals, listed, complaint
 *   active ───────────────────────────────────────────▶ resting
 *     ▲  ▲ ◀────────── restOver, delisted, activate ──────┘ │
 *     │  └── activate ── retired ◀── retire; a rest too many┘
 *     └ restOver, delisted: nothing to do
 *
 * - `active`: shown when its schedule, its cap and the rules let it
 * - `resting`: not shown until its date; without one until a person or the list that names it says so
 * - `retired`: not shown any more, kept for what was said about it
 */
export type PoolState =
  | { kind: 'active'; reason: StateReason | null; rests: number }
  | { kind: 'resting'; reason: StateReason; until: number | null; rests: number }
  | { kind: 'retired'; reason: StateReason; rests: number };

/** code for translated text */
export type StateReason = 'answerRateDrop' | 'carrierRefusals' | 'listed' | 'complaint' | 'byHand';

export type PoolEvent =
  /** fewer answers than its calls should bring */
  | { type: 'dropped' }
  /** carriers refuse calls that show it */
  | { type: 'refusedByCarriers' }
  /** on a list of unwanted callers */
  | { type: 'listed' }
  | { type: 'delisted' }
  | { type: 'complained' }
  | { type: 'restOver' }
  | { type: 'rest'; until: number | null }
  | { type: 'retire' }
  | { type: 'activate' };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A rest that did not help is followed by a longer one, and after so many there is none more. */
const MOST_RESTS = 3;
const REST_MS = { dropped: 2 * DAY_MS, refusedByCarriers: DAY_MS, complained: 7 * DAY_MS } as const;
/** A list that never says that a number is off it must not keep it for ever. */
const LISTED_MS = 90 * DAY_MS;

/**
 * @param at epoch ms
 * @returns the state after it, or null when the event means nothing in this state
 */
export function transition(state: PoolState, event: PoolEvent, at: number): PoolState | null {
  switch (event.type) {
    case 'dropped':
      return rested(state, 'answerRateDrop', REST_MS.dropped, at);
    case 'refusedByCarriers':
      return rested(state, 'carrierRefusals', REST_MS.refusedByCarriers, at);
    case 'complained':
      return rested(state, 'complaint', REST_MS.complained, at);
    case 'listed':
      if (state.kind === 'retired' || isListed(state)) return null;
      return { kind: 'resting', reason: 'listed', until: at + LISTED_MS, rests: state.rests };
    case 'delisted':
      return isListed(state) ? { kind: 'active', reason: null, rests: state.rests } : null;
    case 'restOver':
      return state.kind === 'resting' && state.until !== null && state.until <= at
        ? { kind: 'active', reason: null, rests: state.rests }
        : null;
    case 'rest':
      return state.kind === 'retired'
        ? null
        : { kind: 'resting', reason: 'byHand', until: event.until, rests: state.rests };
    case 'retire':
      return state.kind === 'retired'
        ? null
        : { kind: 'retired', reason: 'byHand', rests: state.rests };
    case 'activate':
      // A person has looked at it: what was counted before counts no more.
      return state.kind === 'active' && state.reason === null && state.rests === 0
        ? null
        : { kind: 'active', reason: null, rests: 0 };
    default:
      return assertNever(event, 'pool event');
  }
}

function isListed(state: PoolState): boolean {
  return state.kind === 'resting' && state.reason === 'listed';
}

/** Only a number that is shown can do badly: a rest is not made longer, nor ended, by calls that ended meanwhile. */
function rested(
  state: PoolState,
  reason: StateReason,
  restMs: number,
  at: number,
): PoolState | null {
  if (state.kind !== 'active') return null;
  const { rests } = state;
  if (rests >= MOST_RESTS) return { kind: 'retired', reason, rests };
  return { kind: 'resting', reason, until: at + restMs * 2 ** rests, rests: rests + 1 };
}
