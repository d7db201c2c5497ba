import { describe, expect, it } from 'vitest';
import { barsPath } from './waveform-path.ts';
import { peaksOf } from './waveform-peaks.ts';

describe('waveform peaks', () => {
  it('keep the two voices apart', () => {
    expect(peaksOf({ durationMs: 1000, left: [50, 0], right: [0, 25] })).toEqual({
      debtor: [0.5, 0],
      agent: [0, 0.25],
    });
  });

  it('have one voice where the recording has one, and never exceed full scale', () => {
    expect(peaksOf({ durationMs: 1000, left: [120, -3], right: [] })).toEqual({
      debtor: [1, 0],
      agent: null,
    });
  });
});

describe('the path of a voice', () => {
  it('rises from the middle for one and falls from it for the other', () => {
    expect(barsPath([1], 'up')).toBe('M0 12V1H2V12Z');
    expect(barsPath([1], 'down')).toBe('M0 12V23H2V12Z');
    expect(barsPath([1, 0.5], 'both')).toBe('M0 1V23H2V1ZM3 6.5V17.5H5V6.5Z');
  });

  it('shows silence as a thin line', () => {
    expect(barsPath([0], 'up')).toBe('M0 12V11H2V12Z');
  });
});
