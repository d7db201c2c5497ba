import { afterEach, expect, it } from 'vitest';
import { defaultCampaignSettings } from '#shared/contract/index.ts';
import { type DialerRig, openDialerRig, turnsUntil } from '../../testing/dialer-rig.ts';
import { createAttemptWrites } from './attempt-writes.ts';
import { createRecoverWrites } from './recover-writes.ts';

let rig: DialerRig;
afterEach(() => rig.close());

const recover = () => {
  const writes = createRecoverWrites(createAttemptWrites(rig.door));
  return rig.store.runNow((db, context) => writes['attempt.recover'](db, context, null));
};

/** An attempt as a killed engine leaves it: rows as far as it came, and nobody who goes on. */
async function leftAt(state: 'reserved' | 'dialing' | 'ringing' | 'answered' | 'joined') {
  rig = openDialerRig();
  if (state === 'reserved') rig.failing.add('attempt.send').add('attempt.end');
  if (state === 'joined') rig.ready('anna');
  await rig.attempts.start(rig.start(), 'call');
  if (state !== 'reserved') {
    await turnsUntil('sent', () => rig.trunks.calls[0]?.sent === true);
    if (state !== 'dialing') rig.trunks.calls[0]?.ring();
    if (state === 'answered' || state === 'joined') rig.trunks.calls[0]?.answer();
  }
  await turnsUntil(state, () => rig.attempt('call').state === state);
}

it('a reserved attempt never left the machine: it is given back and costs nothing', async () => {
  await leftAt('reserved');
  expect(recover()).toEqual({ orphans: [], interrupted: 1, undisposed: [] });
  expect(rig.attempt('call')).toMatchObject({ attemptResult: 'cancelled', endedBy: 'engine' });
  expect(rig.door.uses).toEqual(['released']);
  expect(rig.entry()).toMatchObject({ status: 'pending', attempts: 0 });
});

it.each(['dialing', 'ringing'] as const)(
  'one that was %s counts, waits, and its far end is told',
  async (state) => {
    await leftAt(state);
    const { orphans } = recover();
    expect(orphans).toMatchObject([
      { trunkId: 'trunk', identity: { sipCallId: 'c', confirmed: false } },
    ]);
    expect(rig.attempt('call').attemptResult).toBe('interrupted');
    expect(rig.door.uses).toEqual(['used']);
    expect(rig.entry()).toMatchObject({
      status: 'waiting',
      attempts: 1,
      lastResult: 'interrupted',
    });
    expect(Number(rig.entry().nextAt)).toBeGreaterThan(rig.clock.now());
  },
);

it('a person who waited for an agent was left in silence: the facts say so', async () => {
  await leftAt('answered');
  const { orphans } = recover();
  expect(orphans).toMatchObject([{ identity: { confirmed: true, remoteTag: 'r' } }]);
  expect(rig.door.facts.at(-1)?.facts).toEqual(['humanAnswered', 'abandoned']);
});

it.each(['waits for an agent', 'hears the message'])(
  'who %s met silence: nobody calls them before the cool-down, nor without an agent',
  async (what) => {
    await leftAt('answered');
    if (what === 'hears the message') {
      rig.clock.advance(2_000);
      await turnsUntil('abandoning', () => rig.attempt('call').state === 'abandoning');
    }
    recover();
    expect(rig.attempt('call').attemptResult).toBe('abandoned');
    const { silentCoolDownMs } = defaultCampaignSettings;
    expect(rig.entry()).toMatchObject({ lastResult: 'abandoned', silentAt: rig.clock.now() });
    expect(Number(rig.entry().nextAt)).toBeGreaterThanOrEqual(
      rig.clock.now() + Number(silentCoolDownMs),
    );
    const point = rig.store.read.get(
      'SELECT lastResult FROM contactPoint WHERE id = ?',
      rig.phoneIds[0],
    );
    expect(point).toEqual({ lastResult: 'abandoned' });
  },
);

it('a conversation stays one, and its outcome is still owed by the agent', async () => {
  await leftAt('joined');
  expect(recover().undisposed).toEqual([{ callId: 'call', personId: 'anna' }]);
  expect(rig.attempt('call').attemptResult).toBe('answered');
  expect(rig.door.facts.at(-1)?.facts).toEqual(['humanAnswered', 'conversation']);
  expect(rig.entry().status).toBe('inProgress');
});

it('a second recovery finds nothing to do but the dialogs that nobody has ended yet', async () => {
  await leftAt('ringing');
  recover();
  expect(recover()).toMatchObject({ interrupted: 0, orphans: [{ trunkId: 'trunk' }] });
});
