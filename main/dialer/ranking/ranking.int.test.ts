import { afterEach, expect, it } from 'vitest';
import { listStrategy, type StrategyPreview } from '#shared/contract/index.ts';
import type { RequestContext } from '../../contract-server/types.ts';
import { Lists } from '../../debtors/index.ts';
import { systemClock } from '../../store/index.ts';
import { openRankingRig, type Person, plain, type RankingRig } from './ranking.fixture.ts';
import { Ranking } from './ranking.ts';
import { createStrategyHandlers } from './strategy-handlers.ts';

let rig: RankingRig;
let lists: Lists;
let ranking: Ranking;
afterEach(async () => {
  await ranking.close();
  await lists.close();
  await rig.close();
});

const COUNT = 1_200;
const people = Array.from(
  { length: COUNT },
  (_, index): Person => ({
    ...plain,
    amount: 1_000 + ((index * 7) % COUNT) * 10,
    paid: index % 100 === 0,
    language: index % 3 === 0 ? 'en' : 'pl',
  }),
);

it('the thread of lists puts a list in order, and shows the same order beforehand', async () => {
  rig = openRankingRig(people);
  const strategy = listStrategy.parse({
    filter: { languages: ['pl'] },
    priorities: [{ name: 'much', filter: { amount: { fromMinor: 12_000 } } }],
    weights: { amount: -10, hasPaid: 30 },
  });
  const campaignId = rig.campaign(strategy);
  const { store } = rig;
  lists = new Lists({
    store,
    connection: store.connection,
    clock: systemClock,
    publisher: { publish: () => {} },
    log: () => {},
  });
  const ranked: string[] = [];
  ranking = new Ranking({
    store,
    lists,
    clock: systemClock,
    onRanked: (id) => ranked.push(id),
    log: () => {},
  });
  ranking.start();
  await expect.poll(() => ranked.length, { timeout: 15_000 }).toBeGreaterThan(0);
  await expect.poll(() => rig.order(campaignId).length, { timeout: 15_000 }).toBe(800);

  const [preview] = createStrategyHandlersFor();
  const shown = await preview({ portfolioId: rig.portfolioId, strategy, limit: 50 });
  expect(shown).toMatchObject({ total: COUNT, fitting: 800, period: null });
  expect(shown.priorities).toEqual([
    {
      name: 'much',
      count: people.filter((one) => one.language === 'pl' && one.amount >= 12_000).length,
    },
  ]);
  await expect
    .poll(() => rig.order(campaignId).slice(0, 50), { timeout: 15_000 })
    .toEqual(shown.rows.map(({ debtorId }) => rig.debtorIds.indexOf(debtorId)));
  const [first] = shown.rows;
  expect(first?.priority).toBe('much');
  expect(first?.reasons.map(({ property }) => property).sort()).toEqual(['amount', 'hasPaid']);
  const adds = first?.reasons.reduce((sum, reason) => sum + reason.adds, 0);
  expect(adds).toBeCloseTo(first?.score ?? Number.NaN, 2);
}, 60_000);

function createStrategyHandlersFor() {
  const handlers = createStrategyHandlers({ read: rig.store.read, clock: rig.clock, lists });
  const preview = handlers['campaign.preview-strategy'];
  return [
    (input: object) =>
      preview?.(input as never, {} as RequestContext) as unknown as Promise<StrategyPreview>,
  ] as const;
}
