import { describe, expect, it } from 'vitest';
import { peaks } from './waveform-peaks.ts';

describe('waveform peaks', () => {
  it('are the loudest sample of each part, over both channels', () => {
    const left = new Float32Array([0.1, -0.5, 0, 0]);
    const right = new Float32Array([0, 0, 0.25, -0.2]);
    expect(peaks([left, right], 2)).toEqual([0.5, 0.25]);
  });

  it('never exceed full scale and are empty for no audio', () => {
    expect(peaks([new Float32Array([2])], 1)).toEqual([1]);
    expect(peaks([], 2)).toEqual([0, 0]);
  });
});
