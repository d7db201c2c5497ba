import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkRig } from './work.fixture.ts';
import { instantOf } from './zoned-time.ts';

let rig: WorkRig;
beforeEach(() => {
  rig = new WorkRig();
});
afterEach(() => rig.close());

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('callbacks', () => {
  const set = (overrides: object = {}) =>
    rig.call('callback.set', {
      debtorId: rig.debtorId,
      on: '2026-11-25',
      time: '17:30',
      ...overrides,
    });

  it('are at a time of the debtor, and are due then for whose they are', async () => {
    const callback = await set({ note: 'after work', contactPointId: rig.phoneId });
    expect(callback).toMatchObject({
      at: Date.UTC(2026, 10, 25, 16, 30),
      timeZone: 'Europe/Warsaw',
      note: 'after work',
      number: '+48501234567',
      agentName: 'Ewa',
    });
    expect((await rig.card()).nextAction).toEqual({ kind: 'callback', at: callback.at });
    expect(await rig.call('callback.list', {})).toMatchObject({
      callbacks: [{ callbackId: callback.callbackId }],
      dueNow: 0,
    });
    rig.now = callback.at;
    expect(await rig.call('callback.list', { until: rig.now })).toMatchObject({ dueNow: 1 });
    await rig.call('callback.cancel', { callbackId: callback.callbackId });
    expect(await rig.call('callback.list', { whose: 'all' })).toEqual({ callbacks: [], dueNow: 0 });
    expect(await rig.told()).toEqual(['callback.cancelled', 'callback.set']);
  });

  it('of others are seen only among all', async () => {
    await set({ personId: '01a00000-0000-7000-8000-000000000002' });
    await set({ personId: null, time: '18:00' });
    expect((await rig.call('callback.list', {})).callbacks).toHaveLength(1);
    expect((await rig.call('callback.list', { whose: 'all' })).callbacks).toHaveLength(2);
  });

  it('are refused in the past and in zones that are none', async () => {
    await expect(set({ on: '2026-11-24', time: '09:59' })).rejects.toEqual(code('callback.past'));
    await expect(set({ timeZone: 'Mars/Olympus' })).rejects.toEqual(code('callback.unknown-zone'));
  });
});

describe('a time of a zone', () => {
  it.each([
    ['2026-03-29', '02:30', 'Europe/Warsaw', '2026-03-29T01:30:00Z'],
    ['2026-03-29', '03:30', 'Europe/Warsaw', '2026-03-29T01:30:00Z'],
    ['2026-10-25', '02:30', 'Europe/Warsaw', '2026-10-25T00:30:00Z'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
    ['2026-07-01', '12:00', 'Asia/Kolkata', '2026-07-01T06:30:00Z'],
    ['2026-01-01', '00:00', 'Pacific/Kiritimati', '2025-12-31T10:00:00Z'],
  ])('%s %s in %s is %s', (date, time, zone, instant) => {
    expect(new Date(instantOf(date, time, zone)).toISOString()).toBe(instant.replace('Z', '.000Z'));
  });
});

describe('contact points', () => {
  it('are read as an import reads them, and known ones are refused', async () => {
    const added = await rig
      .call('contact-point.add', {
        ...{
          debtorId: rig.debtorId,
          kind: 'home',
          value: '+48 22 100 20 30',
          label: 'mother',
          speakTo: 'the debtor only',
        },
        hours: [{ days: ['mon', 'tue'], from: '17:00', to: '20:00' }],
      })
      .catch((error: { details?: unknown }) => error);
    // a practice store takes numbers of the practice ranges alone
    expect(added).toMatchObject({
      code: 'contact-point.bad-value',
      details: { reason: 'phone.only-practice' },
    });
    const email = { debtorId: rig.debtorId, kind: 'email', value: ' Jan@Example.COM ' };
    expect(await rig.call('contact-point.add', { ...email, label: 'work' })).toMatchObject({
      ...{ value: 'jan@example.com', label: 'work', source: 'agent', rank: 1, hasHistory: false },
    });
    await expect(rig.call('contact-point.add', email)).rejects.toEqual(code('contact-point.known'));
    await expect(rig.call('contact-point.add', { ...email, value: 'jan@' })).rejects.toEqual(
      code('contact-point.bad-value'),
    );
  });

  it('keep what they were before each correction', async () => {
    const point = await rig.call('contact-point.add', {
      debtorId: rig.debtorId,
      kind: 'email',
      value: 'jna@example.com',
    });
    const { contactPointId } = point;
    await rig.call('contact-point.set-status', {
      contactPointId,
      status: 'dead',
      reason: 'bounces',
    });
    rig.now += 1;
    const corrected = await rig.call('contact-point.correct', {
      contactPointId,
      value: 'jan@example.com',
      hours: [{ days: ['sat'], from: '09:00', to: '12:00' }],
    });
    expect(corrected).toMatchObject({
      value: 'jan@example.com',
      status: 'active',
      hasHistory: true,
      hours: [{ days: ['sat'] }],
    });
    expect(await rig.call('contact-point.history', { contactPointId })).toMatchObject({
      versions: [
        { value: 'jna@example.com', status: 'dead', agentName: 'Ewa' },
        { value: 'jna@example.com', status: 'active', reason: 'bounces' },
      ],
    });
    expect(await rig.told()).toEqual([
      'contact-point.corrected',
      'contact-point.status-set',
      'contact-point.added',
    ]);
  });
});

describe('what is known of a debtor', () => {
  it('flags stop and are lifted; a wrong number is marked', async () => {
    const set = (kind: string, overrides: object = {}) =>
      rig.call('flag.set', { debtorId: rig.debtorId, kind, ...overrides });
    const { holdId } = await set('insolvency', { reason: 'III GU 12/26', until: '2026-12-31' });
    await expect(set('insolvency')).rejects.toEqual(code('flag.set-already'));
    await expect(set('wrongNumber')).rejects.toEqual(code('flag.incomplete'));
    await set('wrongNumber', { contactPointId: rig.phoneId });
    const card = await rig.card();
    expect(card.flags).toEqual(['insolvency', 'wrongNumber']);
    expect(card.holds[0]).toMatchObject({
      until: Date.UTC(2026, 11, 31, 23),
      reason: 'III GU 12/26',
    });
    expect(card.contactPoints[0]).toMatchObject({ status: 'wrongNumber' });
    // the words of rule packs
    expect(rig.store.read.all('SELECT kind FROM hold ORDER BY kind')).toEqual([
      { kind: 'bankrupt' },
      { kind: 'wrongNumber' },
    ]);
    await rig.call('flag.explain', { holdId, reason: 'III GU 14/26' });
    expect((await rig.card()).holds[0]).toMatchObject({ reason: 'III GU 14/26' });
    await rig.call('flag.lift', { holdId });
    expect((await rig.card()).flags).toEqual(['wrongNumber']);
    await expect(rig.call('flag.explain', { holdId, reason: 'late' })).rejects.toEqual(
      code('work.already-ended'),
    );
  });

  it.each([
    ['sms', 'mms'],
    ['mms', 'sms'],
    ['call', 'voiceMessage'],
    ['voiceMessage', 'call'],
  ])('who refuses %s refuses %s too, until it is lifted', async (medium, twin) => {
    const { debtorId } = rig;
    const held = () =>
      rig.store.read
        .all<{ medium: string; reason: string }>(
          'SELECT medium, reason FROM hold WHERE liftedAt IS NULL ORDER BY id',
        )
        .map((row) => `${row.medium} ${row.reason}`);
    await rig.call('flag.set', { debtorId, kind: 'mediumOptOut', medium: 'email' });
    const { holdId } = await rig.call('flag.set', { debtorId, kind: 'mediumOptOut', medium });
    expect(held()).toEqual(['email null', `${medium} null`, `${twin} null`]);
    await rig.call('flag.explain', { holdId, reason: 'asked' });
    expect(held()).toEqual(['email null', `${medium} asked`, `${twin} asked`]);
    await rig.call('flag.lift', { holdId });
    expect(held()).toEqual(['email null']);
    expect(await rig.told()).toEqual(['flag.lifted', 'flag.explained', 'flag.set', 'flag.set']);
  });

  it('a flag whose last day has passed is refused, one that ends today is set', async () => {
    const set = (until: string) =>
      rig.call('flag.set', { debtorId: rig.debtorId, kind: 'dispute', until });
    await expect(set('2026-11-23')).rejects.toEqual(code('contact.date-past'));
    expect(rig.store.read.all('SELECT id FROM hold')).toEqual([]);
    await set('2026-11-24');
    expect(rig.store.read.all('SELECT id FROM hold')).toHaveLength(1);
  });

  it('relations are seen from both sides', async () => {
    const { work } = rig;
    expect(work).toBeDefined();
    const otherId = rig.store.runNow((db, context) => {
      const id = context.newId();
      db.insert('debtor', {
        ...{
          id,
          portfolioId: rig.portfolioId,
          externalRef: 'G',
          kind: 'person',
          displayName: 'Ola Nowak',
          searchName: 'nowak ola',
        },
        ...{
          language: 'pl',
          jurisdiction: 'PL',
          timeZonesJson: '["Europe/Warsaw"]',
          createdAt: context.now,
        },
      });
      return id;
    });
    const { relationId } = await rig.call('relation.save', {
      ...{
        debtorId: rig.debtorId,
        kind: 'guarantor',
        name: 'Ola Nowak',
        otherDebtorId: otherId,
        maySpeak: true,
      },
    });
    expect((await rig.card()).relations).toMatchObject([
      { name: 'Ola Nowak', inverse: false, maySpeak: true },
    ]);
    expect((await rig.card(otherId)).relations).toMatchObject([
      { name: 'Jan Kowalski', otherDebtorId: rig.debtorId, inverse: true },
    ]);
    await expect(
      rig.call('relation.save', { debtorId: otherId, relationId, kind: 'spouse', name: 'x' }),
    ).rejects.toEqual(code('contract.not-found'));
    await rig.call('relation.remove', { relationId });
    expect((await rig.card(otherId)).relations).toEqual([]);
  });

  it('consents are kept with how they were given, and withdrawn', async () => {
    const { consentId } = await rig.call('consent.record', {
      debtorId: rig.debtorId,
      kind: 'electronicMessages',
      channel: 'sms',
      source: 'call',
    });
    await rig.call('consent.withdraw', { consentId });
    expect((await rig.card()).consents).toMatchObject([
      {
        kind: 'electronicMessages',
        channel: 'sms',
        source: 'call',
        withdrawnAt: rig.now,
        agentName: 'Ewa',
      },
    ]);
    await expect(rig.call('consent.withdraw', { consentId })).rejects.toEqual(
      code('work.already-ended'),
    );
  });

  it('edits check what has check digits, keep the shown name in step, and name fields only', async () => {
    const edit = (input: object) => rig.call('debtor.edit', { debtorId: rig.debtorId, ...input });
    await expect(edit({ nationalId: '80051712346' })).rejects.toEqual(
      code('debtor.bad-national-id'),
    );
    await expect(edit({ taxId: '5261040827' })).rejects.toEqual(code('debtor.bad-tax-id'));
    await expect(edit({ accountToPay: 'PL61109010140000071219812875' })).rejects.toEqual(
      code('debtor.bad-account'),
    );
    await edit({
      givenName: 'Łucja',
      familyName: 'Żółć',
      nationalId: '44051401359',
      companyNumber: '123456785',
      accountToPay: '61 1090 1014 0000 0712 1981 2874',
    });
    const card = await rig.card();
    expect(card).toMatchObject({
      displayName: 'Łucja Żółć',
      nationalIdMasked: '••••••••359',
      nationalIdKind: 'PESEL',
      nationalIdValid: true,
      companyNumber: { kind: 'REGON', valid: true },
    });
    expect(card.debts[0].account).toEqual({
      number: '61109010140000071219812874',
      shown: '61 1090 1014 0000 0712 1981 2874',
      valid: true,
      country: 'PL',
      of: 'debtor',
    });
    expect(rig.store.read.get('SELECT searchName FROM debtor WHERE id = ?', rig.debtorId)).toEqual({
      searchName: 'zolc lucja',
    });
    expect(card.history[0].happened).toEqual({
      what: 'debtor.edited',
      name: expect.not.stringContaining('44051401359'),
    });
  });

  it('a national id is told only with a line in the audit', async () => {
    await rig.call('debtor.edit', { debtorId: rig.debtorId, nationalId: '44051401359' });
    expect(
      await rig.call('debtor.reveal-national-id', {
        debtorId: rig.debtorId,
        reason: 'asked in writing',
      }),
    ).toEqual({ nationalId: '44051401359', nationalIdKind: 'PESEL' });
    const [entry] = rig.store.read.all<{ action: string; detailsJson: string }>(
      "SELECT action, detailsJson FROM auditEntry WHERE action LIKE 'debtor.%'",
    );
    expect(entry?.action).toBe('debtor.national-id-revealed');
    expect(entry?.detailsJson).toContain(rig.debtorId);
    expect(entry?.detailsJson).not.toContain('44051401359');
  });

  it('interest is explained to any date, and the firm can enter a newer rate', async () => {
    const [debtId] = rig.debtIds;
    await rig.call('debt.edit', { debtId, interestKind: 'statutory', interestFrom: '2025-12-31' });
    const explain = async (onDate: string) =>
      (await rig.call('debtor.interest', { debtId, onDate })).debts[0];
    expect(await explain('2025-12-31')).toMatchObject({
      interestMinor: 3,
      unknown: null,
      rates: { draft: true },
      periods: [{ ratePpm: 95_000, days: 1 }],
    });
    expect(await explain('2026-01-31')).toMatchObject({
      interestMinor: null,
      unknown: 'rates-incomplete',
    });
    expect(
      (await rig.card()).debts.find((debt: { debtId: string }) => debt.debtId === debtId).interest,
    ).toMatchObject({ accruedMinor: null, unknown: 'rates-incomplete' });
    const rate = {
      jurisdiction: 'PL',
      kind: 'statutory',
      from: '2026-01-01',
      through: '2026-12-31',
      ratePpm: 365_000,
    };
    await rig.call('interest-rate.save', rate);
    expect(await explain('2026-01-10')).toMatchObject({ interestMinor: 103, unknown: null });
    const { tables } = await rig.call('interest-rate.list', { jurisdiction: 'PL' });
    expect(tables[0]).toMatchObject({ kind: 'statutory', knownThrough: '2026-12-31' });
    expect(tables[0].rates.slice(0, 2)).toEqual([
      { from: '2026-01-01', ratePpm: 365_000, byFirm: true },
      { from: '2025-12-04', ratePpm: 95_000, byFirm: false },
    ]);
    await expect(
      rig.call('interest-rate.save', { ...rate, through: '2025-12-31' }),
    ).rejects.toEqual(code('interest-rate.bad-dates'));
    await expect(rig.call('debtor.interest', { onDate: '2026-01-01' })).rejects.toEqual(
      code('work.need-debtor-or-debt'),
    );
  });

  it('limitation is counted from the law or given, and the age is a band', async () => {
    const [, debtId] = rig.debtIds;
    const debt = async () =>
      (await rig.card()).debts.find((each: { debtId: string }) => each.debtId === debtId);
    expect(await debt()).toMatchObject({
      ageBand: 'older',
      limitation: { on: '2029-12-31', state: 'far', source: 'law' },
    });
    await rig.call('debt.edit', { debtId, limitationOn: '2027-01-05', dueOn: '2026-10-01' });
    expect(await debt()).toMatchObject({
      ageBand: 'upTo3Months',
      limitation: { on: '2027-01-05', state: 'soon', source: 'given', daysLeft: 42 },
    });
  });

  it('a script for the kind of debt and the language is found', async () => {
    await rig.store.write((await import('./work-writes.ts')).workWrites, 'work.seed-scripts', null);
    expect((await rig.card()).script).toMatchObject({
      language: 'pl',
      name: 'Pożyczka lub kredyt',
      sample: true,
    });
    await rig.call('debtor.edit', { debtorId: rig.debtorId, language: 'zh' });
    expect((await rig.card()).script).toMatchObject({ language: 'zh', debtKind: null });
    await rig.call('debtor.edit', { debtorId: rig.debtorId, language: 'fr' });
    expect((await rig.card()).script).toMatchObject({ language: 'en' });
  });
});
