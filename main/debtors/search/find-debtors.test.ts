import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { searchHit } from '#shared/contract/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../debtors.fixture.ts';
import type { DebtorIndex } from '../list/debtor-index.ts';
import { findHits } from '../list/list-query.ts';
import { builtIndex } from '../list/lists.fixture.ts';
import type { FindQuery } from './find-debtors.ts';

let store: TestStore;
let index: DebtorIndex;
let portfolioId: string;
const ids: Record<string, string> = {};

beforeEach(() => {
  store = openTestStore();
  store.runNow((db, context) => {
    portfolioId = addPortfolio(db, context);
    const person = (
      key: string,
      givenName: string,
      familyName: string,
      more: Partial<Parameters<typeof addDebtor>[2]> = {},
    ) => {
      const displayName = `${givenName} ${familyName}`;
      ids[key] = addDebtor(db, context, {
        ...{ portfolioId, givenName, familyName, displayName, externalRef: `KL/2026/${key}` },
        ...more,
      });
      return ids[key];
    };
    const wojcik = person('wojcik', 'Łukasz', 'Wójcik', { nationalId: '44051401359' });
    person('wojcicka', 'Zofia', 'Wójcicka');
    const nowak = person('nowak', 'Anna', 'Nowak-Kowalska', { taxId: '1234563218' });
    const ivanova = person('ivanova', 'Анна', 'Иванова', { language: 'ru' });
    person('brien', 'Sean', "O'Brien");
    person('wang', '', '', {
      givenName: null,
      familyName: null,
      displayName: '王小明',
      language: 'zh',
    });
    person('firm', '', '', {
      ...{ givenName: null, familyName: null, kind: 'company' },
      ...{ displayName: 'Żółw i Synowie sp. z o.o.', companyName: 'Żółw i Synowie' },
    });
    addPhone(db, context, { debtorId: wojcik, value: '+48501234567' });
    addPhone(db, context, { debtorId: wojcik, value: '+48221112233', kind: 'home' });
    addPhone(db, context, { debtorId: ivanova, value: '+79161234567' });
    addPhone(db, context, { debtorId: nowak, value: 'anna@nowak.example', kind: 'email' });
    addDebt(db, context, { portfolioId, debtorId: nowak, externalRef: 'UMOWA-77' });
  });
  index = builtIndex(store);
});
afterEach(() => store.close());

const hits = (query: string, more: Partial<FindQuery> = {}) =>
  findHits(index, { query, limit: 20, recentDebtorIds: [], ...more }).hits;
const names = (query: string, more: Partial<FindQuery> = {}) =>
  hits(query, more).map((hit) => hit.displayName);

describe('search', () => {
  it.each([
    ['a name without diacritics', 'wojcik', ['Łukasz Wójcik']],
    ['a name with them', 'WÓJCIK', ['Łukasz Wójcik']],
    ['beginnings of words in any order', 'woj luk', ['Łukasz Wójcik']],
    ['a beginning that several share', 'wójci', ['Zofia Wójcicka', 'Łukasz Wójcik']],
    ['the second part of a double name', 'kowal', ['Anna Nowak-Kowalska']],
    ['a Cyrillic name', 'иванова АННА', ['Анна Иванова']],
    ['a Chinese name from its beginning', '王小', ['王小明']],
    ['a Chinese given name', '小明', ['王小明']],
    ['a name without its apostrophe', 'obrien', ["Sean O'Brien"]],
    ['a name with another apostrophe', 'o’brien', ["Sean O'Brien"]],
    ['a firm', 'synowie zolw', ['Żółw i Synowie sp. z o.o.']],
    ['a whole number as it is written', '+48 501-234-567', ['Łukasz Wójcik']],
    ['a number with two zeros', '0048 501 234 567', ['Łukasz Wójcik']],
    ['a number with a trunk zero', '0501234567', ['Łukasz Wójcik']],
    ['a number with a zero in brackets', '+48 (0) 501 234 567', ['Łukasz Wójcik']],
    ['a national number', '501 234 567', ['Łukasz Wójcik']],
    ['a number in full-width digits', '５０１２３４５６７', ['Łukasz Wójcik']],
    ['a Russian number as it is dialed there', '8 (916) 123-45-67', ['Анна Иванова']],
    ['a part inside', '161234', ['Анна Иванова']],
    ['the end of two numbers', '234 567', ['Łukasz Wójcik', 'Анна Иванова']],
    ['three digits', '111', ['Łukasz Wójcik']],
    ['a case number', 'KL/2026/wojcik', ['Łukasz Wójcik']],
    ['the reference of a debt', 'umowa-7', ['Anna Nowak-Kowalska']],
    ['a national id', '44051401359', ['Łukasz Wójcik']],
    ['the beginning of a national id', '4405', ['Łukasz Wójcik']],
    ['a tax id with its signs', '123-456-32-18', ['Anna Nowak-Kowalska']],
    ['an e-mail address', 'ANNA@nowak.example', ['Anna Nowak-Kowalska']],
    ['the beginning of an address', 'anna@now', ['Anna Nowak-Kowalska']],
    ['a domain', '@nowak', ['Anna Nowak-Kowalska']],
    ['a domain without its sign', 'nowak.example', ['Anna Nowak-Kowalska']],
    ['what is not there', 'zzz', []],
    ['two digits', '12', []],
    ['an inner part of a national id', '051401', []],
  ])('finds by %s', (_what, query, expected) => {
    expect(names(query).sort()).toEqual([...expected].sort());
  });

  it.each([
    ['" OR *'],
    ["'; DROP TABLE debtor; --"],
    ['%'],
    ['_____'],
    ['*'],
    ['NEAR(a b)'],
    ['^wojcik'],
    ['\u0000'],
    ['\ud800'],
    ['()[]{}\\'],
    ['+'],
    ['@'],
    ['   '],
  ])('takes %j as plain text', (query) => {
    expect(names(query)).toEqual(query.includes('wojcik') ? ['Łukasz Wójcik'] : []);
  });

  it('bears very long queries', () => {
    for (const query of ['a'.repeat(200), '1'.repeat(200), 'ab '.repeat(66), '王'.repeat(200)]) {
      expect(hits(query)).toEqual([]);
    }
  });

  it('answers what a hit shows, and masks national ids', () => {
    const [hit] = hits('44051401359');
    expect(hit).toMatchObject({ kind: 'nationalId', match: 'exact', matched: '••••••••359' });
    expect(searchHit.safeParse(hit).error).toBeUndefined();
    expect(hits('anna@nowak')[0]).toMatchObject({ kind: 'email', matched: 'anna@nowak.example' });
    expect(hits('6123')[0]).toMatchObject({
      kind: 'phone',
      match: 'inner',
      matched: '+79161234567',
    });
  });

  it('keeps to the kinds that are asked for', () => {
    expect(names('wojcik', { kinds: ['phone', 'email'] })).toEqual([]);
    expect(names('wojcik', { kinds: ['name'] })).toEqual(['Łukasz Wójcik']);
    expect(names('501', { kinds: ['reference'] })).toEqual([]);
  });

  it('puts exact matches first, then recent debtors, then beginnings, then what is inside', () => {
    store.runNow((db, context) => {
      const add = (displayName: string, value: string, externalRef = displayName) => {
        ids[displayName] = addDebtor(db, context, { portfolioId, displayName, externalRef });
        addPhone(db, context, { debtorId: ids[displayName], value });
      };
      add('Exact', '+48600700800', '600700');
      add('Begins', '+48600700111');
      add('Inside', '+48506007002');
      add('Recent', '+48996007003');
    });
    const recentDebtorIds = [ids.Recent as string];
    expect(names('600700', { recentDebtorIds })).toEqual(['Exact', 'Recent', 'Begins', 'Inside']);
    expect(hits('600700', { recentDebtorIds }).map((hit) => [hit.match, hit.recent])).toEqual([
      ['exact', false],
      ['inner', true],
      ['prefix', false],
      ['inner', false],
    ]);
    expect(names('600700', { limit: 2 })).toEqual(['Exact', 'Begins']);
  });

  it('lets no kind of match hide the others', () => {
    store.runNow((db, context) => {
      for (let each = 0; each < 30; each += 1) {
        const externalRef = `50123-${each}`;
        const displayName = `Firm ${String(each).padStart(2, '0')}`;
        addDebtor(db, context, { portfolioId, externalRef, displayName });
      }
    });
    const kinds = hits('50123', { limit: 6 }).map((hit) => hit.kind);
    expect(kinds).toEqual([
      'phone',
      'reference',
      'reference',
      'reference',
      'reference',
      'reference',
    ]);
    expect(hits('50123', { limit: 20 })).toHaveLength(20);
  });

  it('puts the very name before names that only contain it', () => {
    store.runNow((db, context) => {
      for (const displayName of ['Jan Abram Adamski', 'Adamski Jan', 'Jan Adamskiego'])
        addDebtor(db, context, { portfolioId, displayName });
    });
    expect(names('jan adamski')).toEqual(['Adamski Jan', 'Jan Abram Adamski', 'Jan Adamskiego']);
  });

  it('gives the recent debtors for nothing typed, without those who are gone', () => {
    const recentDebtorIds = [ids.nowak, ids.ivanova, ids.wojcik] as string[];
    store.runNow((db) => db.remove('debtor', ids.ivanova as string));
    expect(names(' ', { recentDebtorIds })).toEqual(['Anna Nowak-Kowalska', 'Łukasz Wójcik']);
    expect(hits('', { recentDebtorIds })[0]).toMatchObject({ kind: 'recent', recent: true });
  });

  it('follows names, numbers and removals as soon as they are committed', () => {
    store.runNow((db, context) => {
      const id = ids.wojcik as string;
      db.update('debtor', id, { displayName: 'Łukasz Zieliński', searchName: 'zielinski lukasz' });
      const [point] = db.all<{ id: string }>(
        'SELECT id FROM contactPoint WHERE debtorId = ? ORDER BY value DESC',
        id,
      );
      db.update('contactPoint', point?.id as string, { value: '+48777888999' });
      addPhone(db, context, { debtorId: ids.brien as string, value: '+442079460123' });
      db.remove('debtor', ids.wang as string);
    });
    expect(names('wojcik', { kinds: ['name'] })).toEqual([]);
    expect(names('zielin')).toEqual(['Łukasz Zieliński']);
    expect(names('501234567')).toEqual([]);
    expect(names('778889')).toEqual(['Łukasz Zieliński']);
    expect(names('794601')).toEqual(["Sean O'Brien"]);
    expect(names('小明')).toEqual([]);
  });
});
