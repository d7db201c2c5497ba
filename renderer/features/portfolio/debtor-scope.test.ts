import { describe, expect, it } from 'vitest';
import { type ScopeChoice, scopeOf } from './debtor-scope.ts';

const choice: ScopeChoice = {
  whose: 'portfolio',
  campaignId: '00000000-0000-7000-8000-000000000050',
  portfolioId: '00000000-0000-7000-8000-000000000010',
  filter: { text: 'Example' },
};

describe('whose debtors are chosen', () => {
  it('is what stands under the chosen one of the three, and nothing of the others', () => {
    expect(scopeOf(choice)).toEqual({ portfolioId: choice.portfolioId });
    expect(scopeOf({ ...choice, whose: 'campaign' })).toEqual({ campaignId: choice.campaignId });
    expect(scopeOf({ ...choice, whose: 'filter' })).toEqual({ filter: choice.filter });
  });

  it('is nobody while nothing is chosen: a filter without a condition does not mean everybody', () => {
    const nothing = { campaignId: '', portfolioId: '', filter: {} };
    for (const whose of ['campaign', 'portfolio', 'filter'] as const) {
      expect(scopeOf({ ...choice, ...nothing, whose })).toBeNull();
    }
  });
});
