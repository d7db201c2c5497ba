import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandName, ParsedInput } from '#shared/contract/index.ts';
import type { Publisher, RequestContext } from '../../contract-server/types.ts';
import { systemClock } from '../../store/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../debtors.fixture.ts';
import { debtorsWrites } from '../debtors-writes.ts';
import { listWrites } from './list-writes.ts';
import { Lists } from './lists.ts';

let store: TestStore;
let lists: Lists;
let debtorIds: string[];
let published: [string, unknown][];
const publisher: Publisher = { publish: (name, data) => published.push([name, data]) };
const LEAD = '01900000-0000-7000-8000-000000000001';
const AGENT = '01900000-0000-7000-8000-000000000002';

const open = () =>
  new Lists({
    store,
    connection: { file: store.file, keyHex: store.keyHex },
    clock: systemClock,
    publisher,
    log: () => {},
  });

beforeEach(() => {
  published = [];
  store = openTestStore({ writes: { ...listWrites, ...debtorsWrites } });
  debtorIds = store.runNow((db, context) => {
    const portfolioId = addPortfolio(db, context, 'Spring');
    return Array.from({ length: 600 }, (_, each) => {
      const displayName = `Debtor ${String(each).padStart(3, '0')}`;
      const debtorId = addDebtor(db, context, {
        ...{ portfolioId, displayName, language: each % 2 ? 'pl' : 'ru' },
      });
      addDebt(db, context, { portfolioId, debtorId, balanceMinor: 100 });
      addPhone(db, context, { debtorId, value: `+4850${1_000_000 + each}` });
      return debtorId;
    });
  });
  lists = open();
});
afterEach(async () => {
  await lists.close();
  await store.close();
});

const context = (personId: string, commandId: string | null): RequestContext => ({
  principal: {
    personId: personId as never,
    displayName: 'Ann',
    role: personId === LEAD ? 'lead' : 'agent',
  },
  connectionId: personId,
  commandId,
});
function call<Name extends CommandName>(
  name: Name,
  input: unknown,
  { personId = LEAD, commandId = null }: { personId?: string; commandId?: string | null } = {},
) {
  const handler = lists.handlers[name];
  return handler?.(input as ParsedInput<Name>, context(personId, commandId)) as Promise<
    Awaited<ReturnType<NonNullable<typeof handler>>>
  >;
}
/** After many changes at once the answer says that it is not up to date, and soon is. */
async function upToDate(filter: object) {
  const asked = () => call('list.count', { filter });
  await expect.poll(async () => (await asked()).upToDate, { timeout: 10_000 }).toBe(true);
  return asked();
}
const LIST = { filter: {}, sort: { by: 'name', descending: false }, offset: 0, limit: 50 };
const job = async (bulkJobId: string) =>
  (await call('list.bulk-jobs', {})).jobs.find((each) => each.bulkJobId === bulkJobId);
const ended = (bulkJobId: string) =>
  expect.poll(async () => (await job(bulkJobId))?.state, { timeout: 10_000 }).toBe('finished');

describe('lists', () => {
  it('answer from their thread, and see at once what was written', async () => {
    const { rows, total, sums } = await call('list.query', LIST);
    expect(total).toBe(600);
    expect(sums).toEqual([{ amountMinor: 60_000, currency: 'PLN' }]);
    expect(rows[0]?.displayName).toBe('Debtor 000');
    store.runNow((db) => db.remove('debtor', debtorIds[0] as string));
    expect((await call('list.count', { filter: {} })).total).toBe(599);
    const found = await call('search.find', { query: 'debtor 17', limit: 20 });
    expect(found.hits).toHaveLength(10);
    expect(published).toContainEqual([
      'list.progressed',
      { state: 'ready', done: 600, total: 600 },
    ]);
  });

  it('serve the older commands', async () => {
    const input = { search: '50100001', sort: 'name', descending: false, offset: 0, limit: 50 };
    const { rows, total } = await call('debtor.list', input);
    expect([rows.length, total]).toEqual([10, 10]);
    const { portfolios } = await call('debtor.list-portfolios', {});
    expect(portfolios).toMatchObject([{ name: 'Spring', debtors: 600, debts: 600 }]);
  });

  it('answer the newest of searches that come faster than they are answered', async () => {
    await call('list.count', { filter: {} });
    const typed = ['d', 'de', 'deb', 'debtor 5'].map((query) =>
      call('search.find', { query, limit: 5 }).then(
        ({ hits }) => hits.length,
        (error: { code: string }) => error.code,
      ),
    );
    expect(await Promise.all(typed)).toEqual([5, 'search.superseded', 'search.superseded', 5]);
    expect((await call('search.find', { query: 'debtor', limit: 3 })).hits).toHaveLength(3);
  });

  it('put the debtors that a person had open first, also after a restart', async () => {
    const recent = debtorIds.slice(300, 302);
    for (const id of recent) lists.recent.add(AGENT, id);
    await lists.close();
    lists = open();
    const find = (query: string, personId: string) =>
      call('search.find', { query, limit: 3 }, { personId });
    const { hits } = await find('debtor', AGENT);
    expect(hits.map((hit) => hit.debtorId).slice(0, 2)).toEqual([...recent].reverse());
    expect((await find('', AGENT)).hits).toHaveLength(2);
    expect((await find('', LEAD)).hits).toEqual([]);
  });
});

describe('saved filters', () => {
  const filter = { languages: ['ru'] };

  it('are their owner’s, or shared by leads', async () => {
    const own = await call(
      'list.save-filter',
      { name: 'Mine', filter, shared: false },
      { personId: AGENT },
    );
    const shared = await call('list.save-filter', { name: 'Ours', filter, shared: true });
    expect(shared).toMatchObject({ name: 'Ours', filter, sort: null, shared: true, own: true });
    const names = async (personId: string) =>
      (await call('list.saved-filters', {}, { personId })).filters.map((each) => each.name);
    expect(await names(AGENT)).toEqual(['Mine', 'Ours']);
    expect(await names(LEAD)).toEqual(['Ours']);
    const change = { savedFilterId: shared.savedFilterId, name: 'Mine now', filter, shared: false };
    const refused = expect.objectContaining({ code: 'access.refused' });
    await expect(call('list.save-filter', change, { personId: AGENT })).rejects.toEqual(refused);
    await expect(call('list.delete-filter', change, { personId: AGENT })).rejects.toEqual(refused);
    await expect(
      call('list.save-filter', { name: 'x', filter, shared: true }, { personId: AGENT }),
    ).rejects.toEqual(refused);
    await expect(call('list.delete-filter', { savedFilterId: own.savedFilterId })).rejects.toEqual(
      expect.objectContaining({ code: 'contract.not-found' }),
    );
    await call('list.delete-filter', { savedFilterId: own.savedFilterId }, { personId: AGENT });
    expect(await names(AGENT)).toEqual(['Ours']);
  });
});

describe('an action for many', () => {
  const russian = { filter: { languages: ['ru'] } };
  const commandId = '01900000-0000-7000-8000-00000000000c';
  const count = (sql: string) => store.read.get<{ n: number }>(sql)?.n;

  it('sets and lifts a hold for a filter, once for a repeated command', async () => {
    const action = { kind: 'setHold', hold: 'lawyer', reason: 'letter of 1 May' };
    const first = await call('list.bulk', { debtors: russian, action }, { commandId });
    const again = await call('list.bulk', { debtors: russian, action }, { commandId });
    expect(again.bulkJobId).toBe(first.bulkJobId);
    await ended(first.bulkJobId);
    expect(await job(first.bulkJobId)).toMatchObject({
      ...{ total: 300, done: 300, changed: 300, passedOver: 0, action: 'setHold' },
    });
    expect(count("SELECT count(*) AS n FROM hold WHERE kind = 'lawyer'")).toBe(300);
    expect((await upToDate({ flagsAnyOf: ['lawyer'] })).total).toBe(300);
    const more = await call('list.bulk', { debtors: { filter: {} }, action });
    await ended(more.bulkJobId);
    expect(await job(more.bulkJobId)).toMatchObject({ changed: 300, passedOver: 300 });
    const lift = await call('list.bulk', {
      ...{
        debtors: { debtorIds: debtorIds.slice(0, 10) },
        action: { kind: 'liftHold', hold: 'lawyer' },
      },
    });
    await ended(lift.bulkJobId);
    expect((await upToDate({ flagsAnyOf: ['lawyer'] })).total).toBe(590);
    const told = published.flatMap(([name, data]) =>
      name === 'list.bulk-progressed' ? [data] : [],
    );
    expect(told.at(-1)).toMatchObject({ job: { state: 'finished', done: 10 } });
  });

  it('adds notes, callbacks and entries of a campaign', async () => {
    const campaignId = store.runNow((db, write) => {
      const id = write.newId();
      const portfolioId = db.get<{ id: string }>('SELECT id FROM portfolio')?.id;
      const columns = { name: 'Week 48', status: 'draft', settingsJson: '{}', createdAt: 1 };
      db.insert('campaign', { id, portfolioId, ...columns });
      return id;
    });
    const debtors = { debtorIds: [...debtorIds.slice(0, 260), LEAD] };
    const at = Date.now() + 3_600_000;
    for (const action of [
      { kind: 'addToCampaign', campaignId },
      { kind: 'addToCampaign', campaignId },
      { kind: 'callback', at, personId: AGENT },
      { kind: 'note', text: 'A letter was sent' },
    ]) {
      await ended((await call('list.bulk', { debtors, action })).bulkJobId);
    }
    expect(count('SELECT count(*) AS n FROM contactListEntry')).toBe(260);
    expect(count('SELECT count(DISTINCT position) AS n FROM contactListEntry')).toBe(260);
    expect(count(`SELECT count(*) AS n FROM callback WHERE personId = '${AGENT}'`)).toBe(260);
    expect(count("SELECT count(*) AS n FROM interaction WHERE channel = 'note'")).toBe(260);
    expect((await call('list.count', { filter: { nextActionBefore: at + 1_000 } })).total).toBe(
      260,
    );
  });

  it('goes on after the engine has stopped in between, and does nothing twice', async () => {
    const action = { kind: 'note', text: 'once' };
    const { bulkJobId } = await call('list.bulk', { debtors: { filter: {} }, action });
    await lists.close();
    const before = await store.read.get<{ state: string; done: number }>(
      'SELECT state, done FROM bulkJob WHERE id = ?',
      bulkJobId,
    );
    expect(before?.state).not.toBe('finished');
    lists = open();
    lists.resume();
    await ended(bulkJobId);
    expect(count("SELECT count(*) AS n FROM interaction WHERE channel = 'note'")).toBe(600);
    expect(count('SELECT count(*) AS n FROM bulkPart')).toBe(0);
  });

  it('stops when it is cancelled, and refuses what cannot be set for many', async () => {
    const debtors = { filter: {} };
    const { bulkJobId } = await call('list.bulk', { debtors, action: { kind: 'note', text: 'x' } });
    const cancelled = await call('list.cancel-bulk', { bulkJobId });
    expect(cancelled.state).toBe('cancelled');
    const done = () => count("SELECT count(*) AS n FROM interaction WHERE channel = 'note'");
    await lists.close();
    lists = open();
    expect(done()).toBe((await job(bulkJobId))?.done);
    await expect(
      call('list.bulk', { debtors, action: { kind: 'setHold', hold: 'mediumOptOut' } }),
    ).rejects.toEqual(expect.objectContaining({ code: 'flag.incomplete' }));
    await expect(
      call('list.bulk', { debtors, action: { kind: 'setHold', hold: 'cease', until: 1 } }),
    ).rejects.toMatchObject({ code: 'contact.date-past' });
    await expect(
      call('list.bulk', { debtors, action: { kind: 'addToCampaign', campaignId: LEAD } }),
    ).rejects.toEqual(expect.objectContaining({ code: 'contract.not-found' }));
  });
});
