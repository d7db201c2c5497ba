import { describe, expect, it } from 'vitest';
import type { ListRow } from '#shared/contract/index.ts';
import {
  type ListAnswer,
  loadedRows,
  missingPages,
  nothingLoaded,
  pageOf,
  pageSize,
  rowAt,
  withPage,
} from './sparse-pages.ts';

const row = (id: string): ListRow => ({ debtorId: id }) as unknown as ListRow;
const answer = (page: number, total = 1_000_000): ListAnswer => ({
  rows: Array.from({ length: pageSize }, (_, index) => row(`d${page * pageSize + index}`)),
  total,
  sums: [],
  complete: true,
  upToDate: true,
  tookMs: 1,
});

describe('pages of a long list', () => {
  it('stand in their places', () => {
    const loaded = withPage(withPage(nothingLoaded, 'a', 0, answer(0)), 'a', 7_000, answer(7_000));
    expect(rowAt(loaded, 700_042)?.debtorId).toBe('d700042');
    expect(rowAt(loaded, 500)).toBeUndefined();
    expect(loaded.totals?.total).toBe(1_000_000);
  });

  it('are asked for where they are in sight and not there', () => {
    const loaded = withPage(nothingLoaded, 'a', 1, answer(1));
    expect(missingPages(loaded, 95, 215)).toEqual([0, 2]);
    expect(missingPages(loaded, 110, 130)).toEqual([]);
  });

  it('go when another question is answered', () => {
    const loaded = withPage(withPage(nothingLoaded, 'a', 3, answer(3)), 'b', 0, answer(0, 5));
    expect([...loaded.pages.keys()]).toEqual([0]);
    expect(loaded.totals?.total).toBe(5);
  });

  it('are let go of far from what is in sight', () => {
    let loaded = nothingLoaded;
    for (let page = 0; page < 60; page += 1) loaded = withPage(loaded, 'a', page, answer(page));
    expect(loaded.pages.size).toBe(40);
    expect(loaded.pages.has(59)).toBe(true);
    expect(loaded.pages.has(0)).toBe(false);
  });

  it('know where a debtor stands, and their order', () => {
    const loaded = withPage(withPage(nothingLoaded, 'a', 2, answer(2)), 'a', 0, answer(0));
    expect(pageOf(loaded, 'd242')).toBe(2);
    expect(pageOf(loaded, 'nobody')).toBeNull();
    expect(loadedRows(loaded)[0]?.debtorId).toBe('d0');
  });
});
