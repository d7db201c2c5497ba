import { describe, expect, it } from 'vitest';
import { dispositionEffect } from '#shared/contract/index.ts';
import { codeOf, effects, freeKeys } from './disposition-words.ts';

describe('a code out of a name', () => {
  it('has letters and digits only and begins small', () => {
    expect(codeOf('Zapłaci w piątek')).toBe('zaplaciWPiatek');
    expect(codeOf('2nd visit agreed')).toBe('ndVisitAgreed');
    expect(codeOf('Paid')).toBe('paid');
  });

  it('is nothing when the name has no such letters', () => {
    expect(codeOf('承诺还款')).toBe('');
    expect(codeOf('Обещал')).toBe('');
    expect(codeOf('a')).toBe('');
  });

  it('fits the contract', () => {
    for (const name of ['Zapłaci w piątek', '2nd visit agreed', 'x'.repeat(80)]) {
      expect(codeOf(name)).toMatch(/^[a-z][A-Za-z0-9]{1,39}$/);
    }
  });
});

describe('keys of outcomes', () => {
  const all = [
    { code: 'paid', key: '1', active: true },
    { code: 'old', key: '2', active: false },
    { code: 'other', key: null, active: true },
  ];
  it('are free when no other active outcome has them', () => {
    expect(freeKeys(all, null)).toEqual(['2', '3', '4', '5', '6', '7', '8', '9']);
    expect(freeKeys(all, 'paid')[0]).toBe('1');
  });
});

describe('effects', () => {
  it('are those of the contract', () => {
    expect([...effects].sort()).toEqual([...dispositionEffect.options].sort());
  });
});
