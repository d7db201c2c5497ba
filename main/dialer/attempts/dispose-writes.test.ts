import { afterEach, describe, expect, it } from 'vitest';
import { defaultDispositions } from '../../store/index.ts';
import { type DialerRig, openDialerRig, turnsUntil } from '../../testing/dialer-rig.ts';
import { type DisposeInput, disposeWrites } from './dispose-writes.ts';

let rig: DialerRig;
afterEach(() => rig.close());

/** A call that was talked and has ended. */
async function talked(): Promise<void> {
  rig = openDialerRig();
  rig.ready('anna');
  await rig.attempts.start(rig.start(), 'call');
  await turnsUntil('sent', () => rig.trunks.calls[0]?.sent === true);
  rig.trunks.calls[0]?.answer();
  await turnsUntil('joined', () => rig.agents.state('anna').kind === 'talking');
}

async function ended(): Promise<void> {
  await talked();
  rig.trunks.calls[0]?.end();
  await turnsUntil('ended', () => rig.attempt('call').endedAt !== null);
}

const dispose = (code: string, more: Partial<DisposeInput> = {}) =>
  rig.store.runNow((db, context) =>
    disposeWrites['call.dispose'](db, context, {
      callId: 'call',
      personId: 'anna',
      dispositionCode: code,
      note: null,
      promise: null,
      callbackAt: null,
      automatic: false,
      ...more,
    }),
  );
const rows = (table: 'promiseToPay' | 'callback' | 'hold' | 'interactionContent') =>
  rig.store.read.all<Record<string, unknown>>(`SELECT * FROM ${table}`);

describe('the outcome of a call', () => {
  it('a promise stands with amount and date, and takes the debtor off the list', async () => {
    await ended();
    const promise = { debtId: null, amountMinor: 5_000, currency: 'PLN', dueOn: '2026-12-01' };
    expect(() => dispose('promise')).toThrow(
      expect.objectContaining({ code: 'call.promise-needed' }),
    );
    dispose('promise', { promise, note: ' said so ' });
    expect(rows('promiseToPay')).toMatchObject([
      { amountMinor: 5_000, dueOn: '2026-12-01', status: 'open' },
    ]);
    expect(rows('interactionContent')).toMatchObject([{ kind: 'note', text: 'said so' }]);
    expect(rig.entry()).toMatchObject({ status: 'done', doneReason: 'promise' });
    expect(rig.attempt('call')).toMatchObject({ dispositionCode: 'promise' });
  });

  it('a callback waits until its hour', async () => {
    await ended();
    const callbackAt = rig.clock.now() + 3_600_000;
    dispose('callback', { callbackAt });
    expect(rows('callback')).toMatchObject([{ at: callbackAt, status: 'open' }]);
    expect(rig.entry()).toMatchObject({ status: 'waiting', nextAt: callbackAt });
  });

  it('a conversation ends the callback that was due, and no later one', async () => {
    await ended();
    const { debtorId } = rig.attempt('call');
    rig.store.runNow((db, { now, newId }) => {
      for (const at of [now - 60_000, now + 86_400_000])
        db.insert('callback', { id: newId(), debtorId, at, status: 'open', createdAt: 1 });
    });
    dispose('callback', { callbackAt: 9_000_000_000_000 });
    expect(
      rows('callback')
        .map((row) => row.status)
        .sort(),
    ).toEqual(['done', 'open', 'open']);
  });

  it('a wrong number is not called again, and the debtor leaves the list when there is no other', async () => {
    await ended();
    dispose('wrongNumber');
    expect(rig.store.read.get('SELECT status FROM contactPoint')).toEqual({
      status: 'wrongNumber',
    });
    expect(rig.entry()).toMatchObject({ status: 'done', doneReason: 'wrongNumber' });
  });

  it('"do not call" is a hold on calls, and on messages left by voice', async () => {
    await ended();
    dispose('doNotCall');
    expect(rows('hold')).toMatchObject([
      { kind: 'mediumOptOut', medium: 'call', liftedAt: null },
      { kind: 'mediumOptOut', medium: 'voiceMessage', liftedAt: null },
    ]);
  });

  it('an outcome that asks for another try waits a day, and ends after the last try', async () => {
    await ended();
    dispose('refuses');
    expect(rig.entry()).toMatchObject({
      status: 'waiting',
      nextAt: rig.clock.now() + 24 * 3_600_000,
    });
    await rig.close();
    await ended();
    rig.store.runNow((db) =>
      db.update('contactListEntry', String(rig.entry().id), { attempts: 5 }),
    );
    dispose('refuses');
    expect(rig.entry().status).toBe('done');
  });

  it('is recorded once, after the end, with a code that exists', async () => {
    await talked();
    expect(() => dispose('paid')).toThrow(expect.objectContaining({ code: 'call.still-up' }));
    rig.trunks.calls[0]?.end();
    await turnsUntil('ended', () => rig.attempt('call').endedAt !== null);
    expect(() => dispose('nonsense')).toThrow(
      expect.objectContaining({ code: 'call.unknown-disposition' }),
    );
    dispose('paid');
    expect(() => dispose('paid')).toThrow(
      expect.objectContaining({ code: 'call.already-disposed' }),
    );
    expect(() => dispose('paid', { callId: 'none' })).toThrow(
      expect.objectContaining({ code: 'call.unknown' }),
    );
  });

  const change = (code: string, columns: Record<string, unknown>) =>
    rig.store.runNow((db) => {
      const row = db.get<{ id: string }>('SELECT id FROM dispositionCode WHERE code = ?', code);
      db.update('dispositionCode', String(row?.id), columns);
    });
  const otherEntry = (status = 'waiting') =>
    rig.store.runNow((db, { newId }) =>
      db.insert('contactListEntry', {
        id: newId(),
        campaignId: 'other',
        debtorId: rig.debtorIds[0],
        status,
        position: 0,
        updatedAt: 1,
      }),
    );
  const statusElsewhere = () =>
    rig.store.read.get(
      "SELECT status, doneReason FROM contactListEntry WHERE campaignId = 'other'",
    );

  it.each(['paid', 'promise', 'doNotCall'])('%s takes the debtor off every list', async (code) => {
    await ended();
    otherEntry();
    const promise = { debtId: null, amountMinor: 1, currency: 'PLN', dueOn: '2030-12-01' };
    dispose(code, { promise });
    expect(statusElsewhere()).toMatchObject({ status: 'done' });
  });

  it('another try leaves other lists alone, unless the outcome says that they are left too', async () => {
    await ended();
    otherEntry();
    dispose('refuses');
    expect(statusElsewhere()).toMatchObject({ status: 'waiting' });
    await rig.close();
    await ended();
    otherEntry();
    change('refuses', { nextJson: '{"leavesAllLists":true}' });
    dispose('refuses');
    expect(statusElsewhere()).toEqual({ status: 'done', doneReason: 'retry' });
    expect(rig.entry()).toMatchObject({ status: 'waiting' });
  });

  it('another try comes when the outcome says, and not with this number where there are others', async () => {
    await ended();
    change('refuses', { nextJson: '{"retryAfterMs":3600000,"otherNumber":true}' });
    const phone = rig.phoneIds[0]!;
    const nextTryAt = () =>
      rig.store.read.get<{ nextTryAt: number }>(
        'SELECT nextTryAt FROM contactPoint WHERE id = ?',
        phone,
      )?.nextTryAt ?? 0;
    rig.store.runNow((db, { newId }) =>
      db.insert('contactPoint', {
        id: newId(),
        debtorId: rig.debtorIds[0],
        kind: 'home',
        value: '+48220000009',
        status: 'active',
        timeZonesJson: '[]',
        createdAt: 1,
      }),
    );
    dispose('refuses');
    expect(rig.entry()).toMatchObject({ nextAt: rig.clock.now() + 3_600_000 });
    expect(nextTryAt()).toBeGreaterThan(rig.clock.now() + 86_400_000);
  });

  it('may need a note, but not when nobody was there to write one', async () => {
    await ended();
    change('other', { nextJson: '{"noteRequired":true}', effect: 'promise' });
    expect(() => dispose('other', { note: '  ' })).toThrow(
      expect.objectContaining({ code: 'call.promise-needed' }),
    );
    change('other', { effect: 'retry' });
    expect(() => dispose('other', { note: '  ' })).toThrow(
      expect.objectContaining({ code: 'call.note-needed' }),
    );
    change('other', { effect: 'promise' });
    dispose('other', { automatic: true });
    expect(rig.entry()).toMatchObject({ status: 'waiting' });
  });

  it('a callback agreed in the call is with its agent at its minute', async () => {
    await ended();
    const callbackAt = rig.clock.now() + 3_600_000;
    dispose('callback', { callbackAt });
    expect(rig.entry()).toMatchObject({ callbackAt, callbackPersonId: 'anna', nextAt: callbackAt });
  });

  it.each(defaultDispositions.map(({ code }) => code))(
    '%s leaves nobody in progress',
    async (code) => {
      await ended();
      const promise = { debtId: null, amountMinor: 1, currency: 'PLN', dueOn: '2026-12-01' };
      dispose(code, { promise, callbackAt: rig.clock.now() + 1_000 });
      expect(rig.entry().status).not.toBe('inProgress');
    },
  );
});
