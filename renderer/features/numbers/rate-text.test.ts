import { describe, expect, it } from 'vitest';
import { differenceText, rateText, standingOf } from './rate-text.ts';

describe('the answer rate of a number', () => {
  it('is a dash when nothing was called with it', () => {
    expect(rateText(null, 'en')).toBe('–');
    expect(rateText(0.1236, 'en')).toBe('12.4%');
  });

  it('is better or worse than the others only when its whole interval is', () => {
    expect(standingOf({ low: 1.02, high: 1.4 })).toBe('better');
    expect(standingOf({ low: 0.4, high: 0.98 })).toBe('worse');
    expect(standingOf({ low: 0.4, high: 1.4 })).toBe('same');
  });

  it('is said as what it is more or less', () => {
    expect(differenceText(1.18, 'en')).toBe('+18%');
    expect(differenceText(0.7, 'en')).toBe('-30%');
    expect(differenceText(1, 'en')).toBe('0%');
  });
});
