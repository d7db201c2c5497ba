import type { ErrorData } from '#shared/errors/index.ts';
import { assertNever } from '#shared/util/index.ts';

/**
 * The client's connection to the engine.
 *
 * ```
 *  idle ──start──▶ connecting ──challenged──▶ proving ──welcomed──▶ ready
 *                    ▲    │                      │  │                 │
 *                    │    └──── socketClosed ────┤  └─ refused ─▶ refused
 *           engineAnswered                       ▼                    │
 *                    └───────────────────────  lost  ◀─ socketClosed, engineSilent
 *  any ──stop──▶ stopped
 * ```
 *
 * - `idle`: made, not started
 * - `connecting`: a socket is opening; `lostSince` is set when there was a connection or an attempt before
 * - `proving`: the engine's challenge came, both sides prove themselves
 * - `ready`: commands flow
 * - `lost`: no socket; the health address is asked until the engine answers
 * - `refused`: trying again by itself would change nothing (no or wrong credential, version, an engine that cannot
 *   prove itself); `start` tries again
 * - `stopped`: by the owner, for good
 */
export type ConnectionState =
  | { kind: 'idle' }
  | { kind: 'connecting'; lostSince: number | null }
  | { kind: 'proving'; lostSince: number | null }
  | { kind: 'ready'; epoch: string }
  | { kind: 'lost'; lostSince: number }
  | { kind: 'refused'; code: RefusalCode }
  | { kind: 'stopped' };

export type RefusalCode =
  | 'access.bad-credential'
  | 'access.code-used'
  | 'access.no-credential'
  | 'contract.version'
  | 'contract.engine-unproven';

export type ConnectionEvent =
  | { kind: 'start' }
  | { kind: 'challenged' }
  | { kind: 'welcomed'; epoch: string }
  | { kind: 'refused'; code: RefusalCode }
  | { kind: 'socketClosed'; at: number }
  /** pings or the login stayed without answer: the engine hangs, though its socket is open */
  | { kind: 'engineSilent'; at: number }
  | { kind: 'engineAnswered' }
  | { kind: 'stop' };

export type ConnectionEffect =
  | { kind: 'openSocket' }
  | { kind: 'closeSocket' }
  | { kind: 'startPinging' }
  | { kind: 'stopPinging' }
  | { kind: 'startProbing' }
  | { kind: 'stopProbing' }
  /** commands that wait for an answer go out (again) */
  | { kind: 'flush' }
  | { kind: 'failPending'; code: ErrorData['code'] };

export interface ConnectionStep {
  state: ConnectionState;
  effects: ConnectionEffect[];
}

/** Events that mean nothing in a state (a late answer, a second close) leave it as it is, without effects. */
export function transition(state: ConnectionState, event: ConnectionEvent): ConnectionStep {
  if (event.kind === 'stop') return stop(state);
  switch (state.kind) {
    case 'idle':
    case 'refused':
      return event.kind === 'start' ? connect(null) : ignored(state);
    case 'connecting':
      return whileConnecting(state, event);
    case 'proving':
      return whileProving(state, event);
    case 'ready':
      return whileReady(state, event);
    case 'lost':
      return event.kind === 'engineAnswered'
        ? connect(state.lostSince, [{ kind: 'stopProbing' }])
        : ignored(state);
    case 'stopped':
      return ignored(state);
    default:
      return assertNever(state, 'connection state');
  }
}

type Live = Exclude<ConnectionEvent, { kind: 'stop' }>;

function whileConnecting(
  state: Extract<ConnectionState, { kind: 'connecting' }>,
  event: Live,
): ConnectionStep {
  switch (event.kind) {
    case 'challenged':
      return { state: { kind: 'proving', lostSince: state.lostSince }, effects: [] };
    case 'socketClosed':
    case 'engineSilent':
      return lose(state.lostSince ?? event.at, event);
    case 'refused':
      return refuse(event.code);
    case 'start':
    case 'welcomed':
    case 'engineAnswered':
      return ignored(state);
    default:
      return assertNever(event, 'connection event');
  }
}

function whileProving(
  state: Extract<ConnectionState, { kind: 'proving' }>,
  event: Live,
): ConnectionStep {
  switch (event.kind) {
    case 'welcomed':
      return {
        state: { kind: 'ready', epoch: event.epoch },
        effects: [{ kind: 'startPinging' }, { kind: 'flush' }],
      };
    case 'refused':
      return refuse(event.code);
    case 'socketClosed':
    case 'engineSilent':
      return lose(state.lostSince ?? event.at, event);
    case 'start':
    case 'challenged':
    case 'engineAnswered':
      return ignored(state);
    default:
      return assertNever(event, 'connection event');
  }
}

function whileReady(
  state: Extract<ConnectionState, { kind: 'ready' }>,
  event: Live,
): ConnectionStep {
  switch (event.kind) {
    case 'socketClosed':
    case 'engineSilent':
      return lose(event.at, event, [{ kind: 'stopPinging' }]);
    case 'start':
    case 'challenged':
    case 'welcomed':
    case 'refused':
    case 'engineAnswered':
      return ignored(state);
    default:
      return assertNever(event, 'connection event');
  }
}

function connect(lostSince: number | null, before: ConnectionEffect[] = []): ConnectionStep {
  return {
    state: { kind: 'connecting', lostSince },
    effects: [...before, { kind: 'openSocket' }],
  };
}

function lose(
  lostSince: number,
  event: Extract<ConnectionEvent, { at: number }>,
  before: ConnectionEffect[] = [],
): ConnectionStep {
  const close: ConnectionEffect[] = event.kind === 'engineSilent' ? [{ kind: 'closeSocket' }] : [];
  return {
    state: { kind: 'lost', lostSince },
    effects: [...before, ...close, { kind: 'startProbing' }],
  };
}

function refuse(code: RefusalCode): ConnectionStep {
  return {
    state: { kind: 'refused', code },
    effects: [{ kind: 'closeSocket' }, { kind: 'failPending', code }],
  };
}

function stop(state: ConnectionState): ConnectionStep {
  if (state.kind === 'stopped') return ignored(state);
  return {
    state: { kind: 'stopped' },
    effects: [
      { kind: 'stopPinging' },
      { kind: 'stopProbing' },
      { kind: 'closeSocket' },
      { kind: 'failPending', code: 'contract.not-connected' },
    ],
  };
}

function ignored(state: ConnectionState): ConnectionStep {
  return { state, effects: [] };
}
