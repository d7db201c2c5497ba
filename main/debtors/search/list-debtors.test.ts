import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { debtorRow } from '#shared/contract/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../debtors.fixture.ts';
import { insertInteraction } from '../history/interaction-writes.ts';
import { findDebtorsByNumber } from './find-by-number.ts';
import { type ListQuery, listDebtors } from './list-debtors.ts';
import { listPortfolios } from './list-portfolios.ts';

const NOON = Date.UTC(2026, 10, 24, 12);

let store: TestStore;
let spring: string;
let autumn: string;

beforeEach(() => {
  store = openTestStore();
  store.runNow((db, context) => {
    spring = addPortfolio(db, context, 'Spring');
    autumn = addPortfolio(db, context, 'Autumn');
    const person = (
      portfolioId: string,
      givenName: string,
      familyName: string,
      externalRef: string,
    ) =>
      addDebtor(db, context, {
        portfolioId,
        givenName,
        familyName,
        displayName: `${givenName} ${familyName}`,
        externalRef,
      });
    const wojcik = person(spring, 'Łukasz', 'Wójcik', 'KL/2026/001');
    const adamska = person(spring, 'Zofia', 'Adamska', 'KL/2026/002');
    const ivanova = person(autumn, 'Анна', 'Иванова', 'RU-7');
    addPhone(db, context, { debtorId: wojcik, value: '+48501234567' });
    addPhone(db, context, { debtorId: wojcik, value: '+48221112233', kind: 'home' });
    addPhone(db, context, { debtorId: ivanova, value: '+79161234567' });
    addPhone(db, context, { debtorId: adamska, value: 'zofia@example.com', kind: 'email' });
    const debt = (portfolioId: string, debtorId: string, balanceMinor: number, dueOn: string) =>
      addDebt(db, context, { portfolioId, debtorId, balanceMinor, dueOn });
    debt(spring, wojcik, 500, '2026-11-14');
    debt(spring, wojcik, 700, '2026-11-20');
    debt(spring, adamska, 900, '2025-01-01');
    insertInteraction(db, context, {
      debtorId: ivanova,
      channel: 'call',
      direction: 'out',
      at: NOON - 5,
    });
  });
});
afterEach(() => store.close());

const list = (query: Partial<ListQuery> = {}) =>
  listDebtors(
    store.read,
    { search: '', sort: 'name', descending: false, offset: 0, limit: 50, ...query },
    NOON,
  );
const names = (query: Partial<ListQuery> = {}) => list(query).rows.map((row) => row.displayName);

describe('the list of debtors', () => {
  it('shows what a row needs', () => {
    const { rows, total } = list({ search: 'wojcik' });
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({
      displayName: 'Łukasz Wójcik',
      balances: [{ amountMinor: 1200, currency: 'PLN' }],
      debtCount: 2,
      oldestDaysPastDue: 10,
      phoneCount: 2,
      lastInteractionAt: null,
    });
    expect(debtorRow.safeParse(rows[0]).error).toBeUndefined();
  });

  it.each([
    ['family name without diacritics', 'wojcik', ['Łukasz Wójcik']],
    ['given and family name in either order', 'łukasz wój', ['Łukasz Wójcik']],
    ['a Russian name', 'ИВАНОВА ан', ['Анна Иванова']],
    ['the beginning of a name', 'adam', ['Zofia Adamska']],
    ['a reference', 'kl/2026/002', ['Zofia Adamska']],
    ['part of a number', '234 567', ['Łukasz Wójcik', 'Анна Иванова']],
    ['a whole number as written', '+48 501-234-567', ['Łukasz Wójcik']],
    ['an e-mail address', 'zofia@', ['Zofia Adamska']],
    ['nothing that is there', 'nowak', []],
    ['wildcards as plain text', '%', []],
  ])('finds by %s', (_what, search, expected) => {
    expect(names({ search })).toEqual(expected);
  });

  it('finds by the reference of a debt', () => {
    const { externalRef } = store.read.get<{ externalRef: string }>(
      "SELECT b.externalRef FROM debt b JOIN debtor d ON d.id = b.debtorId WHERE d.familyName = 'Adamska'",
    )!;
    expect(names({ search: externalRef.toLowerCase() })).toEqual(['Zofia Adamska']);
  });

  it('sorts by name, balance, age and last interaction, both ways', () => {
    expect(names()).toEqual(['Zofia Adamska', 'Łukasz Wójcik', 'Анна Иванова']);
    expect(names({ descending: true })).toEqual([...names()].reverse());
    expect(names({ sort: 'balance' })[0]).toBe('Анна Иванова');
    expect(names({ sort: 'balance', descending: true })[0]).toBe('Łukasz Wójcik');
    expect(names({ sort: 'age', descending: true })).toEqual([
      'Zofia Adamska',
      'Łukasz Wójcik',
      'Анна Иванова',
    ]);
    expect(names({ sort: 'age' })).toEqual([...names({ sort: 'age', descending: true })].reverse());
    expect(names({ sort: 'lastInteraction', descending: true })[0]).toBe('Анна Иванова');
  });

  it('pages, and counts what matches in all', () => {
    expect(names({ offset: 1, limit: 1 })).toEqual(['Łukasz Wójcik']);
    expect(list({ offset: 1, limit: 1 }).total).toBe(3);
    expect(names({ portfolioId: autumn })).toEqual(['Анна Иванова']);
    expect(names({ portfolioId: autumn, search: 'wojcik' })).toEqual([]);
  });

  it('answers from indexes alone when very many match at the beginning', () => {
    store.runNow((db, context) => {
      for (let each = 0; each < 230; each += 1) {
        addDebtor(db, context, { portfolioId: spring, displayName: `Nowak ${each}` });
      }
      addDebtor(db, context, { portfolioId: spring, displayName: 'Ewa Nowak' });
    });
    const first = list({ search: 'nowak', limit: 200 });
    const second = list({ search: 'nowak', limit: 200, offset: 200 });
    expect(first.total).toBe(230);
    expect(first.rows.length + second.rows.length).toBe(230);
    expect(names({ search: 'ewa nowak' })).toEqual(['Ewa Nowak']);
  });
});

describe('a number that calls', () => {
  it('is matched to its debtors, numbers in use first', () => {
    const debtorId = store.runNow((db, context) => {
      const id = addDebtor(db, context, { portfolioId: spring, displayName: 'Old owner' });
      const point = addPhone(db, context, { debtorId: id, value: '+48501234567' });
      db.update('contactPoint', point, { status: 'wrongNumber' });
      return id;
    });
    const matches = findDebtorsByNumber(store.read, '+48501234567');
    expect(matches.map((match) => match.displayName)).toEqual(['Łukasz Wójcik', 'Old owner']);
    expect(matches[1]).toMatchObject({ debtorId, status: 'wrongNumber' });
    expect(findDebtorsByNumber(store.read, '+48999999999')).toEqual([]);
  });
});

describe('portfolios', () => {
  it('are listed with what is open in them', () => {
    const found = listPortfolios(store.read).find((portfolio) => portfolio.name === 'Spring');
    expect(found).toMatchObject({
      debtors: 2,
      debts: 3,
      balances: [{ amountMinor: 2100, currency: 'PLN' }],
      synthetic: true,
    });
  });
});
