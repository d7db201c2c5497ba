import { afterEach, describe, expect, it } from 'vitest';
import { type DialerRig, openDialerRig, rest, turnsUntil } from '../../testing/dialer-rig.ts';
import { contactMarks } from './contact-marks.ts';

let rig: DialerRig;
afterEach(() => rig.close());

async function dial(index = 0, overrides: Parameters<DialerRig['start']>[1] = {}) {
  const started = await rig.attempts.start(rig.start(index, overrides), `call-${index}`);
  if (!started.ok) throw new Error('refused');
  await turnsUntil('sent', () => rig.trunks.calls.at(-1)?.sent === true);
  return { callId: started.callId, sip: rig.trunks.calls.at(-1)! };
}

/** What a person writes down of a debtor; the door would say no from now on. */
const WISHES: Record<string, (rig: DialerRig) => void> = {
  'a hold': ({ store, debtorIds }) =>
    store.runNow((db, context) =>
      db.insert('hold', { id: context.newId(), debtorId: debtorIds[0], kind: 'cease', since: 0 }),
    ),
  'a hold of an import': ({ store, debtorIds }) =>
    store.runNow((db, context) => {
      const chunk = db.beginChunk('import');
      db.insert('hold', { id: context.newId(), debtorId: debtorIds[0], kind: 'lawyer', since: 0 });
      chunk.end();
    }),
  'a time that does not suit': ({ store, debtorIds }) =>
    store.runNow((db, context) =>
      db.insert('personalBlock', {
        id: context.newId(),
        debtorId: debtorIds[0],
        daysJson: '["mon"]',
        fromTime: '00:00',
        toTime: '24:00',
        createdAt: 0,
      }),
    ),
  'a wrong number': ({ store, phoneIds }) =>
    store.runNow((db) => db.update('contactPoint', phoneIds[0]!, { status: 'wrongNumber' })),
  'a number on a list': ({ store }) =>
    store.runNow((db, context) =>
      db.insert('doNotCall', {
        id: context.newId(),
        list: 'wishes',
        number: '+48100000001',
        createdAt: 0,
      }),
    ),
};

describe('a call that nobody has answered', () => {
  it.each(Object.keys(WISHES))('is taken back at once when there is %s', async (wish) => {
    rig = openDialerRig();
    rig.agents.setLine('anna', 'up');
    rig.agents.apply('anna', { type: 'reserve', callId: 'call-0' });
    const { callId, sip } = await dial(0, { mode: 'manual', personId: 'anna' });
    sip.ring();
    await turnsUntil('ringing', () => rig.attempt(callId).state === 'ringing');
    rig.clock.advance(1_000);
    WISHES[wish]!(rig);
    rig.door.refusal = { nextAllowedAt: null };
    rig.clock.advance(40);
    await turnsUntil('over', () => rig.calls.find(callId) === null);
    expect(sip.hungUp).toBe(1);
    expect(rig.attempt(callId)).toMatchObject({ attemptResult: 'cancelled', endedBy: 'engine' });
    expect(rig.agents.holderOf(callId)).toBeNull();
  });

  it('goes on when the door still says yes, or the wish is of somebody else', async () => {
    rig = openDialerRig(2);
    const { callId, sip } = await dial(1);
    WISHES['a hold']!(rig);
    rig.door.refusal = { nextAllowedAt: null };
    rig.clock.advance(40);
    await rest();
    expect(sip.hungUp).toBe(0);
    rig.door.refusal = null;
    rig.store.runNow((db, context) => {
      const [, debtorId] = rig.debtorIds;
      db.insert('hold', { id: context.newId(), debtorId, kind: 'dispute', since: 0 });
    });
    rig.clock.advance(40);
    await rest();
    expect([sip.hungUp, rig.attempt(callId).endedAt]).toEqual([0, null]);
  });

  it('is asked about once for what was written once', async () => {
    rig = openDialerRig();
    const { sip } = await dial();
    WISHES['a hold']!(rig);
    rig.clock.advance(40);
    rig.door.refusal = { nextAllowedAt: null };
    rig.clock.advance(1_000);
    await rest();
    // the door was asked when the hold was set, and said yes; that it says no later is the next call's matter
    expect(sip.hungUp).toBe(0);
  });

  it('is taken back for what was written while it was being reserved', async () => {
    rig = openDialerRig();
    const { write } = rig.journaled;
    rig.journaled.write = async (...args) => {
      const reply = await write(...args);
      // after its decision is durable, and before the dialer knows of it
      if (args[1] === 'attempt.reserve') WISHES['a hold']!(rig);
      return reply;
    };
    await rig.attempts.start(rig.start(), 'call-0');
    rig.door.refusal = { nextAllowedAt: null };
    rig.clock.advance(20);
    await turnsUntil('over', () => rig.calls.find('call-0') === null);
    expect(rig.attempt('call-0')).toMatchObject({ attemptResult: 'cancelled', endedBy: 'engine' });
  });

  it('that was answered is talked on', async () => {
    rig = openDialerRig();
    rig.ready('anna');
    const { callId, sip } = await dial();
    sip.answer();
    await turnsUntil('joined', () => rig.agents.state('anna').kind === 'talking');
    WISHES['a hold']!(rig);
    rig.door.refusal = { nextAllowedAt: null };
    rig.clock.advance(1_000);
    await rest();
    expect([sip.hungUp, rig.attempt(callId).endedAt]).toEqual([0, null]);
    expect(rig.agents.state('anna').kind).toBe('talking');
  });

  it('leaves no timer behind: without calls nothing is looked at', async () => {
    rig = openDialerRig();
    const { callId, sip } = await dial();
    sip.fail({ status: 486, reasonPhrase: 'Busy Here', q850Cause: null });
    await turnsUntil('over', () => rig.calls.find(callId) === null);
    rig.clock.advance(100);
    let reads = 0;
    const { get } = rig.store.read;
    rig.store.read.get = ((...args: Parameters<typeof get>) => {
      reads += 1;
      return get(...args);
    }) as typeof get;
    rig.clock.advance(10_000);
    rig.store.read.get = get;
    expect(reads).toBe(0);
  });
});

describe('marks of a debtor', () => {
  it('stay the same while only attempts are written, and are those of the debtor kept in a merge', () => {
    rig = openDialerRig(2);
    const [first = '', second = ''] = rig.debtorIds;
    const marks = () => contactMarks(rig.store.read, first, '+48100000001');
    const before = marks();
    rig.store.runNow((db) => db.update('contactPoint', rig.phoneIds[0]!, { lastTriedAt: 5 }));
    expect(marks()).toBe(before);
    rig.store.runNow((db) => db.update('debtor', first, { mergedInto: second }));
    const merged = marks();
    expect(merged).not.toBe(before);
    rig.store.runNow((db, context) =>
      db.insert('hold', { id: context.newId(), debtorId: second, kind: 'cease', since: 0 }),
    );
    expect(marks()).not.toBe(merged);
  });

  it('without a debtor are those of whoever has the number', () => {
    rig = openDialerRig();
    const marks = () => contactMarks(rig.store.read, null, '+48100000000');
    const before = marks();
    WISHES['a hold']!(rig);
    expect(marks()).not.toBe(before);
  });
});
