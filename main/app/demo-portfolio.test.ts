import { afterEach, describe, expect, it } from 'vitest';
import { isPracticeNumber } from '../contact-rules/index.ts';
import { loadCard } from '../debtors/index.ts';
import { type OpenStore, systemClock } from '../store/index.ts';
import { openTestStore, type TestStore } from '../testing/open-test-store.ts';
import { DEMO_CAMPAIGN_NAME, DEMO_PORTFOLIO_NAME, seedDemo } from './demo-portfolio.ts';
import { allWrites } from './writes.ts';

let store: TestStore;
afterEach(() => store.close());

const meta = { storeId: 's', nodeId: 'n', storeKind: 'practice' as const, createdAt: 0 };

function openDemoStore(): OpenStore {
  store = openTestStore({ writes: allWrites });
  return { ...store, meta };
}

const count = (table: string, where = '1') =>
  store.read.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`)?.n;

describe('the demo portfolio', () => {
  it('gives an empty practice store debtors with a past and a campaign that has them all', async () => {
    const opened = openDemoStore();
    const startedMs = performance.now();

    await seedDemo(opened, systemClock);

    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect(count('debtor', 'synthetic = 1')).toBe(120);
    expect(count('debtor', 'synthetic = 0')).toBe(0);
    expect(count('contactListEntry', "status = 'pending'")).toBe(120);
    expect(count('interaction', 'synthetic = 1')).toBeGreaterThan(200);
    expect(count('promiseToPay', "status = 'broken'")).toBeGreaterThan(5);
    expect(count('payment')).toBeGreaterThan(15);
    expect(count('paymentPlan', "status = 'active'")).toBeGreaterThan(5);
    expect(count('relation')).toBeGreaterThan(5);
    expect(count('consent')).toBeGreaterThan(15);
    expect(count('debt', "interestKind <> 'none'")).toBeGreaterThan(30);
    expect(count('importJob', "state = 'finished' AND rejected = 0")).toBe(1);
    const languages = store.read.all('SELECT DISTINCT language FROM debtor');
    expect(languages).toHaveLength(3);
    const phones = store.read.all<{ value: string }>(
      "SELECT value FROM contactPoint WHERE kind <> 'email'",
    );
    expect(phones.length).toBeGreaterThanOrEqual(120);
    expect(phones.filter(({ value }) => !isPracticeNumber(value))).toEqual([]);
    expect(store.read.all('SELECT name, status FROM campaign')).toEqual([
      { name: DEMO_CAMPAIGN_NAME, status: 'draft' },
    ]);
  });

  it('shows a past that is over and in order on the card', async () => {
    const opened = openDemoStore();
    await seedDemo(opened, systemClock);
    const broken = store.read.get<{ debtorId: string }>(
      'SELECT debtorId FROM promiseToPay LIMIT 1',
    );

    const card = loadCard(store.read, broken?.debtorId ?? '', {
      now: systemClock.now(),
      permissionsFor: () => [],
    });

    const instants = card?.history.filter((item) => item.channel !== 'note').map((item) => item.at);
    expect(instants).toEqual(instants?.toSorted((left, right) => right - left));
    expect(Math.max(...(instants ?? []))).toBeLessThan(systemClock.now() - 7 * 86_400_000);
    expect(card?.history.some((item) => item.promise !== null && item.talkTimeMs !== null)).toBe(
      true,
    );
  });

  it('does nothing more at later starts, also when the owner has deleted it', async () => {
    const opened = openDemoStore();
    await seedDemo(opened, systemClock);
    const interactions = count('interaction');
    store.runNow((db) => {
      for (const { id } of db.all<{ id: string }>('SELECT id FROM portfolio'))
        db.remove('portfolio', id);
    });

    await seedDemo(opened, systemClock);

    expect(count('portfolio')).toBe(1);
    expect(count('interaction')).toBe(interactions);
  });

  it.each([
    'import.chunk',
    'demo.write-history',
    'demo.write-work',
    'campaign.create',
    'campaign.fill-list',
  ])('is whole and not doubled after a crash before %s', async (name) => {
    const opened = openDemoStore();
    const crashing: OpenStore = {
      ...opened,
      write: (map, write, ...rest) =>
        write === name ? Promise.reject(new Error('crash')) : opened.write(map, write, ...rest),
    };
    await expect(seedDemo(crashing, systemClock)).rejects.toThrow('crash');

    await seedDemo(opened, systemClock);

    expect(count('portfolio', `name = '${DEMO_PORTFOLIO_NAME}'`)).toBe(1);
    expect(count('debtor')).toBe(120);
    expect(count('contactListEntry')).toBe(120);
    expect(count('campaign')).toBe(1);
    const first = count('interaction');
    await seedDemo(opened, systemClock);
    expect(count('interaction')).toBe(first);
  });

  it('leaves a store alone that holds other work, and a real one', async () => {
    const opened = openDemoStore();
    store.runNow((db, { newId }) =>
      db.insert('portfolio', { id: newId(), name: 'Mine', creditorName: 'X', createdAt: 1 }),
    );

    await seedDemo(opened, systemClock);
    await seedDemo({ ...opened, meta: { ...meta, storeKind: 'real' } }, systemClock);

    expect(count('debtor')).toBe(0);
  });
});
