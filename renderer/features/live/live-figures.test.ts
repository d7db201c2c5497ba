import { describe, expect, it } from 'vitest';
import type { AbandonmentBudget } from '#shared/contract/index.ts';
import { budgetScale, windowOf } from './budgets.ts';
import { chartLines, chartTop } from './chart-scale.ts';

describe('a line of figures', () => {
  it('goes from left to right, has a gap where nothing was measured, and stays in its box', () => {
    const lines = chartLines(
      [
        { at: 100, value: 0 },
        { at: 200, value: 5 },
        { at: 300, value: null },
        { at: 500, value: 40 },
      ],
      10,
    );
    expect(lines).toEqual([
      [
        { x: 0, y: 1 },
        { x: 0.25, y: 0.5 },
      ],
      [{ x: 1, y: 0 }],
    ]);
    expect(chartLines([], 10)).toEqual([]);
  });

  it('ends its scale at a round number above everything', () => {
    expect(chartTop([1, 2.2, null], 3)).toBe(3);
    expect(chartTop([7.1], 3)).toBe(8);
    expect(chartTop([null], 0.5)).toBe(0.5);
  });
});

describe('a budget of silent calls', () => {
  const budget = (overrides: Partial<AbandonmentBudget>): AbandonmentBudget => ({
    rule: 'UK-ABANDON',
    pack: 'gb',
    source: '',
    basis: '',
    windowFrom: 0,
    windowTo: 86_400_000,
    numerator: 3,
    denominator: 200,
    percent: 1.5,
    limitPercent: 3,
    throttleAtPercent: 2.4,
    state: 'ok',
    onBreach: 'progressiveOnly',
    left: 3,
    answerToAgentMaxMs: 2_000,
    minRingMs: 15_000,
    recordedMessageWithinMs: 2_000,
    ...overrides,
  });

  it('has its limit at three quarters of the bar, whatever the limit is', () => {
    expect(budgetScale(budget({}))).toEqual({ used: 0.375, throttle: 0.6, limit: 0.75 });
    expect(budgetScale(budget({ percent: 30 })).used).toBe(1);
    expect(budgetScale(budget({ percent: null })).used).toBe(0);
    expect(budgetScale(budget({ limitPercent: 0, percent: 1 })).used).toBe(1);
  });

  it('knows a day, a calendar month and so many days', () => {
    const first = new Date(2026, 10, 1).getTime();
    expect(windowOf(budget({}))).toEqual({ kind: 'day' });
    expect(windowOf({ windowFrom: first, windowTo: first + 20 * 86_400_000 })).toEqual({
      kind: 'month',
    });
    const tenth = new Date(2026, 9, 10, 12).getTime();
    expect(windowOf({ windowFrom: tenth, windowTo: tenth + 30 * 86_400_000 })).toEqual({
      kind: 'days',
      days: 30,
    });
  });
});
