import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partyWrites } from '../telephony/call/index.ts';
import { openTestStore, type TestStore } from '../testing/open-test-store.ts';
import { endedCallView } from './call-queries.ts';

let store: TestStore;
beforeEach(() => {
  store = openTestStore({ writes: partyWrites });
});
afterEach(() => store.close());

const identified = (callId: string) =>
  store.write(partyWrites, 'party.apply', {
    call: { callId, debtorId: null, contactPointId: null, number: null },
    event: { type: 'identified', checks: ['birthDate'] },
    personId: 'anna',
  });

describe('the view of a call of an earlier run', () => {
  it('tells who was on the line of one that was placed', async () => {
    store.runNow((db) =>
      db.insert('attempt', {
        id: 'attempt',
        callId: 'out',
        number: '+48100000001',
        mode: 'manual',
        trunkId: 'trunk',
        state: 'ended',
        reservedAt: 1,
        endedAt: 2,
      }),
    );
    expect(endedCallView(store.read, 'out')?.party.state).toBe('unknown');
    await identified('out');
    expect(endedCallView(store.read, 'out')?.party).toMatchObject({
      state: 'identified',
      checks: ['birthDate'],
    });
  });

  it('tells what it owed, in the order in which it was to be said', () => {
    const evaluation = {
      allowed: true,
      blockedBy: [],
      warnings: [],
      nextAllowedAt: null,
      obligations: [
        { rule: 'R', pack: 'p', what: 'announceRecording' },
        {
          rule: 'C',
          pack: 'p',
          what: 'content',
          details: { when: 'callStart', mustInclude: ['callerIdentity'] },
        },
      ],
    };
    store.runNow((db) => {
      db.insert('contactDecision', {
        id: 'decision',
        at: 1,
        channel: 'call',
        mode: 'manual',
        allowed: 1,
        requestJson: '{}',
        resultJson: JSON.stringify(evaluation),
        factsHash: '',
        packsJson: '[]',
      });
      db.insert('attempt', {
        id: 'attempt',
        callId: 'out',
        number: '+48100000001',
        mode: 'manual',
        trunkId: 'trunk',
        state: 'ended',
        reservedAt: 1,
        decisionId: 'decision',
      });
    });
    expect(endedCallView(store.read, 'out')?.obligations).toEqual([
      { rule: 'C', pack: 'p', what: 'say', element: 'callerIdentity' },
      { rule: 'R', pack: 'p', what: 'announceRecording', element: null },
    ]);
  });

  it('and of one that came in', async () => {
    store.runNow((db) =>
      db.insert('interaction', {
        id: 'interaction',
        channel: 'call',
        direction: 'in',
        at: 1,
        callId: 'in',
      }),
    );
    await identified('in');
    expect(endedCallView(store.read, 'in')?.party.state).toBe('identified');
  });
});
