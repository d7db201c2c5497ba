import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPortfolio } from '../debtors.fixture.ts';
import { type EntryToMatch, matchEntry, namesOf } from './match-entry.ts';
import { referenceTokens } from './title-tokens.ts';

const VIRTUAL = '61109010140000071219812874';
const COMMON = '27114020040000300201355387';

let store: TestStore;
let portfolioId: string;
beforeEach(() => {
  store = openTestStore();
  portfolioId = store.runNow((db, context) => addPortfolio(db, context));
});
afterEach(() => store.close());

const debtor = (overrides: Partial<Parameters<typeof addDebtor>[2]> = {}) =>
  store.runNow((db, context) => addDebtor(db, context, { portfolioId, ...overrides }));
const debt = (debtorId: string, overrides: Partial<Parameters<typeof addDebt>[2]> = {}) =>
  store.runNow((db, context) => addDebt(db, context, { portfolioId, debtorId, ...overrides }));
const match = (entry: Partial<EntryToMatch>) =>
  matchEntry(store.read, {
    amountMinor: 10_000,
    currency: 'PLN',
    payer: null,
    payerAccount: null,
    title: '',
    accounts: [],
    ...entry,
  }).map(({ debtorId, debtId, certainty, reasons }) => [debtorId, debtId, certainty, reasons[0]]);

describe('a certain match', () => {
  it('is the account that was given to one debtor alone, with or without its country', () => {
    const jan = debtor();
    const loan = debt(jan, { accountToPay: VIRTUAL });
    expect(match({ accounts: [VIRTUAL] })).toEqual([[jan, loan, 'certain', 'account']]);
    const anna = debtor({ displayName: 'Anna' });
    const two = [debt(anna, { accountToPay: `PL${COMMON}` }), debt(anna, { accountToPay: COMMON })];
    expect(two).toHaveLength(2);
    expect(match({ accounts: [COMMON] })).toEqual([[anna, null, 'certain', 'account']]);
  });

  it('is not an account that several debtors pay to', () => {
    debt(debtor(), { accountToPay: COMMON });
    debt(debtor(), { accountToPay: COMMON });
    expect(match({ accounts: [COMMON] })).toEqual([]);
  });

  it('is a telling number in the title, in any of the manners of writing it', () => {
    const jan = debtor();
    const loan = debt(jan, { externalRef: 'DD/2026/0017' });
    for (const title of [
      'rata dd/2026/0017.',
      'spr.nr:DD/2026/0017',
      'DD / 2026 / 0017 dziekuje',
    ]) {
      expect(match({ title, amountMinor: 1 })).toEqual([[jan, loan, 'certain', 'reference']]);
    }
  });

  it('is a short number only with the name or the amount', () => {
    const jan = debtor({ displayName: 'Jan Kowalski', givenName: 'Jan', familyName: 'Kowalski' });
    const loan = debt(jan, { externalRef: '4711', balanceMinor: 20_000 });
    expect(match({ title: 'wplata 4711' })).toEqual([[jan, loan, 'likely', 'reference']]);
    expect(match({ title: 'wplata 4711', payer: 'KOWALSKI JAN UL. X 1' })).toEqual([
      [jan, loan, 'certain', 'reference'],
    ]);
    expect(match({ title: 'wplata 4711', amountMinor: 20_000 })[0]?.[2]).toBe('certain');
  });

  it('is a national id or a tax id with right check digits', () => {
    const jan = debtor({ nationalId: '44051401359', nationalIdKind: 'PESEL' });
    debt(jan);
    const firm = debtor({ kind: 'company', displayName: 'Próba', taxId: '1234563218' });
    debt(firm);
    expect(match({ title: 'PESEL 44051401359' })).toEqual([[jan, null, 'certain', 'nationalId']]);
    expect(match({ title: 'NIP: 123-456-32-18' })).toEqual([[firm, null, 'certain', 'taxId']]);
    expect(match({ title: 'PESEL 44051401350' })).toEqual([]);
  });

  it('is none when two debtors have one, or nothing is owed in that currency', () => {
    const jan = debtor();
    debt(jan, { externalRef: 'DD/2026/0017' });
    const anna = debtor();
    debt(anna, { externalRef: 'DD/2026/0018' });
    const both = match({ title: 'DD/2026/0017 DD/2026/0018' });
    expect(both.map(([, , certainty]) => certainty)).toEqual(['likely', 'likely']);
    expect(match({ title: 'DD/2026/0017', currency: 'EUR' })).toEqual([
      [jan, null, 'likely', 'reference'],
    ]);
  });
});

describe('a suggestion', () => {
  it('ranks name and amount before the name alone', () => {
    const owes = debtor({ displayName: 'Jan Nowak', givenName: 'Jan', familyName: 'Nowak' });
    const loan = debt(owes, { balanceMinor: 10_000 });
    const other = debtor({ displayName: 'Nowak Jan', givenName: 'Jan', familyName: 'Nowak' });
    debt(other, { balanceMinor: 77 });
    expect(match({ payer: 'JAN NOWAK' })).toEqual([
      [owes, loan, 'likely', 'nameAndAmount'],
      [other, null, 'possible', 'name'],
    ]);
  });

  it('remembers who paid from an account before', () => {
    const jan = debtor();
    debt(jan, { balanceMinor: 1 });
    store.runNow((db) =>
      db.insert('bankEntry', {
        id: 'e1',
        sourceKey: 'k',
        bookedOn: '2026-11-01',
        amountMinor: 1,
        currency: 'PLN',
        payerAccount: COMMON,
        title: '',
        state: 'matched',
        debtorId: jan,
        createdAt: 1,
      }),
    );
    expect(match({ payerAccount: COMMON })).toEqual([[jan, null, 'likely', 'payerKnown']]);
  });

  it('leads to the debtor that was kept of a merge, and to nobody who was erased', () => {
    const kept = debtor();
    debt(kept);
    const merged = debtor({ nationalId: '44051401359' });
    store.runNow((db, { now }) =>
      db.update('debtor', merged, { mergedInto: kept, deletedAt: now }),
    );
    const gone = debtor({ externalRef: 'KL/20260001' });
    store.runNow((db, { now }) => db.update('debtor', gone, { erasedAt: now }));
    expect(match({ title: '44051401359' }).map(([id]) => id)).toEqual([kept]);
    expect(match({ title: 'KL/20260001' })).toEqual([]);
    const byRef = debtor({ externalRef: 'KL/20260002' });
    store.runNow((db, { now }) => db.update('debtor', byRef, { mergedInto: kept, deletedAt: now }));
    expect(match({ title: 'KL/20260002' })).toEqual([[kept, null, 'certain', 'reference']]);
  });
});

it('takes numbers of cases out of titles, not dates, amounts or words', () => {
  const texts = referenceTokens('rata 3 z dnia 12.11.2026 FV/1234/26 kwota 100,00 zl').map(
    ({ text }) => text,
  );
  expect(texts).toContain('FV/1234/26');
  expect(texts).not.toContain('12.11.2026');
  expect(texts).not.toContain('100,00');
  expect(texts).not.toContain('rata');
});

it('reads names before an address in either order', () => {
  expect(namesOf('WIŚNIEWSKA ANNA MARIA, UL. PROSTA 1')).toEqual(
    expect.arrayContaining(['wisniewska anna', 'anna wisniewska', 'wisniewska anna maria']),
  );
  expect(namesOf(null)).toEqual([]);
});
