import { describe, expect, it } from 'vitest';
import { clocksOf, zonesOfCountry } from './place-zones.ts';

const now = Date.UTC(2026, 10, 21);

describe('the clocks of a country', () => {
  it('are one for Poland and several for the United States', () => {
    expect(clocksOf(zonesOfCountry('PL'), now)).toEqual(['Europe/Warsaw']);
    const american = clocksOf(zonesOfCountry('US'), now);
    expect(american.length).toBeGreaterThan(4);
    expect(american.length).toBeLessThan(zonesOfCountry('US').length);
  });

  it('tell apart zones that differ in summer only', () => {
    // Denver and Phoenix agree in winter
    expect(clocksOf(['America/Denver', 'America/Phoenix'], now)).toHaveLength(2);
  });

  it('are none where nobody knows the country', () => {
    expect(clocksOf(zonesOfCountry('ZZ'), now)).toEqual([]);
  });
});
