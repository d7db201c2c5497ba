import { seededRandom } from '../../main/debtors/writes.ts';
import { Chooser, calleeSlot, NumberLearner } from '../../main/dialer/caller-id/index.ts';
import { openTestStore, type TestStore } from '../../main/testing/open-test-store.ts';
import { type Figure, percentile } from '../bench.ts';
import { choiceOf, poolOf, question } from './caller-id-pool.ts';
import { type HiddenRates, hiddenRates, scenarios } from './caller-id-rates.ts';
import type { DialerPart } from './part.ts';

const NUMBERS = 20;
const CALLS = 20_000;
const SEEDS = [11, 12, 13, 14, 15];
const DAY_STARTS = Date.UTC(2026, 10, 23, 14);
const DAY_MS = 11 * 3_600_000;
const REGIONS = ['212', '312', '303', '415', '617'];
const MANY_NUMBERS = 1_000;
const TIMED = 5_000;
/** the first run through code that is not compiled yet */
const WARM_UP = 500;

/**
 * One day of calls with numbers whose answer rates nobody knows: the product's choice, with its rests, against each number in
 * its turn, on the same calls and the same random numbers. Nothing is known when the day begins. Regret: answers expected of the
 * best number for each call, less those expected of the numbers that were shown.
 */
export const callerIdChoicePart: DialerPart = {
  name: 'caller-id-choice',
  async figures() {
    const store = openTestStore();
    try {
      return [...scenarios.flatMap((scenario) => compare(store, scenario)), ...timeOfChoice(store)];
    } finally {
      await store.close();
    }
  },
};

interface Day {
  answers: number;
  /** expected of the numbers that were shown */
  expected: number;
  /** expected of the best number for each call */
  best: number;
  rests: number;
}

function compare(store: TestStore, scenario: (typeof scenarios)[number]): Figure[] {
  const days = SEEDS.map((seed) => {
    const rates = hiddenRates(scenario, { seed, numbers: NUMBERS, regions: REGIONS.length });
    return {
      best: play(store, rates, seed, 'best'),
      rotation: play(store, rates, seed, 'rotation'),
    };
  });
  const sum = (policy: 'best' | 'rotation', what: keyof Day) =>
    days.reduce((total, day) => total + day[policy][what], 0) / days.length;
  const more = (sum('best', 'answers') / sum('rotation', 'answers') - 1) * 100;
  return [
    {
      name: `${scenario.name}: answers in a day`,
      value: sum('best', 'answers'),
      baseline: sum('rotation', 'answers'),
      unit: 'answers',
    },
    {
      name: `${scenario.name}: more answers than each in its turn`,
      value: more,
      unit: '%',
      ...(scenario.aim === undefined ? {} : { aim: scenario.aim, better: 'higher' }),
    },
    {
      name: `${scenario.name}: regret in a day`,
      value: sum('best', 'best') - sum('best', 'expected'),
      baseline: sum('rotation', 'best') - sum('rotation', 'expected'),
      unit: 'answers',
    },
    { name: `${scenario.name}: rests`, value: sum('best', 'rests'), unit: 'rests' },
  ];
}

function play(
  store: TestStore,
  rates: HiddenRates,
  seed: number,
  policy: 'best' | 'rotation',
): Day {
  const luck = seededRandom(seed * 7_919);
  const pool = poolOf(NUMBERS);
  const learner = new NumberLearner();
  const chooser = new Chooser({
    read: store.read,
    book: learner.book,
    random: seededRandom(seed * 104_729),
    limitsOf: () => ({ forbiddenRanges: [], originCountries: [], localPresence: 'allow' }),
    find: (callerIdId) => pool.get(callerIdId),
  });
  const choice = choiceOf(pool, {
    choose: policy,
    changeAfterFailure: false,
    maxPerHour: null,
  });
  const day: Day = { answers: 0, expected: 0, best: 0, rests: 0 };
  for (let call = 0; call < CALLS; call += 1) {
    const at = DAY_STARTS + Math.floor((call / CALLS) * DAY_MS);
    const region = luck.between(0, REGIONS.length - 1);
    const number = `+1${REGIONS[region]}55501${String(luck.between(0, 99)).padStart(2, '0')}`;
    const chance = luck.next();
    const chosen = chooser.choose(question(choice, number), at);
    if (!chosen.ok) continue;
    const shown = Number(chosen.callerIdId);
    const share = call / CALLS;
    const slot = calleeSlot(store.read, { number, contactPointId: null }, at);
    const rateOf = (index: number) => rates(index, region, slot.hour, share);
    const answered = chance < rateOf(shown);
    day.answers += answered ? 1 : 0;
    day.expected += rateOf(shown);
    day.best += Math.max(...Array.from({ length: NUMBERS }, (_unused, index) => rateOf(index)));
    // The baseline is each number in its turn, whatever comes of it.
    if (policy === 'rotation') continue;
    const event = learner.learn({ ...slot, shown: chosen.e164, at, answered, refused: false });
    const row = pool.get(chosen.callerIdId);
    if (event === null || row === undefined || pool.size < 2) continue;
    day.rests += 1;
    pool.delete(chosen.callerIdId);
  }
  return day;
}

/** With what the product reads: this debtor's tries and the calls of the hour, from a store. */
function timeOfChoice(store: TestStore): Figure[] {
  const random = seededRandom(3);
  const pool = poolOf(MANY_NUMBERS);
  const learner = new NumberLearner();
  const chooser = new Chooser({
    read: store.read,
    book: learner.book,
    random,
    limitsOf: () => ({ forbiddenRanges: [], originCountries: [], localPresence: 'allow' }),
    find: (callerIdId) => pool.get(callerIdId),
  });
  const choice = choiceOf(pool, { maxPerHour: 10_000 });
  const tookMs: number[] = [];
  for (let call = 0; call < TIMED; call += 1) {
    const at = DAY_STARTS + call * 1_000;
    const number = `+1${random.pick(REGIONS)}55501${String(random.between(0, 99)).padStart(2, '0')}`;
    const startedMs = performance.now();
    const chosen = chooser.choose(question(choice, number), at);
    const took = performance.now() - startedMs;
    if (call >= WARM_UP) tookMs.push(took);
    if (!chosen.ok) throw new Error('no number was chosen');
    chooser.started(chosen.e164);
    const slot = calleeSlot(store.read, { number, contactPointId: null }, at);
    const answered = random.chance(0.1);
    learner.learn({ ...slot, shown: chosen.e164, at, answered, refused: false });
  }
  const name = `choice among ${MANY_NUMBERS} numbers`;
  return [
    { name: `${name} p50`, value: percentile(tookMs, 0.5), unit: 'ms' },
    {
      name: `${name} p99`,
      value: percentile(tookMs, 0.99),
      baseline: percentile(spins(percentile(tookMs, 0.5)), 0.99),
      unit: 'ms',
      aim: 1,
    },
  ];
}

/** What this machine adds by itself: as many turns of a loop that does nothing for as long as a choice takes. */
function spins(lengthMs: number): number[] {
  return Array.from({ length: TIMED - WARM_UP }, () => {
    const startedMs = performance.now();
    let nowMs = startedMs;
    while (nowMs < startedMs + lengthMs) nowMs = performance.now();
    return nowMs - startedMs;
  });
}
