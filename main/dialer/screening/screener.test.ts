import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deferEntry, NO_DATE, nextEntry, takeEntry } from '../lists/index.ts';
import { HOUR, NOON, numberAt, openScreeningRig, type ScreeningRig } from './screening.fixture.ts';

let rig: ScreeningRig;
const open = async (debtors: number, startAt = NOON) => {
  rig = openScreeningRig(debtors, startAt);
  await rig.settle();
};
afterEach(() => rig.close());

const view = () => rig.screener.view(rig.campaignId);
const next = () => nextEntry(rig.store.read, rig.campaignId, rig.clock.now(), new Set())?.debtorId;
const pass = async (ms: number) => {
  rig.clock.advance(ms);
  await rig.settle();
};
const lift = (holdId: string) =>
  rig.store.runNow((db, context) => db.update('hold', holdId, { liftedAt: context.now }));

describe('the first look at a list', () => {
  it('leaves those who may be called as they are, and says that all were looked at', async () => {
    await open(3);
    expect(view()).toEqual({
      campaignId: rig.campaignId,
      state: 'idle',
      entries: 3,
      screened: 3,
      screenedAt: NOON,
      allowedNow: 3,
      refused: [],
    });
    expect(rig.entry(0)).toMatchObject({ status: 'pending', blockedUntil: 0, blockedRule: null });
  });

  it('blocks whom the rules refuse until they say yes, and the dialer passes them over', async () => {
    await open(0);
    rig.addDebtors(3);
    rig.attempt(1);
    rig.attempt(1);
    rig.hold(0);
    const campaignId = rig.makeCampaign();
    await rig.settle();
    const midnight = Date.parse('2026-11-26T00:00:00Z');
    expect(rig.screener.view(campaignId).refused).toEqual([
      expect.objectContaining({ rule: 'T-cease', entries: 1, firstAt: null, lastAt: null }),
      expect.objectContaining({
        rule: 'T-cap',
        pack: 'screening-test',
        because: 'cap',
        entries: 1,
        // the day after, when its hours begin
        firstAt: midnight + 8 * HOUR,
        lastAt: midnight + 8 * HOUR,
      }),
    ]);
    const due = nextEntry(rig.store.read, campaignId, rig.clock.now(), new Set());
    expect(due?.debtorId).toBe(rig.debtorIds[2]);
  });

  it('at night blocks everybody until the morning, and in the morning nothing has to be written', async () => {
    await open(3, Date.parse('2026-11-25T22:00:00Z'));
    const morning = Date.parse('2026-11-26T08:00:00Z');
    expect(rig.entry(0)).toMatchObject({ status: 'pending', blockedUntil: morning });
    expect(next()).toBeUndefined();
    expect(view()).toMatchObject({ allowedNow: 0, refused: [{ rule: 'T-hours', entries: 3 }] });
    rig.clock.advance(10 * HOUR);
    expect(next()).toBe(rig.debtorIds[0]);
    expect(view()).toMatchObject({ allowedNow: 3, refused: [] });
  });

  it('a debtor who may be called at one of several numbers may be called', async () => {
    await open(1);
    rig.addPhone(0, 'work', numberAt(500));
    rig.hold(0, { kind: 'mediumOptOut', contactPointId: rig.phone(0).id });
    await rig.settle();
    expect(rig.entry(0)).toMatchObject({ blockedUntil: 0 });
    rig.hold(0, { kind: 'workplace' });
    await rig.settle();
    expect(rig.entry(0)).toMatchObject({ blockedUntil: NO_DATE });
  });

  it('whom no number reaches is refused until there is one', async () => {
    await open(1);
    rig.store.runNow((db) => db.update('contactPoint', rig.phone(0).id, { status: 'retired' }));
    await rig.settle();
    expect(view().refused).toMatchObject([{ because: 'number-missing', firstAt: null }]);
    rig.addPhone(0, 'mobile', numberAt(600));
    await rig.settle();
    expect(view()).toMatchObject({ allowedNow: 1, refused: [] });
  });
});

describe('a change of a fact', () => {
  beforeEach(() => open(3));

  it('takes a debtor off their list while it lasts, and brings them back as they were', async () => {
    const retryAt = NOON + HOUR;
    rig.store.runNow((db) =>
      db.update('contactListEntry', String(rig.entry(0).id), {
        status: 'waiting',
        nextAt: retryAt,
        attempts: 1,
      }),
    );
    const holdId = rig.hold(0);
    await rig.settle();
    expect(rig.entry(0)).toMatchObject({ status: 'waiting', blockedUntil: NO_DATE });
    expect(view().refused).toMatchObject([{ rule: 'T-cease', entries: 1 }]);
    await pass(2 * HOUR);
    expect(next()).toBe(rig.debtorIds[1]);
    expect(rig.freed).toEqual([]);
    lift(holdId);
    await rig.settle();
    expect(rig.entry(0)).toMatchObject({ status: 'waiting', nextAt: retryAt, blockedUntil: 0 });
    expect(next()).toBe(rig.debtorIds[0]);
    expect(rig.freed).toEqual([rig.campaignId]);
  });

  it('counts for everybody who shares a number', async () => {
    rig.addPhone(1, 'home', numberAt(0));
    rig.store.runNow((db, context) =>
      db.insert('doNotCall', {
        id: context.newId(),
        list: 'own',
        number: numberAt(0),
        createdAt: 0,
      }),
    );
    await rig.settle();
    expect(rig.entry(0)).toMatchObject({ blockedBecause: 'doNotCallList' });
    expect(rig.entry(1)).toMatchObject({ blockedUntil: 0 });
  });

  it('concerns only the list on which it was looked at: an entry that is being called is left alone', async () => {
    const id = String(rig.entry(0).id);
    rig.store.runNow((db, context) => takeEntry(db, context, id));
    rig.hold(0);
    await rig.settle();
    expect(rig.entry(0)).toMatchObject({ status: 'inProgress', blockedUntil: 0 });
    expect(view().entries).toBe(2);
    rig.store.runNow((db) =>
      db.update('contactListEntry', id, { status: 'waiting', nextAt: NOON, attempts: 1 }),
    );
    await rig.settle();
    expect(rig.entry(0)).toMatchObject({ status: 'waiting', blockedUntil: NO_DATE });
  });

  it('a new entry is looked at, also one of a part of an import', async () => {
    rig.addDebtors(2);
    rig.hold(3);
    rig.store.runNow((db, context) => {
      const chunk = db.beginChunk('more');
      for (const index of [3, 4])
        db.insert('contactListEntry', {
          id: context.newId(),
          campaignId: rig.campaignId,
          debtorId: rig.debtorIds[index],
          status: 'pending',
          position: index,
          updatedAt: 0,
        });
      chunk.end();
    });
    await rig.settle();
    expect(rig.entry(3)).toMatchObject({ blockedBecause: 'hold' });
    expect(view()).toMatchObject({ entries: 5, allowedNow: 4 });
  });

  it('of the rules themselves makes all be looked at again', async () => {
    expect(view().screenedAt).toBe(NOON);
    rig.clock.advance(HOUR);
    rig.store.runNow((db) => {
      db.insert('setting', {
        id: 'contactRules.revision',
        valueJson: '{"revision":1}',
        updatedAt: 0,
      });
    });
    await rig.settle();
    expect(view().screenedAt).toBe(NOON + HOUR);
  });
});

describe('as time passes', () => {
  it('a running list is looked at again; one that is paused when somebody asks', async () => {
    await open(2);
    await pass(16 * 60_000);
    expect(view().screenedAt).toBe(rig.clock.now());
    rig.store.runNow((db) => db.update('campaign', rig.campaignId, { status: 'paused' }));
    const before = rig.clock.now();
    await pass(16 * 60_000);
    expect(view().screenedAt).toBe(before);
    rig.screener.askedView(rig.campaignId);
    await rig.settle();
    expect(view().screenedAt).toBe(rig.clock.now());
  });

  it('refusals that the dialer meets make it be looked at: a window has closed', async () => {
    await open(8, Date.parse('2026-11-25T19:59:00Z'));
    expect(view().allowedNow).toBe(8);
    await pass(2 * 60_000);
    const morning = Date.parse('2026-11-26T08:00:00Z');
    const refuse = (index: number) =>
      rig.store.runNow((db, context) =>
        deferEntry(db, context, String(rig.entry(index).id), {
          nextAllowedAt: morning,
          because: 'hours',
          rule: 'T-hours',
          pack: 'screening-test',
        }),
      );
    for (let index = 0; index < 4; index += 1) refuse(index);
    await rig.settle();
    expect(rig.entry(7)).toMatchObject({ blockedUntil: 0 });
    refuse(4);
    await rig.settle();
    expect(rig.entry(7)).toMatchObject({ blockedUntil: morning });
  });

  it('nothing is looked at while the clock is doubted, and all when it is trusted', async () => {
    await open(2);
    rig.screener.doubtClock();
    rig.hold(0);
    await rig.settle();
    expect(view().state).toBe('unavailable');
    expect(rig.entry(0)).toMatchObject({ blockedUntil: 0 });
    rig.screener.trustClock();
    await rig.settle();
    expect(rig.entry(0)).toMatchObject({ blockedUntil: NO_DATE });
  });

  it('a door that doubts the clock itself is not taken for a refusal', async () => {
    await open(2);
    rig.store.runNow((db, context) =>
      db.insert('contactEvent', {
        id: context.newId(),
        at: context.now + 24 * HOUR,
        kind: 'attempt',
        direction: 'out',
        channel: 'call',
        debtorId: rig.debtorIds[0],
      }),
    );
    await rig.settle();
    expect(view().state).toBe('unavailable');
    expect(rig.entry(0)).toMatchObject({ blockedUntil: 0, blockedRule: null });
  });
});

describe('a new start', () => {
  it('goes on with the changes that were not looked at', async () => {
    await open(3);
    const { screenedAt } = view();
    rig.clock.advance(6_000);
    await rig.settle();
    rig.hold(1);
    rig.restart();
    await rig.settle();
    expect(rig.entry(1)).toMatchObject({ blockedUntil: NO_DATE });
    expect(view()).toMatchObject({ screenedAt, screened: 3, state: 'idle' });
  });

  it('goes on with a list where it was, and forgets nothing that it has not written', async () => {
    await open(0);
    rig.addDebtors(250);
    for (let index = 0; index < 250; index += 5) rig.hold(index);
    const campaignId = rig.makeCampaign();
    rig.restart();
    // some steps only: then the process is gone
    for (let step = 0; step < 5; step += 1) rig.screener.work();
    expect(rig.screener.view(campaignId).screened).toBeLessThan(250);
    rig.restart();
    await rig.settle();
    expect(rig.screener.view(campaignId)).toMatchObject({
      state: 'idle',
      screened: 250,
      allowedNow: 200,
      refused: [{ rule: 'T-cease', entries: 50 }],
    });
    const stored = rig.store.read.get<{ n: number }>(
      'SELECT count(*) AS n FROM contactListEntry WHERE campaignId = ? AND blockedUntil = ?',
      campaignId,
      NO_DATE,
    );
    expect(stored?.n).toBe(50);
  });

  it('of a command forgets what was found before', async () => {
    await open(3);
    rig.clock.advance(1_000);
    rig.screener.screen(rig.campaignId);
    expect(view()).toMatchObject({ state: 'running', screened: 0, screenedAt: null });
    await rig.settle();
    expect(view()).toMatchObject({ state: 'idle', screened: 3, screenedAt: NOON + 1_000 });
  });
});

it('what could not be written is found again', async () => {
  await open(2);
  rig.broken.isSet = true;
  rig.hold(0);
  await rig.settle();
  expect(rig.entry(0)).toMatchObject({ blockedUntil: 0 });
  rig.broken.isSet = false;
  await pass(1_000);
  expect(rig.entry(0)).toMatchObject({ blockedUntil: NO_DATE });
});

it('a hold that is lifted while it is being written does not stay', async () => {
  await open(1);
  const holdId = rig.hold(0);
  rig.screener.hurry();
  rig.screener.work();
  lift(holdId);
  await rig.settle();
  expect(rig.entry(0)).toMatchObject({ blockedUntil: 0 });
});
