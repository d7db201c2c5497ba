import { describe, expect, it } from 'vitest';
import { dominantHz, rmsDbfs } from './sound-level.ts';

describe('level', () => {
  it('of a sine at full scale is −3 dBFS RMS', () => {
    const sine = Float32Array.from({ length: 8000 }, (_, at) =>
      Math.sin((2 * Math.PI * 440 * at) / 8000),
    );
    expect(rmsDbfs(sine)).toBeCloseTo(-3.01, 1);
  });

  it('of silence and of nothing is the floor', () => {
    expect(rmsDbfs(new Float32Array(64))).toBe(-100);
    expect(rmsDbfs(new Float32Array(0))).toBe(-100);
  });
});

describe('dominant frequency', () => {
  it('is found between two bins', () => {
    const spectrum = new Float32Array(1024).fill(-120);
    spectrum[19] = -30;
    spectrum[18] = -36;
    spectrum[20] = -32;
    const binHz = 48_000 / 2048;
    const found = dominantHz(spectrum, 48_000);
    expect(found).toBeGreaterThan(19 * binHz);
    expect(found).toBeLessThan(19.5 * binHz);
  });

  it('is nothing in silence', () => {
    expect(dominantHz(new Float32Array(1024).fill(-Infinity), 48_000)).toBeNull();
    expect(dominantHz(new Float32Array(1024).fill(-100), 48_000)).toBeNull();
  });
});
