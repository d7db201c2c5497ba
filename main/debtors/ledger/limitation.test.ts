import { describe, expect, it } from 'vitest';
import { limitationFiles, limitationOf } from './limitation.ts';

const debt = (overrides: object) => ({
  limitationOn: null,
  dueOn: '2023-05-10',
  debtKind: 'pożyczka',
  ...overrides,
});

describe('limitation', () => {
  it.each([
    ['PL', 'pożyczka gotówkowa', '2023-05-10', '2026-12-31'],
    ['PL', 'Czynsz', '2018-07-09', '2021-12-31'],
    ['PL', 'nakaz zapłaty z 2020', '2020-03-01', '2026-12-31'],
    ['DE', 'Kredit', '2022-02-01', '2025-12-31'],
    ['GB', 'personal loan', '2020-02-29', '2026-02-28'],
    ['RU', 'микрозаём', '2023-05-10', '2026-05-10'],
  ])('in %s of %s due %s is %s', (jurisdiction, debtKind, dueOn, on) => {
    expect(limitationOf(debt({ debtKind, dueOn }), jurisdiction, '2024-01-01')).toMatchObject({
      on,
      source: 'law',
    });
  });

  it.each([
    ['a debt without a date', debt({ dueOn: null }), 'PL'],
    ['a kind that no rule names', debt({ debtKind: 'whatever' }), 'PL'],
    ['a debt from before the rule', debt({ dueOn: '2018-07-08' }), 'PL'],
    ['a country without rules', debt({}), 'ZA'],
    ['a part of the country with other rules', debt({ debtKind: 'loan' }), 'GB-SCT'],
  ])('says nothing of %s', (_what, unclear, jurisdiction) => {
    expect(limitationOf(unclear, jurisdiction, '2024-01-01')).toEqual({
      on: null,
      state: 'none',
      source: null,
      daysLeft: null,
    });
  });

  it('warns ninety days before, and takes a given date before the law', () => {
    const given = debt({ limitationOn: '2026-06-30' });
    const state = (today: string) => limitationOf(given, 'PL', today).state;
    expect(limitationOf(given, 'PL', '2026-01-01')).toMatchObject({
      on: '2026-06-30',
      source: 'given',
      daysLeft: 180,
    });
    expect(['2026-03-31', '2026-04-01', '2026-06-30', '2026-07-01'].map(state)).toEqual([
      'far',
      'soon',
      'soon',
      'passed',
    ]);
  });

  it('is data that is marked as a draft, with its source', () => {
    for (const file of limitationFiles) {
      expect(file.review).toBe('draft');
      expect(file.rules.every((rule) => rule.source !== '' && rule.years > 0)).toBe(true);
    }
  });
});
