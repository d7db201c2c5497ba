import { describe, expect, it } from 'vitest';
import type { DebtorId } from '#shared/domain/index.ts';
import { historyQuestion, isFiltered, moreFilters, noFilter } from './history-filter.ts';

const debtorId = 'd' as DebtorId;

describe('a filter of the history', () => {
  it('asks for everything when nothing is chosen', () => {
    expect(historyQuestion(debtorId, noFilter)).toEqual({ debtorId });
    expect(isFiltered(noFilter)).toBe(false);
    expect(isFiltered({ ...noFilter, search: '  ' })).toBe(false);
  });

  it('asks for what is chosen only', () => {
    const filter = {
      ...noFilter,
      group: 'calls',
      direction: 'in',
      withRecording: true,
      search: ' faktura ',
      from: '2026-01-01',
    } as const;
    expect(historyQuestion(debtorId, filter)).toEqual({
      debtorId,
      channels: ['call', 'voiceMessage', 'ivr'],
      direction: 'in',
      withRecording: true,
      search: 'faktura',
      from: '2026-01-01',
    });
    expect(moreFilters(filter)).toBe(3);
    expect(isFiltered(filter)).toBe(true);
  });
});
