import { afterEach, expect, it } from 'vitest';
import { listStrategy } from '#shared/contract/index.ts';
import { isFiltered } from '../lists/index.ts';
import { openRankingRig, type Person, plain, type RankingRig } from './ranking.fixture.ts';

let rig: RankingRig;
afterEach(() => rig.close());

const DAY_MS = 86_400_000;
const amounts = (...list: number[]): Person[] => list.map((amount) => ({ ...plain, amount }));
const byAmount = { weights: { amount: 10 } };

it('follows a fact of one debtor, and writes nobody else', async () => {
  rig = openRankingRig(amounts(100, 200, 300, 400));
  const campaignId = rig.campaign(byAmount);
  await rig.ranking.work();
  expect(rig.order(campaignId)).toEqual([3, 2, 1, 0]);
  const before = rig.written();
  rig.ranked.length = 0;
  rig.store.runNow((db) => {
    const sql = 'SELECT id FROM debt WHERE debtorId = ?';
    db.update('debt', String(db.get<{ id: string }>(sql, rig.debtorIds[0])?.id), {
      balanceMinor: 350,
    });
  });
  await rig.ranking.work();
  expect(rig.order(campaignId)).toEqual([3, 0, 2, 1]);
  expect(rig.written()).toBe(before + 1);
  expect(rig.ranked).toEqual([campaignId]);
});

it('finds those who came on the list later', async () => {
  rig = openRankingRig(amounts(100, 200));
  const campaignId = rig.campaign(byAmount);
  await rig.ranking.work();
  rig.add(amounts(150));
  rig.store.runNow((db, context) =>
    db.insert('contactListEntry', {
      id: context.newId(),
      campaignId,
      debtorId: rig.debtorIds[2],
      status: 'pending',
      position: 2,
      updatedAt: 0,
    }),
  );
  await rig.ranking.work();
  expect(rig.order(campaignId)).toEqual([1, 2, 0]);
});

it('leaves out whom the filter does not fit, and takes them back when it does', async () => {
  rig = openRankingRig([plain, { ...plain, promise: 'kept' }]);
  const campaignId = rig.campaign({ filter: { promises: ['broken'] } });
  await rig.ranking.work();
  expect(rig.order(campaignId)).toEqual([]);
  rig.setPromise(1, 'broken');
  await rig.ranking.work();
  expect(rig.order(campaignId)).toEqual([1]);
  await rig.setStrategy(campaignId, {});
  await rig.ranking.work();
  expect(rig.order(campaignId)).toEqual([0, 1]);
});

it('knows whether everybody was looked at with the filter of now', async () => {
  rig = openRankingRig([plain]);
  const strategy = (filter: object) => listStrategy.parse({ filter });
  const campaignId = rig.campaign({ filter: { languages: ['pl'] } });
  const knows = (filter: object) => isFiltered(rig.store.read, campaignId, strategy(filter));
  expect(knows({ languages: ['pl'] })).toBe(false);
  expect(knows({})).toBe(true);
  await rig.ranking.work();
  expect(knows({ languages: ['pl'] })).toBe(true);
  expect(knows({ languages: ['en'] })).toBe(false);
});

it('an open promise takes the debtor off every list, and a broken one brings them back as they were', async () => {
  rig = openRankingRig([plain, plain]);
  const campaigns = [rig.campaign({}), rig.campaign(byAmount)];
  rig.store.runNow((db) =>
    db.update('contactListEntry', String(rig.entry(campaigns[1] ?? '', 0).id), {
      status: 'waiting',
      attempts: 2,
    }),
  );
  await rig.ranking.work();
  rig.setPromise(0, 'open');
  await rig.ranking.work();
  const of = (index: number) => campaigns.map((campaignId) => rig.entry(campaignId, index).status);
  expect(of(0)).toEqual(['done', 'done']);
  expect(of(1)).toEqual(['pending', 'pending']);
  expect(rig.entry(campaigns[0] ?? '', 0).doneReason).toBe('promise');
  rig.setPromise(0, 'broken');
  await rig.ranking.work();
  expect(of(0)).toEqual(['pending', 'waiting']);
});

it('a kept promise after which nothing is owed brings nobody back', async () => {
  rig = openRankingRig([{ ...plain, promise: 'open' }]);
  const campaignId = rig.campaign({});
  await rig.ranking.work();
  rig.store.runNow((db) => {
    const { id } = db.get<{ id: string }>('SELECT id FROM debt') ?? { id: '' };
    db.update('debt', id, { status: 'paid', balanceMinor: 0 });
  });
  rig.setPromise(0, 'kept');
  await rig.ranking.work();
  expect(rig.entry(campaignId, 0)).toMatchObject({ status: 'done', doneReason: 'promise' });
});

it('weighs otherwise on the days of a period, and again from the day after', async () => {
  rig = openRankingRig([
    { ...plain, amount: 100, contacted: null },
    { ...plain, amount: 200, contacted: 3 },
  ]);
  const campaignId = rig.campaign({
    ...byAmount,
    periods: [
      {
        name: 'wages',
        days: { kind: 'payDays', days: [18], after: 0 },
        weights: { neverContacted: 5 },
      },
    ],
  });
  await rig.ranking.work();
  expect(rig.order(campaignId)).toEqual([0, 1]);
  rig.clock.advance(DAY_MS);
  await rig.ranking.work();
  expect(rig.order(campaignId)).toEqual([1, 0]);
});
