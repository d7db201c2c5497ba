import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { StoreKind } from '#shared/domain/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { loadCalendars } from '../calendars/load-calendars.ts';
import { createContactRules } from '../contact-rules.ts';
import { createOverrideWrites } from '../overrides/override-writes.ts';
import { loadPacks } from '../packs/load-packs.ts';
import type { ContactRequest } from '../types.ts';
import { packsForStore } from './choose-packs.ts';
import { createClockGuard } from './clock-guard.ts';
import type { OverrideTrace } from './override-use.ts';

const resources = join(import.meta.dirname, '../../../resources');
export const allPacks = loadPacks(join(resources, 'rule-packs'));
export const calendarTables = loadCalendars(join(resources, 'calendars'));
export const hour = 3_600_000;
export const day = 24 * hour;
/** a Tuesday, ten in the morning in Warsaw */
export const tuesday = Date.parse('2026-11-24T10:00:00+01:00');
export const polish = '+48601234567';

const open: TestStore[] = [];
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

/** A door over a store of its own, with clocks that stand still unless they are moved. */
export function aDoor(
  options: { storeKind?: StoreKind; packs?: readonly RulePack[]; at?: number } = {},
) {
  const storeKind = options.storeKind ?? 'real';
  const clock = {
    wall: options.at ?? tuesday,
    ticks: 0,
    now: () => clock.wall,
    monotonic: () => clock.ticks,
    setTimer: () => () => {},
  };
  const pass = (ms: number) => {
    clock.wall += ms;
    clock.ticks += ms;
  };
  const store = openTestStore({ storeKind, clock });
  open.push(store);
  const traces: string[] = [];
  const told = (what: string) => (_db: unknown, _context: unknown, trace: OverrideTrace) => {
    traces.push(`${what} ${trace.debtorId} ${trace.channel} ${trace.reason}`);
  };
  const makeRules = (packs = options.packs ?? packsForStore(allPacks, storeKind)) =>
    createContactRules({
      packs,
      calendarTables,
      storeKind,
      clockGuard: createClockGuard(clock),
      traces: { granted: told('granted'), used: told('used') },
    });
  const rules = makeRules();
  const overrides = createOverrideWrites(rules, {
    granted: told('granted'),
    used: told('used'),
  });
  let made = 0;
  const addDebtor = (row: Record<string, unknown> = {}, numbers: string[] = [polish]) => {
    const id = `debtor-${++made}`;
    store.runNow((db) => {
      db.insert('debtor', {
        id,
        externalRef: id,
        kind: 'person',
        displayName: 'Made Up',
        searchName: 'made up',
        language: 'pl',
        jurisdiction: 'PL',
        timeZonesJson: '["Europe/Warsaw"]',
        synthetic: storeKind === 'practice' ? 1 : 0,
        createdAt: 0,
        ...row,
      });
      for (const value of numbers) {
        db.insert('contactPoint', {
          id: `${id} ${value}`,
          debtorId: id,
          kind: 'mobile',
          value,
          status: 'active',
          timeZonesJson: '[]',
          createdAt: 0,
        });
      }
    });
    return id;
  };
  const reserve = (request: ContactRequest, callId = 'call-1', clockSuspect = false) =>
    store.runNow((db, context) => rules.reserve(db, context, request, { callId, clockSuspect }));
  return { clock, pass, store, rules, makeRules, overrides, traces, addDebtor, reserve };
}

export const aCall = (
  debtorId: string,
  overrides: Partial<ContactRequest> = {},
): ContactRequest => ({
  debtorId,
  number: polish,
  channel: 'call',
  mode: 'progressive',
  purpose: 'collection',
  target: 'debtor',
  ...overrides,
});

export const because = ({ blockedBy }: { blockedBy: { because: string }[] }) =>
  blockedBy.map((refusal) => refusal.because);

/** A pack for Poland with these rules alone. */
export const aPack = (
  rules: readonly Record<string, unknown>[],
  more: Partial<RulePack> = {},
): RulePack => ({
  id: 'test',
  version: '1',
  title: 'Test',
  jurisdiction: 'PL',
  actors: ['collector'],
  effectiveFrom: '2020-01-01',
  calendars: ['PL'],
  rules: rules.map(
    (rule) =>
      ({ basis: 'policy', source: 'test', channels: ['call'], severity: 'deny', ...rule }) as never,
  ),
  sources: [],
  review: { status: 'draft' },
  ...more,
});

/** So many calls to one person in so many days. */
export const aCap = (id: string, limit: number, days = 1, more: Record<string, unknown> = {}) => ({
  id,
  kind: 'cap',
  counts: ['attempt', 'message'],
  direction: 'out',
  countChannels: ['call', 'sms'],
  excludeFlags: [],
  scope: ['person'],
  limit,
  window: { type: 'calendarDays', days },
  ...more,
});
