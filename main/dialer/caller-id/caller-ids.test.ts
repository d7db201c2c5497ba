import { afterEach, describe, expect, it } from 'vitest';
import { callerIdChoice } from '#shared/contract/campaign-settings.schema.ts';
import type { CallerIdChoice } from '#shared/contract/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { seededRandom } from '../../debtors/writes.ts';
import { systemClock } from '../../store/index.ts';
import { trunkWrites } from '../../telephony/trunks/writes.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import type { CallerIdQuestion } from '../types.ts';
import { createCallerIdHandlers } from './caller-id-handlers.ts';
import { callerIdWrites } from './caller-id-writes.ts';
import { CallerIds } from './caller-ids.ts';
import { countShown, countShownAnswer } from './tally-writes.ts';

const NOW = Date.UTC(2026, 10, 23, 15);
const HOUR_MS = 3_600_000;
const NEW_YORK = '+16465551000';
const NEW_YORK_TOO = '+16465551001';
const CHICAGO = '+13125551000';
const CALLED = '+13125550123';

const opened: TestStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

interface RigOptions {
  storeKind?: 'practice' | 'real';
  country?: string;
  numbers?: string[];
  packs?: RulePack[];
  fetched?: string;
}

async function rig(options: RigOptions = {}) {
  const { storeKind = 'real', country = 'US', packs = [] } = options;
  const numbers = options.numbers ?? [NEW_YORK, NEW_YORK_TOO, CHICAGO];
  let now = NOW;
  const clock = { now: () => now, monotonic: () => now, setTimer: () => () => {} };
  const store = openTestStore({
    storeKind,
    writes: { ...callerIdWrites, ...trunkWrites },
    clock: { ...clock, setTimer: systemClock.setTimer },
  });
  opened.push(store);
  const settings = { name: 'Trunk', country } as never;
  const { trunkId } = await store.write(trunkWrites, 'trunk.save', {
    trunkId: null,
    settings,
    password: null,
    enabled: true,
    practice: false,
    callerIds: numbers.map((e164) => ({ e164, label: '' })),
    personId: 'admin',
  });
  const callerIds = new CallerIds({
    store: { read: store.read, write: store.write.bind(store), meta: { storeKind } as never },
    rules: { packsFor: () => packs },
    clock,
    random: seededRandom(5),
    log: () => {},
  });
  const audited: { action: string }[] = [];
  const published: string[] = [];
  const handlers = createCallerIdHandlers({
    store,
    clock,
    callerIds,
    audit: (entry) => audited.push(entry),
    publisher: { publish: (name) => published.push(name) },
    reportPorts: {
      resolve: async () => ['203.0.113.7'],
      get: async () => ({ status: 200, body: new Blob([options.fetched ?? '']).stream() }),
    },
  });
  const principal = { personId: 'admin', role: 'admin', displayName: 'A' };
  // biome-ignore lint/suspicious/noExplicitAny: replies are looked at by their tests
  const call = async (name: string, input: unknown): Promise<any> => {
    const handler = (handlers as Record<string, (input: unknown, context: unknown) => unknown>)[
      name
    ];
    return handler?.(input, { principal, connectionId: 'c', commandId: null });
  };
  const idOf = (e164: string): string => {
    const row = callerIds.list().find((number) => number.e164 === e164);
    if (!row) throw new Error(`no ${e164}`);
    return row.callerIdId;
  };
  const question = (
    choice: Partial<CallerIdChoice> = {},
    debtorId = 'debtor',
  ): CallerIdQuestion => ({
    campaignId: 'c',
    trunkId,
    callerIdId: null,
    choice: {
      ...callerIdChoice.parse({}),
      pool: numbers.map(idOf) as CallerIdChoice['pool'],
      ...choice,
    },
    debtorId,
    contactPointId: 'point',
    number: CALLED,
  });
  const attempt = (callerId: string, columns: Record<string, unknown> = {}) =>
    store.runNow((db, { newId }) => {
      const id = newId();
      db.insert('attempt', {
        id,
        callId: id,
        debtorId: 'debtor',
        number: CALLED,
        mode: 'progressive',
        trunkId,
        callerId,
        state: 'ended',
        reservedAt: now,
        dialedAt: now,
        endedAt: now,
        attemptResult: 'noAnswer',
        ...columns,
      });
      return id;
    });
  const campaign = (pool: string[], status = 'running') =>
    store.runNow((db, { newId }) => {
      db.insert('campaign', {
        id: newId(),
        name: `of ${pool.length}`,
        portfolioId: 'p',
        status,
        settingsJson: JSON.stringify({ callerIds: { pool } }),
        createdAt: now,
      });
    });
  const pass = (ms: number) => {
    now += ms;
  };
  const outcomeOf = (attemptId: string) => ({ attemptId }) as never;
  return {
    store,
    callerIds,
    call,
    idOf,
    question,
    attempt,
    campaign,
    pass,
    trunkId,
    audited,
    published,
    outcomeOf,
    settings,
    now: () => now,
  };
}

const pack = (rule: Record<string, unknown>): RulePack =>
  ({
    rules: [
      {
        id: 'X',
        kind: 'callerId',
        channels: ['call'],
        severity: 'deny',
        must: [],
        forbiddenRanges: [],
        localPresence: 'allow',
        withheldAllowed: false,
        ...rule,
      },
    ],
  }) as unknown as RulePack;

describe('numbers that may not be shown at all', () => {
  it('without a proof, in a real store', async () => {
    const { store, call, idOf, callerIds, question } = await rig({ numbers: [NEW_YORK] });
    expect((await call('caller-id.list', { includeRetired: true })).numbers[0]).toMatchObject({
      refusedBecause: null,
      proof: { kind: 'statement' },
    });
    store.runNow((db) => db.update('callerId', idOf(NEW_YORK), { proofJson: null }));
    callerIds.changed([]);
    expect(callerIds.choose(question(), NOW)).toEqual({
      ok: false,
      reason: 'noProof',
      until: null,
    });
    const proof = { kind: 'contract', note: 'no. 7' };
    expect(await call('caller-id.save', { callerIdId: idOf(NEW_YORK), proof })).toMatchObject({
      refusedBecause: null,
      proof: { ...proof, at: NOW },
    });
    expect(callerIds.choose(question(), NOW)).toMatchObject({ ok: true, e164: NEW_YORK });
  });

  it('of another country than the trunk and the site', async () => {
    const abroad = await rig({ country: 'PL', numbers: [NEW_YORK] });
    expect(abroad.callerIds.choose(abroad.question(), NOW)).toMatchObject({ reason: 'foreign' });
    const input = { trunkId: abroad.trunkId, e164: CHICAGO };
    await expect(abroad.call('caller-id.save', input)).rejects.toMatchObject({
      code: 'caller-id.foreign',
    });
    const same = { trunkId: abroad.trunkId, e164: '+48000000000' };
    await expect(abroad.call('caller-id.save', same)).rejects.toMatchObject({
      code: 'caller-id.not-dialable',
    });
  });

  it('of another trunk than the call goes over', async () => {
    const { callerIds, question } = await rig();
    expect(callerIds.choose({ ...question(), trunkId: 'other' }, NOW)).toMatchObject({
      reason: 'noNumber',
    });
  });

  it('that the rules of the place forbid', async () => {
    const { callerIds, question } = await rig({ packs: [pack({ forbiddenRanges: ['+1646'] })] });
    for (let index = 0; index < 20; index += 1)
      expect(callerIds.choose(question({ maxPerHour: null }), NOW)).toMatchObject({
        e164: CHICAGO,
      });
    const none = await rig({ packs: [pack({ originCountry: ['GB'] })] });
    expect(none.callerIds.choose(none.question(), NOW)).toMatchObject({
      ok: false,
      reason: 'rules',
    });
  });
});

describe('the number of a call', () => {
  it('is another one after each try that reached nobody, and the one shown longest ago when all were', async () => {
    const { callerIds, question, attempt, pass, now } = await rig();
    const shown: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const chosen = callerIds.choose(question(), now());
      if (!chosen.ok) throw new Error(chosen.reason);
      attempt(chosen.e164);
      shown.push(chosen.e164);
      pass(HOUR_MS);
    }
    expect(new Set(shown.slice(0, 3)).size).toBe(3);
    expect(shown.slice(3)).toEqual(shown.slice(0, 3));
    // once reached, any of them again
    attempt(NEW_YORK, { joinedAt: now() });
    pass(1);
    const next = Array.from({ length: 30 }, () =>
      callerIds.choose(question({ maxPerHour: null }), now()),
    );
    expect(new Set(next.map((one) => one.ok && one.e164)).size).toBe(3);
  });

  it('is never shown more often in an hour than its cap, counted from attempts and choices on their way', async () => {
    const { callerIds, question, attempt, pass, now, idOf, call } = await rig({
      numbers: [NEW_YORK, CHICAGO],
    });
    await call('caller-id.save', { callerIdId: idOf(NEW_YORK), maxPerHour: 2 });
    const counts: Record<string, number> = {};
    for (let index = 0; index < 5; index += 1) {
      const chosen = callerIds.choose(question({ maxPerHour: 3 }, `d${index}`), now());
      if (!chosen.ok) throw new Error(chosen.reason);
      counts[chosen.e164] = (counts[chosen.e164] ?? 0) + 1;
      // two of them are rows at once, the others on their way
      if (index < 2) {
        attempt(chosen.e164);
        callerIds.onStarted(chosen.e164, question(), now());
      }
    }
    expect(counts).toEqual({ [NEW_YORK]: 2, [CHICAGO]: 3 });
    const refused = callerIds.choose(question({ maxPerHour: 3 }, 'd9'), now());
    expect(refused).toMatchObject({ ok: false, reason: 'hourCap' });
    pass(HOUR_MS + 1);
    expect(callerIds.choose(question({ maxPerHour: 3 }, 'd9'), now()).ok).toBe(true);
  });

  it('is of the region that is called where local presence is wanted and the rules let it', async () => {
    const allowed = await rig();
    const chosen = (from: Awaited<ReturnType<typeof rig>>) =>
      new Set(
        Array.from({ length: 30 }, () =>
          from.callerIds.choose(from.question({ localPresence: true, maxPerHour: null }), NOW),
        ).map((one) => one.ok && one.e164),
      );
    expect(chosen(allowed)).toEqual(new Set([CHICAGO]));
    const forbidden = await rig({ packs: [pack({ severity: 'warn', localPresence: 'forbid' })] });
    expect(chosen(forbidden).size).toBe(3);
  });

  it('takes turns where that is asked for', async () => {
    const { callerIds, question } = await rig();
    const take = () => {
      const chosen = callerIds.choose(question({ choose: 'rotation' }), NOW);
      return chosen.ok ? chosen.e164 : null;
    };
    const first = [take(), take(), take()];
    expect(new Set(first).size).toBe(3);
    expect([take(), take(), take()]).toEqual(first);
  });

  it('is mostly the one that is answered, and others are still tried', async () => {
    const { callerIds, question, attempt, outcomeOf, pass, now } = await rig();
    const random = seededRandom(9);
    const shown = new Map<string, number>();
    for (let index = 0; index < 1_500; index += 1) {
      const chosen = callerIds.choose(question({ maxPerHour: null }, `d${index}`), now());
      if (!chosen.ok) throw new Error(chosen.reason);
      const answered = random.chance(chosen.e164 === CHICAGO ? 0.3 : 0.15);
      const id = attempt(chosen.e164, {
        debtorId: `d${index}`,
        ...(answered ? { personAt: now(), attemptResult: 'answered' } : {}),
      });
      callerIds.onResult(outcomeOf(id));
      shown.set(chosen.e164, (shown.get(chosen.e164) ?? 0) + 1);
      pass(1_000);
    }
    expect(shown.get(CHICAGO)).toBeGreaterThan(900);
    for (const number of [NEW_YORK, NEW_YORK_TOO]) expect(shown.get(number)).toBeGreaterThan(5);
  });
});

describe('what came of showing a number', () => {
  it('is counted once, by region, hour of the callee and day', async () => {
    const { store, attempt, call, idOf } = await rig();
    const count = (id: string) => store.runNow((db, context) => countShown(db, context, id));
    count(attempt(NEW_YORK, { personAt: NOW, joinedAt: NOW - 60_000, attemptResult: 'answered' }));
    count(attempt(NEW_YORK));
    count(attempt(NEW_YORK, { sipStatus: 603, attemptResult: 'rejected' }));
    // never left the machine, and taken back before anybody could answer
    count(attempt(NEW_YORK, { dialedAt: null, attemptResult: 'cancelled' }));
    count(attempt(NEW_YORK, { attemptResult: 'cancelled' }));
    const results = await call('caller-id.results', { callerIdId: idOf(NEW_YORK), days: 1 });
    const counts = { calls: 3, answers: 1, refusals: 1, answerRate: 1 / 3 };
    // 15:00 UTC is nine in the morning in Chicago
    expect(results).toEqual({
      byHour: [{ hour: 9, ...counts }],
      byRegion: [{ region: 'US-312', ...counts }],
      byDay: [{ day: '2026-11-23', ...counts }],
    });
    expect(store.read.get('SELECT talkTimeMs FROM callerIdTally')).toEqual({ talkTimeMs: 60_000 });
  });

  it('an answer that crossed our hanging up corrects the count', async () => {
    const { store, attempt } = await rig();
    const late = (columns: Record<string, unknown>) =>
      store.runNow((db, context) => {
        const id = attempt(NEW_YORK, columns);
        countShown(db, context, id);
        countShownAnswer(db, context, id);
      });
    late({});
    late({ attemptResult: 'cancelled' });
    expect(store.read.get('SELECT calls, answers FROM callerIdTally')).toEqual({
      calls: 2,
      answers: 2,
    });
  });

  it('is shown against what the same calls brought with other numbers', async () => {
    const { store, call } = await rig();
    store.runNow((db) => {
      for (const [e164, answers] of [
        [NEW_YORK, 20],
        [NEW_YORK_TOO, 10],
      ] as const)
        db.insert('callerIdTally', {
          id: e164,
          e164,
          region: 'US-312',
          hour: 9,
          day: '2026-11-22',
          calls: 100,
          answers,
          updatedAt: NOW,
        });
    });
    const { numbers } = await call('caller-id.list', { includeRetired: false });
    const of = (e164: string) => numbers.find((number: { e164: string }) => number.e164 === e164);
    expect(of(NEW_YORK).against.ratio).toBeCloseTo(2);
    expect(of(NEW_YORK).against.low).toBeGreaterThan(1.2);
    expect(of(NEW_YORK_TOO).against.ratio).toBeCloseTo(0.5);
    expect(of(CHICAGO)).toMatchObject({ against: null, days30: { calls: 0, answerRate: null } });
    expect(of(NEW_YORK)).toMatchObject({
      today: { calls: 0 },
      days30: { calls: 100, answers: 20 },
    });
  });

  it('thirty days are added up at most once a minute, today each time', async () => {
    const { store, call, pass } = await rig();
    const add = (day: string, calls: number) =>
      store.runNow((db) =>
        db.insert('callerIdTally', {
          id: day,
          e164: NEW_YORK,
          region: 'US-312',
          hour: 9,
          day,
          calls,
          answers: 0,
          updatedAt: NOW,
        }),
      );
    const counted = async () => {
      const { numbers } = await call('caller-id.list', { includeRetired: false });
      const of = numbers.find((number: { e164: string }) => number.e164 === NEW_YORK);
      return [of.today.calls, of.days30.calls];
    };
    add('2026-11-20', 10);
    expect(await counted()).toEqual([0, 10]);
    add('2026-11-23', 5);
    expect(await counted()).toEqual([5, 10]);
    pass(60_000);
    expect(await counted()).toEqual([5, 15]);
  });
});

describe('a number in trouble', () => {
  it('rests after carriers refused it, on every trunk, and comes back when the rest is over', async () => {
    const { callerIds, attempt, outcomeOf, question, idOf, pass, now } = await rig();
    for (let index = 0; index < 4; index += 1) {
      const id = attempt(NEW_YORK, { sipStatus: 608, attemptResult: 'rejected' });
      callerIds.onResult(outcomeOf(id));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const state = callerIds.find(idOf(NEW_YORK))?.state;
    expect(state).toMatchObject({ kind: 'resting', reason: 'carrierRefusals', rests: 1 });
    const chosen = () =>
      new Set(
        Array.from({ length: 40 }, (_unused, index) =>
          callerIds.choose(question({ maxPerHour: null }, `x${index}`), now()),
        ).map((one) => one.ok && one.e164),
      );
    expect(chosen()).not.toContain(NEW_YORK);
    pass(24 * HOUR_MS);
    expect(chosen()).toContain(NEW_YORK);
    callerIds.start();
    await new Promise((resolve) => setImmediate(resolve));
    expect(callerIds.find(idOf(NEW_YORK))?.state.kind).toBe('active');
    callerIds.stop();
  });

  it('rests while a list names it, and until all lists have taken it off', async () => {
    const { call, idOf, callerIds } = await rig();
    const state = () => callerIds.find(idOf(NEW_YORK))?.state.kind;
    const add = (source: string, text: string, complete = true) =>
      call('caller-id.import-reports', { source, kind: 'listed', text, complete });
    expect(await add('A', `${NEW_YORK}\n+13125559999\nnonsense`)).toEqual({
      lines: 3,
      ours: 1,
      listed: 1,
      delisted: 0,
      unreadable: 1,
    });
    await add('B', NEW_YORK);
    expect(state()).toBe('resting');
    // said again, it is not counted again; a part of a list takes nobody off
    expect(await add('A', NEW_YORK)).toMatchObject({ listed: 0, ours: 1 });
    expect(await add('A', CHICAGO, false)).toMatchObject({ delisted: 0 });
    expect(await add('A', '+13125559999')).toMatchObject({ delisted: 2 });
    expect(state()).toBe('resting');
    expect(await add('B', '')).toMatchObject({ delisted: 1 });
    expect(state()).toBe('active');
    const { reports } = await call('caller-id.reports', { callerIdId: idOf(NEW_YORK) });
    expect(
      reports
        .map((report: { kind: string; source: string }) => `${report.kind} ${report.source}`)
        .sort(),
    ).toEqual(['delisted A', 'delisted B', 'listed A', 'listed B']);
  });

  it('a list may be fetched, and an empty one is refused', async () => {
    const { call } = await rig({ fetched: `number,why\n${NEW_YORK},debt` });
    const input = {
      source: 'web',
      kind: 'complaint',
      url: 'https://lists.example/x',
      complete: false,
    };
    expect(await call('caller-id.import-reports', input)).toMatchObject({ listed: 1 });
    await expect(
      call('caller-id.import-reports', {
        source: 's',
        kind: 'listed',
        text: 'nothing',
        complete: false,
      }),
    ).rejects.toMatchObject({ code: 'caller-id.nothing-to-import' });
  });

  it('the last number of a running campaign is not taken from it', async () => {
    const { call, idOf, campaign, callerIds, audited, published } = await rig();
    campaign([idOf(NEW_YORK), idOf(CHICAGO)]);
    campaign([idOf(NEW_YORK_TOO)], 'stopped');
    const rest = (e164: string) =>
      call('caller-id.set-state', {
        callerIdId: idOf(e164),
        state: 'resting',
        restUntil: NOW + HOUR_MS,
      });
    expect(await rest(NEW_YORK_TOO)).toMatchObject({ state: 'resting', stateReason: 'byHand' });
    expect(await rest(NEW_YORK)).toMatchObject({ state: 'resting' });
    await expect(rest(CHICAGO)).rejects.toMatchObject({ code: 'caller-id.last-of-campaign' });
    // what happens by itself leaves it, and says why
    await callerIds.apply(idOf(CHICAGO), { type: 'dropped' });
    expect(callerIds.find(idOf(CHICAGO))?.state).toMatchObject({
      kind: 'active',
      reason: 'answerRateDrop',
    });
    expect(audited.map(({ action }) => action)).toEqual([
      'caller-id.state-set',
      'caller-id.state-set',
    ]);
    expect(published).toContain('caller-id.changed');
  });
});

it('a trunk that is saved again keeps its numbers as they are', async () => {
  const { store, call, idOf, trunkId, settings } = await rig({ numbers: [NEW_YORK] });
  const callerIdId = idOf(NEW_YORK);
  const proof = { kind: 'invoice', note: 'of May' };
  await call('caller-id.save', { callerIdId, proof, maxPerHour: 7, schedule: [] });
  await call('caller-id.set-state', { callerIdId, state: 'retired' });
  await store.write(trunkWrites, 'trunk.save', {
    trunkId,
    settings,
    password: null,
    enabled: true,
    practice: false,
    callerIds: [{ e164: NEW_YORK, label: 'again' }],
  });
  const { numbers } = await call('caller-id.list', { includeRetired: true });
  expect(numbers[0]).toMatchObject({
    callerIdId,
    label: 'again',
    state: 'retired',
    maxPerHour: 7,
    proof,
  });
  expect((await call('caller-id.list', { includeRetired: false })).numbers).toEqual([]);
});
