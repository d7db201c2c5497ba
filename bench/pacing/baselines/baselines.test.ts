import { describe, expect, it } from 'vitest';
import { abandonmentPercent, minutesPerHour } from '../day-result.ts';
import { exponentialWorld, type ScenarioOf, s2, s3 } from '../scenarios.ts';
import { type LinePacer, simulateDays } from '../simulate.ts';
import { runFixedRatio, tuneFixedRatio } from '../tune-ratio.ts';
import { modelOf } from './exponential-chain.ts';
import { solveExponentialWorld } from './exponential-optimum.ts';
import { createOptimumPacer } from './optimum-pacer.ts';
import { createProgressive } from './progressive.ts';
import { createVicidial, hardLimit, ratioAvailableOnly, tapered } from './vicidial.ts';

function run(of: ScenarioOf, agents: number, days: number, pacer: LinePacer) {
  const results = simulateDays({ scenario: of(agents), seed: 5, days }, () => pacer);
  return { minutes: minutesPerHour(results), abandoned: abandonmentPercent(results) };
}

describe('progressive', () => {
  /** U = H / (H + w), w = time to an answer + time of a failure × failures for each answer */
  it.each([
    ['S2', s2, 0.25, 12, (0.15 * 18 + 0.1 * 2 + 0.5 * 25) / 0.75],
    ['S3', s3, 0.12, 12, (0.15 * 18 + 0.1 * 2 + 0.5 * 25) / 0.75],
    ['exponential', exponentialWorld, 0.25, 15, 15],
  ] as const)(
    'reaches what the formula says in %s, whatever the team',
    (_name, of, chance, answerS, failureS) => {
      const waitS = answerS + (failureS * (1 - chance)) / chance;
      const expected = (60 * 120) / (120 + waitS);
      for (const agents of [2, 10]) {
        const { minutes, abandoned } = run(of, agents, 40 / agents, createProgressive());
        expect(abandoned).toBe(0);
        expect(Math.abs(minutes - expected)).toBeLessThan(0.6);
      }
    },
  );
});

describe('the exact optimum of the exponential world', () => {
  it.each([
    [2, 42.9],
    [3, 44.2],
    [5, 46.2],
    [8, 48.6],
    [10, 49.7],
    [15, 51.7],
  ])('for %i agents is %s min/h at a cap of 3 in a hundred', (agents, expected) => {
    const { minutesPerHour } = solveExponentialWorld(modelOf(agents, 0.25, 15, 120), 0.03);
    expect(Math.abs(minutesPerHour - expected)).toBeLessThan(0.06);
  });

  it.each([
    ['cap 1 %', 5, 0.25, 15, 120, 0.01, 43.6],
    ['cap 5 %', 5, 0.25, 15, 120, 0.05, 47.6],
    ['12 % answer', 5, 0.12, 15, 120, 0.03, 43.6],
    ['a slow list of debts', 3, 0.12, 20, 180, 0.03, 40.6],
    ['40 % answer', 5, 0.4, 15, 120, 0.03, 48.7],
    ['long calls', 10, 0.25, 15, 300, 0.03, 53.5],
  ] as const)('%s', (_name, agents, chance, ringS, handleS, cap, expected) => {
    const { minutesPerHour } = solveExponentialWorld(modelOf(agents, chance, ringS, handleS), cap);
    expect(Math.abs(minutesPerHour - expected)).toBeLessThan(0.06);
  });

  it('for one agent mixes rates, not percentages', () => {
    const model = modelOf(1, 0.25, 15, 120);
    expect(solveExponentialWorld(model, 0.03).minutesPerHour).toBeCloseTo(40.97, 1);
  });

  it('keeps these lines for a team of five, by agents who are free', () => {
    const { chain, careful } = solveExponentialWorld(modelOf(5, 0.25, 15, 120), 0.03);
    const lines = [0, 1, 2, 3, 4, 5].map((free) => careful[free * chain.columns]);
    expect(lines).toEqual([0, 1, 3, 6, 9, 12]);
  });

  it('is reached when it is played', () => {
    const optimum = solveExponentialWorld(modelOf(5, 0.25, 15, 120), 0.03);
    const played = run(exponentialWorld, 5, 40, createOptimumPacer(optimum));
    expect(Math.abs(played.minutes - optimum.minutesPerHour)).toBeLessThan(0.3);
    expect(Math.abs(played.abandoned - 3)).toBeLessThan(0.4);
  });
});

describe('VICIdial, as others simulated it', () => {
  it.each([
    ['S2', 'HARD_LIMIT', 2, s2, hardLimit, 36.9, 3.5],
    ['S2', 'HARD_LIMIT', 10, s2, hardLimit, 37.3, 3.2],
    ['S3', 'HARD_LIMIT', 20, s3, hardLimit, 27.6, 3.1],
    ['S2', 'TAPERED', 2, s2, tapered, 38.5, 3.1],
    ['S2', 'TAPERED', 5, s2, tapered, 39.9, 3.1],
    ['S2', 'TAPERED', 10, s2, tapered, 43.3, 3],
    ['S2', 'TAPERED', 20, s2, tapered, 50.1, 1.4],
    ['S3', 'TAPERED', 2, s3, tapered, 30.1, 3.1],
    ['S3', 'TAPERED', 10, s3, tapered, 41.3, 0.6],
  ] as const)('%s, %s, %i agents', (_name, _method, agents, of, settings, minutes, abandoned) => {
    const found = run(of, agents, agents < 5 ? 20 : 8, createVicidial(settings));
    expect(Math.abs(found.minutes - minutes)).toBeLessThan(0.7);
    expect(Math.abs(found.abandoned - abandoned)).toBeLessThan(0.35);
  });

  it('places whole lines: with one free agent a ratio below 1.5 is one line', () => {
    const low = run(s2, 1, 3, createVicidial(ratioAvailableOnly(1.45)));
    expect(low.abandoned).toBe(0);
    expect(run(s2, 1, 3, createVicidial(ratioAvailableOnly(1.5))).abandoned).toBeGreaterThan(5);
  });
});

describe('the best fixed ratio', () => {
  it('is the highest that stays under the limit on the days it was tuned on', () => {
    const tuning = { scenario: s3(5), seed: 9, days: 3, limitPercent: 3 };
    const tuned = tuneFixedRatio(tuning);
    const higher = { ...tuned, ratio: tuned.ratio + 0.05 };
    expect(abandonmentPercent(runFixedRatio(tuned, tuning))).toBeLessThanOrEqual(3);
    expect(abandonmentPercent(runFixedRatio(higher, tuning))).toBeGreaterThan(3);
    expect(minutesPerHour(runFixedRatio(tuned, tuning))).toBeGreaterThan(38);
  });
});
