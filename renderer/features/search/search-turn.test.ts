import { describe, expect, it } from 'vitest';
import type { SearchHit } from '#shared/contract/index.ts';
import { isWaiting, nothingSearched, type SearchEvent, searchTurn } from './search-turn.ts';

const hit = (debtorId: string): SearchHit => ({ debtorId }) as unknown as SearchHit;
const found = (query: string, ...ids: string[]): SearchEvent => ({
  type: 'found',
  query,
  answer: { hits: ids.map(hit), tookMs: 1, complete: true },
});
const viewAfter = (...events: SearchEvent[]) => events.reduce(searchTurn, nothingSearched);

describe('a search as one types', () => {
  it('keeps the former hits until the next are there', () => {
    const view = viewAfter({ type: 'typed', query: 'ko' }, found('ko', 'a'), {
      type: 'typed',
      query: 'kow',
    });
    expect(view.hits).toHaveLength(1);
    expect(isWaiting(view)).toBe(true);
    expect(isWaiting(searchTurn(view, found('kow', 'b')))).toBe(false);
  });

  it('drops an answer that comes too late', () => {
    const view = viewAfter({ type: 'typed', query: 'ko' }, { type: 'typed', query: 'kow' });
    expect(searchTurn(view, found('ko', 'a'))).toBe(view);
    expect(searchTurn(view, { type: 'failed', query: 'ko', error: 'x' })).toBe(view);
  });

  it('shows why it failed, and forgets it with the next answer', () => {
    const failed = viewAfter(
      { type: 'typed', query: 'k' },
      { type: 'failed', query: 'k', error: 'offline' },
    );
    expect(failed).toMatchObject({ hits: [], error: 'offline' });
    expect(isWaiting(failed)).toBe(false);
    expect(searchTurn(failed, found('k', 'a')).error).toBeNull();
  });
});
