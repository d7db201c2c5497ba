import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCalendarDate } from './calendar-date.ts';
import { countInterest, type InterestTerms, roundedInterest } from './interest.ts';
import { rateFiles, rateTable } from './interest-rates.ts';

const terms = (overrides: Partial<InterestTerms> = {}): InterestTerms => ({
  kind: 'statutory',
  ratePpm: null,
  jurisdiction: 'PL',
  from: '2023-09-01',
  principalMinor: 100_000,
  changes: [],
  ...overrides,
});

describe('interest', () => {
  it('counts each rate for its days, the first and the last included', () => {
    const counted = countInterest(terms(), '2023-10-10');
    expect(counted.periods).toEqual([
      // 1,000.00 zł × 12.25 % × 6 ÷ 365 = 2.01
      expect.objectContaining({
        from: '2023-09-01',
        to: '2023-09-06',
        days: 6,
        ratePpm: 122_500,
        interestMinor: 201,
      }),
      // × 11.5 % × 28 ÷ 365 = 8.82
      expect.objectContaining({
        from: '2023-09-07',
        to: '2023-10-04',
        days: 28,
        interestMinor: 882,
      }),
      // × 11.25 % × 6 ÷ 365 = 1.85
      expect.objectContaining({
        from: '2023-10-05',
        to: '2023-10-10',
        days: 6,
        interestMinor: 185,
      }),
    ]);
    expect(counted.interestMinor).toBe(201 + 882 + 185);
  });

  it('counts what is left of the principal from the day after a payment', () => {
    const changes = [{ on: '2024-01-10', amountMinor: -60_000 }];
    const counted = countInterest(terms({ from: '2024-01-01', changes }), '2024-01-20');
    expect(
      counted.periods.map(({ from, to, principalMinor }) => [from, to, principalMinor]),
    ).toEqual([
      ['2024-01-01', '2024-01-10', 100_000],
      ['2024-01-11', '2024-01-20', 40_000],
    ]);
  });

  it('counts a year of its own days where the law does', () => {
    const counted = countInterest(terms({ jurisdiction: 'DE', from: '2023-12-31' }), '2024-01-01');
    expect(counted.periods.map((period) => [period.from, period.yearDays, period.ratePpm])).toEqual(
      [
        ['2023-12-31', 365, 81_200],
        ['2024-01-01', 366, 86_200],
      ],
    );
  });

  it('counts an agreed rate without end', () => {
    const counted = countInterest(
      terms({ kind: 'agreed', ratePpm: 365_000, from: '2040-01-01' }),
      '2040-01-10',
    );
    expect(counted).toMatchObject({ interestMinor: 1_000, unknown: null });
  });

  it.each([
    ['rates of that country', { jurisdiction: 'CN' }, 'no-rates'],
    ['an agreed rate', { kind: 'agreed' }, 'no-agreed-rate'],
    ['a beginning', { from: null }, 'no-start'],
    ['rates for all of the time', { from: '2099-01-01' }, 'rates-incomplete'],
    ['rates that far back', { from: '2010-01-01' }, 'rates-incomplete'],
  ] as const)('says nothing without %s', (_what, overrides, unknown) => {
    expect(countInterest(terms(overrides), '2099-06-01')).toMatchObject({
      interestMinor: null,
      unknown,
    });
  });

  it('is nothing before it begins, and ends with the principal even when later rates are not known', () => {
    expect(countInterest(terms({ from: '2024-05-01' }), '2024-04-30').interestMinor).toBe(0);
    const paid = terms({
      from: '2024-05-01',
      changes: [{ on: '2024-05-31', amountMinor: -100_000 }],
    });
    const counted = countInterest(paid, '2099-01-01');
    expect(counted).toMatchObject({ unknown: null });
    expect(counted.interestMinor).toBe(countInterest(paid, '2024-05-31').interestMinor);
  });

  it('uses a rate of the firm where it follows on what is known, and none behind a gap', () => {
    const rate = { jurisdiction: 'PL', kind: 'statutory', ratePpm: 90_000 } as const;
    const next = { ...rate, from: '2026-01-01', through: '2026-12-31' };
    const gap = { ...rate, from: '2027-06-01', through: '2027-12-31' };
    expect(rateTable('PL', 'statutory', [next, gap])?.knownThrough).toBe('2026-12-31');
    const open = terms({ from: '2025-12-31' });
    expect(countInterest(open, '2026-01-10').unknown).toBe('rates-incomplete');
    expect(
      countInterest(open, '2026-01-10', [next, gap]).periods.map((each) => each.ratePpm),
    ).toEqual([95_000, 90_000]);
    expect(countInterest(open, '2027-07-01', [next, gap]).unknown).toBe('rates-incomplete');
  });

  it('rounds halves up, in whole numbers', () => {
    expect(roundedInterest(365, 500_000, 1, 365)).toBe(1);
    expect(roundedInterest(364, 500_000, 1, 365)).toBe(0);
    expect(roundedInterest(1_000_000_000_000, 122_500, 365, 365)).toBe(122_500_000_000);
  });

  it('adds up: the days of the periods are the days between, whatever changes', () => {
    const day = fc
      .integer({ min: 0, max: 2_000 })
      .map((days) => new Date(Date.UTC(2017, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, fc.array(day, { maxLength: 4 }), (one, other, paidOn) => {
        const [from, to] = [one, other].sort() as [string, string];
        const changes = paidOn.sort().map((on) => ({ on, amountMinor: -10 }));
        const { periods } = countInterest(terms({ from, changes }), to);
        const days = periods.reduce((sum, period) => sum + period.days, 0);
        expect(days).toBe((Date.parse(to) - Date.parse(from)) / 86_400_000 + 1);
      }),
    );
  });
});

describe('the data of rates', () => {
  it('is dated, ascending and marked as a draft', () => {
    expect(rateFiles.length).toBeGreaterThan(3);
    for (const file of rateFiles) {
      for (const table of [file.statutory, file.statutoryCommercial]) {
        const dates = table.rates.map((rate) => rate.from);
        expect(dates).toEqual([...new Set(dates)].sort());
        expect(
          [...dates, table.verifiedOn, table.knownThrough ?? '2000-01-01'].every(isCalendarDate),
        ).toBe(true);
        expect(
          table.rates.every((rate) => Number.isInteger(rate.ratePpm) && rate.ratePpm > 0),
        ).toBe(true);
        expect(table.review).toBe('draft');
        expect(table.source).not.toBe('');
      }
    }
  });
});
