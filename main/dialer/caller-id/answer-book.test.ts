import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../debtors/writes.ts';
import { AnswerBook } from './answer-book.ts';
import { gammaQuantile, sampleGamma } from './gamma.ts';

const DAY_MS = 86_400_000;
const call = (shown: string, calls: number, answers: number, region = 'PL', hour = 12) => ({
  shown,
  region,
  hour,
  calls,
  answers,
});

describe('the answer book', () => {
  it('takes a number it does not know for average, and is not sure of it', () => {
    const { mean, shape } = new AnswerBook().belief('a', 'PL', 12, 0);
    expect(mean).toBe(1);
    expect(shape).toBeLessThan(6);
  });

  it('learns which number is answered more often', () => {
    const book = new AnswerBook();
    for (let round = 0; round < 50; round += 1) {
      book.add(call('good', 20, 4), 0);
      book.add(call('poor', 20, 1), 0);
    }
    expect(book.overall('good', 0).mean).toBeGreaterThan(1.4);
    expect(book.overall('poor', 0).mean).toBeLessThan(0.6);
  });

  it('a number that is good in one region is so elsewhere only in part', () => {
    const book = new AnswerBook();
    for (let round = 0; round < 30; round += 1) {
      book.add(call('a', 20, 4, 'PL-22'), 0);
      book.add(call('b', 20, 2, 'PL-22'), 0);
      book.add(call('b', 20, 2, 'PL-12'), 0);
    }
    const there = book.belief('a', 'PL-22', 12, 0).mean;
    const elsewhere = book.belief('a', 'PL-12', 12, 0).mean;
    expect(there).toBeGreaterThan(elsewhere);
    expect(elsewhere).toBeGreaterThan(1);
  });

  it('a number is not blamed for the hours and regions it was given', () => {
    const book = new AnswerBook();
    // both bring the same on the same calls; one makes most of its calls where nobody answers
    for (let round = 0; round < 60; round += 1) {
      book.add(call('evening', 20, 4, 'PL-22', 18), 0);
      book.add(call('morning', 2, 0.4, 'PL-22', 18), 0);
      book.add(call('morning', 20, 1, 'PL-22', 9), 0);
      book.add(call('evening', 2, 0.1, 'PL-22', 9), 0);
    }
    const ratio = book.overall('morning', 0).mean / book.overall('evening', 0).mean;
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  });

  it('forgets: what was long ago counts little', () => {
    const book = new AnswerBook();
    book.load([
      { result: call('a', 1000, 20), at: 0 },
      { result: call('b', 1000, 100), at: 0 },
    ]);
    expect(book.overall('a', 0).mean).toBeLessThan(0.5);
    expect(book.overall('a', 12 * DAY_MS).mean).toBeGreaterThan(0.9);
    // more than the growth of the store's evidence can hold
    expect(book.overall('a', 90 * DAY_MS).mean).toBeCloseTo(1, 2);
  });

  it('believes the same whether it learnt at once or from the record', () => {
    const live = new AnswerBook();
    const loaded = new AnswerBook();
    const results = [call('a', 200, 10), call('b', 200, 30), call('c', 200, 20)];
    for (let round = 0; round < 20; round += 1)
      for (const one of results) live.add({ ...one, calls: 10, answers: one.answers / 20 }, 0);
    loaded.load(results.map((result) => ({ result, at: 0 })));
    for (const shown of ['a', 'b', 'c'])
      expect(loaded.overall(shown, 0).mean / live.overall(shown, 0).mean).toBeCloseTo(1, 0);
    expect(loaded.overall('b', 0).mean).toBeGreaterThan(loaded.overall('c', 0).mean);
  });

  it('whatever happens, beliefs stay positive and drawable', () => {
    const one = fc.record({
      shown: fc.constantFrom('a', 'b', 'c'),
      region: fc.constantFrom('PL', 'PL-22'),
      hour: fc.integer({ min: 0, max: 23 }),
      answered: fc.boolean(),
      afterMs: fc.integer({ min: 0, max: 20 * DAY_MS }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), (calls) => {
        const book = new AnswerBook();
        let at = 1_700_000_000_000;
        for (const { shown, region, hour, answered, afterMs } of calls) {
          at += afterMs;
          book.add({ shown, region, hour, calls: 1, answers: answered ? 1 : 0 }, at);
          for (const number of ['a', 'b', 'unknown']) {
            const { mean, shape } = book.belief(number, region, hour, at);
            expect(mean).toBeGreaterThan(0);
            expect(mean).toBeLessThan(60);
            expect(shape).toBeGreaterThanOrEqual(1);
          }
        }
      }),
    );
  });
});

describe('gamma draws', () => {
  it.each([1.5, 4, 60])('have the mean and spread of their shape %d', (shape) => {
    const random = seededRandom(7);
    const draws = Array.from({ length: 20_000 }, () => sampleGamma(shape, random));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    expect(mean / shape).toBeCloseTo(1, 1);
    expect(variance / shape).toBeGreaterThan(0.93);
    expect(variance / shape).toBeLessThan(1.07);
    const below = draws.filter((draw) => draw < gammaQuantile(shape, 1.645)).length;
    expect(below / draws.length).toBeCloseTo(0.95, 2);
  });
});
