import { describe, expect, it } from 'vitest';
import { fromMicro, microText, toMicro } from './micro-money.ts';

describe('the price of a look-up', () => {
  it('is said in cents, or finer where one costs less than a cent', () => {
    expect(microText(12_340_000, 'EUR', 'en')).toBe('€12.34');
    expect(microText(4_500, 'EUR', 'en', 4)).toBe('€0.0045');
    expect(microText(0, 'EUR', 'en', 4)).toBe('€0.00');
  });

  it('comes back as it was typed', () => {
    expect(toMicro(0.0045)).toBe(4_500);
    expect(fromMicro(toMicro(12.34))).toBe(12.34);
  });
});
