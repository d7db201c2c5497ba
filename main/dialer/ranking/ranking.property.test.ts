import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ListFilter, ListStrategy, StrategyProperty } from '#shared/contract/index.ts';
import { openRankingRig, type Person, plain } from './ranking.fixture.ts';

const person: fc.Arbitrary<Person> = fc.record({
  amount: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000_00 })),
  currency: fc.constantFrom('PLN', 'EUR'),
  age: fc.integer({ min: 0, max: 2_000 }),
  language: fc.constantFrom('pl', 'en'),
  promise: fc.constantFrom('none', 'kept', 'broken'),
  contacted: fc.option(fc.integer({ min: 0, max: 400 })),
  paid: fc.boolean(),
  tries: fc.integer({ min: 0, max: 9 }),
  limitation: fc.option(fc.integer({ min: -50, max: 900 })),
});
const filter: fc.Arbitrary<ListFilter> = fc.oneof(
  fc.constant({}),
  fc.integer({ min: 1, max: 400_000 }).map((fromMinor) => ({ amount: { fromMinor } })),
  fc.integer({ min: 0, max: 1_500 }).map((fromDays) => ({ age: { fromDays } })),
  fc.constantFrom('pl', 'en').map((language) => ({ languages: [language] })),
  fc.constant<ListFilter>({ promises: ['broken'] }),
);
const properties = [
  'amount',
  'age',
  'brokenPromise',
  'neverContacted',
  'sinceContact',
  'hasPaid',
  'fewTries',
  'limitation',
] as const satisfies StrategyProperty[];
const weights = fc.dictionary(
  fc.constantFrom(...properties),
  fc.integer({ min: -100, max: 100 }),
) as fc.Arbitrary<ListStrategy['weights']>;
const strategy = fc.record({
  filter,
  priorities: fc.array(fc.record({ name: fc.constant('first'), filter }), { maxLength: 3 }),
  weights,
});

/** Where a value stands among those who have one, in thousandths; written without the columns in mind. */
function place(own: number | null, all: readonly (number | null)[], none: number): number {
  if (own === null) return none;
  const known = all.filter((each) => each !== null);
  const below = known.filter((each) => each < own).length;
  const upTo = known.filter((each) => each <= own).length;
  return Math.round((1_000 * (below + upTo)) / (2 * known.length));
}

const levelOf: Record<
  (typeof properties)[number],
  (one: Person, all: readonly Person[]) => number
> = {
  amount: (one, all) =>
    one.amount === 0
      ? 0
      : place(
          one.amount,
          all.map(({ amount, currency }) =>
            amount > 0 && currency === one.currency ? amount : null,
          ),
          0,
        ),
  age: (one, all) => {
    const age = (each: Person) => (each.amount > 0 && each.age > 0 ? each.age : null);
    return place(age(one), all.map(age), 0);
  },
  brokenPromise: (one) => (one.promise === 'broken' ? Math.round(1_000 * 0.5 ** (10 / 45)) : 0),
  neverContacted: (one) => (one.contacted === null ? 1_000 : 0),
  sinceContact: (one, all) =>
    place(
      one.contacted,
      all.map(({ contacted }) => contacted),
      1_000,
    ),
  hasPaid: (one) => (one.paid && one.amount > 0 ? 1_000 : 0),
  fewTries: (one) => Math.round(1_000 / (1 + one.tries)),
  limitation: (one, all) => {
    const left = ({ amount, limitation }: Person) =>
      amount === 0 || limitation === null || limitation < 0 ? null : -limitation;
    return place(left(one), all.map(left), 0);
  },
};

function fits(one: Person, { amount, age, languages, promises }: ListFilter): boolean {
  return (
    (amount?.fromMinor === undefined || (one.amount > 0 && one.amount >= amount.fromMinor)) &&
    (age?.fromDays === undefined || (one.amount > 0 && one.age >= age.fromDays)) &&
    (languages?.includes(one.language) ?? true) &&
    (promises === undefined || promises.some((promise) => promise === one.promise))
  );
}

function naiveOrder(
  all: readonly Person[],
  wanted: Pick<ListStrategy, 'filter' | 'priorities' | 'weights'>,
): number[] {
  const tier = (one: Person) => {
    const found = wanted.priorities.findIndex((priority) => fits(one, priority.filter));
    return found < 0 ? wanted.priorities.length : found;
  };
  const score = (one: Person) =>
    Math.round(
      properties.reduce(
        (sum, property) => sum + (wanted.weights[property] ?? 0) * levelOf[property](one, all),
        0,
      ),
    );
  return all
    .map((one, index) => ({
      index,
      tier: tier(one),
      score: score(one),
      fits: fits(one, wanted.filter),
    }))
    .filter((each) => each.fits)
    .sort(
      (one, other) => one.tier - other.tier || other.score - one.score || one.index - other.index,
    )
    .map(({ index }) => index);
}

it('gives the order of a plain sort, over random lists and strategies', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 1, maxLength: 25 }),
      strategy,
      strategy,
      async (people, first, second) => {
        const rig = openRankingRig(people);
        try {
          const campaignId = rig.campaign(first);
          await rig.ranking.work();
          expect(rig.order(campaignId)).toEqual(naiveOrder(people, first));
          await rig.setStrategy(campaignId, second);
          await rig.ranking.work();
          expect(rig.order(campaignId)).toEqual(naiveOrder(people, second));
          const before = rig.written();
          rig.restart();
          await rig.ranking.work();
          expect(rig.written()).toBe(before);
        } finally {
          await rig.close();
        }
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

it('a plain strategy leaves the list as it is', async () => {
  const rig = openRankingRig([plain, { ...plain, amount: 5 }, { ...plain, age: 900 }]);
  const campaignId = rig.campaign({});
  await rig.ranking.work();
  expect(rig.order(campaignId)).toEqual([0, 1, 2]);
  expect(rig.written()).toBe(0);
  await rig.close();
});
