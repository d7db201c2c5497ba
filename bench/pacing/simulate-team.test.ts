import { describe, expect, it } from 'vitest';
import { compareWithCommand } from './same-answers.ts';
import { s2, scenarios, withNotice } from './scenarios.ts';
import { simulateTeam } from './simulate-team.ts';

describe('a simulated team with the product’s pacer', () => {
  it('answers minutes and abandonment with their errors over days', () => {
    const scenario = { ...s2(4), dayMs: 1_800_000, maxConcurrentCalls: 12, tickMs: 1_000 };
    const config = { mode: 'progressive' } as const;
    const team = simulateTeam({ scenario, config, days: 6, seed: 3 });
    expect(team.minutesPerHour).toBeGreaterThan(30);
    expect(team.minutesError).toBeGreaterThan(0);
    expect(team.minutesError).toBeLessThan(3);
    expect(team.abandonmentPercent).toBe(0);
    expect(team.days).toHaveLength(6);
    expect(
      team.days.every(({ violations, mostCalls }) => violations === 0 && mostCalls <= 12),
    ).toBe(true);
  });

  it.each(Object.entries(scenarios))(
    '%s: never has more calls than lines, nor takes back what has not rung long enough',
    (_name, of) => {
      const scenario = { ...withNotice(of(5)), dayMs: 2_400_000, tickMs: 1_000 };
      const config = { mode: 'predictive', minRingMs: 15_000 } as const;
      const { days, answered } = simulateTeam({ scenario, config, days: 1, seed: 8 });
      expect(days.map(({ violations }) => violations)).toEqual([0]);
      expect(answered).toBeGreaterThan(5);
    },
  );

  it('gives the same answers as the command dialdesk pacer', async () => {
    const { answers, different } = await compareWithCommand(5 * 60_000);
    expect(answers).toBeGreaterThan(500);
    expect(different).toBe(0);
  });
});
