import { describe, expect, it } from 'vitest';
import type { CampaignCounters } from '#shared/contract/index.ts';
import { abandonment, counterFigures, formatPercent, shareOf, sumCounters } from './counters.ts';

const counters = (overrides: Partial<CampaignCounters> = {}): CampaignCounters => ({
  ...sumCounters([]),
  ...overrides,
});

describe('abandonment', () => {
  it('is the share of people who met nobody', () => {
    expect(abandonment({ connected: 97, abandoned: 3 })).toEqual({ ratePercent: 3, over: false });
    expect(abandonment({ connected: 96, abandoned: 4 })).toEqual({ ratePercent: 4, over: true });
  });

  it('is not known before the first person', () => {
    expect(abandonment({ connected: 0, abandoned: 0 })).toEqual({ ratePercent: null, over: false });
  });
});

describe('counters of several campaigns', () => {
  it('are added up, dispositions by code', () => {
    const sum = sumCounters([
      counters({ attempts: 10, talkTimeMs: 1_000, dispositions: { paid: 1, promise: 2 } }),
      counters({ attempts: 5, talkTimeMs: 500, dispositions: { promise: 3 } }),
    ]);
    expect(sum.attempts).toBe(15);
    expect(sum.talkTimeMs).toBe(1_500);
    expect(sum.dispositions).toEqual({ paid: 1, promise: 5 });
  });

  it('do not carry anything from one sum to the next', () => {
    sumCounters([counters({ attempts: 10 })]);
    expect(sumCounters([]).attempts).toBe(0);
  });
});

describe('those whom conditions leave out', () => {
  it('are added up of the campaigns that know them, and not said where none does', () => {
    expect(
      sumCounters([counters({ leftOut: 3 }), counters(), counters({ leftOut: 4 })]).leftOut,
    ).toBe(7);
    expect(sumCounters([counters()])).not.toHaveProperty('leftOut');
  });
});

describe('figures', () => {
  const t = (key: string): string => key;

  it('know no mean before somebody has hung up', () => {
    const shown = (talkTimeMs: number) =>
      counterFigures(counters({ connected: 2, talkTimeMs }), t, 'en').find(
        ({ id }) => id === 'meanTalk',
      )?.value;
    expect(shown(0)).toBe('–');
    expect(shown(120_000)).toBe('01:00');
  });

  it('show the store’s numbers as they are, with their share of the attempts', () => {
    const figures = counterFigures(counters({ attempts: 200, busy: 50, connected: 80 }), t, 'en');
    const busy = figures.find((one) => one.id === 'busy');
    expect(busy).toMatchObject({ value: '50', note: '25%' });
  });

  it('divide nothing by nothing', () => {
    const figures = counterFigures(counters(), t, 'en');
    expect(figures.find((one) => one.id === 'answered')?.note).toBe('–');
    expect(figures.find((one) => one.id === 'meanTalk')?.value).toBe('–');
  });

  it('mention interrupted calls only when there are any', () => {
    expect(counterFigures(counters(), t, 'en').some((one) => one.id === 'interrupted')).toBe(false);
    const some = counterFigures(counters({ interrupted: 1 }), t, 'en');
    expect(some.some((one) => one.id === 'interrupted')).toBe(true);
  });
});

describe('percentages', () => {
  it('follow the locale', () => {
    expect(formatPercent(shareOf(1, 3), 'en', 1)).toBe('33.3%');
    expect(formatPercent(shareOf(1, 3), 'pl', 1)).toBe('33,3%');
    expect(formatPercent(null, 'en')).toBe('–');
  });
});
