import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestContext } from '../../contract-server/types.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPortfolio } from '../debtors.fixture.ts';
import { createBank } from './bank.ts';
import { bankWrites } from './bank-writes.ts';
import { type NewBankEntry, storeEntry } from './entry-writes.ts';

const context = {
  principal: { personId: null },
  connectionId: 'c',
  commandId: null,
} as unknown as RequestContext;

let store: TestStore;
let published: string[];
let jan: string;
let loan: string;
let anna: string;
beforeEach(() => {
  store = openTestStore({ writes: bankWrites });
  published = [];
  store.runNow((db, write) => {
    const portfolioId = addPortfolio(db, write);
    jan = addDebtor(db, write, { portfolioId, givenName: 'Jan', familyName: 'Kowalski' });
    loan = addDebt(db, write, { portfolioId, debtorId: jan });
    anna = addDebtor(db, write, { portfolioId, displayName: 'Anna Lis' });
    addDebt(db, write, { portfolioId, debtorId: anna });
  });
});
afterEach(() => store.close());

const bank = () =>
  createBank({ store, publisher: { publish: (name) => void published.push(name) } });
// biome-ignore lint/suspicious/noExplicitAny: replies of several commands
const send = (name: keyof ReturnType<typeof bank>, input: object): Promise<any> =>
  (bank()[name] as (input: object, context: RequestContext) => Promise<unknown>)(input, context);
const page = { limit: 50 };

function entry(overrides: Partial<NewBankEntry> = {}): string {
  const sourceKey = overrides.sourceKey ?? `k${Math.random()}`;
  store.runNow((db, write) =>
    storeEntry(
      db,
      write,
      {
        account: null,
        bookedOn: '2026-11-18',
        amountMinor: 6_000,
        currency: 'PLN',
        payer: 'KOWALSKI JAN',
        payerAccount: null,
        title: 'dziękuję 100%',
        accounts: [],
        ...overrides,
        sourceKey,
      },
      { importJobId: 'j', dryRun: false, canMatch: true },
    ),
  );
  return (
    store.read.get<{ id: string }>('SELECT id FROM bankEntry WHERE sourceKey = ?', sourceKey)?.id ??
    ''
  );
}
const balance = (debtorId: string) =>
  store.read.get<{ sum: number }>(
    'SELECT sum(balanceMinor) AS sum FROM debt WHERE debtorId = ?',
    debtorId,
  )?.sum;

it('shows open entries with whom they may be from, a page at a time, oldest first', async () => {
  const later = entry({ bookedOn: '2026-11-19', payer: null });
  const first = entry();
  const one = await send('bank.queue', { limit: 1 });
  expect(one.total).toBe(2);
  expect(one.entries).toMatchObject([
    {
      bankEntryId: first,
      state: 'open',
      suggestions: [
        {
          debtorId: jan,
          debtorName: 'Jan Kowalski',
          certainty: 'possible',
          reasons: ['name'],
          balanceMinor: 10_000,
        },
      ],
    },
  ]);
  const two = await send('bank.queue', { limit: 1, cursor: one.cursor });
  expect(two.entries.map((each: { bankEntryId: string }) => each.bankEntryId)).toEqual([later]);
});

it('books an entry as a person says, once, and opens it again with everything as it was', async () => {
  const bankEntryId = entry();
  const matched = await send('bank.match', { bankEntryId, debtorId: jan, debtId: loan });
  expect(matched).toMatchObject({
    state: 'matched',
    debtorName: 'Jan Kowalski',
    matchedBy: 'person',
  });
  expect(balance(jan)).toBe(4_000);
  await expect(send('bank.match', { bankEntryId, debtorId: anna })).rejects.toMatchObject({
    code: 'bank.not-open',
  });
  expect(await send('bank.unmatch', { bankEntryId })).toMatchObject({
    state: 'open',
    debtorId: null,
  });
  expect(balance(jan)).toBe(10_000);
  await send('bank.match', { bankEntryId, debtorId: anna });
  expect([balance(jan), balance(anna)]).toEqual([10_000, 4_000]);
  expect(published).toEqual(expect.arrayContaining(['bank.changed', 'debtor.changed']));
});

it('splits an entry over debtors when the parts are the whole, and takes the split back', async () => {
  const bankEntryId = entry();
  const split = [
    { debtorId: jan, amountMinor: 2_500 },
    { debtorId: anna, amountMinor: 3_500 },
  ];
  const wrong = [split[0], { debtorId: anna, amountMinor: 3_400 }];
  await expect(
    send('bank.match', { bankEntryId, debtorId: jan, split: wrong }),
  ).rejects.toMatchObject({
    code: 'bank.split-differs',
  });
  await send('bank.match', { bankEntryId, debtorId: jan, split });
  expect([balance(jan), balance(anna)]).toEqual([7_500, 6_500]);
  await send('bank.unmatch', { bankEntryId });
  expect([balance(jan), balance(anna)]).toEqual([10_000, 10_000]);
});

it('can book an entry again whose payment a person took back on the card', async () => {
  const bankEntryId = entry();
  await send('bank.match', { bankEntryId, debtorId: jan });
  store.runNow((db) => {
    const payment = db.get<{ id: string }>('SELECT id FROM payment');
    db.update('payment', payment?.id ?? '', { status: 'reversed' });
  });
  await send('bank.unmatch', { bankEntryId });
  await send('bank.match', { bankEntryId, debtorId: anna });
  expect(balance(anna)).toBe(4_000);
});

it('keeps ignored entries out of the queue until they are taken back', async () => {
  const bankEntryId = entry();
  expect(await send('bank.ignore', { bankEntryId })).toMatchObject({ state: 'ignored' });
  expect((await send('bank.queue', page)).total).toBe(0);
  await send('bank.unmatch', { bankEntryId });
  expect((await send('bank.queue', page)).total).toBe(1);
  await expect(send('bank.unmatch', { bankEntryId })).rejects.toMatchObject({
    code: 'bank.not-matched',
  });
});

it('lists by state and by text, in which signs of patterns are letters', async () => {
  const one = entry();
  entry({ title: 'czynsz', payer: null });
  const ids = (reply: { entries: { bankEntryId: string }[] }) =>
    reply.entries.map(({ bankEntryId }) => bankEntryId);
  expect(ids(await send('bank.list', { ...page, text: '100%' }))).toEqual([one]);
  expect(ids(await send('bank.list', { ...page, text: '1_0%' }))).toEqual([]);
  expect(ids(await send('bank.list', { ...page, state: 'matched' }))).toEqual([]);
  expect(ids(await send('bank.list', page))).toHaveLength(2);
});
