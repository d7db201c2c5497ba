import { describe, expect, it } from 'vitest';
import type { ImportProgress } from '#shared/contract/index.ts';
import { newerProgress } from './progress-order.ts';

const progress = (overrides: Partial<ImportProgress>): ImportProgress =>
  ({ state: 'running', rows: 0, undoneAt: null, ...overrides }) as ImportProgress;

describe('the later news of an import', () => {
  it('is whichever there is', () => {
    const told = progress({ rows: 1 });
    expect(newerProgress(null, told)).toBe(told);
    expect(newerProgress(told, null)).toBe(told);
    expect(newerProgress(null, null)).toBeNull();
  });

  it('has more rows while it runs', () => {
    const asked = progress({ rows: 500 });
    expect(newerProgress(asked, progress({ rows: 100 }))).toBe(asked);
    const told = progress({ rows: 900 });
    expect(newerProgress(asked, told)).toBe(told);
  });

  it('is the end, whoever says it', () => {
    const finished = progress({ state: 'finished', rows: 900 });
    expect(newerProgress(finished, progress({ rows: 800 }))).toBe(finished);
    expect(newerProgress(progress({ rows: 800 }), finished)).toBe(finished);
  });

  it('is the undo after the end', () => {
    const finished = progress({ state: 'finished', rows: 900 });
    const undoing = progress({ state: 'undoing', rows: 300 });
    const undone = progress({ state: 'finished', rows: 900, undoneAt: 5 });
    expect(newerProgress(finished, undoing)).toBe(undoing);
    expect(newerProgress(undone, undoing)).toBe(undone);
  });
});
