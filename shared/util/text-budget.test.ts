import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextBudget } from './text-budget.ts';

describe('texts of one view', () => {
  it('are whole as long as there is room, and begin to be cut then', () => {
    const budget = new TextBudget(1_500);
    const long = 'a'.repeat(1_000);
    expect(budget.beginning(long)).toBe(long);
    expect(budget.beginning(long)).toBe(`${'a'.repeat(500)}…`);
    expect(budget.whole(long)).toBeNull();
    expect(budget.whole('a'.repeat(500))).toBe('a'.repeat(500));
    expect(budget.beginning('short')).toBe('short');
  });

  it('never hold more than the room and a beginning of each, nor half a character', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 1_200 }), { maxLength: 20 });
    fc.assert(
      fc.property(texts, (all) => {
        const budget = new TextBudget(2_000);
        const shown = all.map((text) => budget.beginning(text));
        expect(shown.join('').length).toBeLessThanOrEqual(2_000 + all.length * 501);
        for (const text of shown) expect(text.isWellFormed()).toBe(true);
      }),
    );
  });
});
