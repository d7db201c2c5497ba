import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCampaignSettings } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import { type DialerRig, openDialerRig } from '../../testing/dialer-rig.ts';
import {
  countAttempt,
  deferEntry,
  giveEntryBack,
  NO_DATE,
  nextDue,
  nextEntry,
  postponeEntry,
  resettleEntry,
  settleEntry,
  takeEntry,
} from './index.ts';

let rig: DialerRig;
beforeEach(() => {
  rig = openDialerRig(3);
});
afterEach(() => rig.close());

const id = (index = 0) => String(rig.entry(index).id);
const run = <Value>(work: Parameters<DialerRig['store']['runNow']>[0]) =>
  rig.store.runNow(work) as Value;
const take = (index = 0) => run<boolean>((db, context) => takeEntry(db, context, id(index)));
const settle = (result: AttemptResult) =>
  run((db, context) => {
    countAttempt(db, context, id());
    settleEntry(db, context, id(), result);
  });
const next = (taken: string[] = []) =>
  nextEntry(rig.store.read, rig.campaignId, rig.clock.now(), new Set(taken));

describe('an entry of a contact list', () => {
  it('is taken once', () => {
    expect(take()).toBe(true);
    expect(take()).toBe(false);
  });

  const delays: [AttemptResult, number | null][] = [
    ['busy', defaultCampaignSettings.retry.busyMs],
    ['noAnswer', defaultCampaignSettings.retry.noAnswerMs],
    ['interrupted', defaultCampaignSettings.retry.noAnswerMs],
    ['rejected', defaultCampaignSettings.retry.rejectedMs],
    ['machine', defaultCampaignSettings.retry.machineMs],
    ['networkFailure', defaultCampaignSettings.retry.networkFailureMs],
    ['cancelled', defaultCampaignSettings.retry.networkFailureMs],
    ['abandoned', defaultCampaignSettings.retry.abandonedMs],
    ['invalidNumber', null],
  ];
  it.each(delays)('after %s waits %s ms', (result, delayMs) => {
    take();
    settle(result);
    expect(rig.entry()).toMatchObject(
      delayMs === null
        ? { status: 'done', doneReason: result }
        : { status: 'waiting', nextAt: rig.clock.now() + delayMs, lastResult: result },
    );
  });

  it('is done after the last try that the campaign allows', () => {
    for (let tries = 0; tries < defaultCampaignSettings.retry.maxAttemptsPerDebtor; tries += 1) {
      expect(rig.entry().status).not.toBe('done');
      rig.clock.advance(100 * 3_600_000);
      take();
      settle('busy');
    }
    expect(rig.entry()).toMatchObject({ status: 'done', doneReason: 'busy' });
  });

  it('answered, stays in progress until its outcome', () => {
    take();
    settle('answered');
    expect(rig.entry()).toMatchObject({ status: 'inProgress', lastResult: 'answered' });
  });

  it('given back, is as it was', () => {
    take();
    run((db, context) => giveEntryBack(db, context, id()));
    expect(rig.entry()).toMatchObject({ status: 'pending', attempts: 0 });
  });

  it('refused without a date waits for a fact; refused until now waits a second', () => {
    take(0);
    run((db, context) => deferEntry(db, context, id(0), { nextAllowedAt: null, because: 'hold' }));
    expect(rig.entry(0)).toMatchObject({
      status: 'pending',
      blockedUntil: NO_DATE,
      blockedBecause: 'hold',
    });
    const nextAllowedAt = rig.clock.now();
    const refusal = { nextAllowedAt, because: 'cap', rule: 'C-1', pack: 'c' };
    run((db, context) => deferEntry(db, context, id(1), refusal));
    expect(rig.entry(1)).toMatchObject({
      status: 'pending',
      blockedUntil: nextAllowedAt + 1_000,
      blockedRule: 'C-1',
      blockedPack: 'c',
    });
    expect(next()).toMatchObject({ entryId: id(2) });
    expect(take(0)).toBe(false);
    expect(take(1)).toBe(false);
    rig.clock.advance(1_000);
    expect(take(1)).toBe(true);
  });

  it('refused after a try keeps the date of its retry', () => {
    take();
    settle('busy');
    const { nextAt } = rig.entry();
    rig.clock.advance(300_000);
    take();
    run((db, context) => deferEntry(db, context, id(), { nextAllowedAt: null, because: 'hold' }));
    expect(rig.entry()).toMatchObject({ status: 'waiting', nextAt, blockedUntil: NO_DATE });
  });

  it('whose debtor is on a line waits as a retry does', () => {
    const until = rig.clock.now() + 60_000;
    run((db, context) => postponeEntry(db, context, id(), until));
    expect(rig.entry()).toMatchObject({ status: 'waiting', nextAt: until, blockedUntil: 0 });
  });

  it.each(['done', 'skipped', 'inProgress'])('that is %s is not put off', (status) => {
    run((db) => db.update('contactListEntry', id(), { status, nextAt: 7 }));
    run((db, context) => postponeEntry(db, context, id(), rig.clock.now() + 60_000));
    expect(rig.entry()).toMatchObject({ status, nextAt: 7 });
  });

  it.each([
    ['a callback that comes before', 300_000, 300_000, 300_000],
    ['a callback that comes later', 7_200_000, 7_200_000, 7_200_000],
    ['a retry that comes later', 7_200_000, null, 7_200_000],
    ['a callback that is due', 0, 0, 900_000],
  ])('that is put off keeps %s', (_what, nextInMs, callbackInMs, expectedMs) => {
    const now = rig.clock.now();
    const callbackAt = callbackInMs === null ? null : now + callbackInMs;
    const columns = { status: 'waiting', nextAt: now + nextInMs, callbackAt };
    run((db) => db.update('contactListEntry', id(), columns));
    run((db, context) => postponeEntry(db, context, id(), now + 900_000));
    expect(rig.entry()).toMatchObject({ nextAt: now + expectedMs, callbackAt });
  });

  it('whose verdict is corrected waits as the new one says, unless it is in progress again', () => {
    take();
    settle('noAnswer');
    run((db, context) => resettleEntry(db, context, id(), 'abandoned'));
    expect(rig.entry().nextAt).toBe(
      rig.clock.now() + (defaultCampaignSettings.retry.abandonedMs ?? 0),
    );
    rig.clock.advance(defaultCampaignSettings.retry.abandonedMs ?? 0);
    take();
    run((db, context) => resettleEntry(db, context, id(), 'abandoned'));
    expect(rig.entry().status).toBe('inProgress');
  });
});

describe('the next debtor', () => {
  it('is a retry that is due before anyone who was never tried', () => {
    expect(next()).toMatchObject({ entryId: id(0) });
    take(0);
    settle('busy');
    expect(next()).toMatchObject({ entryId: id(1) });
    expect(nextDue(rig.store.read, rig.campaignId, rig.clock.now())).toEqual({
      at: rig.clock.now() + 300_000,
      byRules: false,
    });
    rig.clock.advance(300_000);
    expect(next()).toMatchObject({ entryId: id(0) });
    expect(next([id(0)])).toMatchObject({ entryId: id(1) });
    expect(next([id(0), id(1), id(2)])).toBeNull();
  });

  it('is called at the number that was tried least recently', () => {
    run((db, context) => {
      const debtorId = rig.debtorIds[0];
      const point = {
        debtorId,
        kind: 'home',
        status: 'active',
        timeZonesJson: '[]',
        createdAt: context.now,
      };
      db.insert('contactPoint', { id: 'second', value: '+48100000777', rank: 1, ...point });
      db.insert('contactPoint', {
        id: 'mail',
        value: 'a@example.org',
        rank: 0,
        ...point,
        kind: 'email',
      });
    });
    expect(next()?.numbers.map(({ number }) => number)).toEqual(['+48100000000', '+48100000777']);
    run((db) =>
      db.update(
        'contactPoint',
        db.get<{ id: string }>('SELECT id FROM contactPoint WHERE value = ?', '+48100000000')?.id ??
          '',
        { lastTriedAt: 5 },
      ),
    );
    expect(next()?.numbers[0]).toMatchObject({ number: '+48100000777' });
  });
});
