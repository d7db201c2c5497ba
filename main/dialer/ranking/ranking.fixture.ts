import {
  defaultCampaignSettings,
  type ListStrategy,
  listStrategy,
} from '#shared/contract/index.ts';
import { DebtorIndex } from '../../debtors/list/debtor-index.ts';
import { EntryRanks } from '../../debtors/list/strategy/entry-ranks.ts';
import { type ManualClock, manualClock } from '../../testing/contract-clock.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { campaignWrites } from '../campaigns/writes.ts';
import { Ranking } from './ranking.ts';
import { rankingWrites } from './ranking-writes.ts';

export const NOW = Date.UTC(2026, 10, 18, 10);
const DAY_MS = 86_400_000;

/** What a made-up debtor is like. */
export interface Person {
  /** minor units; 0: no debt */
  amount: number;
  currency: 'PLN' | 'EUR';
  /** days past due */
  age: number;
  language: 'pl' | 'en';
  promise: 'none' | 'open' | 'kept' | 'broken';
  /** days ago; null: never */
  contacted: number | null;
  paid: boolean;
  tries: number;
  /** days left; null: not known */
  limitation: number | null;
}

export const plain: Person = {
  amount: 10_000,
  currency: 'PLN',
  age: 30,
  language: 'pl',
  promise: 'none',
  contacted: null,
  paid: false,
  tries: 0,
  limitation: null,
};

export interface RankingRig {
  store: TestStore;
  clock: ManualClock;
  portfolioId: string;
  debtorIds: string[];
  index: DebtorIndex;
  ranking: Ranking;
  ranked: string[];
  /** rows that ranking has written, in all */
  written(): number;
  add(people: readonly Person[]): void;
  campaign(strategy: Partial<ListStrategy>): string;
  setStrategy(campaignId: string, strategy: Partial<ListStrategy>): Promise<void>;
  setPromise(index: number, status: string): void;
  /** numbers of the debtors in the order of the list, without those left out */
  order(campaignId: string): number[];
  entry(campaignId: string, index: number): Record<string, unknown>;
  /** a thread of lists that begins anew */
  restart(): void;
  close(): Promise<void>;
}

export function openRankingRig(people: readonly Person[]): RankingRig {
  const clock = manualClock(NOW);
  const store = openTestStore({ clock, writes: { ...campaignWrites, ...rankingWrites } });
  const ranked: string[] = [];
  const debtorIds: string[] = [];
  let written = 0;
  const portfolioId = store.runNow((db, context) => {
    const id = context.newId();
    db.insert('portfolio', { id, name: 'Spring', creditorName: 'Made Up', createdAt: 0 });
    return id;
  });
  const makeIndex = () => {
    // time stands still while something is done, so that no budget ends it
    const still = { now: clock.now, monotonic: () => 0 };
    const index = new DebtorIndex({ read: store.read, clock: still });
    index.strategyColumns.want(false);
    while (index.work());
    return { index, ranks: new EntryRanks(index) };
  };
  const add = (some: readonly Person[]) => {
    for (const person of some) debtorIds.push(addPerson(store, portfolioId, person));
  };
  add(people);
  const rig = { ...makeIndex() };
  const catchUp = () => {
    while (rig.index.work());
  };
  const count = <Found extends object>(found: Found): Found => {
    if ('ranked' in found) written += (found.ranked as readonly unknown[]).length;
    return found;
  };
  const makeRanking = () =>
    new Ranking({
      store,
      clock,
      lists: {
        async rankPage(query) {
          catchUp();
          return count(rig.ranks.page(query));
        },
        async rankChanges(query) {
          catchUp();
          return count(rig.ranks.changes(query));
        },
      },
      onRanked: (campaignId) => ranked.push(campaignId),
      log: (message, details) => {
        throw new Error(`${message}: ${JSON.stringify(details)}`);
      },
    });
  const made: RankingRig = {
    store,
    clock,
    portfolioId,
    debtorIds,
    index: rig.index,
    ranking: makeRanking(),
    ranked,
    written: () => written,
    add,
    campaign: (strategy) => addCampaign(store, portfolioId, strategy),
    async setStrategy(campaignId, strategy) {
      const settings = { strategy: listStrategy.parse(strategy) };
      await store.write(campaignWrites, 'campaign.update', { campaignId, settings });
    },
    setPromise: (index, status) =>
      store.runNow((db, context) => setPromise(db, context, debtorIds[index] ?? '', status)),
    order: (campaignId) =>
      store.read
        .all<{ debtorId: string }>(
          'SELECT debtorId FROM contactListEntry WHERE campaignId = ? AND excluded = 0 ORDER BY rank, position',
          campaignId,
        )
        .map(({ debtorId }) => debtorIds.indexOf(debtorId)),
    entry: (campaignId, index) =>
      store.read.get<Record<string, unknown>>(
        'SELECT * FROM contactListEntry WHERE campaignId = ? AND debtorId = ?',
        campaignId,
        debtorIds[index],
      ) ?? {},
    restart() {
      Object.assign(rig, makeIndex());
      made.index = rig.index;
      made.ranking = makeRanking();
    },
    async close() {
      await made.ranking.close();
      await store.close();
    },
  };
  return made;
}

type Db = Parameters<Parameters<TestStore['runNow']>[0]>[0];
type Context = Parameters<Parameters<TestStore['runNow']>[0]>[1];

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function setPromise(db: Db, context: Context, debtorId: string, status: string): void {
  const known = db.get<{ id: string }>('SELECT id FROM promiseToPay WHERE debtorId = ?', debtorId);
  if (known) return db.update('promiseToPay', known.id, { status });
  db.insert('promiseToPay', {
    id: context.newId(),
    debtorId,
    amountMinor: 100,
    currency: 'PLN',
    dueOn: dayOf(NOW - 10 * DAY_MS),
    status,
    createdAt: context.now,
  });
}

function addPerson(store: TestStore, portfolioId: string, person: Person): string {
  return store.runNow((db, context) => {
    const id = context.newId();
    const name = `Debtor ${id}`;
    db.insert('debtor', {
      id,
      portfolioId,
      externalRef: id,
      kind: 'person',
      displayName: name,
      searchName: name.toLowerCase(),
      language: person.language,
      jurisdiction: 'XX',
      timeZonesJson: '["UTC"]',
      synthetic: 1,
      createdAt: 0,
    });
    if (person.amount > 0) addDebt(db, context, id, person);
    if (person.promise !== 'none') setPromise(db, context, id, person.promise);
    if (person.contacted !== null)
      db.insert('interaction', {
        id: context.newId(),
        debtorId: id,
        at: NOW - person.contacted * DAY_MS,
        channel: 'call',
        direction: 'out',
      });
    if (person.tries > 0)
      // calls of another list, which is over
      db.insert('contactListEntry', {
        id: context.newId(),
        campaignId: 'over',
        debtorId: id,
        status: 'done',
        position: 0,
        attempts: person.tries,
        updatedAt: 0,
      });
    return id;
  });
}

function addDebt(db: Db, context: Context, debtorId: string, person: Person): void {
  db.insert('debt', {
    id: context.newId(),
    debtorId,
    externalRef: debtorId,
    creditorName: 'Made Up',
    debtKind: '',
    currency: person.currency,
    principalMinor: person.amount,
    paidMinor: person.paid ? 1 : 0,
    balanceMinor: person.amount,
    dueOn: dayOf(NOW - person.age * DAY_MS),
    limitationOn: person.limitation === null ? null : dayOf(NOW + person.limitation * DAY_MS),
    status: 'open',
    createdAt: 0,
  });
}

function addCampaign(
  store: TestStore,
  portfolioId: string,
  strategy: Partial<ListStrategy>,
): string {
  return store.runNow((db, context) => {
    const { campaignId } = campaignWrites['campaign.create'](db, context, {
      name: 'Spring',
      portfolioId,
      trunkId: null,
      callerIdId: null,
      settings: { ...defaultCampaignSettings, strategy: listStrategy.parse(strategy) },
      personIds: null,
    });
    campaignWrites['campaign.fill-list'](db, context, { campaignId, afterDebtorId: '' });
    db.update('campaign', campaignId, { status: 'running' });
    return campaignId;
  });
}
