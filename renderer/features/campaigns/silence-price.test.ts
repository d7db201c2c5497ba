import { describe, expect, it } from 'vitest';
import type { PacingForecast } from '#shared/contract/index.ts';
import { nextStep, priceCurve, talkAt } from './silence-price.ts';

const forecast = (
  silentGoalPercent: number | null,
  talkMinutesPerHour: number,
): PacingForecast => ({
  mode: 'predictive',
  silentGoalPercent,
  takeBack: false,
  talkMinutesPerHour,
  silentPercent: silentGoalPercent ?? 0,
  dialsPerHour: 100,
});

describe('the price of a silent call', () => {
  const curve = priceCurve([
    forecast(5, 50),
    forecast(3, 48),
    forecast(0, 40),
    forecast(null, 30),
    forecast(1, 45),
  ]);

  it('is a curve by goal, without forecasts that have none', () => {
    expect(curve.map((point) => point.goalPercent)).toEqual([0, 1, 3, 5]);
  });

  it('never falls: what chance in the simulation took away is shared out', () => {
    const noisy = priceCurve([
      forecast(0, 30),
      forecast(1, 34),
      forecast(2, 36),
      forecast(2.5, 35),
      forecast(3, 34),
    ]);
    expect(noisy.map((point) => point.talkMinutes)).toEqual([30, 34, 35, 35, 35]);
    expect(nextStep(noisy, 2.5)?.minutes).toBe(0);
  });

  it('lies between the points in a straight line and ends where they end', () => {
    expect(talkAt(curve, 0.5)).toBe(42.5);
    expect(talkAt(curve, 1)).toBe(45);
    expect(talkAt(curve, 2)).toBe(46.5);
    expect(talkAt(curve, 4)).toBe(49);
    expect(talkAt(curve, 7)).toBe(50);
    expect(talkAt(priceCurve([forecast(1, 45)]), 0)).toBe(45);
    expect(talkAt([], 1)).toBeNull();
  });

  it('says what half a percent more gives, and at the end what half a percent less costs', () => {
    expect(nextStep(curve, 0.5)).toEqual({ goalPercent: 1, minutes: 2.5 });
    expect(nextStep(curve, 5)).toEqual({ goalPercent: 4.5, minutes: -0.5 });
    expect(nextStep([], 1)).toBeNull();
  });
});
