import { describe, expect, test } from 'vitest';
import { type AbandonRateRule, measureAbandonment } from './budget.ts';

const base = {
  kind: 'abandonRate' as const,
  source: 'test',
  channels: ['call' as const],
  severity: 'warn' as const,
  scope: ['campaign' as const],
  limitPercent: 3,
  throttleAtPercent: 2.5,
  onBreach: 'progressiveOnly' as const,
  answerToAgentMaxMs: 2000,
  minRingMs: 15000,
  recordedMessageWithinMs: 2000,
};
/** 16 CFR 310.4(b)(4): of the calls that persons answered, in a period of 30 days */
const american: AbandonRateRule = {
  ...base,
  id: 'US-S-01',
  basis: 'law',
  numerator: ['abandoned'],
  denominator: ['humanAnswered'],
  window: { type: 'campaignPeriod', length: 'P30D' },
};
/** Ofcom: with an estimate of persons taken for machines, in 24 hours */
const british: AbandonRateRule = {
  ...base,
  id: 'UK-O-01',
  basis: 'former-guidance',
  numerator: ['abandoned', 'amdFalsePositiveEstimate'],
  denominator: ['passedToAgent', 'abandoned', 'amdFalsePositiveEstimate'],
  window: { type: 'rolling', length: 'PT24H' },
};
const measure = (
  rule: AbandonRateRule,
  passedToAgent: number,
  abandoned: number,
  amdFalsePositiveEstimate = 0,
) => measureAbandonment(rule, { passedToAgent, abandoned, amdFalsePositiveEstimate });

describe('abandonment against a limit', () => {
  test('B01: 30 of 1,000 answered by persons is 3.000 % and passes, one more does not', () => {
    expect(measure(american, 970, 30)).toEqual({
      numerator: 30,
      denominator: 1000,
      percent: 3,
      state: 'throttle',
      left: 0,
    });
    const more = measure(american, 969, 31);
    expect(more).toMatchObject({ denominator: 1000, state: 'breach', left: 0 });
    expect(more.percent).toBeCloseTo(3.1, 10);
  });

  test('B02: 31 of 1,001 is a breach of the British formula, 30 of 1,000 passes', () => {
    const breach = measure(british, 970, 31);
    expect(breach).toMatchObject({ numerator: 31, denominator: 1001, state: 'breach', left: 0 });
    expect(breach.percent).toBeCloseTo(3.097, 3);
    expect(measure(british, 970, 30)).toMatchObject({ percent: 3, state: 'throttle', left: 0 });
  });

  test('B03: the estimate of false positives counts on both sides: 35 of 1,200 throttles', () => {
    const measured = measure(british, 1165, 20, 15);
    expect(measured).toMatchObject({ numerator: 35, denominator: 1200, state: 'throttle' });
    expect(measured.percent).toBeCloseTo(2.917, 3);
    // 36 of 1,201 is 2.998 %, 37 of 1,202 would be 3.078 %
    expect(measured.left).toBe(1);
  });

  test('the throttle takes hold when it is reached, and not before', () => {
    expect(measure(british, 975, 25).state).toBe('throttle');
    expect(measure(british, 976, 24).state).toBe('ok');
  });

  test('what is left may be abandoned one after another, and not one more', () => {
    for (const [passed, abandoned] of [
      [400, 0],
      [1000, 12],
      [5000, 100],
    ] as const) {
      const { left } = measure(british, passed, abandoned);
      expect(left).toBeGreaterThan(0);
      expect(measure(british, passed, abandoned + left).state).not.toBe('breach');
      expect(measure(british, passed, abandoned + left + 1).state).toBe('breach');
    }
  });

  test('a limit of a fraction of a percent is compared exactly', () => {
    const strict = { ...british, limitPercent: 0.1, throttleAtPercent: 0.1 };
    expect(measure(strict, 2997, 3).state).toBe('throttle');
    expect(measure(strict, 2996, 4).state).toBe('breach');
  });

  test('a rule that does not count abandoned calls is never used up by them', () => {
    const machines = { ...british, numerator: ['amdFalsePositiveEstimate' as const] };
    expect(measure(machines, 1000, 500).left).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('below 300 answers, where counts decide', () => {
  test.each([
    ['nobody has answered', 0, 0, 1],
    ['one of one', 0, 1, 0],
    ['one of 99: no second yet', 98, 1, 0],
    ['one of 100: a second may be', 99, 1, 1],
    ['two of 199', 197, 2, 0],
    ['two of 200', 198, 2, 1],
    ['none of 299', 299, 0, 3],
    ['four of 299, still below the limit', 295, 4, 0],
  ])('%s', (_what, passed, abandoned, left) => {
    expect(measure(british, passed, abandoned)).toMatchObject({ state: 'few', left });
  });

  test('nobody has answered: no percentage', () => {
    expect(measure(british, 0, 0).percent).toBeNull();
  });

  test('more than the counts allow and more than the percentage is a breach', () => {
    expect(measure(british, 48, 2)).toMatchObject({ state: 'breach', left: 0 });
  });

  test('from 300 on the percentage decides', () => {
    expect(measure(british, 296, 4)).toMatchObject({ state: 'ok', left: 5 });
  });
});
