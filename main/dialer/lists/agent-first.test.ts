import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCampaignSettings } from '#shared/contract/index.ts';
import { workWrites } from '../../debtors/index.ts';
import { followCallbacks, leaveLists } from '../../debtors/writes.ts';
import { type DialerRig, openDialerRig } from '../../testing/dialer-rig.ts';
import { readOrders } from '../numbers/index.ts';
import { adoptEntries } from './adopt-entries.ts';
import { dueCallbacks } from './due-callbacks.ts';
import { countAttempt, settleDisposedEntry, settleEntry, takeEntry } from './entry-writes.ts';
import { dueSilent } from './silence.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let rig: DialerRig;
beforeEach(() => {
  rig = openDialerRig(3);
});
afterEach(() => rig.close());

const run = <Value>(work: Parameters<DialerRig['store']['runNow']>[0]) =>
  rig.store.runNow(work) as Value;
const entryId = (index = 0) => String(rig.entry(index).id);
const debtor = (index = 0) => rig.debtorIds[index]!;
const due = (aheadMs = 0) =>
  dueCallbacks(rig.store.read, [rig.campaignId], rig.clock.now(), aheadMs);
const silent = (coolDownMs: number | null = 72 * HOUR_MS) =>
  dueSilent(rig.store.read, rig.campaignId, rig.clock.now(), coolDownMs);

/** By hand, as the agent does it; the time is UTC. */
function agree(afterMs: number, personId: string | null = 'anna', index = 0): string {
  const at = new Date(rig.clock.now() + afterMs);
  const [on = '', time = ''] = at.toISOString().split('T');
  const { callbackId } = run<{ callbackId: string }>((db, context) =>
    workWrites['callback.set'](db, context, {
      debtorId: debtor(index),
      on,
      time: time.slice(0, 5),
      timeZone: 'UTC',
      ownerId: personId,
      personId,
    }),
  );
  return callbackId;
}
/** to the minute */
const minuteIn = (ms: number) => Math.floor((rig.clock.now() + ms) / MINUTE_MS) * MINUTE_MS;

describe('a callback that was agreed', () => {
  it('waits on its list for its minute and its agent', () => {
    const at = minuteIn(HOUR_MS);
    agree(HOUR_MS);
    expect(rig.entry()).toMatchObject({
      status: 'waiting',
      nextAt: at,
      callbackAt: at,
      callbackPersonId: 'anna',
    });
    expect(due()).toEqual([]);
    expect(due(2 * HOUR_MS)).toMatchObject([
      { entryId: entryId(), debtorId: debtor(), at, personId: 'anna', contactPointId: null },
    ]);
    rig.clock.advance(HOUR_MS);
    expect(due()).toHaveLength(1);
  });

  it('comes before a retry that was due later, and its number does not rest until then', () => {
    const at = minuteIn(HOUR_MS);
    const retryAt = rig.clock.now() + 24 * HOUR_MS;
    run((db) => {
      const tried = { lastTriedAt: rig.clock.now() - 1, nextTryAt: retryAt };
      db.update('contactPoint', String(rig.phoneIds[0]), tried);
      db.update('contactListEntry', entryId(), { status: 'waiting', attempts: 1, nextAt: retryAt });
    });
    agree(HOUR_MS);
    expect(rig.entry()).toMatchObject({ nextAt: at, callbackAt: at });
    const numbers = () =>
      readOrders(rig.store.read, [debtor()], {
        rules: { ...defaultCampaignSettings.numbers, learn: false },
        absentWaitMs: 0,
        at: rig.clock.now(),
      })[0]?.numbers;
    expect(numbers()).toEqual([]);
    rig.clock.advance(HOUR_MS);
    expect(due()).toHaveLength(1);
    expect(numbers()).toHaveLength(1);
    // tried in vain: the retry holds, whatever else is done with the callback
    run((db) => {
      const tried = { lastTriedAt: rig.clock.now(), nextTryAt: retryAt };
      db.update('contactPoint', String(rig.phoneIds[0]), tried);
      db.update('contactListEntry', entryId(), { nextAt: retryAt });
    });
    run((db, context) => followCallbacks(db, context, debtor()));
    expect(rig.entry()).toMatchObject({ nextAt: retryAt, callbackAt: at });
    expect(numbers()).toEqual([]);
  });

  it('does not come before the cool-down of who met silence', () => {
    const now = rig.clock.now();
    const silentUntil = now + Number(defaultCampaignSettings.silentCoolDownMs);
    const columns = { status: 'waiting', attempts: 1, silentAt: now, nextAt: silentUntil };
    run((db) => db.update('contactListEntry', entryId(), columns));
    const at = minuteIn(HOUR_MS);
    agree(HOUR_MS);
    expect(rig.entry()).toMatchObject({ nextAt: silentUntil, callbackAt: at });
  });

  it('that is taken back leaves the entry where it was', () => {
    const callbackId = agree(HOUR_MS);
    run((db, context) =>
      workWrites['callback.cancel'](db, context, { callbackId, done: false, personId: null }),
    );
    expect(rig.entry()).toMatchObject({ status: 'pending', nextAt: 0, callbackAt: null });
  });

  it('gives its place to a later one only when it is over', () => {
    const later = minuteIn(3 * HOUR_MS);
    const first = agree(HOUR_MS);
    agree(3 * HOUR_MS, 'boris');
    expect(rig.entry()).toMatchObject({ callbackPersonId: 'anna' });
    run((db, context) =>
      workWrites['callback.cancel'](db, context, { callbackId: first, done: true, personId: null }),
    );
    expect(rig.entry()).toMatchObject({
      callbackAt: later,
      callbackPersonId: 'boris',
      nextAt: later,
    });
  });

  it('tried in vain comes again with its agent when its number may be tried, not before', () => {
    agree(HOUR_MS);
    rig.clock.advance(HOUR_MS);
    run((db, context) => {
      takeEntry(db, context, entryId());
      countAttempt(db, context, entryId());
      settleEntry(db, context, entryId(), 'busy');
    });
    expect(due()).toEqual([]);
    rig.clock.advance(Number(defaultCampaignSettings.retry.busyMs));
    expect(due()).toMatchObject([{ personId: 'anna' }]);
  });

  it('is not called while the rules refuse it', () => {
    agree(HOUR_MS);
    rig.clock.advance(HOUR_MS);
    run((db) =>
      db.update('contactListEntry', entryId(), { blockedUntil: rig.clock.now() + 1_000 }),
    );
    expect(due()).toEqual([]);
    rig.clock.advance(1_000);
    expect(due()).toHaveLength(1);
  });

  it('set while the debtor is called for another outcome still holds', () => {
    run((db, context) => takeEntry(db, context, entryId()));
    const at = minuteIn(5 * HOUR_MS);
    agree(5 * HOUR_MS);
    expect(rig.entry()).toMatchObject({ status: 'inProgress', callbackAt: at });
    run((db, context) =>
      settleDisposedEntry(db, context, entryId(), {
        effect: 'retry',
        callbackAt: null,
        otherNumbers: false,
        retryAfterMs: HOUR_MS,
      }),
    );
    expect(rig.entry()).toMatchObject({ status: 'waiting', nextAt: at });
  });

  it('is not forgotten by a list that the debtor comes onto later', () => {
    const at = minuteIn(HOUR_MS);
    agree(HOUR_MS);
    run((db) =>
      db.update('contactListEntry', entryId(), {
        callbackAt: null,
        callbackPersonId: null,
        status: 'pending',
        nextAt: 0,
      }),
    );
    run((db, context) => adoptEntries(db, context, rig.campaignId, rig.debtorIds));
    expect(rig.entry()).toMatchObject({ callbackAt: at, nextAt: at });
    expect(rig.entry(1)).toMatchObject({ callbackAt: null });
  });

  it('is never before its minute, nor lost, whatever is set and taken back', () => {
    const step = fc.record({
      minutes: fc.integer({ min: 1, max: 600 }),
      cancel: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const open: { id: string; at: number }[] = [];
        for (const { minutes, cancel } of steps) {
          const [oldest] = open;
          if (cancel && oldest) {
            run((db, context) =>
              workWrites['callback.cancel'](db, context, {
                callbackId: oldest.id,
                done: false,
                personId: null,
              }),
            );
            open.shift();
          } else {
            const at = minuteIn((minutes + 1) * MINUTE_MS);
            open.push({ id: agree((minutes + 1) * MINUTE_MS), at });
          }
          const first = open.length === 0 ? null : Math.min(...open.map(({ at }) => at));
          const entry = rig.entry();
          expect(entry.callbackAt).toBe(first);
          if (first !== null) expect(Number(entry.nextAt)).toBeGreaterThanOrEqual(first);
        }
        for (const { id } of open)
          run((db, context) =>
            workWrites['callback.cancel'](db, context, {
              callbackId: id,
              done: false,
              personId: null,
            }),
          );
        expect(rig.entry()).toMatchObject({ status: 'pending', nextAt: 0, callbackAt: null });
      }),
      { numRuns: 30 },
    );
  });

  it('changes nothing when it is followed again', () => {
    agree(HOUR_MS);
    const before = rig.entry();
    rig.clock.advance(1_000);
    run((db, context) => followCallbacks(db, context, debtor()));
    expect(rig.entry()).toEqual(before);
  });
});

describe('a debtor who was reached', () => {
  it('leaves every list, but for the one whose call goes on', () => {
    run((db, context) => takeEntry(db, context, entryId()));
    const other = run<string>((db, context) => {
      const id = context.newId();
      db.insert('contactListEntry', {
        id,
        campaignId: 'other',
        debtorId: debtor(),
        status: 'waiting',
        position: 0,
        callbackAt: 5,
        updatedAt: 1,
      });
      leaveLists(db, context, debtor(), 'promise');
      return id;
    });
    expect(rig.entry()).toMatchObject({ status: 'inProgress' });
    expect(
      rig.store.read.get(
        'SELECT status, doneReason, callbackAt FROM contactListEntry WHERE id = ?',
        other,
      ),
    ).toEqual({ status: 'done', doneReason: 'promise', callbackAt: null });
    expect(rig.entry(1)).toMatchObject({ status: 'pending' });
  });
});

describe('a debtor who met silence', () => {
  const abandon = () =>
    run((db, context) => {
      takeEntry(db, context, entryId());
      countAttempt(db, context, entryId());
      settleEntry(db, context, entryId(), 'abandoned');
    });

  it('is called again after the cool-down, by the way that has an agent first', () => {
    abandon();
    expect(rig.entry()).toMatchObject({ status: 'waiting', silentAt: rig.clock.now() });
    expect(silent()).toEqual([]);
    rig.clock.advance(72 * HOUR_MS);
    expect(silent()).toMatchObject([{ entryId: entryId(), debtorId: debtor() }]);
    expect(silent(null)).toEqual([]);
  });

  it('is not called by a campaign that says never', () => {
    run((db) =>
      db.update('campaign', rig.campaignId, {
        settingsJson: JSON.stringify({ ...defaultCampaignSettings, silentCoolDownMs: null }),
      }),
    );
    abandon();
    expect(rig.entry()).toMatchObject({ status: 'done', doneReason: 'abandoned' });
  });

  it('is one for all lists, those to come too, until they are reached', () => {
    const other = run<string>((db, context) => {
      const id = context.newId();
      db.insert('campaign', {
        id: 'other',
        name: 'o',
        portfolioId: 'p',
        status: 'running',
        settingsJson: '{}',
        createdAt: 1,
      });
      db.insert('contactListEntry', {
        id,
        campaignId: 'other',
        debtorId: debtor(),
        status: 'pending',
        position: 0,
        updatedAt: 1,
      });
      return id;
    });
    const row = () =>
      rig.store.read.get<Record<string, unknown>>(
        'SELECT status, silentAt, nextAt FROM contactListEntry WHERE id = ?',
        other,
      );
    const at = rig.clock.now();
    abandon();
    expect(row()).toEqual({ status: 'waiting', silentAt: at, nextAt: at + 72 * HOUR_MS });
    run((db) => db.update('contactListEntry', other, { silentAt: null }));
    run((db, context) => adoptEntries(db, context, 'other', [debtor()]));
    expect(row()).toMatchObject({ silentAt: at });
    rig.clock.advance(72 * HOUR_MS);
    run((db, context) => {
      takeEntry(db, context, entryId());
      settleEntry(db, context, entryId(), 'answered');
    });
    expect(row()).toMatchObject({ silentAt: null });
    expect(rig.entry()).toMatchObject({ silentAt: null });
  });
});
