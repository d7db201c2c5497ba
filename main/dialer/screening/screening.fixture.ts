import {
  type ContactRules,
  createClockGuard,
  createContactRules,
  type RulePack,
} from '../../contact-rules/index.ts';
import { type ManualClock, manualClock } from '../../testing/contract-clock.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { campaignWrites } from '../campaigns/index.ts';
import { Screener, type ScreenerParts } from './screener.ts';
import { screeningWrites } from './screening-writes.ts';

const common = {
  basis: 'policy',
  source: 'made up for tests [policy]',
  channels: ['call'],
  purposes: ['collection'],
  severity: 'deny',
} as const;
const day = [['08:00', '20:00']];

/** Eight to eight UTC, three attempts a day, holds; nothing of it is anybody's law. */
export const testPack = {
  id: 'screening-test',
  version: '1',
  title: 'Screening test',
  jurisdiction: '*',
  actors: ['collector', 'creditor', 'debtBuyer', 'servicer'],
  effectiveFrom: '2020-01-01',
  calendars: [],
  zoneBasis: 'fixed',
  fixedZone: 'UTC',
  practice: true,
  rules: [
    {
      ...common,
      id: 'T-hours',
      kind: 'hours',
      week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
      closeMarginSec: 0,
    },
    {
      ...common,
      id: 'T-cap',
      kind: 'cap',
      counts: ['attempt'],
      direction: 'out',
      countChannels: ['call'],
      excludeFlags: [],
      scope: ['person'],
      limit: 2,
      window: { type: 'calendarDays', days: 1 },
    },
    { ...common, id: 'T-work', kind: 'hold', holdKind: 'workplace', numberClasses: ['work'] },
    ...['cease', 'dispute', 'mediumOptOut', 'wrongNumber'].map((holdKind) => ({
      ...common,
      id: `T-${holdKind}`,
      kind: 'hold',
      holdKind,
    })),
  ],
  sources: [{ ref: 'policy', law: 'tests', readOn: '2026-11-21', confidence: 'C' }],
  review: { status: 'draft' },
} as unknown as RulePack;

/** Noon UTC of a Wednesday. */
export const NOON = Date.parse('2026-11-25T12:00:00Z');
export const HOUR = 3_600_000;

export interface ScreeningRig {
  store: TestStore;
  clock: ManualClock;
  rules: ContactRules;
  portfolioId: string;
  campaignId: string;
  debtorIds: string[];
  /** a thread's work, on this thread; writes are awaited by `settle` */
  screener: Screener;
  freed: string[];
  /** writes of this fail while it is set */
  broken: { isSet: boolean };
  /** as a restart: what was not written is lost */
  restart(): Screener;
  settle(): Promise<void>;
  entry(index: number): Record<string, unknown>;
  phone(index: number, nth?: number): { id: string; value: string };
  addPhone(index: number, kind: string, value: string): string;
  hold(index: number, columns?: Record<string, unknown>): string;
  attempt(index: number): void;
  addDebtors(count: number): void;
  makeCampaign(): string;
  close(): Promise<void>;
}

/** Debtors of made-up numbers on the list of a running campaign, over a real store and the real door. */
export function openScreeningRig(debtors: number, startAt = NOON): ScreeningRig {
  const clock = manualClock(startAt);
  const store = openTestStore({ clock, writes: { ...campaignWrites, ...screeningWrites } });
  const rules = createContactRules({
    packs: [testPack],
    storeKind: 'practice',
    clockGuard: createClockGuard(clock),
  });
  const freed: string[] = [];
  const broken = { isSet: false };
  const under = new Set<Promise<void>>();
  const parts: ScreenerParts = {
    read: store.read,
    rules,
    clock,
    async write(chunk, campaignIds) {
      if (broken.isSet) throw new Error('the disk is full');
      const written = store
        .write(screeningWrites, 'screening.apply', chunk, { priority: 'import' })
        .then(() => void freed.push(...campaignIds));
      under.add(written);
      await written.finally(() => under.delete(written));
    },
    onChange: () => {},
    onClockDoubted: () => {},
  };
  const portfolioId = addPortfolio(store);
  const debtorIds: string[] = [];
  const addDebtors = (count: number) => {
    const first = debtorIds.length;
    for (let index = first; index < first + count; index += 1)
      debtorIds.push(addDebtor(store, portfolioId, index));
  };
  const makeCampaign = () => addCampaign(store, portfolioId);
  addDebtors(debtors);
  const campaignId = makeCampaign();
  const rig: ScreeningRig = {
    store,
    clock,
    rules,
    portfolioId,
    campaignId,
    debtorIds,
    screener: new Screener(parts),
    freed,
    broken,
    addDebtors,
    makeCampaign,
    restart() {
      rig.screener = new Screener(parts);
      return rig.screener;
    },
    async settle() {
      rig.screener.hurry();
      for (;;) {
        const progress = rig.screener.work();
        if (progress === 'busy') continue;
        if (progress === 'idle' && under.size === 0) return;
        await Promise.allSettled(under);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    entry: (index) =>
      store.read.get<Record<string, unknown>>(
        'SELECT * FROM contactListEntry WHERE debtorId = ? AND campaignId = ?',
        debtorIds[index],
        campaignId,
      ) ?? {},
    phone: (index, nth = 0) => {
      const rows = store.read.all<{ id: string; value: string }>(
        'SELECT id, value FROM contactPoint WHERE debtorId = ? ORDER BY rank',
        debtorIds[index],
      );
      return rows[nth] ?? { id: '', value: '' };
    },
    addPhone: (index, kind, value) =>
      store.runNow((db, context) => {
        const id = context.newId();
        db.insert('contactPoint', phone(id, debtorIds[index] ?? '', kind, value, 1));
        return id;
      }),
    hold: (index, columns = {}) =>
      store.runNow((db, context) => {
        const id = context.newId();
        const since = context.now;
        db.insert('hold', { id, debtorId: debtorIds[index], kind: 'cease', since, ...columns });
        return id;
      }),
    attempt: (index) =>
      store.runNow((db, context) =>
        db.insert('contactEvent', {
          id: context.newId(),
          at: context.now,
          kind: 'attempt',
          direction: 'out',
          channel: 'call',
          debtorId: debtorIds[index],
          number: rig.phone(index).value,
          mode: 'progressive',
        }),
      ),
    close: () => store.close(),
  };
  return rig;
}

/** A running campaign with debtors on its list. */
export function fillPortfolio(
  store: TestStore,
  debtors: number,
): { campaignId: string; debtorIds: string[] } {
  const portfolioId = addPortfolio(store);
  const debtorIds = Array.from({ length: debtors }, (_, index) =>
    addDebtor(store, portfolioId, index),
  );
  return { campaignId: addCampaign(store, portfolioId), debtorIds };
}

function addPortfolio(store: TestStore): string {
  return store.runNow((db, context) => {
    const id = context.newId();
    db.insert('portfolio', { id, name: 'Spring', creditorName: 'Made Up', createdAt: 0 });
    return id;
  });
}

function addCampaign(store: TestStore, portfolioId: string): string {
  return store.runNow((db, context) => {
    const { campaignId } = campaignWrites['campaign.create'](db, context, {
      name: 'Spring',
      portfolioId,
      trunkId: null,
      callerIdId: null,
      settings: {},
      personIds: null,
    });
    campaignWrites['campaign.fill-list'](db, context, { campaignId, afterDebtorId: '' });
    db.update('campaign', campaignId, { status: 'running' });
    return campaignId;
  });
}

function addDebtor(store: TestStore, portfolioId: string, index: number): string {
  return store.runNow((db, context) => {
    const id = context.newId();
    db.insert('debtor', {
      id,
      portfolioId,
      externalRef: `D-${index}`,
      kind: 'person',
      displayName: `Debtor ${index}`,
      searchName: `debtor ${index}`,
      language: 'pl',
      jurisdiction: 'PL',
      timeZonesJson: '["Europe/Warsaw"]',
      synthetic: 1,
      createdAt: 0,
    });
    db.insert('contactPoint', phone(context.newId(), id, 'mobile', numberAt(index), 0));
    return id;
  });
}

/** A number that nobody has. */
export function numberAt(index: number): string {
  return `+48100${String(index).padStart(6, '0')}`;
}

function phone(id: string, debtorId: string, kind: string, value: string, rank: number) {
  const timeZonesJson = '["Europe/Warsaw"]';
  return { id, debtorId, kind, value, status: 'active', timeZonesJson, rank, createdAt: 0 };
}
