import { describe, expect, it } from 'vitest';
import { estimateMos, qualityBetween } from './line-quality.ts';

describe('mean opinion score', () => {
  it('is near the best of G.711 on a short clean line', () => {
    expect(estimateMos(1, 0, 0)).toBeGreaterThan(4.3);
    expect(estimateMos(1, 0, 0)).toBeLessThanOrEqual(4.5);
  });

  it('falls with loss and with delay', () => {
    expect(estimateMos(30, 5, 3)).toBeLessThan(estimateMos(30, 5, 0));
    expect(estimateMos(600, 5, 0)).toBeLessThan(3.6);
    expect(estimateMos(2000, 100, 60)).toBe(1);
  });
});

describe('quality between two readings', () => {
  const before = { packetsReceived: 1000, packetsLost: 90, jitterMs: 3, roundTripMs: 20 };

  it('counts only what was lost meanwhile', () => {
    const quality = qualityBetween(before, { ...before, packetsReceived: 1095, packetsLost: 95 });
    expect(quality.lossPercent).toBe(5);
    expect(quality.mos).toBeCloseTo(estimateMos(20, 3, 5), 5);
  });

  it('knows nothing when nothing came, and forgives counters that went back', () => {
    expect(qualityBetween(before, before)).toMatchObject({ lossPercent: null, mos: null });
    const after = qualityBetween(before, { ...before, packetsReceived: 1050, packetsLost: 80 });
    expect(after.lossPercent).toBe(0);
  });
});
