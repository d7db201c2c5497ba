import { describe, expect, it } from 'vitest';
import { whatStays } from './what-stays.ts';

const plain = { optOut: null, automatic: false };
const stop = { optOut: { verdict: 'optOut' as const, words: 'STOP' }, automatic: false };
const unclear = { optOut: { verdict: 'unclear' as const, words: null }, automatic: false };

describe('what stays when messages are taken back from a debtor', () => {
  it('is nothing when they asked for nothing and no number was added', () => {
    expect(whatStays([plain, plain], false)).toEqual([]);
  });

  it('is what one of them asked for, also when it was not clear', () => {
    expect(whatStays([plain, stop], false)).toEqual(['opt-out']);
    expect(whatStays([unclear], false)).toEqual(['opt-out']);
  });

  it('is not what an automatic answer quotes: that set nothing', () => {
    expect(whatStays([{ ...stop, automatic: true }], false)).toEqual([]);
  });

  it('is the number that was added, besides', () => {
    expect(whatStays([stop], true)).toEqual(['opt-out', 'point']);
    expect(whatStays([], true)).toEqual(['point']);
  });
});
