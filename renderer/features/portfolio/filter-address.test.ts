import { describe, expect, it } from 'vitest';
import type { ListFilter } from '#shared/contract/index.ts';
import { parseHash, toHash } from '../../app/router.ts';
import {
  filterFromQuery,
  filterToQuery,
  sameFilter,
  sortFromQuery,
  sortToQuery,
} from './filter-address.ts';

const whole = {
  portfolioIds: ['01920000-0000-7000-8000-000000000060'],
  text: 'kowal & syn',
  age: { bands: ['upTo3Months', 'older'], fromDays: 30, toDays: 180 },
  amount: { fromMinor: 100_000, toMinor: 500_000, currency: 'PLN' },
  statuses: ['open', 'disputed'],
  lastContact: { before: 1_763_000_000_000, channels: ['call', 'sms'] },
  promises: ['broken'],
  plans: ['none', 'broken'],
  flagsAnyOf: ['lawyer'],
  flagsNoneOf: ['cease', 'deceased'],
  languages: ['pl', 'ru'],
  jurisdictions: ['PL'],
  cities: ['Łódź', 'Nowa, Wieś'],
  hasPhone: true,
  kind: 'person',
  importJobIds: ['01920000-0000-7000-8000-000000000300'],
  writeOffProposed: false,
  nextActionBefore: 1_763_000_000_000,
} as unknown as ListFilter;

describe('a filter in the address', () => {
  it('comes back as it was written, through a real address', () => {
    const { query } = parseHash(toHash('/portfolio', filterToQuery(whole)));
    expect(filterFromQuery(query)).toEqual(whole);
  });

  it('is nothing when there is none', () => {
    expect(filterToQuery({})).toEqual({});
    expect(filterFromQuery({ list: 'x', sort: 'age' })).toEqual({});
  });

  it('knows who was never contacted', () => {
    const never: ListFilter = { lastContact: { never: true } };
    expect(filterFromQuery(filterToQuery(never))).toEqual(never);
  });

  it('leaves out what is no condition and keeps the rest', () => {
    expect(
      filterFromQuery({ status: 'open,strange', age: 'from:abc', phone: 'maybe', kind: 'company' }),
    ).toEqual({ kind: 'company' });
    expect(filterFromQuery({ city: '%E0%A4%A', promise: 'broken' })).toEqual({
      cities: ['%E0%A4%A'],
      promises: ['broken'],
    });
  });

  it('is the same in any order of its conditions', () => {
    expect(sameFilter({ hasPhone: true, kind: 'person' }, { kind: 'person', hasPhone: true })).toBe(
      true,
    );
    expect(sameFilter({ hasPhone: true }, { hasPhone: false })).toBe(false);
    expect(sameFilter({ statuses: [] as never }, {})).toBe(true);
  });
});

describe('the order of a list in the address', () => {
  it('comes back as it was written', () => {
    for (const sort of [
      { by: 'age', descending: true },
      { by: 'lastContact', descending: false },
    ] as const) {
      expect(sortFromQuery(sortToQuery(sort))).toEqual(sort);
    }
    expect(sortFromQuery('nothing-desc')).toBeNull();
  });
});
