import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../store/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { findJob, type JobView } from './job-rows.ts';
import { LookupJobs } from './lookup-jobs.ts';
import { lookupWrites } from './lookup-writes.ts';

const NOW = Date.UTC(2026, 10, 23, 10);
const opened: TestStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

interface Question {
  /** what was taken for each number, millionths */
  prices: (number | null)[];
  /** gateway's price or the highest told before, whichever is more */
  knownMicro: number;
}

interface Gateway {
  kind: 'hlrLookups' | 'infobip';
  priceMicro: number;
}

/** A gateway whose provider takes `priceOf(n)` for the n-th number; null: it does not say. */
async function rig({ kind, priceMicro }: Gateway, priceOf: (index: number) => number | null) {
  const clock = {
    now: () => NOW,
    monotonic: () => NOW,
    setTimer: (delayMs: number, callback: () => void) => {
      // announcements are not waited for
      if (delayMs !== 500) queueMicrotask(callback);
      return () => {};
    },
  };
  // one store for all gateways of a test
  const [
    store = openTestStore({
      storeKind: 'real',
      writes: lookupWrites,
      clock: { ...clock, setTimer: systemClock.setTimer },
    }),
  ] = opened.splice(0);
  opened.push(store);
  const { lookupGatewayId } = await store.write(lookupWrites, 'lookup.save-gateway', {
    lookupGatewayId: null,
    kind,
    name: 'HLR',
    baseUrl: '',
    user: 'user',
    secret: 'secret',
    enabled: true,
    priceMicro,
    currency: 'EUR',
    maxPerSecond: 97,
  });
  const questions: Question[] = [];
  let knownMicro = priceMicro;
  let index = 0;
  const take = (count: number) => {
    const prices = Array.from({ length: count }, () => priceOf(index++));
    questions.push({ prices, knownMicro });
    knownMicro = Math.max(knownMicro, ...prices.map((price) => price ?? 0));
    return prices.map((price) => (price === null ? undefined : price / 1_000_000));
  };
  const fetch = async (_url: string, { body }: RequestInit = {}) => {
    const { msisdn, to } = JSON.parse(String(body)) as { msisdn: string; to?: string[] };
    if (to === undefined) {
      const [cost] = take(1);
      return Response.json({ msisdn, connectivity_status: 'CONNECTED', cost });
    }
    const prices = take(to.length);
    return Response.json({
      results: to.map((number, place) => ({
        to: number,
        status: { groupName: 'DELIVERED' },
        price: { pricePerLookup: prices[place] },
      })),
    });
  };
  const jobs = new LookupJobs({ store, clock, fetch, log: () => {} });
  const run = async (numbers: number, budgetMicro: number | null): Promise<JobView> => {
    const { lookupJobId: jobId } = await store.write(lookupWrites, 'lookup.create-job', {
      gatewayId: lookupGatewayId,
      portfolioId: null,
      campaignId: null,
      numbers,
      fromCache: 0,
      currency: 'EUR',
      budgetMicro,
      absentWaitMs: 0,
      personId: null,
    });
    const asked = Array.from({ length: numbers }, (_unused, at) => `+4860${1_000_000 + at}`);
    await store.write(lookupWrites, 'lookup.add-items', { jobId, numbers: asked });
    await store.write(lookupWrites, 'lookup.filled', { jobId });
    jobs.run(jobId);
    await jobs.settled();
    const job = findJob(store.read, jobId);
    if (job === null) throw new Error('no job');
    return job;
  };
  return { run, questions };
}

const always = (price: number | null) => () => price;
const sizes = (questions: Question[]) => questions.map(({ prices }) => prices.length);

describe('the budget of a look-up', () => {
  it('holds though the gateway has no price, as soon as the provider says what it takes', async () => {
    const { run } = await rig({ kind: 'hlrLookups', priceMicro: 0 }, always(10_000));
    expect(await run(20, 30_000)).toMatchObject({
      state: 'budgetSpent',
      done: 3,
      costMicro: 30_000,
    });
  });

  it('is reckoned with what the provider takes where that is more than the price of the gateway', async () => {
    const { run, questions } = await rig({ kind: 'infobip', priceMicro: 1_000 }, always(10_000));
    expect(await run(20, 15_000)).toMatchObject({
      state: 'budgetSpent',
      done: 1,
      costMicro: 10_000,
    });
    expect(sizes(questions)).toEqual([1]);
    // the next job knows it from the start
    expect(await run(20, 9_000)).toMatchObject({ state: 'budgetSpent', done: 0, costMicro: 0 });
    expect(await run(20, 50_000)).toMatchObject({ done: 5, costMicro: 50_000 });
    expect(sizes(questions)).toEqual([1, 5]);
  });

  it('one number is asked about to learn the price, then as many as fit', async () => {
    const { run, questions } = await rig({ kind: 'infobip', priceMicro: 0 }, always(10_000));
    expect(await run(50, 205_000)).toMatchObject({ done: 20, costMicro: 200_000 });
    expect(sizes(questions)).toEqual([1, 19]);
  });

  it('without any price each question is about one number, and a budget of nothing asks nobody', async () => {
    const { run, questions } = await rig({ kind: 'infobip', priceMicro: 0 }, always(null));
    expect(await run(3, 5_000)).toMatchObject({ state: 'finished', done: 3 });
    expect(sizes(questions)).toEqual([1, 1, 1]);
    expect(await run(3, 0)).toMatchObject({ state: 'budgetSpent', done: 0 });
  });

  it('without a budget nothing is held back', async () => {
    const { run, questions } = await rig({ kind: 'infobip', priceMicro: 0 }, always(10_000));
    expect(await run(50, null)).toMatchObject({ state: 'finished', costMicro: 500_000 });
    expect(sizes(questions)).toEqual([50]);
  });

  it('is passed by no more than what the provider takes above the highest price that was known', async () => {
    const price = fc.integer({ min: 0, max: 30_000 });
    const world = fc.record({
      kind: fc.constantFrom<Gateway['kind']>('hlrLookups', 'infobip'),
      priceMicro: fc.oneof(fc.constant(0), price),
      prices: fc.array(fc.oneof(price, fc.constant(null)), { minLength: 1, maxLength: 30 }),
      budgets: fc.array(fc.integer({ min: 0, max: 300_000 }), { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ prices, budgets, ...gateway }) => {
        const { run, questions } = await rig(
          gateway,
          (index) => prices[index % prices.length] ?? null,
        );
        for (const budgetMicro of budgets) {
          questions.length = 0;
          const { costMicro } = await run(30, budgetMicro);
          const dearer = questions
            .flatMap(({ prices: taken, knownMicro }) =>
              taken.map((one) => Math.max(0, (one ?? 0) - knownMicro)),
            )
            .reduce((sum, more) => sum + more, 0);
          expect(costMicro).toBeLessThanOrEqual(budgetMicro + dearer);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('is never passed by a provider that takes no more than was known', async () => {
    const world = fc.record({
      kind: fc.constantFrom<Gateway['kind']>('hlrLookups', 'infobip'),
      priceMicro: fc.integer({ min: 1, max: 30_000 }),
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }),
      budgetMicro: fc.integer({ min: 0, max: 500_000 }),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ shares, budgetMicro, ...gateway }) => {
        const { run } = await rig(gateway, (index) =>
          Math.floor((shares[index % shares.length] ?? 0) * gateway.priceMicro),
        );
        expect((await run(40, budgetMicro)).costMicro).toBeLessThanOrEqual(budgetMicro);
      }),
      { numRuns: 15 },
    );
  });
});
