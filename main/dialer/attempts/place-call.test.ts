import { afterEach, describe, expect, it } from 'vitest';
import { type DialerRig, openDialerRig, turnsUntil } from '../../testing/dialer-rig.ts';
import { createAttemptHandlers } from './attempt-handlers.ts';

let rig: DialerRig;
afterEach(() => rig.close());

const to = '+48100000000';
const place = (more: { debtorId?: string; contactPointId?: string } = {}) => {
  const handlers = createAttemptHandlers({
    ...rig,
    store: rig.journaled,
    manualRoute: () => ({ trunkId: 'trunk', callerId: '+48100999000' }),
    debtorOf: () => ({ debtorId: rig.debtorIds[0]!, contactPointId: rig.phoneIds[0]! }),
    contactPointOf: () => rig.phoneIds[0]!,
    onDisposed: () => {},
  });
  const principal = { personId: 'anna' };
  return handlers['call.place']!({ to, ...more } as never, { principal } as never);
};
const open = (status: string) => {
  rig = openDialerRig();
  rig.ready('anna');
  rig.store.runNow((db) => db.update('contactPoint', String(rig.phoneIds[0]), { status }));
};

describe('a call by hand', () => {
  it.each(['dead', 'retired'])('is not made to a %s number of a card', async (status) => {
    open(status);
    const chosen = { debtorId: rig.debtorIds[0]!, contactPointId: rig.phoneIds[0]! };
    await expect((async () => place(chosen))()).rejects.toMatchObject({
      code: 'call.number-not-in-use',
    });
    expect(rig.trunks.calls).toEqual([]);
    expect(rig.agents.state('anna').kind).toBe('ready');
  });

  it.each(['dead', 'retired', 'active'])('is made to a %s number typed in', async (status) => {
    open(status);
    await place();
    await turnsUntil('sent', () => rig.trunks.calls[0]?.sent === true);
  });

  it('is refused, and the agent free again, while every line is taken', async () => {
    open('active');
    rig.trunks.lines = 0;
    await expect((async () => place())()).rejects.toMatchObject({ code: 'call.line-limit' });
    expect(rig.agents.state('anna').kind).toBe('ready');
  });
});
