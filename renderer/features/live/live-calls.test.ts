import { describe, expect, it } from 'vitest';
import { aCall, anId } from '../../testing/fixtures.ts';
import { byStage, noCalls, stageOf, stageSince, withCall, withSnapshot } from './live-calls.ts';

const dialed = { answeredAt: null, joinedAt: null } as const;

describe('calls that are up', () => {
  it('come with a snapshot and change with events', () => {
    const first = withSnapshot(noCalls, [aCall({ ...dialed, state: 'dialing' })]);
    const next = withCall(first, aCall({ ...dialed, state: 'ringing' }));
    expect(byStage(next, '').ringing).toHaveLength(1);
    expect(byStage(next, '').dialing).toHaveLength(0);
  });

  it('are gone when they end, and a late snapshot or event does not bring them back', () => {
    const up = aCall();
    const ended = withCall(withSnapshot(noCalls, [up]), aCall({ state: 'ended' }));
    expect(Object.keys(ended.byId)).toHaveLength(0);
    expect(Object.keys(withSnapshot(ended, [up]).byId)).toHaveLength(0);
    expect(Object.keys(withCall(ended, up).byId)).toHaveLength(0);
  });
});

describe('stages', () => {
  it.each([
    [aCall({ ...dialed, state: 'dialing' }), 'dialing'],
    [aCall({ ...dialed, state: 'ringing' }), 'ringing'],
    [aCall({ state: 'ringing', joinedAt: null }), 'waiting'],
    [aCall({ ...dialed, state: 'offered', direction: 'in' }), 'waiting'],
    [aCall({ state: 'connected' }), 'talking'],
    [aCall({ state: 'held' }), 'held'],
  ] as const)('call %#', (call, stage) => {
    expect(stageOf(call)).toBe(stage);
  });

  it('are counted for one campaign, the longest first', () => {
    const calls = [
      aCall({ callId: anId(1), joinedAt: 2_000 }),
      aCall({ callId: anId(2), joinedAt: 1_000 }),
      aCall({ callId: anId(3), campaignId: anId(99) }),
    ];
    const { talking } = byStage(withSnapshot(noCalls, calls), anId(50));
    expect(talking.map((call) => call.callId)).toEqual([anId(2), anId(1)]);
  });

  it('began with the latest instant that is known', () => {
    expect(stageSince(aCall({ startedAt: 1, ...dialed }))).toBe(1);
    expect(stageSince(aCall({ startedAt: 1, answeredAt: 2, joinedAt: null }))).toBe(2);
  });
});
