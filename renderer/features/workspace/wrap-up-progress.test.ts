import { describe, expect, it } from 'vitest';
import { emptyDraft } from '../../stores/index.ts';
import { aDisposition } from '../../testing/fixtures.ts';
import { isWorthTelling, wrapUpProgress } from './wrap-up-progress.ts';

const promise = aDisposition({ code: 'promise', effect: 'promise' });
const refuses = aDisposition({ code: 'refuses', effect: 'retry', next: { noteRequired: true } });

describe('how far a wrap-up is', () => {
  it('begins with what is written and grows with every part of the form', () => {
    const written = { ...emptyDraft, note: 'Will pay' };
    const steps = [
      wrapUpProgress(emptyDraft, null, null),
      wrapUpProgress(written, null, null),
      wrapUpProgress(written, promise, 'promise-amount'),
      wrapUpProgress(written, promise, 'promise-date'),
      wrapUpProgress(written, promise, 'note'),
      wrapUpProgress(written, promise, null),
    ];
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBeLessThanOrEqual(1);
  });

  it('is half when an outcome waits for its note', () => {
    expect(wrapUpProgress(emptyDraft, refuses, 'note')).toBe(0.5);
  });

  it('is told in steps, backwards too', () => {
    expect(isWorthTelling(0, 0.3)).toBe(true);
    expect(isWorthTelling(0.5, 0.55)).toBe(false);
    expect(isWorthTelling(0.9, 0.5)).toBe(true);
  });
});
