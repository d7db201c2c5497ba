import { afterEach, expect, it } from 'vitest';
import type { RequestContext } from '../../contract-server/types.ts';
import { systemClock } from '../../store/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { campaignWrites } from '../campaigns/index.ts';
import { NO_DATE } from '../lists/index.ts';
import type { ScreeningView } from './screener.ts';
import { fillPortfolio } from './screening.fixture.ts';
import { Screening } from './screening.ts';
import { screeningWrites } from './screening-writes.ts';

let store: TestStore;
let screening: Screening;
let suspect = false;
const published: ScreeningView[] = [];
const freed: string[] = [];
const logged: string[] = [];

afterEach(async () => {
  await screening.close();
  await store.close();
});

function open(debtors: number, entry?: URL): { campaignId: string; debtorIds: string[] } {
  suspect = false;
  for (const list of [published, freed, logged]) list.length = 0;
  store = openTestStore({ writes: { ...campaignWrites, ...screeningWrites } });
  const filled = fillPortfolio(store, debtors);
  screening = new Screening({
    store,
    connection: store.connection,
    storeKind: 'practice',
    clock: systemClock,
    clockSuspect: () => suspect,
    publisher: {
      publish: (_name, payload) => void published.push(payload as unknown as ScreeningView),
    },
    onFreed: (campaignId) => freed.push(campaignId),
    log: (message) => logged.push(message),
    ...(entry === undefined ? {} : { entry }),
  });
  screening.startWhenNeeded();
  return filled;
}

const ask = (command: 'campaign.screening' | 'campaign.screen', campaignId: string) =>
  screening.handlers[command]?.(
    { campaignId } as never,
    {} as RequestContext,
  ) as Promise<ScreeningView>;
const blockedUntil = (debtorId: string | undefined) =>
  store.read.get<{ blockedUntil: number }>(
    'SELECT blockedUntil FROM contactListEntry WHERE debtorId = ?',
    debtorId,
  )?.blockedUntil;
const until = <Value>(read: () => Value) => expect.poll(read, { timeout: 10_000, interval: 20 });

it('a thread looks at the list, and a hold counts within a second of its commit', async () => {
  const { campaignId, debtorIds } = open(30);
  await until(() => published.at(-1)?.state).toBe('idle');
  expect(await ask('campaign.screening', campaignId)).toMatchObject({
    entries: 30,
    screened: 30,
    allowedNow: 30,
  });
  const setAt = performance.now();
  const holdId = store.runNow((db, context) => {
    const id = context.newId();
    db.insert('hold', { id, debtorId: debtorIds[7], kind: 'cease', since: context.now });
    return id;
  });
  await until(() => blockedUntil(debtorIds[7])).toBe(NO_DATE);
  expect(performance.now() - setAt).toBeLessThan(1_000);
  expect(freed).toEqual([]);
  store.runNow((db, context) => db.update('hold', holdId, { liftedAt: context.now }));
  await until(() => blockedUntil(debtorIds[7])).toBe(0);
  await until(() => freed).toEqual([campaignId]);
  const again = await ask('campaign.screen', campaignId);
  expect(again).toMatchObject({ state: 'running', screened: 0, screenedAt: null });
  await until(() => published.at(-1)).toMatchObject({ state: 'idle', screened: 30 });
});

it('while the clock is doubted nothing is looked at', async () => {
  const { campaignId, debtorIds } = open(3);
  await until(() => published.at(-1)?.state).toBe('idle');
  suspect = true;
  store.runNow((db, context) =>
    db.insert('hold', {
      id: context.newId(),
      debtorId: debtorIds[0],
      kind: 'cease',
      since: context.now,
    }),
  );
  await until(() => published.at(-1)?.state).toBe('unavailable');
  expect(await ask('campaign.screening', campaignId)).toMatchObject({ state: 'unavailable' });
  expect(blockedUntil(debtorIds[0])).toBe(0);
  suspect = false;
  await until(() => blockedUntil(debtorIds[0])).toBe(NO_DATE);
});

it('a thread that dies is started again; without it the answer says so', async () => {
  const { campaignId } = open(3, new URL('./fixtures/dying-thread.ts', import.meta.url));
  await until(() => logged.length).toBeGreaterThan(0);
  expect(await ask('campaign.screening', campaignId)).toMatchObject({ state: 'unavailable' });
  await expect(ask('campaign.screen', campaignId)).rejects.toMatchObject({
    code: 'campaign.screening-unavailable',
  });
  await expect(ask('campaign.screening', 'none')).rejects.toMatchObject({
    code: 'contract.not-found',
  });
  await until(() => logged.length).toBeGreaterThan(1);
});

it('a dry run asks the thread and leaves the store as it is', async () => {
  const { campaignId } = open(5);
  await until(() => published.at(-1)?.state).toBe('idle');
  const now = Date.now();
  const counts = await screening.dryRun({ campaignId, now, hours: [now + 3_600_000] });
  expect(counts).toMatchObject({ entries: 5, sampled: 5, noNumber: 0 });
  expect(counts.numberKinds).toEqual([{ kind: 'mobile', entries: 5 }]);
  expect(counts.byHour).toHaveLength(1);
});
