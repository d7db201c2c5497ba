import { assertNever } from '#shared/util/index.ts';

/**
 *               ┌──────────────refused / lost──────────────┐
 *               v                                           │
 *   off ──start──> asking ──accepted──> on ──refresh due──> asking
 *               ^    │ refused                     │ stop
 *    retry due  │    v                             v
 *               └─ waiting ──stop──> off <──── leaving
 *
 * - off: nothing registered, nothing wanted
 * - asking: a REGISTER is out
 * - on: the registrar holds our Contact until `expiresAt`
 * - waiting: refused or unreachable; asks again at `retryAt`
 * - leaving: a REGISTER with Expires 0 is out
 */
export type RegistrationMachine =
  | { kind: 'off' }
  | { kind: 'asking'; failures: number; expiresSec: number }
  | { kind: 'on'; expiresAt: number; expiresSec: number }
  | { kind: 'waiting'; failures: number; expiresSec: number }
  | { kind: 'leaving' };

export type RegistrationEvent =
  | { type: 'start'; expiresSec: number }
  | { type: 'accepted'; at: number; grantedSec: number }
  /** status 0: no answer, or the network refused */
  | {
      type: 'refused';
      at: number;
      status: number;
      reasonPhrase: string;
      minExpiresSec: number | null;
    }
  | { type: 'timer' }
  | { type: 'stop' }
  /** the answer to our unregistering, whatever it was */
  | { type: 'left' };

export type RegistrationEffect =
  | { type: 'send'; expiresSec: number }
  | { type: 'timer'; delayMs: number }
  | { type: 'cancel-timer' }
  | { type: 'registering' }
  | { type: 'registered'; expiresAt: number }
  | { type: 'failed'; status: number; reasonPhrase: string; retryAt: number }
  | { type: 'unregistered' };

export interface RegistrationStep {
  state: RegistrationMachine;
  effects: RegistrationEffect[];
}

const MAX_BACKOFF_MS = 60_000;
const MAX_EXPIRES_SEC = 86_400;

/**
 * Pause before the next attempt: 1, 2, 4 … 60 s, each stretched by up to a fifth so that a hundred desktops do not
 * return to a trunk in the same second.
 * @param failures attempts that failed in a row, from 1
 * @param random uniform in [0, 1)
 */
export function backoffMs(failures: number, random: number): number {
  const base = Math.min(1000 * 2 ** Math.min(failures - 1, 16), MAX_BACKOFF_MS);
  return Math.round(base * (1 + random * 0.2));
}

/** Time until the refresh: nine tenths of what was granted, and never less than half a second. */
export function refreshDelayMs(grantedSec: number): number {
  return Math.max(500, Math.floor(grantedSec * 900));
}

/** @param random uniform in [0, 1), used for the pause after a failure */
export function transition(
  state: RegistrationMachine,
  event: RegistrationEvent,
  random: number,
): RegistrationStep {
  switch (event.type) {
    case 'start':
      return state.kind === 'off' || state.kind === 'leaving'
        ? ask(0, false, event.expiresSec)
        : unchanged(state);
    case 'accepted':
      return state.kind === 'asking' ? accepted(state.expiresSec, event) : unchanged(state);
    case 'refused':
      return state.kind === 'asking' ? refused(state, event, random) : unchanged(state);
    case 'timer':
      return onTimer(state);
    case 'stop':
      return stop(state);
    case 'left':
      return state.kind === 'leaving' ? off() : unchanged(state);
    default:
      return assertNever(event);
  }
}

function unchanged(state: RegistrationMachine): RegistrationStep {
  return { state, effects: [] };
}

function off(): RegistrationStep {
  return { state: { kind: 'off' }, effects: [{ type: 'unregistered' }] };
}

function ask(failures: number, registered: boolean, expiresSec: number): RegistrationStep {
  const effects: RegistrationEffect[] = [{ type: 'send', expiresSec }];
  // A refresh of what still holds is nobody's news.
  if (!registered) effects.unshift({ type: 'registering' });
  return { state: { kind: 'asking', failures, expiresSec }, effects };
}

function accepted(expiresSec: number, event: { at: number; grantedSec: number }): RegistrationStep {
  const expiresAt = event.at + event.grantedSec * 1000;
  return {
    state: { kind: 'on', expiresAt, expiresSec },
    effects: [
      { type: 'timer', delayMs: refreshDelayMs(event.grantedSec) },
      { type: 'registered', expiresAt },
    ],
  };
}

function refused(
  state: { failures: number; expiresSec: number },
  event: { at: number; status: number; reasonPhrase: string; minExpiresSec: number | null },
  random: number,
): RegistrationStep {
  const longer = event.status === 423 ? (event.minExpiresSec ?? 0) : 0;
  if (longer > state.expiresSec && longer <= MAX_EXPIRES_SEC) {
    return ask(state.failures, true, longer);
  }
  const failures = state.failures + 1;
  const delayMs = backoffMs(failures, random);
  const { status, reasonPhrase } = event;
  return {
    state: { kind: 'waiting', failures, expiresSec: state.expiresSec },
    effects: [
      { type: 'timer', delayMs },
      { type: 'failed', status, reasonPhrase, retryAt: event.at + delayMs },
    ],
  };
}

function onTimer(state: RegistrationMachine): RegistrationStep {
  if (state.kind === 'on') return ask(0, true, state.expiresSec);
  if (state.kind === 'waiting') return ask(state.failures, false, state.expiresSec);
  return unchanged(state);
}

function stop(state: RegistrationMachine): RegistrationStep {
  if (state.kind === 'off' || state.kind === 'leaving') return unchanged(state);
  const cancel: RegistrationEffect = { type: 'cancel-timer' };
  if (state.kind === 'waiting') {
    return { state: { kind: 'off' }, effects: [cancel, { type: 'unregistered' }] };
  }
  return { state: { kind: 'leaving' }, effects: [cancel, { type: 'send', expiresSec: 0 }] };
}
