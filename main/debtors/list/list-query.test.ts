import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFilter, listRow } from '#shared/contract/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../debtors.fixture.ts';
import { insertInteraction } from '../history/interaction-writes.ts';
import type { DebtorIndex } from './debtor-index.ts';
import { idsFromBytes } from './id-table.ts';
import { choicesOf, countRowsOf, idsOf, queryRows, type RowsQuery } from './list-query.ts';
import { addHold, addPromise, builtIndex, settle } from './lists.fixture.ts';
import { naiveDebtors, naiveFits } from './naive-list.fixture.ts';
import { portfolioTotals } from './portfolio-totals.ts';

const NOON = Date.UTC(2026, 10, 24, 12);
const DAY = 86_400_000;

let store: TestStore;
let now: number;
beforeEach(() => {
  now = NOON;
  store = openTestStore();
});
afterEach(() => store.close());

const open = () => builtIndex(store, () => now);
const query = (index: DebtorIndex, more: Partial<RowsQuery> = {}) =>
  queryRows(index, {
    filter: {},
    sort: { by: 'name', descending: false },
    offset: 0,
    limit: 200,
    ...more,
  });

const seconds = fc.integer({ min: 1, max: 300 }).map((days) => NOON - days * DAY);
const isoDay = fc
  .integer({ min: -400, max: 30 })
  .map((days) => new Date(NOON + days * DAY).toISOString().slice(0, 10));
const debtorArbitrary = fc.record({
  family: fc.constantFrom('Nowak', 'Kowalska', 'Иванова', 'Żak', 'Adamski', '王'),
  portfolio: fc.nat(2),
  kind: fc.constantFrom('person' as const, 'company' as const),
  language: fc.constantFrom('pl', 'ru', 'zh'),
  jurisdiction: fc.constantFrom('PL', 'US-MA'),
  zone: fc.constantFrom('Europe/Warsaw', 'America/New_York', 'Pacific/Auckland'),
  city: fc.constantFrom('Łódź', 'Warszawa', null),
  debts: fc.array(
    fc.record({
      currency: fc.constantFrom('PLN', 'EUR'),
      balanceMinor: fc.constantFrom(0, 5, 100, 5_000_000, 3_000_000_000),
      dueOn: fc.option(isoDay),
      status: fc.constantFrom('open' as const, 'open' as const, 'paid' as const, 'closed' as const),
    }),
    { maxLength: 3 },
  ),
  contacts: fc.array(fc.record({ at: seconds, channel: fc.constantFrom('call', 'sms', 'note') }), {
    maxLength: 3,
  }),
  promises: fc.array(fc.constantFrom('open', 'kept', 'broken'), { maxLength: 2 }),
  holds: fc.array(fc.constantFrom('dispute', 'lawyer', 'cease'), { maxLength: 2 }),
  hasPhone: fc.boolean(),
  callback: fc.option(seconds),
  writeOff: fc.boolean(),
});
type Described = typeof debtorArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

/** Writes one debtor with all that hangs on it. */
function write(portfolios: readonly string[], of: Described): string {
  return store.runNow((db, context) => {
    const portfolioId = portfolios[of.portfolio] as string;
    const debtorId = addDebtor(db, context, {
      ...{ portfolioId, kind: of.kind, language: of.language, jurisdiction: of.jurisdiction },
      ...{ displayName: of.family, city: of.city, timeZones: [of.zone] },
    });
    change(debtorId, of);
    for (const debt of of.debts) addDebt(db, context, { portfolioId, debtorId, ...debt });
    if (of.hasPhone) addPhone(db, context, { debtorId, value: '+48501000000' });
    return debtorId;
  });

  function change(debtorId: string, { contacts, promises, holds, callback, writeOff }: Described) {
    store.runNow((db, context) => {
      for (const { at, channel } of contacts)
        insertInteraction(db, context, {
          debtorId,
          channel: channel as 'call',
          direction: 'out',
          at,
        });
      for (const status of promises) addPromise(db, context, debtorId, status);
      for (const kind of holds) addHold(db, context, debtorId, kind);
      if (callback !== null)
        db.insert('callback', {
          ...{ id: context.newId(), debtorId, at: callback, status: 'open', createdAt: 1 },
        });
      if (writeOff)
        db.insert('writeOff', {
          ...{ id: context.newId(), debtorId, debtId: debtorId, amountMinor: 1, currency: 'PLN' },
          ...{ reason: 'x', status: 'proposed', createdAt: 1 },
        });
    });
  }
}

const some = <Value>(...values: Value[]) =>
  fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined });
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined });
const filterArbitrary = fc.record({
  languages: some('pl', 'ru'),
  jurisdictions: some('PL', 'US-MA'),
  cities: some('Łódź', 'Warszawa'),
  kind: optional(fc.constantFrom('person' as const, 'company' as const)),
  hasPhone: optional(fc.boolean()),
  writeOffProposed: optional(fc.boolean()),
  statuses: some(
    'open' as const,
    'paid' as const,
    'closed' as const,
    'disputed' as const,
    'none' as const,
  ),
  promises: some('none' as const, 'open' as const, 'kept' as const, 'broken' as const),
  flagsAnyOf: some('dispute', 'lawyer'),
  flagsNoneOf: some('cease', 'dispute'),
  age: optional(
    fc.record({
      bands: some('current' as const, 'upTo3Months' as const, 'older' as const),
      fromDays: optional(fc.nat(200)),
      toDays: optional(fc.nat(400)),
    }),
  ),
  amount: optional(
    fc.record({
      fromMinor: optional(fc.constantFrom(0, 6, 101, 2_999_999_999)),
      toMinor: optional(fc.constantFrom(5, 100, 3_000_000_000)),
      currency: optional(fc.constantFrom('PLN', 'EUR')),
    }),
  ),
  lastContact: optional(
    fc.record({
      never: optional(fc.boolean()),
      before: optional(seconds),
      after: optional(seconds),
      channels: some('call' as const, 'sms' as const),
    }),
  ),
  nextActionBefore: optional(seconds),
});
const defined = <Value extends object>(value: Value): Value =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [
        key,
        each && typeof each === 'object' && !Array.isArray(each) ? defined(each) : each,
      ]),
  ) as Value;
/** two or three conditions at once: more would fit nobody */
const fewConditions = fc
  .tuple(filterArbitrary, fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }))
  .map(([filter, kept]) => {
    const names = Object.keys(defined(filter)) as (keyof typeof filter)[];
    const chosen = new Set(kept.map((each) => names[each % Math.max(1, names.length)]));
    return defined(
      Object.fromEntries(Object.entries(filter).filter(([name]) => chosen.has(name as never))),
    );
  });

describe('a list', () => {
  it('is what a plain look at every row gives, whatever the filter and the changes before it', () => {
    const portfolios = store.runNow((db, context) =>
      ['a', 'b', 'c'].map((name) => addPortfolio(db, context, name)),
    );
    const index = open();
    const added: string[] = [];
    fc.assert(
      fc.property(
        fc.array(debtorArbitrary, { minLength: 1, maxLength: 6 }),
        fc.array(fewConditions, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        fc.constantFrom('remove', 'merge', 'rename', 'pay', 'lift', 'move', 'nothing'),
        (debtors, filters, which, happening) => {
          added.push(...debtors.map((each) => write(portfolios, each)));
          happen(happening, added[which % added.length] as string);
          const all = naiveDebtors(store.read, now);
          for (const filter of filters) {
            expect(listFilter.safeParse(filter).error).toBeUndefined();
            const expected = all.filter((debtor) => naiveFits(debtor, filter));
            const sort = { by: 'created', descending: false } as const;
            const { rows, total, sums, upToDate } = query(index, { filter, sort });
            expect(rows.map((row) => row.debtorId).sort()).toEqual(
              expected.map(({ id }) => id).sort(),
            );
            expect(total).toBe(expected.length);
            expect(upToDate).toBe(true);
            expect(sums).toEqual(sumsOf(expected));
          }
        },
      ),
      { numRuns: 25 },
    );
    expect(added.length).toBeGreaterThan(25);
  });

  function happen(happening: string, debtorId: string): void {
    store.runNow((db, context) => {
      const one = (table: string) =>
        db.get<{ id: string }>(`SELECT id FROM ${table} WHERE debtorId = ? LIMIT 1`, debtorId)?.id;
      if (happening === 'remove') db.update('debtor', debtorId, { deletedAt: 1 });
      if (happening === 'merge') db.update('debtor', debtorId, { mergedInto: debtorId });
      if (happening === 'rename')
        db.update('debtor', debtorId, { searchName: `a${context.newId()}` });
      if (happening === 'move') db.update('debtor', debtorId, { city: 'Gdańsk', kind: 'company' });
      const debt = one('debt');
      if (happening === 'pay' && debt) db.update('debt', debt, { status: 'paid', balanceMinor: 0 });
      const hold = one('hold');
      if (happening === 'lift' && hold) db.update('hold', hold, { liftedAt: 1 });
    });
  }

  function sumsOf(debtors: ReturnType<typeof naiveDebtors>) {
    const sums = new Map<string, number>();
    for (const { balances } of debtors) {
      for (const [currency, owed] of balances) sums.set(currency, (sums.get(currency) ?? 0) + owed);
    }
    return [...sums]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([currency, amountMinor]) => ({ amountMinor, currency }));
  }

  it('is in order by each column both ways, and its pages join without gaps', () => {
    const portfolios = store.runNow((db, context) => [addPortfolio(db, context)]);
    const sample = fc.sample(debtorArbitrary, { numRuns: 90, seed: 7 });
    const ids = sample.map((each) => write(portfolios, { ...each, portfolio: 0 }));
    const index = open();
    const all = new Map(naiveDebtors(store.read, now).map((each) => [each.id, each]));
    const keys: Record<RowsQuery['sort']['by'], (id: string) => number | string> = {
      name: (id) => all.get(id)?.name ?? '',
      balance: (id) =>
        [...(all.get(id)?.balances.values() ?? [])].reduce((sum, each) => sum + each, 0),
      age: (id) => -Date.parse(all.get(id)?.dueOn ?? '9999-01-01'),
      lastContact: (id) => all.get(id)?.lastContact?.at ?? 0,
      nextAction: (id) => all.get(id)?.nextActionAt ?? 0,
      created: (id) => id,
    };
    for (const by of Object.keys(keys) as RowsQuery['sort']['by'][]) {
      for (const descending of [false, true]) {
        const pages = [0, 7, 14, 50, 57, 85].map((offset, at, offsets) =>
          query(index, {
            sort: { by, descending },
            offset,
            limit: (offsets[at + 1] ?? 200) - offset,
          }),
        );
        const found = pages.flatMap(({ rows }) => rows.map((row) => row.debtorId));
        expect(found.length).toBe(ids.length);
        const order = found.map(keys[by]);
        const sorted = [...order].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
        expect(order, `${by} ${descending}`).toEqual(descending ? sorted.reverse() : sorted);
        const whole = idsOf(index, {}, { by, descending });
        expect(idsFromBytes(whole.ids)).toEqual(found);
      }
    }
  });

  it('shows what a row needs', () => {
    const [portfolioId = ''] = store.runNow((db, context) => [addPortfolio(db, context)]);
    const debtorId = store.runNow((db, context) => {
      const id = addDebtor(db, context, {
        portfolioId,
        displayName: 'Łukasz Wójcik',
        city: 'Łódź',
      });
      addDebt(db, context, { portfolioId, debtorId: id, balanceMinor: 500, dueOn: '2026-11-14' });
      addDebt(db, context, { portfolioId, debtorId: id, balanceMinor: 700, dueOn: '2026-11-20' });
      addPhone(db, context, { debtorId: id, value: '+48501234567' });
      insertInteraction(db, context, {
        debtorId: id,
        channel: 'call',
        direction: 'out',
        at: NOON - 9,
      });
      insertInteraction(db, context, {
        debtorId: id,
        channel: 'note',
        direction: 'out',
        at: NOON - 5,
      });
      addHold(db, context, id, 'dispute');
      addPromise(db, context, id, 'broken');
      return id;
    });
    const [row] = query(open()).rows;
    expect(row).toMatchObject({
      ...{ debtorId, displayName: 'Łukasz Wójcik', debtCount: 2, phoneCount: 1 },
      ...{ oldestDaysPastDue: 10, balances: [{ amountMinor: 1200, currency: 'PLN' }] },
      ...{ lastInteractionAt: NOON - 5, lastContactAt: NOON - 9, status: 'disputed' },
      ...{
        flags: ['dispute'],
        promise: 'broken',
        plan: 'none',
        nextActionAt: null,
        kind: 'person',
      },
    });
    expect(listRow.safeParse(row).error).toBeUndefined();
  });

  it('lets a debt grow old at midnight where the debtor lives, and a hold end by itself', () => {
    const index = (() => {
      store.runNow((db, context) => {
        const portfolioId = addPortfolio(db, context);
        const debtorId = addDebtor(db, context, { portfolioId });
        addDebt(db, context, { portfolioId, debtorId, dueOn: '2026-11-24' });
        addHold(db, context, debtorId, 'cease', { until: NOON + 3 * DAY });
        addHold(db, context, debtorId, 'lawyer', { since: NOON + DAY });
      });
      return open();
    })();
    const fits = (filter: RowsQuery['filter']) => query(index, { filter }).total;
    expect(fits({ age: { bands: ['current'] }, flagsAnyOf: ['cease'] })).toBe(1);
    now = Date.UTC(2026, 10, 24, 22, 59);
    expect(fits({ age: { bands: ['current'] } })).toBe(1);
    now = Date.UTC(2026, 10, 24, 23, 0);
    expect(fits({ age: { bands: ['upTo3Months'], toDays: 1 } })).toBe(1);
    now = NOON + DAY;
    expect(query(index).rows[0]?.flags).toEqual(['cease', 'lawyer']);
    now = NOON + 3 * DAY;
    expect(query(index).rows[0]?.flags).toEqual(['lawyer']);
  });

  it('puts a new name among its neighbours', () => {
    const portfolioId = store.runNow((db, context) => addPortfolio(db, context));
    const add = (displayName: string) =>
      store.runNow((db, context) => addDebtor(db, context, { portfolioId, displayName }));
    for (const name of ['Beta', 'Delta', 'Zeta']) add(name);
    const index = open();
    const names = () => query(index, { limit: 500 }).rows.map((row) => row.displayName);
    for (const name of ['Gamma', 'Alfa', 'Gammb', 'Gammaa', 'Zzz']) add(name);
    expect(names()).toEqual(['Alfa', 'Beta', 'Delta', 'Gamma', 'Gammaa', 'Gammb', 'Zeta', 'Zzz']);
    for (let each = 0; each < 260; each += 1)
      add(`Mu ${String((each * 7) % 260).padStart(3, '0')}`);
    expect(query(index).upToDate).toBe(false);
    settle(index);
    const mine = names().filter((name) => name.startsWith('Mu'));
    expect(mine).toEqual([...mine].sort());
    expect(names().at(-1)).toBe('Zzz');
  });

  it('takes in a chunk of an import: new debtors, and new debts of known ones', () => {
    const portfolioId = store.runNow((db, context) => addPortfolio(db, context));
    const known = store.runNow((db, context) => addDebtor(db, context, { portfolioId }));
    const index = open();
    store.runNow((db, context) => {
      const chunk = db.beginChunk('import');
      for (let each = 0; each < 700; each += 1) {
        const debtorId = addDebtor(db, context, { portfolioId, displayName: `New ${each}` });
        addDebt(db, context, { portfolioId, debtorId, balanceMinor: 10 });
        addPhone(db, context, { debtorId, value: `+4850${String(1_000_000 + each)}` });
      }
      addDebt(db, context, { portfolioId, debtorId: known, balanceMinor: 7 });
      chunk.end();
    });
    settle(index);
    const count = countRowsOf(index, {});
    expect(count).toMatchObject({ total: 701, upToDate: true });
    expect(count.sums).toEqual([{ amountMinor: 7007, currency: 'PLN' }]);
    expect(countRowsOf(index, { text: '501000699' }).total).toBe(1);
    expect(countRowsOf(index, { text: 'new 69' }).total).toBe(11);
  });

  it('follows a merge and its undoing, which moves what hangs on both', () => {
    const [kept, merged, debt, merge] = store.runNow((db, context) => {
      const portfolioId = addPortfolio(db, context);
      const one = addDebtor(db, context, { portfolioId, displayName: 'Kept' });
      const other = addDebtor(db, context, { portfolioId, displayName: 'Merged' });
      const debtId = addDebt(db, context, { portfolioId, debtorId: other, balanceMinor: 70 });
      addPhone(db, context, { debtorId: other, value: '+48501234567' });
      return [one, other, debtId, context.newId()];
    }) as [string, string, string, string];
    const index = open();
    const balances = () => query(index).rows.map((row) => [row.displayName, row.balances.length]);
    const move = (debtorId: string) =>
      store.runNow((db) => {
        db.update('debt', debt, { debtorId });
        const point = db.get<{ id: string }>('SELECT id FROM contactPoint')?.id as string;
        db.update('contactPoint', point, { debtorId });
        db.update('debtor', merged, { mergedInto: debtorId === kept ? kept : null });
        const columns = { keptDebtorId: kept, mergedDebtorId: merged, at: 1, movedJson: '[]' };
        if (debtorId === kept) db.insert('debtorMerge', { id: merge, ...columns });
        else db.update('debtorMerge', merge, { undoneAt: 2 });
      });
    const found = () =>
      query(index, { filter: { text: '5012345' } }).rows.map((row) => row.displayName);
    expect(found()).toEqual(['Merged']);
    move(kept);
    expect(balances()).toEqual([['Kept', 1]]);
    expect(found()).toEqual(['Kept']);
    move(merged);
    expect(balances()).toEqual([
      ['Kept', 0],
      ['Merged', 1],
    ]);
    expect(found()).toEqual(['Merged']);
  });

  it('finds a debtor with an id from another node among its own', () => {
    const portfolioId = store.runNow((db, context) => addPortfolio(db, context));
    const add = (id: string) =>
      store.runNow((db) =>
        db.insert('debtor', {
          ...{ id, portfolioId, externalRef: id, kind: 'person', displayName: 'Other Node' },
          ...{
            searchName: 'other node',
            language: 'pl',
            jurisdiction: 'PL',
            timeZonesJson: '["UTC"]',
          },
          createdAt: 1,
        }),
      );
    store.runNow((db, context) => addDebtor(db, context, { portfolioId }));
    const index = open();
    add('01000000-0000-7000-8000-000000000001');
    expect(query(index, { filter: { text: 'other' } }).total).toBe(1);
    add('01000000-0000-7000-8000-000000000002');
    store.runNow((db) => db.remove('debtor', '01000000-0000-7000-8000-000000000001'));
    expect(query(index, { filter: { text: 'other' } }).rows).toHaveLength(1);
    store.runNow((db, context) => addDebtor(db, context, { portfolioId }));
    expect(query(index).total).toBe(3);
  });

  it('says what filters can be made of, and what portfolios add up to', () => {
    const spring = store.runNow((db, context) => {
      const id = addPortfolio(db, context, 'Spring');
      const debtor = addDebtor(db, context, { portfolioId: id, city: 'Łódź' });
      addDebt(db, context, { portfolioId: id, debtorId: debtor, balanceMinor: 500 });
      addDebt(db, context, { portfolioId: id, debtorId: debtor, balanceMinor: 9, currency: 'EUR' });
      addHold(db, context, debtor, 'lawyer');
      addDebtor(db, context, { portfolioId: id, language: 'ru' });
      return id;
    });
    store.runNow((db, context) => addPortfolio(db, context, 'Empty'));
    const index = open();
    expect(choicesOf(index)).toEqual({
      languages: ['pl', 'ru'],
      jurisdictions: ['PL'],
      cities: ['Łódź'],
      currencies: ['EUR', 'PLN'],
      flags: ['lawyer'],
    });
    expect(portfolioTotals(index).find((each) => each.portfolioId === spring)).toMatchObject({
      ...{ name: 'Spring', debtors: 2, debts: 2, synthetic: true },
      balances: [
        { amountMinor: 9, currency: 'EUR' },
        { amountMinor: 500, currency: 'PLN' },
      ],
    });
    expect(portfolioTotals(index).find((each) => each.name === 'Empty')).toMatchObject({
      ...{ debtors: 0, debts: 0, balances: [] },
    });
  });
});
