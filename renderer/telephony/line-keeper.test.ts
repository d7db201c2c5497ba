import { describe, expect, it } from 'vitest';
import { anAgentStatus } from '../testing/fixtures.ts';
import { needsRestore, noWish, restoreDelayMs, withStatus } from './line-keeper.ts';

const ready = anAgentStatus({ workState: 'ready', next: 'ready', line: 'up' });
const offline = anAgentStatus({ workState: 'offline', next: 'notReady', line: 'down' });
const notReady = anAgentStatus({ workState: 'notReady', next: 'notReady', line: 'up' });
const wanting = withStatus(noWish, ready);

describe('the wish for a line', () => {
  it('is there once the agent is ready, and gone when they take a break', () => {
    expect(wanting).toEqual({ wantsReady: true, restoring: false, attempts: 0 });
    expect(withStatus(wanting, notReady).wantsReady).toBe(false);
  });

  it('survives the engine that restarts and calls everyone offline', () => {
    const lost = withStatus(wanting, offline);
    expect(lost).toMatchObject({ wantsReady: true, restoring: true });
    expect(needsRestore(lost, offline, true)).toBe(true);
  });

  it('waits for the registration', () => {
    expect(needsRestore(withStatus(wanting, offline), offline, false)).toBe(false);
  });

  it('asks again when the line came back but the agent is not ready', () => {
    const lost = withStatus(wanting, offline);
    const back = withStatus(lost, notReady);
    expect(back.wantsReady).toBe(true);
    expect(needsRestore(back, notReady, true)).toBe(true);
  });

  it('is fulfilled when the agent is ready again', () => {
    const lost = { ...withStatus(wanting, offline), attempts: 3 };
    expect(withStatus(lost, ready)).toEqual({ wantsReady: true, restoring: false, attempts: 0 });
  });

  it('restores a line that was lost in wrap-up', () => {
    const wrapUp = anAgentStatus({ workState: 'wrapUp', next: 'notReady', line: 'down' });
    const lost = withStatus(wanting, wrapUp);
    expect(needsRestore(lost, wrapUp, true)).toBe(true);
  });

  it('never opens a line for somebody who did not ask for one', () => {
    const untouched = withStatus(noWish, offline);
    expect(needsRestore(untouched, offline, true)).toBe(false);
    expect(needsRestore(withStatus(untouched, notReady), notReady, true)).toBe(false);
  });

  it('is tried almost at once, then more and more slowly', () => {
    expect([0, 1, 2, 3, 4, 5, 9].map(restoreDelayMs)).toEqual([
      100, 500, 1000, 2000, 4000, 5000, 5000,
    ]);
  });
});
