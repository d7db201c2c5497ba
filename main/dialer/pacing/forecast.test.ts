import { beforeAll, describe, expect, it } from 'vitest';
import { createPacer } from './create-pacer.ts';
import { type ForecastRequest, forecastPacing } from './forecast.ts';
import { exponential, play } from './testing/played-floor.ts';

const month = { mode: 'predictive', abandonmentWindowMs: 2_592_000_000 } as const;
let learned: unknown;

beforeAll(() => {
  const teacher = createPacer(month);
  play(teacher, {
    agents: 5,
    hours: 6,
    seed: 3,
    answerRate: () => 0.25,
    talkMs: exponential(60_000),
    wrapUpMs: exponential(60_000),
    notices: true,
  });
  learned = teacher.learned();
});

function forecast(overrides: Partial<ForecastRequest> = {}) {
  return forecastPacing({ config: month, learned, agents: 5, hours: 8, seed: 5, ...overrides });
}

describe('forecast', () => {
  it('says the same for the same seed, and something else for another', () => {
    expect(forecast({ hours: 2 })).toEqual(forecast({ hours: 2 }));
    expect(forecast({ hours: 2, seed: 6 })).not.toEqual(forecast({ hours: 2 }));
  });

  it('keeps agents busier than one call for each of them, and nobody more than an hour an hour', () => {
    const progressive = forecast({ config: { mode: 'progressive' } });
    const predictive = forecast();
    expect(progressive.silentPercent).toBe(0);
    expect(predictive.busyMinutesPerHour).toBeGreaterThan(progressive.busyMinutesPerHour + 3);
    expect(predictive.busyMinutesPerHour).toBeLessThan(60);
    expect(predictive.silentPercent).toBeLessThan(3.3);
  });

  it('brings more minutes for more silence', () => {
    const minutes = [0.5, 1, 3].map(
      (goalPercent) => forecast({ config: { ...month, goalPercent } }).busyMinutesPerHour,
    );
    expect(minutes).toEqual(minutes.toSorted((one, other) => one - other));
  });

  it('brings more minutes when desktops say when a wrap-up ends', () => {
    const told = forecast({ notices: true });
    expect(told.busyMinutesPerHour).toBeGreaterThan(forecast().busyMinutesPerHour + 0.3);
  });
});
