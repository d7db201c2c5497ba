import { assertNever } from '#shared/util/index.ts';

/**
 * Keeps one engine running.
 *
 *   stopped ──start──▶ starting ──ready──▶ running
 *                        ▲  │                │
 *                 timer  │  └────exited──────┤
 *                        │        ▼          │ replace (another store)
 *                      waiting ◀──┘          ▼
 *                                         replacing ──exited──▶ starting
 *   any ──stop──▶ stopping ──exited──▶ stopped
 *   starting ──exited, and trying again cannot help──▶ failed
 *
 * - stopped: there is no engine, and none is wanted
 * - starting: the process runs and has not said that it is ready
 * - running: it is ready
 * - waiting: it has died; the next start is near
 * - replacing: it ends in order, to start again with other settings
 * - stopping: it ends in order, for good
 * - failed: it cannot start; a person must do something
 */
export type SupervisorState =
  | { kind: 'stopped' }
  | { kind: 'starting'; failures: number; hasRun: boolean; fault: EngineFault | null }
  | { kind: 'running'; failures: number; sinceMs: number; fault: EngineFault | null }
  | { kind: 'waiting'; failures: number; hasRun: boolean }
  | { kind: 'replacing' }
  | { kind: 'stopping' }
  | { kind: 'failed'; fault: EngineFault };

export interface EngineFault {
  code: string;
  message: string;
}

export type SupervisorEvent =
  | { type: 'start' }
  | { type: 'ready'; atMs: number }
  /** its own word on why it will end */
  | { type: 'fatal'; fault: EngineFault }
  | { type: 'exited'; atMs: number }
  | { type: 'restartDue' }
  | { type: 'replace' }
  | { type: 'stop' };

export type SupervisorEffect =
  | { type: 'spawn' }
  | { type: 'choosePort' }
  | { type: 'startTimer'; delayMs: number }
  | { type: 'cancelTimer' }
  | { type: 'askToStop' }
  | { type: 'stopped' }
  | { type: 'failed'; fault: EngineFault };

export interface SupervisorStep {
  state: SupervisorState;
  effects: SupervisorEffect[];
}

/** Pauses before each start after the first death; lines must be back within 1.5 s of an accident, a loop must not burn a core. */
export const RESTART_DELAYS_MS: readonly number[] = [50, 100, 200, 300, 1_000, 3_000, 10_000];
/** an engine that was ready for so long has not died of its start */
export const HEALTHY_LIFE_MS = 2_000;
/** an engine that was never ready is given up after so many starts */
const STARTS_BEFORE_GIVING_UP = 4;

const ADDRESS_IN_USE = 'contract.address-in-use';
/** Starting again cannot help against these. */
const PERMANENT = new Set([
  'command.usage',
  'store.not-found',
  'store.wrong-kind',
  'store.newer-schema',
  'store.corrupt',
  'store.exists',
  'store.key-needed',
  'store.wrong-key',
  'store.wrong-passphrase',
  'store.wrong-recovery-code',
  'store.key-file-missing',
  'store.key-file-invalid',
  'store.key-file-inside',
  'store.key-file-unwritable',
  'store.key-unwrap-failed',
]);

export const initialSupervisorState: SupervisorState = { kind: 'stopped' };

/** Events that mean nothing in a state are ignored: processes report late. */
export function transition(state: SupervisorState, event: SupervisorEvent): SupervisorStep {
  switch (event.type) {
    case 'start':
      return state.kind === 'stopped' || state.kind === 'failed' ? begin() : ignored(state);
    case 'ready':
      return onReady(state, event.atMs);
    case 'fatal':
      return onFatal(state, event.fault);
    case 'exited':
      return onExited(state, event.atMs);
    case 'restartDue':
      return state.kind === 'waiting'
        ? {
            state: {
              kind: 'starting',
              failures: state.failures,
              hasRun: state.hasRun,
              fault: null,
            },
            effects: [{ type: 'spawn' }],
          }
        : ignored(state);
    case 'replace':
      return onReplace(state);
    case 'stop':
      return onStop(state);
    default:
      return assertNever(event);
  }
}

function ignored(state: SupervisorState): SupervisorStep {
  return { state, effects: [] };
}

function begin(): SupervisorStep {
  return {
    state: { kind: 'starting', failures: 0, hasRun: false, fault: null },
    effects: [{ type: 'spawn' }],
  };
}

function onReady(state: SupervisorState, atMs: number): SupervisorStep {
  if (state.kind !== 'starting') return ignored(state);
  const { failures } = state;
  return { state: { kind: 'running', failures, sinceMs: atMs, fault: null }, effects: [] };
}

function onFatal(state: SupervisorState, fault: EngineFault): SupervisorStep {
  if (state.kind !== 'starting' && state.kind !== 'running') return ignored(state);
  return ignored({ ...state, fault });
}

function onExited(state: SupervisorState, atMs: number): SupervisorStep {
  switch (state.kind) {
    case 'starting':
      return afterFailedStart(state.failures + 1, state.hasRun, state.fault);
    case 'running': {
      const wasHealthy = atMs - state.sinceMs >= HEALTHY_LIFE_MS;
      return wait(wasHealthy ? 1 : state.failures + 1, true, []);
    }
    case 'replacing':
      return begin();
    case 'stopping':
      return { state: { kind: 'stopped' }, effects: [{ type: 'stopped' }] };
    default:
      return ignored(state);
  }
}

function afterFailedStart(
  failures: number,
  hasRun: boolean,
  fault: EngineFault | null,
): SupervisorStep {
  const known = fault ?? { code: 'internal', message: 'the engine ended while it was starting' };
  // Another engine holds the store: on the first start it is somebody else's, later it may be our own dying one.
  const isTaken = known.code === 'store.in-use' && !hasRun;
  const isGivenUp = !hasRun && failures >= STARTS_BEFORE_GIVING_UP;
  if (PERMANENT.has(known.code) || isTaken || isGivenUp) {
    return { state: { kind: 'failed', fault: known }, effects: [{ type: 'failed', fault: known }] };
  }
  return wait(failures, hasRun, known.code === ADDRESS_IN_USE ? [{ type: 'choosePort' }] : []);
}

function wait(failures: number, hasRun: boolean, first: SupervisorEffect[]): SupervisorStep {
  const last = RESTART_DELAYS_MS.length - 1;
  const delayMs = RESTART_DELAYS_MS[Math.min(failures - 1, last)] ?? 0;
  return {
    state: { kind: 'waiting', failures, hasRun },
    effects: [...first, { type: 'startTimer', delayMs }],
  };
}

function onReplace(state: SupervisorState): SupervisorStep {
  switch (state.kind) {
    case 'starting':
    case 'running':
      return { state: { kind: 'replacing' }, effects: [{ type: 'askToStop' }] };
    case 'waiting': {
      const { state: next, effects } = begin();
      return { state: next, effects: [{ type: 'cancelTimer' }, ...effects] };
    }
    case 'stopped':
    case 'failed':
      return begin();
    default:
      return ignored(state);
  }
}

function onStop(state: SupervisorState): SupervisorStep {
  switch (state.kind) {
    case 'starting':
    case 'running':
      return { state: { kind: 'stopping' }, effects: [{ type: 'askToStop' }] };
    case 'replacing':
      return ignored({ kind: 'stopping' });
    case 'waiting':
      return {
        state: { kind: 'stopped' },
        effects: [{ type: 'cancelTimer' }, { type: 'stopped' }],
      };
    case 'stopped':
    case 'failed':
      return { state: { kind: 'stopped' }, effects: [{ type: 'stopped' }] };
    default:
      return ignored(state);
  }
}
