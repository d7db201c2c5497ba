import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../debtors/writes.ts';
import { DropWatch, RefusalWatch } from './drop-watch.ts';

const CALL_MS = 3_000;
const EXPECTED = 0.1;

/** 20 numbers in turn; the first one's answers are multiplied by `factorOf`. */
function play(seed: number, calls: number, factorOf: (call: number) => number, all = 1) {
  const watch = new DropWatch();
  const random = seededRandom(seed);
  const alarms: { number: number; call: number }[] = [];
  for (let call = 0; call < calls; call += 1) {
    const number = call % 20;
    const rate = EXPECTED * (number === 0 ? factorOf(call) : 1) * (call > calls / 2 ? all : 1);
    if (watch.add(String(number), random.chance(rate), EXPECTED, call * CALL_MS))
      alarms.push({ number, call });
  }
  return alarms;
}

describe('the watch for drops', () => {
  it('rarely cries wolf: less than once in ten thousand calls of a number', () => {
    let alarms = 0;
    const days = 10;
    for (let seed = 0; seed < days; seed += 1) alarms += play(seed, 20_000, () => 1).length;
    expect(alarms / (days * 20_000)).toBeLessThan(1 / 10_000);
  });

  it('sees that a number has been listed within a few hundred of its calls', () => {
    for (let seed = 0; seed < 5; seed += 1) {
      const from = 4_000;
      const alarms = play(seed, 20_000, (call) => (call < from ? 1 : 0.15));
      const first = alarms.find(({ number }) => number === 0);
      expect((first?.call ?? Number.POSITIVE_INFINITY) - from).toBeLessThan(400 * 20);
    }
  });

  it('blames nobody for what befalls all numbers at once', () => {
    const alarms = [1, 2, 3].flatMap((seed) => play(seed, 20_000, () => 1, 0.4));
    expect(alarms.length).toBeLessThanOrEqual(3);
  });

  it('judges nobody without others to compare with', () => {
    const watch = new DropWatch();
    for (let call = 0; call < 5_000; call += 1)
      expect(watch.add('only', false, EXPECTED, call * CALL_MS)).toBe(false);
  });
});

describe('the watch for refusals', () => {
  it('sees carriers that refuse a number after a handful of calls', () => {
    const watch = new RefusalWatch();
    for (let call = 0; call < 1_000; call += 1) watch.add(String(call % 10), false);
    const alarms = [1, 2, 3, 4, 5].map(() => watch.add('0', true));
    expect(alarms.indexOf(true)).toBeGreaterThanOrEqual(1);
    expect(alarms.indexOf(true)).toBeLessThanOrEqual(3);
  });

  it('lets pass what all numbers get', () => {
    const watch = new RefusalWatch();
    const random = seededRandom(3);
    let alarms = 0;
    for (let call = 0; call < 20_000; call += 1)
      if (watch.add(String(call % 20), random.chance(0.03))) alarms += 1;
    expect(alarms).toBeLessThan(20);
  });
});
