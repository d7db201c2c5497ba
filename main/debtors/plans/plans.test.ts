import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkRig } from '../work/work.fixture.ts';
import { scheduleOf } from './plan-schedule.ts';
import { type PlanFacts, settlePlan } from './settle-plan.ts';

let rig: WorkRig;
beforeEach(() => {
  rig = new WorkRig();
});
afterEach(() => rig.close());

const equal = (overrides: object = {}) => ({
  kind: 'equal',
  count: 4,
  firstOn: rig.date(6),
  every: 'month',
  ...overrides,
});
const plan = (overrides: object = {}) => ({
  ...{ debtorId: rig.debtorId, debtIds: rig.debtIds, currency: 'PLN', parts: equal() },
  ...overrides,
});
const preview = (overrides: object) => rig.call('plan.preview', plan(overrides));
const problems = async (overrides: object) =>
  (await preview(overrides)).problems.map((each: { problem: string; position: number | null }) =>
    each.position === null ? each.problem : `${each.problem} ${each.position}`,
  );

describe('the schedule of a plan', () => {
  it('ends with its months, and gives the last instalment what does not divide', async () => {
    const { instalments, totalMinor, owedMinor } = await preview({
      totalMinor: 10_000,
      parts: equal({ count: 3, firstOn: '2027-01-31' }),
    });
    expect(instalments).toEqual([
      { position: 0, dueOn: '2027-01-31', amountMinor: 3_333, restMinor: 6_667 },
      { position: 1, dueOn: '2027-02-28', amountMinor: 3_333, restMinor: 3_334 },
      { position: 2, dueOn: '2027-03-31', amountMinor: 3_334, restMinor: 0 },
    ]);
    expect([totalMinor, owedMinor]).toEqual([10_000, 16_000]);
  });

  it('counts as many instalments as an amount needs, after a down payment', async () => {
    const parts = equal({
      count: undefined,
      amountMinor: 5_000,
      downPaymentMinor: 2_000,
      every: 'week',
    });
    const { instalments } = await preview({ parts });
    expect(instalments.map((each: { amountMinor: number }) => each.amountMinor)).toEqual([
      2_000, 5_000, 5_000, 4_000,
    ]);
  });

  it('always adds up', () => {
    const parts = fc.record({
      kind: fc.constant('equal' as const),
      count: fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
      amountMinor: fc.option(fc.integer({ min: 100, max: 5_000 }), { nil: undefined }),
      downPaymentMinor: fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: undefined }),
      firstOn: fc.constant('2027-01-31'),
      every: fc.constantFrom('week' as const, 'twoWeeks' as const, 'month' as const),
    });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 400_000 }), (given, totalMinor) => {
        const schedule = scheduleOf(given, totalMinor);
        if (schedule.length === 0 || schedule.length > 120) return;
        expect(schedule.reduce((sum, each) => sum + each.amountMinor, 0)).toBe(totalMinor);
        const dates = schedule.map((each) => each.dueOn);
        expect(dates).toEqual([...new Set(dates)].sort());
      }),
    );
  });
});

describe('a plan that makes no sense', () => {
  it('is told what is wrong with it, and is not made', async () => {
    const custom = (...instalments: [number, number][]) => ({
      kind: 'custom',
      instalments: instalments.map(([days, amountMinor]) => ({
        dueOn: rig.date(days),
        amountMinor,
      })),
    });
    expect(await problems({ totalMinor: 16_001 })).toEqual(['more-than-debt']);
    expect(await problems({ totalMinor: 9_000, parts: custom([5, 4_000], [6, 4_000]) })).toEqual([
      'sum-differs',
    ]);
    expect(await problems({ parts: custom([-1, 4_000], [5, 4_000], [5, 4_000]) })).toEqual([
      'date-past 0',
      'dates-not-ascending 2',
    ]);
    expect(await problems({ parts: custom([1, 900], [2, 4_000], [3, 100]) })).toEqual([
      'below-minimum 0',
    ]);
    expect(await problems({ currency: 'EUR' })).toEqual(['other-currency']);
    expect(await problems({ parts: equal({ count: undefined }) })).toEqual(['parts-missing']);
    expect(await problems({ parts: custom([1, 2_000], [2_200, 2_000]) })).toEqual(['too-long 1']);
    await expect(rig.call('plan.create', plan({ totalMinor: 16_001 }))).rejects.toMatchObject({
      code: 'plan.invalid',
      details: { problems: [{ problem: 'more-than-debt' }] },
    });
    expect((await rig.card()).plans).toEqual([]);
  });

  it('is refused while another runs on the same debt, and after a cancellation is not', async () => {
    const { paymentPlanId } = await rig.call('plan.create', plan());
    expect(await problems({ debtIds: [rig.debtIds[0]] })).toEqual(['has-active-plan']);
    await rig.call('plan.cancel', { paymentPlanId, reason: 'cannot pay' });
    expect(await problems({ debtIds: [rig.debtIds[0]] })).toEqual([]);
    expect((await rig.card()).plans[0]).toMatchObject({
      status: 'cancelled',
      instalments: [{ status: 'cancelled' }, {}, {}, {}],
    });
  });
});

describe('a plan that was agreed', () => {
  const pay = (amountMinor: number) =>
    rig.call('payment.record', {
      ...{
        debtorId: rig.debtorId,
        amountMinor,
        currency: 'PLN',
        paidOn: rig.date(),
        method: 'cash',
      },
    });
  const state = async () => {
    const [made] = (await rig.card()).plans;
    return [
      made.status,
      made.paidMinor,
      made.instalments.map((each: { status: string }) => each.status).join(),
    ];
  };

  it('is filled by payments, stands among what is planned, and is kept in the end', async () => {
    await rig.call('plan.create', plan());
    expect((await rig.card()).planned).toMatchObject([
      { kind: 'instalment', on: rig.date(6), amountMinor: 4_000 },
    ]);
    await pay(5_000);
    expect(await state()).toEqual(['active', 5_000, 'paid,open,open,open']);
    const { paymentId } = await pay(11_000);
    expect(await state()).toEqual(['kept', 16_000, 'paid,paid,paid,paid']);
    await rig.call('payment.reverse', { paymentId });
    expect(await state()).toEqual(['active', 5_000, 'paid,open,open,open']);
    expect(await rig.told()).toContain('plan.kept');
  });

  it('is late after the days of grace, and broken after the days that the firm bears', async () => {
    await rig.call('work.save-settings', { graceDays: 2, planBrokenAfterDays: 10 });
    await rig.call('plan.create', plan());
    await rig.pass(8);
    expect(await state()).toEqual(['active', 0, 'open,open,open,open']);
    await rig.pass(1);
    expect(await state()).toEqual(['active', 0, 'late,open,open,open']);
    await rig.pass(7);
    expect((await state())[0]).toBe('active');
    await rig.pass(1);
    expect((await state())[0]).toBe('broken');
    expect((await rig.told())[0]).toBe('plan.broken');
    await pay(4_000);
    expect((await state())[0]).toBe('broken');
  });
});

describe('settling a plan', () => {
  const facts: PlanFacts = {
    ...{ id: 'p', currency: 'PLN', debtIds: ['a'], madeOn: '2026-01-01', brokenOn: '2026-02-20' },
    instalments: [
      { id: 'i', dueOn: '2026-02-01', amountMinor: 100 },
      { id: 'j', dueOn: '2026-03-01', amountMinor: 100 },
    ],
  };
  const receipt = (paidOn: string, debtId = 'a') => ({
    id: 'q',
    paidOn,
    currency: 'PLN',
    amountMinor: 100,
    byDebt: { [debtId]: 100 },
  });
  const status = (paidOn: string, debtId?: string) =>
    settlePlan(facts, [receipt(paidOn, debtId)], '2026-02-25', {
      graceDays: 0,
      brokenAfterDays: 14,
    }).status;

  it('mends a broken plan with a payment that had come by then, and with no later one', () => {
    expect([status('2026-02-19'), status('2026-02-21')]).toEqual(['active', 'broken']);
  });

  it('counts neither what was paid before it nor what went to other debts', () => {
    expect([status('2025-12-31'), status('2026-02-19', 'b')]).toEqual(['broken', 'broken']);
  });
});
