import { describe, expect, it } from 'vitest';
import type { DebtorRow } from '#shared/contract/index.ts';
import { nextOffset, nothingLoaded, offsetOf, pageSize, withPage } from './debtor-pages.ts';

const row = (id: string): DebtorRow => ({ debtorId: id }) as unknown as DebtorRow;
const rows = (from: number, count: number): DebtorRow[] =>
  Array.from({ length: count }, (_, index) => row(`d${from + index}`));

describe('debtors loaded in pages', () => {
  it('asks for the first page of a new question and keeps the old rows meanwhile', () => {
    const loaded = withPage(nothingLoaded, 'a', 0, { rows: rows(0, 100), total: 150 });
    expect(nextOffset(loaded, 'b')).toBe(0);
    expect(loaded.rows).toHaveLength(100);
  });

  it('goes on until everything is there', () => {
    const first = withPage(nothingLoaded, 'a', 0, { rows: rows(0, 100), total: 150 });
    expect(nextOffset(first, 'a')).toBe(100);
    const both = withPage(first, 'a', 100, { rows: rows(100, 50), total: 150 });
    expect(both.rows).toHaveLength(150);
    expect(nextOffset(both, 'a')).toBeNull();
  });

  it('replaces the rows when the first page of another question comes', () => {
    const old = withPage(nothingLoaded, 'a', 0, { rows: rows(0, 100), total: 100 });
    const next = withPage(old, 'b', 0, { rows: rows(500, 2), total: 2 });
    expect(next.rows.map((one) => one.debtorId)).toEqual(['d500', 'd501']);
  });

  it('refreshes one page in place', () => {
    const first = withPage(nothingLoaded, 'a', 0, { rows: rows(0, pageSize), total: 200 });
    const both = withPage(first, 'a', pageSize, { rows: rows(pageSize, pageSize), total: 200 });
    const fresh = withPage(both, 'a', 0, { rows: rows(0, pageSize), total: 200 });
    expect(fresh.rows).toHaveLength(200);
    expect(fresh.rows[150]?.debtorId).toBe('d150');
  });

  it('shows a debtor who moved to another page once', () => {
    const first = withPage(nothingLoaded, 'a', 0, { rows: rows(0, pageSize), total: 102 });
    const both = withPage(first, 'a', pageSize, { rows: [row('d3'), row('d200')], total: 102 });
    expect(both.rows.filter((one) => one.debtorId === 'd3')).toHaveLength(1);
  });

  it('drops a page that would leave a gap', () => {
    expect(withPage(nothingLoaded, 'a', 100, { rows: rows(100, 1), total: 101 })).toBe(
      nothingLoaded,
    );
  });

  it('knows the page of a debtor', () => {
    const loaded = withPage(nothingLoaded, 'a', 0, { rows: rows(0, 100), total: 100 });
    expect(offsetOf(loaded, 'd42')).toBe(0);
    expect(offsetOf(loaded, 'nobody')).toBeNull();
  });
});
