import { describe, expect, it } from 'vitest';
import { daysText, hoursText } from './hours-text.ts';

describe('hours at which somebody can be reached', () => {
  it('join days in a row', () => {
    expect(daysText(['mon', 'tue', 'wed', 'thu', 'fri', 'sun'], 'en')).toBe('Mon–Fri, Sun');
    expect(daysText(['sun', 'sat'], 'en')).toBe('Sat, Sun');
    expect(daysText(['wed'], 'pl')).toBe('śr.');
  });

  it('are said in order', () => {
    const hours = [
      { days: ['mon', 'tue', 'wed'] as const, from: '17:00', to: '20:00' },
      { days: ['sat'] as const, from: '10:00', to: '14:00' },
    ];
    expect(
      hoursText(
        hours.map((one) => ({ ...one, days: [...one.days] })),
        'en',
      ),
    ).toBe('Mon–Wed 17:00–20:00; Sat 10:00–14:00');
  });
});
