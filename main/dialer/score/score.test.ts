import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../debtors/writes.ts';
import { casesOf, OUTCOME_MS, type PayCase } from './cases.ts';
import { compare } from './compare.ts';
import type { DebtorPast } from './debtor-past.ts';
import { dateOf, factsAt } from './features.ts';
import { chanceOf, fitLogistic } from './logistic.ts';
import { LEAST_OF_EACH, trainPayModel } from './train.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 12);
const noPause = () => Promise.resolve();

const aPast = (overrides: Partial<DebtorPast> = {}): DebtorPast => ({
  debtorId: 'd',
  isCompany: false,
  country: 'PL',
  debts: [{ debtKind: 'loan', claimedMinor: 100_000, dueOn: '2026-01-01' }],
  payments: [],
  promises: [],
  calls: [],
  attempts: [],
  numbers: [0],
  ...overrides,
});

/** Debtors of whom those who kept a promise before pay far more often; one call each, spread over a year. */
function someCases(count: number, seed = 7): PayCase[] {
  const random = seededRandom(seed).next;
  return Array.from({ length: count }, (_, index) => {
    const at = NOW - 400 * DAY_MS + Math.floor((index / count) * 365) * DAY_MS;
    const kept = random() < 0.3;
    const paid = random() < (kept ? 0.45 : 0.08);
    const past = aPast({
      calls: [at],
      promises: kept
        ? [
            {
              status: 'kept',
              dueOn: dateOf(at - 9 * DAY_MS),
              createdAt: at - 20 * DAY_MS,
              settledAt: at - 8 * DAY_MS,
            },
          ]
        : [],
      debts: [
        {
          debtKind: random() < 0.5 ? 'loan' : 'telecom',
          claimedMinor: 50_000 + Math.floor(random() * 90_000),
          dueOn: '2025-01-01',
        },
      ],
      payments: paid ? [{ paidOn: dateOf(at + 5 * DAY_MS), amountMinor: 1_000 }] : [],
    });
    return casesOf(past, NOW)[0]!;
  });
}

describe('the cases of a debtor', () => {
  it('are the first calls of stretches of 30 days whose outcome is known', () => {
    const first = NOW - 100 * DAY_MS;
    const calls = [first, first + DAY_MS, first + 31 * DAY_MS, NOW - 5 * DAY_MS];
    const paidOn = dateOf(first + 40 * DAY_MS);
    const cases = casesOf(aPast({ calls, payments: [{ paidOn, amountMinor: 100 }] }), NOW);
    expect(cases.map(({ at, paid }) => [at, paid])).toEqual([
      [first, false],
      [first + 31 * DAY_MS, true],
    ]);
  });

  it('know nothing of what came after the call', () => {
    const at = NOW - 60 * DAY_MS;
    const later = fc.integer({ min: 0, max: 50 }).map((days) => at + days * DAY_MS + 1);
    fc.assert(
      fc.property(fc.array(later), fc.array(later), fc.array(later), (calls, paid, promised) => {
        const before = aPast({
          calls: [at - DAY_MS],
          attempts: [{ dialedAt: at - DAY_MS, answered: true, joined: true }],
        });
        const after: DebtorPast = {
          ...before,
          calls: [...before.calls, ...calls],
          attempts: [
            ...before.attempts,
            ...calls.map((dialedAt) => ({ dialedAt, answered: true, joined: true })),
          ],
          payments: paid.map((day) => ({ paidOn: dateOf(day), amountMinor: 700 })),
          promises: promised.map((day) => ({
            status: 'kept',
            dueOn: dateOf(day),
            createdAt: day,
            settledAt: day,
          })),
          numbers: [...before.numbers, ...calls],
        };
        expect(factsAt(after, at)).toEqual(factsAt(before, at));
      }),
    );
  });
});

describe('the regression', () => {
  it('finds the weights that made the outcomes, and the same ones each time', async () => {
    const random = seededRandom(3).next;
    const count = 20_000;
    const rows = new Float64Array(count * 2).map(() => random() * 4 - 2);
    const outcomes = new Uint8Array(count).map((_, index) => {
      const odds = -1 + 1.2 * rows[index * 2]! - 0.5 * rows[index * 2 + 1]!;
      return random() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
    });
    const fitted = await fitLogistic({ rows, width: 2, outcomes }, noPause);
    expect(fitted.intercept).toBeCloseTo(-1, 1);
    expect(fitted.weights[0]).toBeCloseTo(1.2, 1);
    expect(fitted.weights[1]).toBeCloseTo(-0.5, 1);
    expect(await fitLogistic({ rows, width: 2, outcomes }, noPause)).toEqual(fitted);
    expect(chanceOf(fitted, [2, -2])).toBeGreaterThan(0.85);
  });

  it('stays finite where one property tells payers from others without fail', async () => {
    const outcomes = new Uint8Array(200).map((_, index) => index % 2);
    const rows = new Float64Array(200).map((_, index) => index % 2);
    const { weights } = await fitLogistic({ rows, width: 1, outcomes }, noPause);
    expect(Number.isFinite(weights[0])).toBe(true);
    expect(weights[0]).toBeGreaterThan(1);
  });
});

describe('the comparison with random order', () => {
  it('counts cases of one chance as random among themselves', () => {
    const scored = Array.from({ length: 100 }, (_, index) => ({ chance: 0.5, paid: index < 20 }));
    const { auc, found } = compare(scored);
    expect(auc).toBeCloseTo(0.5);
    expect(found).toEqual([
      { percent: 10, share: expect.closeTo(0.1) },
      { percent: 20, share: expect.closeTo(0.2) },
      { percent: 50, share: expect.closeTo(0.5) },
    ]);
  });

  it('is 1 where all payers come first, and 0 where they come last', () => {
    const scored = (paid: (index: number) => boolean) =>
      Array.from({ length: 100 }, (_, index) => ({ chance: 1 - index / 100, paid: paid(index) }));
    expect(compare(scored((index) => index < 10))).toMatchObject({ auc: 1, payers: 10 });
    expect(compare(scored((index) => index < 10)).found[0]).toEqual({ percent: 10, share: 1 });
    expect(compare(scored((index) => index >= 90)).auc).toBe(0);
  });
});

describe('a training', () => {
  it('finds what payers have in common, on later cases that it did not see', async () => {
    const trained = await trainPayModel(someCases(3_000), noPause);
    if (!trained.ok) throw new Error(trained.because);
    expect(trained.report.weights[0]?.column).toBe('promisesKept');
    expect(trained.report.weights[0]?.weight).toBeGreaterThan(0);
    expect(trained.report.heldOut.auc).toBeGreaterThan(0.65);
    expect(trained.report.heldOut.found[1]?.share).toBeGreaterThan(0.35);
    expect(trained.report.heldOut.cases).toBeLessThan(1_000);
    expect(await trainPayModel(someCases(3_000), noPause)).toEqual(trained);
  });

  it('claims nothing where payers have nothing in common', async () => {
    const random = seededRandom(11).next;
    const cases = someCases(4_000).map((one) => ({ ...one, paid: random() < 0.2 }));
    const trained = await trainPayModel(cases, noPause);
    if (!trained.ok) throw new Error(trained.because);
    expect(Math.abs(trained.report.heldOut.auc - 0.5)).toBeLessThan(0.06);
  });

  it('is refused with too few payers, and with too few others', async () => {
    const few = someCases(3_000).map((one, index) => ({ ...one, paid: index % 100 === 0 }));
    expect(await trainPayModel(few, noPause)).toEqual({
      ok: false,
      because: 'tooFewPayers',
      cases: 3_000,
      payers: 30,
      needed: LEAST_OF_EACH,
    });
    const all = someCases(3_000).map((one) => ({ ...one, paid: true }));
    expect(await trainPayModel(all, noPause)).toMatchObject({ ok: false, because: 'tooFewOthers' });
    expect(await trainPayModel([], noPause)).toMatchObject({ ok: false, cases: 0 });
  });

  it('does not let a case whose outcome was open at the split teach the model that is tried after it', async () => {
    const cases = someCases(3_000);
    const trained = await trainPayModel(cases, noPause);
    if (!trained.ok) throw new Error(trained.because);
    const { split } = trained.report;
    const open = (one: PayCase) => one.at < split && one.at + OUTCOME_MS > split;
    const flipped = cases.map((one) => (open(one) ? { ...one, paid: !one.paid } : one));
    const again = await trainPayModel(flipped, noPause);
    if (!again.ok) throw new Error(again.because);
    expect(again.report.heldOut).toEqual(trained.report.heldOut);
    expect(again.report.weights).not.toEqual(trained.report.weights);
  });
});
