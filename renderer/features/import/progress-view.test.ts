import { describe, expect, it } from 'vitest';
import type { ImportProgress } from '#shared/contract/index.ts';
import { progressView } from './progress-view.ts';

const progress = (overrides: Partial<ImportProgress>): ImportProgress =>
  ({ rows: 0, totalRows: null, seconds: 0, ...overrides }) as ImportProgress;

describe('progress of an import', () => {
  it('says rate and time left', () => {
    const view = progressView(progress({ rows: 20_000, totalRows: 50_000, seconds: 2 }));
    expect(view).toEqual({ rowsPerSecond: 10_000, remainingMs: 3_000 });
  });

  it('says nothing from the first moments', () => {
    const view = progressView(progress({ rows: 10, totalRows: 100, seconds: 0.1 }));
    expect(view).toEqual({ rowsPerSecond: null, remainingMs: null });
  });

  it('has no time left when nobody counted the file', () => {
    expect(progressView(progress({ rows: 500, seconds: 1 })).remainingMs).toBeNull();
  });

  it('is never negative when the file was longer than counted', () => {
    const view = progressView(progress({ rows: 110, totalRows: 100, seconds: 1 }));
    expect(view.remainingMs).toBe(0);
  });
});
