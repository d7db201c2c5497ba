import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkRig } from './work.fixture.ts';

let rig: WorkRig;
beforeEach(() => {
  rig = new WorkRig();
});
afterEach(() => rig.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const pay = (amountMinor: number, overrides: object = {}) =>
  rig.call('payment.record', {
    ...{
      debtorId: rig.debtorId,
      amountMinor,
      currency: 'PLN',
      paidOn: rig.date(),
      method: 'transfer',
    },
    ...overrides,
  });
const balances = async () =>
  (await rig.card()).debts.map(
    (debt: { externalRef: string; balanceMinor: number; status: string }) => [
      debt.externalRef,
      debt.balanceMinor,
      debt.status,
    ],
  );

describe('payments', () => {
  it('cover the oldest debt first, then fees before interest before principal, and are told', async () => {
    const payment = await pay(10_800);
    expect(payment.allocation).toMatchObject([
      { externalRef: 'OLD', component: 'principal', amountMinor: 10_000 },
      { externalRef: 'NEW', component: 'fees', amountMinor: 700 },
      { externalRef: 'NEW', component: 'interest', amountMinor: 100 },
    ]);
    const card = await rig.card();
    expect(card.debts.map((debt: object) => ({ ...debt }))).toMatchObject([
      {
        externalRef: 'NEW',
        status: 'open',
        open: { principalMinor: 5_000, interestMinor: 200, feesMinor: 0 },
        paidMinor: 800,
      },
      { externalRef: 'OLD', status: 'paid', balanceMinor: 0, paidMinor: 10_000 },
    ]);
    expect(card.totalsByComponent).toMatchObject([
      { currency: 'PLN', balanceMinor: 5_200, interestMinor: 200 },
    ]);
    expect(card.history[0]).toMatchObject({
      channel: 'payment',
      happened: { what: 'payment.booked', amountMinor: 10_800 },
    });
    expect(rig.published).toEqual([{ name: 'debtor.changed', data: { debtorId: rig.debtorId } }]);
  });

  it('are foretold by their preview', async () => {
    const input = {
      debtorId: rig.debtorId,
      amountMinor: 10_800,
      currency: 'PLN',
      paidOn: rig.date(),
    };
    const preview = await rig.call('payment.preview', input);
    const payment = await pay(10_800);
    expect(preview.allocation).toEqual(payment.allocation);
    expect(preview.unallocatedMinor).toBe(payment.unallocatedMinor);
  });

  it('go to the debts that were named first, and what is left over is kept apart', async () => {
    const payment = await pay(20_000, { debtIds: [rig.debtIds[1]] });
    expect(payment.allocation[0]).toMatchObject({ externalRef: 'NEW', component: 'fees' });
    expect(payment.unallocatedMinor).toBe(4_000);
    expect((await rig.card()).totalsByComponent).toMatchObject([
      { balanceMinor: 0, unallocatedMinor: 4_000 },
    ]);
  });

  it('that are taken back give every debt what it had', async () => {
    const before = await rig.card();
    const { paymentId } = await pay(12_345);
    const reversed = await rig.call('payment.reverse', { paymentId, reason: 'bounced' });
    expect(reversed).toMatchObject({ status: 'reversed', unallocatedMinor: 0 });
    const after = await rig.card();
    expect(after.debts).toEqual(before.debts);
    expect(await rig.told()).toEqual(['payment.reversed', 'payment.booked']);
    await expect(rig.call('payment.reverse', { paymentId })).rejects.toEqual(
      code('payment.already-reversed'),
    );
  });

  it('charge the interest that has run, up to their day, and take it back with them', async () => {
    const [oldest] = rig.debtIds;
    await rig.call('debt.edit', {
      debtId: oldest,
      interestKind: 'agreed',
      interestRatePpm: 365_000,
      interestFrom: '2026-11-15',
    });
    // 100.00 × 36.5 % = 10 grosz a day: ten days to the 24th, eight to the 22nd
    const interest = (card: { debts: { externalRef: string; interest: object; open: object }[] }) =>
      card.debts.find((debt) => debt.externalRef === 'OLD');
    expect(interest(await rig.card())).toMatchObject({
      interest: { accruedMinor: 100, accruedTo: '2026-11-24' },
    });
    const { paymentId, allocation } = await pay(1_080, { paidOn: '2026-11-22' });
    expect(allocation).toMatchObject([
      { component: 'interest', amountMinor: 80 },
      { component: 'principal', amountMinor: 1_000 },
    ]);
    // since then 90.00: 9 grosz a day
    expect(interest(await rig.card())).toMatchObject({
      interest: { accruedMinor: 18 },
      open: { principalMinor: 9_000, interestMinor: 0 },
    });
    await rig.call('payment.reverse', { paymentId });
    expect(interest(await rig.card())).toMatchObject({
      interest: { accruedMinor: 100 },
      open: { principalMinor: 10_000, interestMinor: 0 },
      balanceMinor: 10_000,
    });
  });

  it('are refused for a day that has not come and for the debts of others', async () => {
    await expect(pay(100, { paidOn: rig.date(1) })).rejects.toEqual(code('payment.date-ahead'));
    await expect(pay(100, { debtIds: ['01a00000-0000-7000-8000-00000000dead'] })).rejects.toEqual(
      code('payment.no-such-debt'),
    );
  });

  it('stand in the list by day, with pages', async () => {
    for (const days of [-3, -1, -2]) await pay(100, { paidOn: rig.date(days) });
    const first = await rig.call('payment.list', { limit: 2 });
    expect(first.payments.map((payment: { paidOn: string }) => payment.paidOn)).toEqual([
      rig.date(-1),
      rig.date(-2),
    ]);
    expect(first.more).toBe(true);
    const rest = await rig.call('payment.list', { limit: 2, before: first.payments[1].paymentId });
    expect(rest).toMatchObject({
      payments: [{ paidOn: rig.date(-3), displayName: 'Jan Kowalski' }],
      more: false,
    });
  });

  it('follow the order of the firm when it has one', async () => {
    const allocationOrder = {
      components: ['principal', 'interest', 'fees'],
      debts: 'smallestFirst',
      across: 'debtsFirst',
    };
    await rig.call('work.save-settings', { allocationOrder });
    expect((await pay(5_100)).allocation).toMatchObject([
      { externalRef: 'NEW', component: 'principal', amountMinor: 5_000 },
      { externalRef: 'NEW', component: 'interest', amountMinor: 100 },
    ]);
    expect((await rig.card()).allocationOrder).toEqual(allocationOrder);
  });
});

describe('promises', () => {
  const promise = (overrides: object = {}) =>
    rig.call('promise.make', {
      debtorId: rig.debtorId,
      amountMinor: 4_000,
      currency: 'PLN',
      dueOn: rig.date(5),
      ...overrides,
    });
  const shown = async () =>
    (await rig.card()).promises.map((each: { status: string; paidMinor: number }) => [
      each.status,
      each.paidMinor,
    ]);

  it('are kept by payments of their time, and open again when one bounces', async () => {
    await promise();
    await pay(1_500);
    expect(await shown()).toEqual([['open', 1_500]]);
    const { paymentId } = await pay(2_500);
    expect(await shown()).toEqual([['kept', 4_000]]);
    await rig.call('payment.reverse', { paymentId });
    expect(await shown()).toEqual([['open', 1_500]]);
    expect(await rig.told()).toContain('promise.kept');
  });

  it('break after their day and the days of grace, keep what came in part, and are told once', async () => {
    await promise();
    await pay(1_500);
    expect(await rig.pass(8)).toEqual([]);
    expect(await shown()).toEqual([['open', 1_500]]);
    expect(await rig.pass(1)).toEqual([rig.debtorId]);
    expect(await shown()).toEqual([['broken', 1_500]]);
    expect(await rig.pass(1)).toEqual([]);
    expect((await rig.told()).filter((what) => what === 'promise.broken')).toHaveLength(1);
  });

  it('of one debt count what went to that debt', async () => {
    await promise({ debtId: rig.debtIds[1] });
    await pay(9_000);
    expect(await shown()).toEqual([['open', 0]]);
    await pay(4_000, { debtIds: [rig.debtIds[1]] });
    expect(await shown()).toEqual([['kept', 4_000]]);
  });

  it('are refused when they make no sense, and can be withdrawn', async () => {
    await expect(promise({ dueOn: rig.date(-1) })).rejects.toEqual(code('promise.date-past'));
    await expect(promise({ amountMinor: 16_001 })).rejects.toEqual(code('promise.more-than-debt'));
    await expect(promise({ currency: 'EUR' })).rejects.toEqual(code('promise.other-currency'));
    const { promiseToPayId } = await promise();
    await rig.call('promise.withdraw', { promiseToPayId, reason: 'lost his job' });
    await expect(rig.call('promise.withdraw', { promiseToPayId })).rejects.toEqual(
      code('work.already-ended'),
    );
    const { items } = await rig.call('debtor.history', { debtorId: rig.debtorId, search: 'JOB' });
    expect(items).toMatchObject([
      { happened: { what: 'promise.withdrawn' }, text: 'lost his job', agentName: 'Ewa' },
    ]);
  });

  it('that a former agency called broken stay so', async () => {
    rig.store.runNow((db, context) =>
      db.insert('promiseToPay', {
        ...{
          id: context.newId(),
          debtorId: rig.debtorId,
          amountMinor: 5,
          currency: 'PLN',
          dueOn: '2025-01-01',
        },
        ...{ status: 'kept', createdAt: 1, importJobId: 'former' },
      }),
    );
    await pay(10);
    expect(await shown()).toEqual([['kept', 0]]);
  });
});

describe('write-offs', () => {
  const propose = (amountMinor: number) =>
    rig.call('write-off.propose', {
      debtId: rig.debtIds[1],
      amountMinor,
      reason: 'costs more than it brings',
    });

  it('wait for a lead, and lower the debt when approved', async () => {
    const { writeOffId } = await propose(6_000);
    expect(await rig.call('write-off.list', { status: 'proposed' })).toMatchObject({
      writeOffs: [{ debtRef: 'NEW', balanceMinor: 6_000, proposedByName: 'Ewa' }],
      proposedTotal: 1,
    });
    await expect(propose(1)).rejects.toEqual(code('write-off.already-proposed'));
    await rig.call('write-off.decide', { writeOffId, approve: true, note: 'fine' });
    expect(await balances()).toEqual([
      ['OLD', 10_000, 'open'],
      ['NEW', 0, 'closed'],
    ]);
    expect(await rig.told()).toEqual(['write-off.approved', 'write-off.proposed']);
    await expect(rig.call('write-off.decide', { writeOffId, approve: true })).rejects.toEqual(
      code('work.already-ended'),
    );
  });

  it('are decided by somebody else, where there is one', async () => {
    const { writeOffId } = await propose(100);
    rig.store.runNow((db, context) =>
      db.insert('person', {
        ...{ id: context.newId(), displayName: 'Jan', role: 'lead', sipUser: 'jan', createdAt: 1 },
      }),
    );
    await expect(rig.call('write-off.decide', { writeOffId, approve: true })).rejects.toEqual(
      code('write-off.own'),
    );
  });

  it('change nothing when rejected or withdrawn, and cannot exceed what is owed by then', async () => {
    const { writeOffId } = await propose(6_000);
    await pay(500, { debtIds: [rig.debtIds[1]] });
    await expect(rig.call('write-off.decide', { writeOffId, approve: true })).rejects.toEqual(
      code('write-off.more-than-debt'),
    );
    await rig.call('write-off.decide', { writeOffId, approve: false });
    const again = await propose(5_500);
    await rig.call('write-off.withdraw', { writeOffId: again.writeOffId });
    expect(await balances()).toEqual([
      ['OLD', 10_000, 'open'],
      ['NEW', 5_500, 'open'],
    ]);
  });
});
