import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '#shared/contract/index.ts';
import type { Publisher, RequestContext } from '../contract-server/types.ts';
import { systemClock } from '../store/index.ts';
import { openTestStore, type TestStore } from '../testing/open-test-store.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from './debtors.fixture.ts';
import { createDebtors, type Debtors } from './debtors.ts';
import { debtorsWrites } from './debtors-writes.ts';
import { insertPortfolio } from './writes/portfolio-writes.ts';
import { upsertDebtor } from './writes/upsert-debtor.ts';

let store: TestStore;
let debtors: Debtors;
let published: { name: string; data: unknown }[];
let portfolioId: string;
let debtorId: string;

const context = (commandId: string | null = null): RequestContext => ({
  principal: {
    personId: '01a00000-0000-7000-8000-000000000001',
    displayName: 'Ewa',
    role: 'agent',
  },
  connectionId: 'one',
  commandId,
});

beforeEach(() => {
  store = openTestStore({ writes: debtorsWrites });
  published = [];
  const publisher: Publisher = { publish: (name, data) => void published.push({ name, data }) };
  debtors = createDebtors({ store, clock: systemClock, door: () => [], publisher });
  store.runNow((db, write) => {
    portfolioId = addPortfolio(db, write);
    debtorId = addDebtor(db, write, { portfolioId });
    addDebt(db, write, { portfolioId, debtorId });
    addPhone(db, write, { debtorId, value: '+48501234567' });
  });
});
afterEach(() => store.close());

/** Input as the server hands it over: parsed, with defaults. */
function call<Name extends keyof typeof commands & `debtor.${string}`>(
  name: Name,
  input: Record<string, unknown>,
  request = context(),
): Promise<Record<string, unknown>> {
  const handler = debtors.handlers[name] as (input: unknown, context: RequestContext) => unknown;
  return Promise.resolve()
    .then(() => handler(commands[name].input.parse(input), request))
    .then((value) => commands[name].output.parse(value) as Record<string, unknown>);
}

describe('debtor commands', () => {
  it('add a note, announce it, and add it once when the command is repeated', async () => {
    const commandId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    const input = { debtorId, text: 'Обещал заплатить w środę' };
    const first = await call('debtor.add-note', input, context(commandId));
    const second = await call('debtor.add-note', input, context(commandId));
    expect(second).toEqual(first);
    expect(first).toMatchObject({ channel: 'note', text: input.text });
    expect(published[0]).toMatchObject({
      name: 'debtor.interaction-added',
      data: { debtorId, interaction: { text: input.text } },
    });
    const history = await call('debtor.history', { debtorId });
    expect(history).toMatchObject({ items: [{ text: input.text }], more: false });
  });

  it('answer not-found for debtors and portfolios that are not there', async () => {
    const unknown = '01a00000-0000-7000-8000-00000000dead';
    const notFound = expect.objectContaining({ code: 'contract.not-found' });
    await expect(call('debtor.card', { debtorId: unknown })).rejects.toEqual(notFound);
    await expect(call('debtor.add-note', { debtorId: unknown, text: 'x' })).rejects.toEqual(
      notFound,
    );
    await expect(call('debtor.delete-portfolio', { portfolioId: unknown })).rejects.toEqual(
      notFound,
    );
  });

  it('keep what is known of contacts before us: nobody was called about made-up debts', async () => {
    const known = (id = portfolioId) =>
      store.read.get('SELECT priorContact FROM portfolio WHERE id = ?', id);
    expect(known()).toEqual({ priorContact: 'none' });
    const [bought, own] = store.runNow((db, write) =>
      [undefined, 'none' as const].map((priorContact) =>
        insertPortfolio(db, write, { name: 'Autumn', creditorName: 'C', priorContact }),
      ),
    );
    expect([known(bought), known(own)]).toEqual([
      { priorContact: 'unknown' },
      { priorContact: 'none' },
    ]);
    await call('debtor.set-prior-contact', { portfolioId: bought, priorContact: 'imported' });
    expect(known(bought)).toEqual({ priorContact: 'imported' });
    expect(published).toMatchObject([{ name: 'rules.changed' }]);
    expect(store.read.get('SELECT action, detailsJson FROM auditEntry')).toEqual({
      action: 'debtor.prior-contact-set',
      detailsJson: JSON.stringify({
        ...{ portfolioId: bought, before: 'unknown', priorContact: 'imported' },
      }),
    });
  });

  it('refuse to delete a portfolio that a campaign uses', async () => {
    store.runNow((db, write) =>
      db.insert('campaign', {
        id: write.newId(),
        name: 'Week 48',
        portfolioId,
        status: 'paused',
        settingsJson: '{}',
        createdAt: write.now,
      }),
    );
    await expect(call('debtor.delete-portfolio', { portfolioId })).rejects.toEqual(
      expect.objectContaining({ code: 'debtor.portfolio-in-use' }),
    );
  });

  it('delete a portfolio with its debtors as tombstones, and keep the history', async () => {
    await call('debtor.add-note', { debtorId, text: 'stays' });
    store.runNow((db, write) => {
      for (let each = 0; each < 450; each += 1) addDebtor(db, write, { portfolioId });
    });
    const removed = await call('debtor.delete-portfolio', { portfolioId });
    expect(removed).toEqual({ debtors: 451 });
    expect(store.read.all('SELECT id FROM debtor WHERE deletedAt IS NULL')).toEqual([]);
    expect(store.read.all('SELECT id FROM portfolio WHERE deletedAt IS NULL')).toEqual([]);
    const count = (sql: string) => store.read.get<{ n: number }>(sql)?.n;
    expect(count('SELECT count(*) AS n FROM debtor WHERE deletedAt IS NOT NULL')).toBe(451);
    expect(count('SELECT count(*) AS n FROM debt WHERE deletedAt IS NULL')).toBe(0);
    expect(count('SELECT count(*) AS n FROM contactPoint WHERE deletedAt IS NULL')).toBe(0);
    expect(count('SELECT count(*) AS n FROM interaction')).toBe(1);
    expect(count("SELECT count(*) AS n FROM change WHERE op = 'chunk'")).toBe(23);
  });

  it('finish a removal that was cut off', async () => {
    await store.write(debtorsWrites, 'debtor.removePortfolio', { portfolioId });
    await debtors.resumeRemovals();
    expect(store.read.all('SELECT id FROM debtor WHERE deletedAt IS NULL')).toEqual([]);
  });
});

describe('upserting a debtor', () => {
  const input = {
    externalRef: 'K-1',
    kind: 'person',
    displayName: 'Jan Nowak',
    language: 'pl',
    jurisdiction: 'PL',
    timeZones: ['Europe/Warsaw'],
  } as const;

  it('creates, leaves what is the same, and changes only what differs', () => {
    const upsert = (overrides: object) =>
      store.runNow((db, write) => upsertDebtor(db, write, { ...input, portfolioId, ...overrides }));
    const created = upsert({ city: 'Łódź' });
    const same = upsert({ importJobId: 'another' });
    const updated = upsert({ city: 'Kraków', importJobId: 'third' });
    expect([created.outcome, same.outcome, updated.outcome]).toEqual([
      'created',
      'same',
      'updated',
    ]);
    expect(updated.id).toBe(created.id);
    const changes = store.read.all<{ op: string; columnsJson: string }>(
      'SELECT op, columnsJson FROM change WHERE rowId = ? ORDER BY seq',
      created.id,
    );
    expect(changes).toEqual([
      { op: 'insert', columnsJson: '["*"]' },
      { op: 'update', columnsJson: '["city","importJobId"]' },
    ]);
  });

  it('does not revive a number that an agent called wrong', () => {
    const phone = { debtorId, value: '+48600000000' };
    const status = store.runNow((db, write) => {
      const id = addPhone(db, write, phone);
      db.update('contactPoint', id, { status: 'wrongNumber' });
      addPhone(db, write, { ...phone, kind: 'home' });
      return db.get('SELECT status, kind FROM contactPoint WHERE id = ?', id);
    });
    expect(status).toEqual({ status: 'wrongNumber', kind: 'home' });
  });
});
