import { describe, expect, it } from 'vitest';
import { matchPath, parseHash, toHash } from './router.ts';

describe('addresses', () => {
  it('carry a path and filters, both ways', () => {
    const hash = toHash('/portfolio', { search: 'Wójcik & Co', portfolio: 'p1', empty: '' });
    expect(hash).not.toContain('empty');
    expect(parseHash(hash)).toEqual({
      path: '/portfolio',
      query: { search: 'Wójcik & Co', portfolio: 'p1' },
    });
  });

  it('fall back to the start page', () => {
    expect(parseHash('')).toEqual({ path: '/', query: {} });
    expect(parseHash('#nonsense')).toEqual({ path: '/', query: {} });
  });

  it('give the parameters of a pattern', () => {
    expect(matchPath('/debtor/:debtorId', '/debtor/42')).toEqual({ debtorId: '42' });
    expect(matchPath('/debtor/:debtorId', '/debtor')).toBeNull();
    expect(matchPath('/people', '/campaigns')).toBeNull();
  });
});
