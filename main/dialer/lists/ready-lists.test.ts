import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type ListStrategy, listStrategy } from '#shared/contract/index.ts';
import { manualClock } from '../../testing/contract-clock.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { campaignWrites } from '../campaigns/writes.ts';
import type { LookLimits } from './due-entries.ts';
import { ReadyLists } from './ready-lists.ts';

const NOW = Date.UTC(2026, 10, 18, 10);
const MINUTE = 60_000;
/** so small that a list of some entries is walked through by place */
const small: LookLimits = { few: 2, rowsAtOnce: 3 };

interface Entry {
  status: 'pending' | 'waiting' | 'inProgress' | 'done';
  rank: number;
  /** minutes from now */
  nextIn: number;
  blockedIn: number;
  excluded: boolean;
  callback: boolean;
  silent: boolean;
  /** the debtor is called by another list */
  busy: boolean;
  promise: boolean;
}
const free: Entry = {
  status: 'pending',
  rank: 0,
  nextIn: -1_000_000,
  blockedIn: -1_000_000,
  excluded: false,
  callback: false,
  silent: false,
  busy: false,
  promise: false,
};

interface Rig {
  store: TestStore;
  lists: ReadyLists;
  campaignId: string;
  /** positions that are given, one after another, until nobody is */
  take(most?: number): number[];
  next(taken?: readonly number[]): number | null;
  ready: string[];
  /** lets walks go on */
  settle(): void;
  update(position: number, columns: Record<string, unknown>): void;
  clock: ReturnType<typeof manualClock>;
}

let store: TestStore | undefined;
afterEach(() => store?.close());

function open(
  entries: readonly Partial<Entry>[],
  strategy: Partial<ListStrategy> = {},
  limits?: LookLimits,
): Rig {
  const clock = manualClock(NOW);
  store = openTestStore({ clock, writes: campaignWrites });
  const opened = store;
  const campaignId = opened.runNow((db, context) => {
    const portfolioId = context.newId();
    db.insert('portfolio', { id: portfolioId, name: 'P', creditorName: 'Made Up', createdAt: 0 });
    const made = campaignWrites['campaign.create'](db, context, {
      name: 'C',
      portfolioId,
      trunkId: null,
      callerIdId: null,
      settings: { strategy: listStrategy.parse(strategy) },
      personIds: null,
    });
    for (const [position, entry] of entries.entries())
      addEntry(db, context, made.campaignId, { ...free, ...entry }, position);
    return made.campaignId;
  });
  const waiting: (() => void)[] = [];
  const ready: string[] = [];
  const lists = new ReadyLists({
    read: opened.read,
    now: clock.now,
    onReady: (id) => ready.push(id),
    later: (run) => void waiting.push(run),
    ...(limits === undefined ? {} : { limits }),
  });
  const positionOf = (entryId: string) =>
    opened.read.get<{ position: number }>(
      'SELECT position FROM contactListEntry WHERE id = ?',
      entryId,
    )?.position ?? -1;
  const idAt = (position: number) =>
    opened.read.get<{ id: string }>(
      'SELECT id FROM contactListEntry WHERE campaignId = ? AND position = ?',
      campaignId,
      position,
    )?.id ?? '';
  const next = (taken: readonly number[] = []) => {
    const entry = lists.next(campaignId, clock.now(), new Set(taken.map(idAt)));
    return entry === null ? null : positionOf(entry.entryId);
  };
  const settle = () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) run();
  };
  return {
    store: opened,
    lists,
    campaignId,
    next,
    ready,
    settle,
    clock,
    update: (position, columns) =>
      opened.runNow((db) => db.update('contactListEntry', idAt(position), columns)),
    take(most = 1_000) {
      const taken: number[] = [];
      while (taken.length < most) {
        let position = next(taken);
        if (position === null) {
          settle();
          position = next(taken);
        }
        if (position === null) break;
        taken.push(position);
      }
      return taken;
    },
  };
}

type Db = Parameters<Parameters<TestStore['runNow']>[0]>[0];
type Context = Parameters<Parameters<TestStore['runNow']>[0]>[1];

function addEntry(
  db: Db,
  context: Context,
  campaignId: string,
  entry: Entry,
  position: number,
): void {
  const debtorId = context.newId();
  const row = { debtorId, status: entry.status, position, updatedAt: 0 };
  db.insert('contactListEntry', {
    ...row,
    id: context.newId(),
    campaignId,
    rank: entry.rank,
    nextAt: entry.status === 'pending' ? 0 : NOW + entry.nextIn * MINUTE,
    blockedUntil: entry.blockedIn < -9_999 ? 0 : NOW + entry.blockedIn * MINUTE,
    excluded: entry.excluded ? 1 : 0,
    callbackAt: entry.callback ? NOW : null,
    silentAt: entry.silent ? NOW : null,
  });
  if (entry.busy)
    db.insert('contactListEntry', {
      ...row,
      id: context.newId(),
      campaignId: 'other',
      status: 'inProgress',
    });
  if (entry.promise)
    db.insert('promiseToPay', {
      id: context.newId(),
      debtorId,
      amountMinor: 1,
      currency: 'PLN',
      dueOn: '2026-12-01',
      status: 'open',
      createdAt: 0,
    });
}

const entry: fc.Arbitrary<Entry> = fc.record({
  status: fc.constantFrom('pending', 'pending', 'waiting', 'waiting', 'inProgress', 'done'),
  rank: fc.integer({ min: -3, max: 3 }),
  nextIn: fc.integer({ min: -4, max: 2 }),
  blockedIn: fc.oneof(fc.constant(-1_000_000), fc.integer({ min: -2, max: 2 })),
  excluded: fc.boolean(),
  callback: fc.constantFrom(false, false, false, true),
  silent: fc.constantFrom(false, false, false, true),
  busy: fc.constantFrom(false, false, false, true),
  promise: fc.constantFrom(false, false, false, true),
});

/** Whom a plain look at every entry gives, and in what order. */
function naive(entries: readonly Entry[], retriesFirst: boolean): number[] {
  const isDue = (each: Entry) =>
    (each.status === 'pending' || (each.status === 'waiting' && each.nextIn <= 0)) &&
    each.blockedIn <= 0 &&
    !each.excluded &&
    !each.callback &&
    !each.silent &&
    !each.busy &&
    !each.promise;
  const isRetry = (each: Entry) => (retriesFirst && each.status === 'waiting' ? 0 : 1);
  return entries
    .map((each, position) => ({ ...each, position }))
    .filter(isDue)
    .sort(
      (one, other) =>
        isRetry(one) - isRetry(other) || one.rank - other.rank || one.position - other.position,
    )
    .map(({ position }) => position);
}

const ordered = { weights: { amount: 1 } };

describe('whose turn it is', () => {
  it.each([
    ['all read at once', undefined],
    ['walked through', small],
  ])(
    'is what a plain sort gives, each once, %s',
    async (_name, limits) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(entry, { maxLength: 30 }),
          fc.boolean(),
          async (entries, retriesFirst) => {
            const rig = open(entries, { ...ordered, retriesFirst }, limits);
            expect(rig.take()).toEqual(naive(entries, retriesFirst));
            await rig.store.close();
          },
        ),
        { numRuns: 40 },
      );
    },
    60_000,
  );

  it('of a plain strategy: retries by the time at which they became due, then the others by position', () => {
    const rig = open([
      {},
      { status: 'waiting', nextIn: -1 },
      { status: 'waiting', nextIn: -5 },
      {},
    ]);
    expect(rig.take()).toEqual([2, 1, 0, 3]);
  });

  it('an entry that was blocked, taken or left out a moment ago is not given', () => {
    const rig = open([{}, {}, {}, {}]);
    expect(rig.next()).toBe(0);
    rig.update(0, { status: 'inProgress' });
    rig.update(1, { blockedUntil: NOW + MINUTE });
    rig.store.runNow((db) => db.run('UPDATE contactListEntry SET excluded = 1 WHERE position = 2'));
    expect(rig.take()).toEqual([3]);
  });

  it('whoever becomes due is found within two seconds', () => {
    const rig = open([{ status: 'waiting', nextIn: 1 }, {}]);
    expect(rig.next()).toBe(1);
    rig.clock.advance(MINUTE);
    expect(rig.next()).toBe(0);
  });

  it('waits for a list whose filter nobody has looked at, and goes on after', () => {
    const rig = open([{}], { filter: { languages: ['pl'] } });
    expect(rig.next()).toBe(null);
    rig.store.runNow((db) =>
      db.run(
        `INSERT INTO campaignRanking (campaignId, revision, startedAt, finishedAt)
          VALUES (?, 'of another filter.x', 0, 0)`,
        rig.campaignId,
      ),
    );
    rig.lists.forget(rig.campaignId);
    expect(rig.next()).toBe(null);
  });

  it('a phone that was switched on again comes first, unless the strategy does not want it', () => {
    for (const reachableAgainFirst of [true, false]) {
      const rig = open([{ status: 'waiting', nextIn: -1 }, {}, {}], { reachableAgainFirst });
      rig.store.runNow((db, context) => {
        const { debtorId } = db.get<{ debtorId: string }>(
          'SELECT debtorId FROM contactListEntry WHERE position = 2',
        ) ?? { debtorId: '' };
        db.insert('contactPoint', {
          id: context.newId(),
          debtorId,
          kind: 'mobile',
          value: '+48100000001',
          status: 'active',
          timeZonesJson: '[]',
          reachableSince: NOW - MINUTE,
          createdAt: 0,
        });
      });
      expect(rig.take()).toEqual(reachableAgainFirst ? [2, 0, 1] : [0, 1, 2]);
      void rig.store.close();
    }
  });

  it('goes on looking between other work when the first places are not due, and says when somebody was found', () => {
    const late = Array.from({ length: 40 }, () => ({ blockedIn: 5 }));
    const rig = open([...late, {}, {}, {}], ordered, small);
    expect(rig.next()).toBe(null);
    expect(rig.ready).toEqual([]);
    rig.settle();
    expect(rig.ready).toEqual([rig.campaignId]);
    expect(rig.take()).toEqual([40, 41, 42]);
  });

  it('who was found far behind serves while the list is looked through anew, until somebody before them is due', () => {
    const late = Array.from({ length: 60 }, () => ({ blockedIn: 60 }));
    const rig = open([...late, {}, {}, {}], ordered, small);
    rig.next();
    rig.settle();
    expect(rig.next()).toBe(60);
    rig.clock.advance(31_000);
    expect(rig.next()).toBe(60);
    rig.update(30, { blockedUntil: 0 });
    // some refreshes later, each two seconds after the last, the walk from the front has come there
    const found = Array.from({ length: 8 }, () => {
      rig.clock.advance(2_000);
      return rig.next();
    });
    expect(found).not.toContain(null);
    expect(found.at(-1)).toBe(30);
    rig.update(30, { status: 'done' });
    expect(rig.take()).toEqual([60, 61, 62]);
  });

  it('a far part of a list that is over leaves nobody behind', () => {
    const late = Array.from({ length: 40 }, () => ({ blockedIn: 60 }));
    const rig = open([...late, {}, {}, {}], ordered, small);
    rig.next();
    rig.settle();
    for (const position of [40, 41, 42]) rig.update(position, { blockedUntil: NOW + 60 * MINUTE });
    for (let second = 0; second < 60; second += 2) {
      rig.clock.advance(2_000);
      expect(rig.next()).toBeNull();
    }
    for (const position of [3, 42]) rig.update(position, { blockedUntil: 0 });
    rig.clock.advance(2_000);
    expect(rig.take()).toEqual([3, 42]);
  });

  it('when the first will be due: not those whom the filter leaves out, but those whom a call was promised', () => {
    const rig = open([
      { status: 'waiting', nextIn: 1, excluded: true },
      { blockedIn: 3 },
      { status: 'waiting', nextIn: 2, excluded: true, callback: true },
    ]);
    const due = () => rig.lists.nextDue(rig.campaignId, NOW);
    expect(due()).toEqual({ at: NOW + 2 * MINUTE, byRules: false });
    rig.update(2, { status: 'done' });
    expect(due()).toEqual({ at: NOW + 3 * MINUTE, byRules: true });
    rig.update(1, { status: 'done' });
    expect(due()).toBe(null);
  });
});
