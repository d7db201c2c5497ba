import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../store/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { createLookupHandlers } from './lookup-handlers.ts';
import { LookupJobs } from './lookup-jobs.ts';
import { lookupWrites } from './lookup-writes.ts';

const NOW = Date.UTC(2026, 10, 23, 10);
const HOUR_MS = 3_600_000;
const mobile = (index: number) => `+4860${String(1_000_000 + index)}`;
const opened: TestStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

interface Sent {
  url: string;
  body: string;
  headers: Record<string, string>;
}

/** Answers as hlr-lookups.com does; `statusOf` may throw or give a reply of its own. */
function fakeProvider(statusOf: (number: string, question: number) => string | Response) {
  const sent: Sent[] = [];
  const fetch = async (url: string, init: RequestInit = {}) => {
    const body = String(init.body);
    sent.push({ url, body, headers: init.headers as Record<string, string> });
    const { msisdn } = JSON.parse(body) as { msisdn: string };
    const status = statusOf(msisdn, sent.length);
    if (typeof status !== 'string') return status;
    return Response.json({ msisdn, connectivity_status: status, cost: '0.0100' });
  };
  return { sent, fetch };
}

function rig(storeKind: 'practice' | 'real', provider = fakeProvider(() => 'CONNECTED')) {
  let now = NOW;
  const waits: number[] = [];
  const clock = {
    now: () => now,
    monotonic: () => now,
    setTimer: (delayMs: number, callback: () => void) => {
      // announcements are not waited for
      if (delayMs === 500) return () => {};
      waits.push(delayMs);
      now += delayMs;
      queueMicrotask(callback);
      return () => {};
    },
  };
  const store = openTestStore({
    storeKind,
    writes: lookupWrites,
    clock: { ...clock, setTimer: systemClock.setTimer },
  });
  opened.push(store);
  const logged: string[] = [];
  const audited: unknown[] = [];
  const create = () =>
    new LookupJobs({
      store,
      clock,
      fetch: provider.fetch,
      log: (message, details) => logged.push(JSON.stringify({ message, details })),
    });
  const jobs = create();
  const handlers = createLookupHandlers({
    store,
    storeKind,
    clock,
    jobs,
    idsOf: async () => new Uint8Array(),
    audit: (entry) => audited.push(entry),
    publisher: { publish: () => {} },
  });
  const context = {
    principal: { personId: 'lead', role: 'admin', displayName: 'Lead' },
    connectionId: 'c',
    commandId: null,
  };
  const call = async (name: string, input: unknown): Promise<Record<string, unknown>> => {
    const handler = (handlers as Record<string, (input: unknown, context: unknown) => unknown>)[
      name
    ];
    return (await handler?.(input, context)) as Record<string, unknown>;
  };
  const addPoint = (number: string, columns: Record<string, unknown> = {}) =>
    store.runNow((db, { newId }) => {
      const debtorId = newId();
      db.insert('debtor', {
        id: debtorId,
        portfolioId: 'p',
        externalRef: debtorId,
        kind: 'person',
        displayName: 'A',
        searchName: 'a',
        language: 'pl',
        jurisdiction: 'PL',
        timeZonesJson: '[]',
        createdAt: NOW,
      });
      const id = newId();
      db.insert('contactPoint', {
        id,
        debtorId,
        kind: 'mobile',
        value: number,
        status: 'active',
        timeZonesJson: '[]',
        createdAt: NOW,
        ...columns,
      });
      return id;
    });
  const point = (id: string) =>
    store.read.get<Record<string, unknown>>('SELECT * FROM contactPoint WHERE id = ?', id);
  const gateway = async (more: Record<string, unknown> = {}): Promise<string> => {
    const { lookupGatewayId } = await call('lookup.save-gateway', {
      kind: storeKind === 'practice' ? 'practice' : 'hlrLookups',
      name: 'HLR',
      baseUrl: '',
      user: 'the-user',
      ...(storeKind === 'practice' ? {} : { secret: 'the-secret' }),
      enabled: true,
      priceMicro: 10_000,
      currency: 'EUR',
      maxPerSecond: 10,
      ...more,
    });
    return lookupGatewayId as string;
  };
  const scope = { portfolioId: 'p', maxAgeDays: 30 };
  const run = async (
    lookupGatewayId: string,
    budgetMicro: number | null = null,
    maxAgeDays = 30,
  ) => {
    const job = await call('lookup.start', {
      lookupGatewayId,
      scope: { ...scope, maxAgeDays },
      budgetMicro,
    });
    await jobs.settled();
    return (await call('lookup.list-jobs', { limit: 50 })) as {
      jobs: Record<string, unknown>[];
    } & typeof job;
  };
  const lastJob = async () =>
    ((await call('lookup.list-jobs', { limit: 1 })) as { jobs: Record<string, unknown>[] }).jobs[0];
  const pass = (ms: number) => {
    now += ms;
  };
  return {
    store,
    call,
    addPoint,
    point,
    gateway,
    run,
    lastJob,
    scope,
    waits,
    sent: provider.sent,
    logged,
    audited,
    create,
    pass,
    jobs,
  };
}

describe('a look-up', () => {
  it('feeds lists: dead numbers leave, absent ones wait, those that are back go first', async () => {
    const answers: Record<string, string> = {
      [mobile(1)]: 'INVALID_MSISDN',
      [mobile(2)]: 'ABSENT',
      [mobile(3)]: 'CONNECTED',
      [mobile(4)]: 'UNDETERMINED',
    };
    const { addPoint, point, gateway, run, lastJob, pass, store } = rig(
      'real',
      fakeProvider((number) => answers[number] ?? 'CONNECTED'),
    );
    const [dead, absent, there, unknown] = [1, 2, 3, 4].map((index) => addPoint(mobile(index)));
    const id = await gateway();
    await run(id);
    expect(await lastJob()).toMatchObject({
      state: 'finished',
      numbers: 4,
      done: 4,
      failed: 0,
      costMicro: 40_000,
      found: { dead: 1, absent: 1, reachable: 1, unknown: 1 },
    });
    expect(point(dead as string)).toMatchObject({ status: 'dead', lineStatus: 'dead' });
    expect(
      store.read.get(
        `SELECT count(*) AS n FROM contactPointVersion WHERE contactPointId = ?`,
        dead,
      ),
    ).toEqual({ n: 1 });
    expect(
      store.read.get(`SELECT count(*) AS n FROM interactionEvent WHERE kind = 'happened'`),
    ).toEqual({ n: 1 });
    const waiting = point(absent as string);
    expect(waiting).toMatchObject({ status: 'active', lineStatus: 'absent' });
    expect(waiting?.nextTryAt).toBe((waiting?.lineStatusAt as number) + 6 * HOUR_MS);
    expect(point(there as string)).toMatchObject({ lineStatus: 'reachable', reachableSince: null });
    expect(point(unknown as string)).toMatchObject({ lineStatus: null });

    answers[mobile(2)] = 'CONNECTED';
    pass(25 * HOUR_MS);
    await run(id);
    // The absent one is asked about again the next day, the unknown one always, the others not.
    expect(await lastJob()).toMatchObject({ fromCache: 1, done: 2, costMicro: 20_000 });
    const back = point(absent as string);
    expect(back).toMatchObject({ lineStatus: 'reachable', nextTryAt: 0 });
    expect(back?.reachableSince).toBeGreaterThan(NOW + 25 * HOUR_MS);
  });

  it('says what it would cost before anything is asked, and asks about each number once', async () => {
    const { addPoint, gateway, call, scope, sent, run, lastJob } = rig('real');
    for (const index of [1, 2, 2, 3]) addPoint(mobile(index));
    // a fixed line, a made-up number and no number are not asked about
    for (const number of ['+48221234567', '+48100000001', '+481']) addPoint(number);
    const id = await gateway();
    expect(await call('lookup.estimate', { lookupGatewayId: id, scope })).toEqual({
      numbers: 3,
      fromCache: 0,
      toAsk: 3,
      costMicro: 30_000,
      currency: 'EUR',
    });
    expect(sent).toEqual([]);
    await run(id);
    expect(sent.map(({ body }) => body).sort()).toEqual(
      [1, 2, 3].map((index) => JSON.stringify({ msisdn: mobile(index) })),
    );
    expect(await lastJob()).toMatchObject({ done: 3, costMicro: 30_000 });
  });

  it('stops before it would cost more than its budget', async () => {
    const { addPoint, gateway, run, lastJob, sent } = rig('real');
    for (let index = 0; index < 10; index += 1) addPoint(mobile(index));
    await run(await gateway(), 45_000);
    expect(sent).toHaveLength(4);
    expect(await lastJob()).toMatchObject({ state: 'budgetSpent', done: 4, costMicro: 40_000 });
  });

  it('waits longer and longer for a provider that is busy, as long as it is told to, and pays once', async () => {
    const busy = (question: number) =>
      question <= 3
        ? new Response('', {
            status: question === 2 ? 503 : 429,
            headers: question === 3 ? { 'retry-after': '30' } : {},
          })
        : 'CONNECTED';
    const { addPoint, gateway, run, lastJob, waits } = rig(
      'real',
      fakeProvider((_number, question) => busy(question)),
    );
    addPoint(mobile(1));
    await run(await gateway());
    expect(waits.slice(0, 3)).toEqual([1_000, 2_000, 30_000]);
    expect(await lastJob()).toMatchObject({ state: 'finished', done: 1, costMicro: 10_000 });
  });

  it('gives up when the provider does, and at once when the key is wrong', async () => {
    const down = rig(
      'real',
      fakeProvider(() => new Response('', { status: 500 })),
    );
    down.addPoint(mobile(1));
    await down.run(await down.gateway());
    expect(await down.lastJob()).toMatchObject({
      state: 'failed',
      error: 'http-500',
      costMicro: 0,
    });
    const denied = rig(
      'real',
      fakeProvider(() => new Response('', { status: 401 })),
    );
    denied.addPoint(mobile(1));
    await denied.run(await denied.gateway());
    expect(denied.sent).toHaveLength(1);
    expect(await denied.lastJob()).toMatchObject({
      state: 'failed',
      error: 'http-401',
      costMicro: 0,
    });
  });

  it('asks no faster than the gateway takes', async () => {
    const { addPoint, gateway, run, waits } = rig('real');
    for (let index = 0; index < 5; index += 1) addPoint(mobile(index));
    await run(await gateway({ maxPerSecond: 4 }));
    expect(waits).toEqual([250, 250, 250, 250, 250]);
  });

  it('goes on where a dead run was, and counts what that run may have paid for', async () => {
    const { addPoint, gateway, call, scope, store, lastJob, create, jobs, sent } = rig('real');
    for (let index = 0; index < 3; index += 1) addPoint(mobile(index));
    const lookupGatewayId = await gateway();
    await call('lookup.start', { lookupGatewayId, scope, budgetMicro: null });
    await jobs.settled();
    // as it stands when the process died after the second question left
    store.runNow((db, { newId }) => {
      db.run(
        `UPDATE lookupJob SET state = 'running', done = 2, costMicro = 30000, finishedAt = NULL`,
      );
      const { id } = db.get<{ id: string }>('SELECT id FROM lookupJob') as { id: string };
      db.run(
        'INSERT INTO lookupItem (id, jobId, number, askedAt) VALUES (?, ?, ?, ?)',
        newId(),
        id,
        mobile(2),
        NOW,
      );
    });
    sent.length = 0;
    const next = create();
    await next.resume();
    await next.settled();
    expect(sent.map(({ body }) => body)).toEqual([JSON.stringify({ msisdn: mobile(2) })]);
    expect(await lastJob()).toMatchObject({ state: 'finished', done: 3, costMicro: 40_000 });
  });

  it('keeps its price when the answer was lost on the way, and gives it back when nothing left', async () => {
    const lost = rig('real', {
      ...fakeProvider(() => 'CONNECTED'),
      fetch: async () => {
        throw new TypeError('fetch failed', {
          cause: Object.assign(new Error(), { code: 'ECONNRESET' }),
        });
      },
    });
    lost.addPoint(mobile(1));
    await lost.run(await lost.gateway(), 30_000);
    expect(await lost.lastJob()).toMatchObject({
      state: 'budgetSpent',
      costMicro: 30_000,
      done: 0,
    });
    const unsent = rig('real', {
      ...fakeProvider(() => 'CONNECTED'),
      fetch: async () => {
        throw new TypeError('fetch failed', {
          cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }),
        });
      },
    });
    unsent.addPoint(mobile(1));
    await unsent.run(await unsent.gateway(), 30_000);
    expect(await unsent.lastJob()).toMatchObject({
      state: 'failed',
      error: 'network',
      costMicro: 0,
    });
  });

  it('what an agent called dead stays dead', async () => {
    const { addPoint, point, gateway, run } = rig('real');
    const twice = [addPoint(mobile(1)), addPoint(mobile(1), { status: 'dead' })];
    await run(await gateway());
    expect(twice.map((id) => point(id)?.status)).toEqual(['active', 'dead']);
  });

  it('practice stores ask the practice gateway alone, real stores never', async () => {
    const practice = rig('practice');
    await expect(practice.gateway({ kind: 'twilio' })).rejects.toMatchObject({
      code: 'lookup.practice-only',
    });
    for (const index of [1, 7, 50]) practice.addPoint(`+4810000${String(index).padStart(4, '0')}`);
    await practice.run(await practice.gateway());
    expect(await practice.lastJob()).toMatchObject({
      state: 'finished',
      found: { dead: 1, invalid: 1, reachable: 1 },
    });
    expect(practice.sent).toEqual([]);
    const real = rig('real');
    await expect(real.gateway({ kind: 'practice' })).rejects.toMatchObject({
      code: 'lookup.real-only',
    });
  });

  it('never tells a key, and never sends a stored one to another address', async () => {
    const { addPoint, gateway, run, call, logged, audited } = rig('real');
    addPoint(mobile(1));
    const lookupGatewayId = await gateway();
    await run(lookupGatewayId);
    const told = JSON.stringify([
      await call('lookup.list-gateways', {}),
      await call('lookup.list-jobs', { limit: 50 }),
      audited,
      logged,
    ]);
    expect(told).toContain('"hasSecret":true');
    expect(told).not.toContain('the-secret');
    await expect(
      gateway({ lookupGatewayId, secret: undefined, baseUrl: 'https://elsewhere.example' }),
    ).rejects.toMatchObject({ code: 'lookup.bad-address' });
  });

  it.each([
    'http://hlr.example',
    'https://127.0.0.1',
    'https://10.1.2.3/x',
    'https://localhost',
    'https://nas.local',
    'no',
  ])('refuses the address %s', async (baseUrl) => {
    await expect(rig('real').gateway({ baseUrl })).rejects.toMatchObject({
      code: 'lookup.bad-address',
    });
  });
});
