import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDebtor, addPhone } from '../debtors.fixture.ts';
import { WorkRig } from './work.fixture.ts';

let rig: WorkRig;
beforeEach(() => {
  rig = new WorkRig();
});
afterEach(() => rig.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const nobody = '01a00000-0000-7000-8000-00000000dead';
/** another debtor with a number */
const other = () =>
  rig.store.runNow((db, context) => {
    const debtorId = addDebtor(db, context, { portfolioId: rig.portfolioId });
    return { debtorId, phoneId: addPhone(db, context, { debtorId, value: '+48501999888' }) };
  });
const lastTold = async () => {
  const { items } = await rig.call('debtor.history', {
    debtorId: rig.debtorId,
    channels: ['status'],
  });
  return items[0];
};

describe('a block', () => {
  const add = (overrides: object = {}) =>
    rig.call('contact.add-block', {
      debtorId: rig.debtorId,
      ...{ days: ['fri', 'mon', 'fri'], from: '08:00', to: '10:30' },
      ...overrides,
    });

  it('is on the card and in the history at once, and the card is announced', async () => {
    const { personalBlockId } = await add({
      contactPointId: rig.phoneId,
      timeZone: 'Europe/London',
      channels: ['call', 'sms', 'call'],
      note: 'night shift',
    });
    expect((await rig.card()).blocks).toEqual([
      {
        personalBlockId,
        contactPointId: rig.phoneId,
        days: ['mon', 'fri'],
        from: '08:00',
        to: '10:30',
        timeZone: 'Europe/London',
        channels: ['call', 'sms'],
        note: 'night shift',
        createdAt: rig.now,
        agentName: 'Ewa',
      },
    ]);
    expect((await lastTold()).happened).toEqual({
      what: 'block.added',
      name: '08:00–10:30',
      kind: 'mon,fri',
    });
    expect(rig.published).toContainEqual({
      name: 'debtor.changed',
      data: { debtorId: rig.debtorId },
    });
  });

  it('is for every channel and number, on the clock where the debtor lives, unless told', async () => {
    await add({ days: ['sun'], from: '00:00', to: '24:00' });
    expect((await rig.card()).blocks).toMatchObject([
      { contactPointId: null, timeZone: null, channels: null, note: null, to: '24:00' },
    ]);
  });

  it.each([
    ['across midnight', { from: '22:00', to: '06:00' }, 'contact.bad-block'],
    ['of no length', { from: '08:00', to: '08:00' }, 'contact.bad-block'],
    ['in a zone that is none', { timeZone: 'Mars/Olympus' }, 'callback.unknown-zone'],
    ['in an offset instead of a zone', { timeZone: '+02:00' }, 'callback.unknown-zone'],
    ['for nobody', { debtorId: nobody }, 'contract.not-found'],
  ])('%s is refused', async (_what, overrides, expected) => {
    await expect(add(overrides)).rejects.toEqual(code(expected));
    expect((await rig.card()).blocks).toEqual([]);
  });

  it('is not for the number of another debtor', async () => {
    await expect(add({ contactPointId: other().phoneId })).rejects.toEqual(
      code('contract.not-found'),
    );
  });

  it('ends when it is lifted, once', async () => {
    const { personalBlockId } = await add();
    await rig.call('contact.lift-block', { personalBlockId });
    expect((await rig.card()).blocks).toEqual([]);
    expect(await rig.told()).toEqual(['block.lifted', 'block.added']);
    await expect(rig.call('contact.lift-block', { personalBlockId })).rejects.toEqual(
      code('work.already-ended'),
    );
  });
});

describe('a stated place', () => {
  const state = (overrides: object = {}) =>
    rig.call('contact.state-place', {
      ...{ debtorId: rig.debtorId, timeZones: ['America/Chicago'] },
      ...overrides,
    });

  it('ends with its last day, in the zone where the day ends last', async () => {
    const { statedPlaceId } = await state({
      timeZones: ['America/Chicago', 'America/Denver', 'America/Chicago'],
      label: 'at the daughter',
      until: '2026-11-25',
    });
    expect((await rig.card()).statedPlace).toEqual({
      statedPlaceId,
      timeZones: ['America/Chicago', 'America/Denver'],
      label: 'at the daughter',
      since: rig.now,
      until: Date.UTC(2026, 10, 26, 7),
      agentName: 'Ewa',
    });
    rig.now = Date.UTC(2026, 10, 26, 7);
    expect((await rig.card()).statedPlace).toBeNull();
    expect((await lastTold()).happened).toEqual({
      what: 'place.stated',
      name: 'at the daughter',
      on: '2026-11-25',
    });
  });

  it('ends the one before', async () => {
    const before = await state();
    const after = await state({ timeZones: ['Europe/Madrid'] });
    expect((await rig.card()).statedPlace).toMatchObject({
      statedPlaceId: after.statedPlaceId,
      until: null,
    });
    await expect(rig.call('contact.end-place', before)).rejects.toEqual(code('work.already-ended'));
    await rig.call('contact.end-place', after);
    expect((await rig.card()).statedPlace).toBeNull();
    expect(await rig.told()).toEqual(['place.ended', 'place.stated', 'place.stated']);
  });

  it('may be for today, wherever that day still goes on', async () => {
    rig.now = Date.UTC(2026, 10, 24, 3);
    await state({ until: '2026-11-23' });
    await expect(state({ until: '2026-11-22' })).rejects.toEqual(code('contact.date-past'));
    await expect(state({ timeZones: ['Europe/Warsaw'], until: '2026-11-23' })).rejects.toEqual(
      code('contact.date-past'),
    );
    // what was refused ended nothing
    expect((await rig.card()).statedPlace).toMatchObject({ timeZones: ['America/Chicago'] });
  });

  it('is refused in zones that are none', async () => {
    await expect(state({ timeZones: ['Europe/Madrid', 'Nowhere'] })).rejects.toEqual(
      code('callback.unknown-zone'),
    );
  });
});

describe('doubt about the zone of a number', () => {
  const set = (doubt: boolean) =>
    rig.call('contact.set-zone-doubt', { contactPointId: rig.phoneId, doubt });

  it('is set and taken back, and told once each', async () => {
    await set(true);
    await set(true);
    expect((await rig.card()).contactPoints).toMatchObject([{ zoneDoubt: true }]);
    await set(false);
    expect((await rig.card()).contactPoints).toMatchObject([{ zoneDoubt: false }]);
    expect(await rig.told()).toEqual(['zone-doubt.lifted', 'zone-doubt.set']);
  });
});

describe('a notice', () => {
  const record = (overrides: object = {}) =>
    rig.call('contact.record-notice', {
      debtorId: rig.debtorId,
      ...{ notice: 'firstClaimInTextForm', sentOn: '2026-11-20', source: 'the creditor' },
      ...overrides,
    });

  it('is dated at the beginning of its day where the debtor lives', async () => {
    const { noticeSentId } = await record({ debtId: rig.debtIds[0] });
    expect((await rig.card()).notices).toEqual([
      {
        noticeSentId,
        notice: 'firstClaimInTextForm',
        debtId: rig.debtIds[0],
        sentAt: Date.UTC(2026, 10, 19, 23),
        source: 'the creditor',
      },
    ]);
    expect((await lastTold()).happened).toEqual({
      what: 'notice.recorded',
      kind: 'firstClaimInTextForm',
      on: '2026-11-20',
      name: 'the creditor',
    });
  });

  it('of a day that has begun somewhere is never dated ahead of now; a later day is refused', async () => {
    rig.now = Date.UTC(2026, 10, 24, 12);
    await record({ sentOn: '2026-11-25' });
    expect((await rig.card()).notices).toMatchObject([{ sentAt: rig.now }]);
    await expect(record({ sentOn: '2026-11-26' })).rejects.toEqual(code('contact.date-ahead'));
  });

  it('is about a debt of this debtor', async () => {
    const { debtorId } = other();
    await expect(record({ debtorId, debtId: rig.debtIds[0] })).rejects.toEqual(
      code('contract.not-found'),
    );
  });

  it('can be removed when it was a mistake', async () => {
    const { noticeSentId } = await record();
    await rig.call('contact.remove-notice', { noticeSentId });
    expect((await rig.card()).notices).toEqual([]);
    expect(await rig.told()).toEqual(['notice.removed', 'notice.recorded']);
    await expect(rig.call('contact.remove-notice', { noticeSentId })).rejects.toEqual(
      code('contract.not-found'),
    );
  });
});
