import { beforeEach, describe, expect, it } from 'vitest';
import { type ManualClock, manualClock } from '../testing/contract-clock.ts';
import { Agents } from './agents.ts';
import { WrapUpNotices } from './wrap-up-notices.ts';

let clock: ManualClock;
let agents: Agents;
let notices: WrapUpNotices;
let changes: string[];

beforeEach(() => {
  clock = manualClock();
  agents = new Agents({
    clock,
    personById: (personId) => ({ personId, displayName: personId }),
    campaignsOf: () => ['c'],
  });
  notices = new WrapUpNotices(agents, clock);
  changes = [];
  notices.onChange((personId) => changes.push(personId));
});

function wrapUp(autoReadyInMs: number | null): void {
  agents.setLine('anna', 'up');
  agents.apply('anna', { type: 'ready' });
  agents.apply('anna', { type: 'reserve', callId: 'call' });
  agents.apply('anna', { type: 'joined', callId: 'call' });
  const autoReadyAt = autoReadyInMs === null ? null : clock.now() + autoReadyInMs;
  agents.apply('anna', { type: 'callEnded', callId: 'call', autoReadyAt });
}

describe('notices of a wrap-up that is about to end', () => {
  it('the key means a few seconds, and its own time where it says one', () => {
    wrapUp(null);
    expect(notices.readyAt('anna')).toBeNull();
    notices.closing('anna', { callId: 'call' });
    expect(notices.readyAt('anna')).toBe(clock.now() + 5_000);
    notices.closing('anna', { callId: 'call', inMs: 12_000 });
    expect(notices.readyAt('anna')).toBe(clock.now() + 12_000);
    expect(changes).toEqual(['anna', 'anna']);
  });

  it('a form that took 30 seconds for its first three quarters takes ten more', () => {
    wrapUp(null);
    clock.advance(30_000);
    notices.closing('anna', { callId: 'call', progress: 0.75 });
    expect(notices.readyAt('anna')).toBe(clock.now() + 10_000);
  });

  it('the timer speaks in its last ten seconds, and nobody is expected after it', () => {
    wrapUp(60_000);
    const end = clock.now() + 60_000;
    clock.advance(49_999);
    expect(notices.readyAt('anna')).toBeNull();
    clock.advance(1);
    expect(notices.readyAt('anna')).toBe(end);
    notices.closing('anna', { callId: 'call', inMs: 30_000 });
    expect(notices.readyAt('anna')).toBe(end);
  });

  it('who asks for more time is not expected as before', () => {
    wrapUp(60_000);
    notices.closing('anna', { callId: 'call', inMs: 3_000 });
    agents.apply('anna', { type: 'wrapUpExtended', autoReadyAt: clock.now() + 180_000 });
    expect(notices.readyAt('anna')).toBeNull();
    clock.advance(170_000);
    expect(notices.readyAt('anna')).toBe(clock.now() + 10_000);
  });

  it('a notice of another call means nothing, and none outlasts its wrap-up', () => {
    wrapUp(60_000);
    notices.closing('anna', { callId: 'older' });
    expect(notices.readyAt('anna')).toBeNull();
    notices.closing('anna', { callId: 'call' });
    agents.apply('anna', { type: 'disposed', callId: 'call', next: 'ready' });
    expect(notices.readyAt('anna')).toBeNull();
  });
});
