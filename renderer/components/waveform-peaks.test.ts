import { describe, expect, it } from 'vitest';
import { barsPath } from './waveform-path.ts';
import { channelPeaks, peaks } from './waveform-peaks.ts';

describe('waveform peaks', () => {
  it('are the loudest sample of each part', () => {
    expect(channelPeaks(new Float32Array([0.125, -0.5, 0, 0.25]), 2)).toEqual([0.5, 0.25]);
  });

  it('keep the two voices apart', () => {
    const debtor = new Float32Array([0.5, 0]);
    const agent = new Float32Array([0, -0.25]);
    expect(peaks([debtor, agent], 2)).toEqual({ debtor: [0.5, 0], agent: [0, 0.25] });
  });

  it('have one voice where the recording has one', () => {
    expect(peaks([new Float32Array([0.5])], 1)).toEqual({ debtor: [0.5], agent: null });
  });

  it('never exceed full scale and are empty for no audio', () => {
    expect(channelPeaks(new Float32Array([2]), 1)).toEqual([1]);
    expect(peaks([], 2)).toEqual({ debtor: [0, 0], agent: null });
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
