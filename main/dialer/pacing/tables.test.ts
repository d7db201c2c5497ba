import { describe, expect, it } from 'vitest';
import { AnswerTable, DIALING, RINGING } from './answer-table.ts';
import { addChance, chanceOfNobody, countDistribution } from './chance.ts';
import { DurationTable } from './duration-table.ts';
import { NoticeErrors } from './notice-errors.ts';
import { RateShift } from './rate-shift.ts';
import { exponential, seeded } from './testing/played-floor.ts';

const PRIOR = { meanMs: 90_000, spread: 1 };

describe('durations', () => {
  it('learns a mixture: short ones end soon, those that are left last', () => {
    const table = new DurationTable(PRIOR);
    const random = seeded(3);
    for (let i = 0; i < 2_000; i++)
      table.observe(random() < 0.5 ? 5_000 + 5_000 * random() : 200_000 + 50_000 * random(), true);
    table.fit();
    expect(table.within(0, 12_000)).toBeCloseTo(0.5, 1);
    expect(table.within(30_000, 12_000)).toBeLessThan(0.03);
    expect(table.within(200_000, 50_000)).toBeGreaterThan(0.8);
  });

  it('notices within some dozens that talks have become much shorter', () => {
    const table = new DurationTable(PRIOR);
    const random = seeded(4);
    const talk = (mean: number) => {
      const ms = exponential(mean)(random);
      table.goesOn(0, ms, true);
      table.observe(ms, true);
    };
    for (let i = 0; i < 2_000; i++) talk(120_000);
    table.fit();
    const before = table.within(20_000, 10_000);
    for (let i = 0; i < 40; i++) talk(30_000);
    table.fit();
    expect(table.within(20_000, 10_000)).toBeGreaterThan(1.8 * before);
  });

  it('learns from those whose end was not seen that they lasted', () => {
    const table = new DurationTable(PRIOR);
    for (let i = 0; i < 300; i++) table.observe(60_000, false);
    table.fit();
    expect(table.within(0, 50_000)).toBeLessThan(0.05);
  });
});

describe('answers', () => {
  it('learns how likely an answer still is, by how long a call has rung', () => {
    const table = new AnswerTable(25_000);
    for (let i = 0; i < 1_000; i++)
      if (i % 5 === 0) table.observe(RINGING, 8_500, 'human');
      else table.observe(RINGING, 24_900, 'other');
    table.fit();
    expect(table.chance(RINGING, 0)).toBeCloseTo(0.2, 1);
    expect(table.chance(RINGING, 12_000)).toBeLessThan(0.02);
  });

  it('joins setup, ringing and detection into one chance', () => {
    const table = new AnswerTable(25_000);
    for (let i = 0; i < 2_000; i++) {
      table.observe(DIALING, 3_200, 'ringing');
      table.observe(RINGING, 6_500, i % 4 === 0 ? 'answered' : 'other');
      if (i % 4 === 0) table.observe(2, 1_500, i % 8 === 0 ? 'human' : 'other');
    }
    table.fit();
    expect(table.chance(DIALING, 0)).toBeCloseTo(0.125, 1);
    const total = table.answerTimes.reduce((sum, share) => sum + share, 0);
    expect(total).toBeCloseTo(table.chance(DIALING, 0), 3);
    const before = table.answerTimes.slice(0, 9).reduce((sum, share) => sum + share, 0);
    expect(before / total).toBeLessThan(0.15);
  });

  it('counts only answers that come before a call may be taken back', () => {
    const table = new AnswerTable(25_000);
    for (let i = 0; i < 1_000; i++)
      table.observe(DIALING, i % 2 === 0 ? 20_500 : 24_900, i % 2 === 0 ? 'human' : 'other');
    table.fit(1, 15_000);
    expect(table.chance(DIALING, 0)).toBeGreaterThan(0.4);
    expect(table.earlyChance(DIALING, 0)).toBeLessThan(0.05);
  });
});

describe('a change of rate', () => {
  it('is not believed for ordinary chance, and is for a doubling', () => {
    const steady = new RateShift();
    const random = seeded(9);
    for (let i = 0; i < 300; i++) steady.add(random() < 0.25 ? 1 : 0, 0.25);
    expect(steady.factor()).toBeGreaterThan(0.85);
    expect(steady.factor()).toBeLessThan(1.15);
    for (let i = 0; i < 60; i++) steady.add(i % 2, 0.25);
    expect(steady.factor()).toBeGreaterThan(1.4);
  });
});

describe('notices', () => {
  it('are believed at first, and no longer once they have been wrong', () => {
    const notices = new NoticeErrors();
    expect(notices.chance(5_000, 7_000)).toBeGreaterThan(0.7);
    for (let i = 0; i < 30; i++) notices.observe(30_000);
    expect(notices.chance(5_000, 7_000)).toBeLessThan(0.3);
  });
});

describe('chances', () => {
  it('are those of counting all cases', () => {
    const answers = new Float64Array(4);
    countDistribution(Float64Array.from([0.5, 0.2]), 2, answers);
    expect([...answers]).toEqual([0.4, 0.5, 0.1, 0]);
    addChance(answers, 0.5);
    expect(answers[0]).toBeCloseTo(0.2);
    expect(answers[3]).toBeCloseTo(0.05);
    const frees = Float64Array.from([0.75, 0.25]);
    // nobody: at least one answer when none is free, at least two when one becomes free
    expect(chanceOfNobody(answers, 1, frees, 1)).toBeCloseTo(0.75 * 0.8 + 0.25 * 0.35);
    expect(chanceOfNobody(answers, 0, frees, 1)).toBeCloseTo(0.75 + 0.25 * 0.8);
  });
});
