import { describe, expect, it } from 'vitest';
import {
  HEALTHY_LIFE_MS,
  RESTART_DELAYS_MS,
  type SupervisorEvent,
  type SupervisorState,
  transition,
} from './supervisor-machine.ts';

const fault = { code: 'store.corrupt', message: 'damaged' };
const states: Record<SupervisorState['kind'], SupervisorState> = {
  stopped: { kind: 'stopped' },
  starting: { kind: 'starting', failures: 0, hasRun: false, fault: null },
  running: { kind: 'running', failures: 0, sinceMs: 0, fault: null },
  waiting: { kind: 'waiting', failures: 1, hasRun: true },
  replacing: { kind: 'replacing' },
  stopping: { kind: 'stopping' },
  failed: { kind: 'failed', fault },
};
const events: Record<SupervisorEvent['type'], SupervisorEvent> = {
  start: { type: 'start' },
  ready: { type: 'ready', atMs: 5 },
  fatal: { type: 'fatal', fault },
  exited: { type: 'exited', atMs: 10_000 },
  restartDue: { type: 'restartDue' },
  replace: { type: 'replace' },
  stop: { type: 'stop' },
};

/** state × event → next state and effects; what is not listed is ignored. */
const table: Record<string, [SupervisorState['kind'], string]> = {
  'stopped start': ['starting', 'spawn'],
  'stopped replace': ['starting', 'spawn'],
  'stopped stop': ['stopped', 'stopped'],
  'starting ready': ['running', ''],
  'starting fatal': ['starting', ''],
  'starting exited': ['waiting', 'startTimer'],
  'starting replace': ['replacing', 'askToStop'],
  'starting stop': ['stopping', 'askToStop'],
  'running fatal': ['running', ''],
  'running exited': ['waiting', 'startTimer'],
  'running replace': ['replacing', 'askToStop'],
  'running stop': ['stopping', 'askToStop'],
  'waiting restartDue': ['starting', 'spawn'],
  'waiting replace': ['starting', 'cancelTimer spawn'],
  'waiting stop': ['stopped', 'cancelTimer stopped'],
  'replacing exited': ['starting', 'spawn'],
  'replacing stop': ['stopping', ''],
  'stopping exited': ['stopped', 'stopped'],
  'failed start': ['starting', 'spawn'],
  'failed replace': ['starting', 'spawn'],
  'failed stop': ['stopped', 'stopped'],
};

describe('every state × event', () => {
  for (const [stateName, state] of Object.entries(states)) {
    for (const [eventName, event] of Object.entries(events)) {
      const expected = table[`${stateName} ${eventName}`] ?? [stateName, ''];
      it(`${stateName} + ${eventName} → ${expected[0]} (${expected[1] || 'nothing'})`, () => {
        const step = transition(state, event);
        expect([step.state.kind, step.effects.map((one) => one.type).join(' ')]).toEqual(expected);
      });
    }
  }
});

function diesAfter(lifeMs: number, failures: number) {
  const running: SupervisorState = { kind: 'running', failures, sinceMs: 1_000, fault: null };
  return transition(running, { type: 'exited', atMs: 1_000 + lifeMs });
}

describe('pauses before a new start', () => {
  it('are short after an engine that lived', () => {
    const { effects } = diesAfter(HEALTHY_LIFE_MS, 6);
    expect(effects).toEqual([{ type: 'startTimer', delayMs: RESTART_DELAYS_MS[0] }]);
  });

  it('grow while it keeps dying, up to a limit', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6, 7, 20].map(
      (failures) => (diesAfter(1, failures).effects[0] as { delayMs: number }).delayMs,
    );
    expect(delays).toEqual([50, 100, 200, 300, 1_000, 3_000, 10_000, 10_000, 10_000]);
  });
});

function failsToStart(code: string, hasRun: boolean, failures = 0) {
  return transition(
    { kind: 'starting', failures, hasRun, fault: { code, message: 'm' } },
    { type: 'exited', atMs: 1 },
  );
}

describe('an engine that does not start', () => {
  it('is given up when trying again cannot help', () => {
    const { state, effects } = failsToStart('store.wrong-key', true);
    expect(state.kind).toBe('failed');
    expect(effects).toEqual([{ type: 'failed', fault: { code: 'store.wrong-key', message: 'm' } }]);
  });

  it('is given up when the store is somebody else’s, but not when a dying one of ours may hold it', () => {
    expect(failsToStart('store.in-use', false).state.kind).toBe('failed');
    expect(failsToStart('store.in-use', true).state.kind).toBe('waiting');
  });

  it('gets another port when its own is taken', () => {
    const { effects } = failsToStart('contract.address-in-use', true);
    expect(effects.map((one) => one.type)).toEqual(['choosePort', 'startTimer']);
  });

  it('is given up after four starts if it was never ready, and never if it was', () => {
    expect(failsToStart('internal', false, 2).state.kind).toBe('waiting');
    expect(failsToStart('internal', false, 3).state.kind).toBe('failed');
    expect(failsToStart('internal', true, 50).state.kind).toBe('waiting');
  });
});
