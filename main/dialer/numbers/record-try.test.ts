import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCampaignSettings } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../../debtors/debtors.fixture.ts';
import { workWrites } from '../../debtors/index.ts';
import { manualClock } from '../../testing/contract-clock.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { createNumberOrder } from './number-order.ts';
import { readOrders } from './read-orders.ts';
import { correctTry, type EndedTry, recordTry } from './record-try.ts';

const HOUR_MS = 3_600_000;
/** a Monday, 18:00 in Warsaw */
const START = Date.parse('2026-11-23T18:00:00+01:00');
const rules = defaultCampaignSettings.numbers;

let store: TestStore;
let clock: ReturnType<typeof manualClock>;
let debtorId: string;
let mobile: string;
let home: string;
beforeEach(() => open());
afterEach(() => store.close());

function open() {
  clock = manualClock(START);
  store = openTestStore({ clock, writes: workWrites });
  store.runNow((db, context) => {
    const portfolioId = addPortfolio(db, context);
    debtorId = addDebtor(db, context, { portfolioId, country: 'PL' });
    addDebt(db, context, { portfolioId, debtorId, debtKind: 'Loan ' });
    mobile = addPhone(db, context, { debtorId, value: '+48500000001' });
    home = addPhone(db, context, { debtorId, value: '+48220000001', kind: 'home' });
  });
}

const ended = (result: AttemptResult, overrides: Partial<EndedTry> = {}): EndedTry => ({
  debtorId,
  contactPointId: mobile,
  dialedAt: clock.now(),
  answeredAt: null,
  result,
  delayMs: HOUR_MS,
  failuresBeforeRetired: 3,
  ...overrides,
});
const record = (result: AttemptResult, overrides?: Partial<EndedTry>) =>
  store.runNow((db, context) => recordTry(db, context, ended(result, overrides)));
const correct = (result: AttemptResult, before: AttemptResult | null) =>
  store.runNow((db, context) => correctTry(db, context, ended(result), before));
const point = (id = mobile) =>
  store.read.get<Record<string, unknown>>('SELECT * FROM contactPoint WHERE id = ?', id);
const tallies = () => store.read.all('SELECT slot, tries, answers FROM answerTally ORDER BY slot');
const profile = (id: string) =>
  store.read.get('SELECT tries, answers FROM answerProfile WHERE id = ?', id);
const order = (at = clock.now()) =>
  readOrders(store.read, [debtorId], { rules, absentWaitMs: HOUR_MS, at })[0]!;

describe('a try that is over', () => {
  it('leaves its number alone for a while, counts, and leaves other numbers free', () => {
    record('noAnswer');
    expect(point()).toMatchObject({
      failures: 1,
      nextTryAt: START + HOUR_MS,
      lastResult: 'noAnswer',
    });
    expect(tallies()).toEqual([{ slot: 'workday-18', tries: 1, answers: 0 }]);
    expect(order().numbers.map(({ contactPointId }) => contactPointId)).toEqual([home]);
    expect(order().nextAt).toBe(START + HOUR_MS);
    expect(order(START + HOUR_MS).numbers).toHaveLength(2);
  });

  it('is counted for all debtors alike too, at the hour of the debtor', () => {
    record('answered', { answeredAt: START });
    for (const key of [
      '*|*|*|*',
      'mobile|*|*|*',
      'mobile|*|*|workday-18',
      'mobile|PL|*|workday-18',
      'mobile|PL|loan|workday-18',
    ])
      expect(profile(key), key).toEqual({ tries: 1, answers: 1 });
  });

  it('counts what was seen three months ago half', () => {
    record('noAnswer');
    clock.advance(90 * 24 * HOUR_MS);
    record('answered');
    expect(profile('*|*|*|*')).toEqual({ tries: 1.5, answers: 1 });
  });

  it('goes by where the debtor said they were', () => {
    store.runNow((db, context) =>
      db.insert('statedPlace', {
        id: context.newId(),
        debtorId,
        timeZonesJson: '["America/New_York"]',
        since: START - 1,
        createdAt: START - 1,
      }),
    );
    record('noAnswer');
    expect(tallies()).toEqual([{ slot: 'workday-12', tries: 1, answers: 0 }]);
  });

  it.each(['cancelled', 'networkFailure', 'interrupted'] as const)(
    '%s says nothing of the number',
    (result) => {
      record(result);
      expect(point()).toMatchObject({ failures: 0, nextTryAt: START + HOUR_MS });
      expect(tallies()).toEqual([]);
    },
  );

  it('that reached a person ends the row of failures, also when they met silence', () => {
    record('busy');
    record('abandoned', { answeredAt: START });
    expect(point()).toMatchObject({ failures: 0 });
    expect(tallies()).toEqual([{ slot: 'workday-18', tries: 2, answers: 1 }]);
  });
});

describe('a number that fails again and again', () => {
  it('is retired, which the history says, and comes back by hand with a clean slate', async () => {
    for (let tries = 0; tries < 3; tries += 1) record('noAnswer');
    expect(point()).toMatchObject({ status: 'retired', failures: 3 });
    const happened = store.read.get<{ dataJson: string }>(
      `SELECT e.dataJson FROM interactionEvent e JOIN interaction i ON i.id = e.interactionId
        WHERE i.debtorId = ? AND e.kind = 'happened'`,
      debtorId,
    );
    expect(JSON.parse(happened?.dataJson ?? '{}')).toMatchObject({
      what: 'contact-point.status-set',
      kind: 'retired',
      name: '+48500000001',
    });
    expect(order().numbers.map(({ contactPointId }) => contactPointId)).toEqual([home]);
    await store.write(workWrites, 'contact-point.set-status', {
      contactPointId: mobile,
      status: 'active',
      personId: null,
    });
    expect(point()).toMatchObject({ status: 'active', failures: 0, nextTryAt: 0 });
    record('noAnswer');
    expect(point()).toMatchObject({ status: 'active', failures: 1 });
  });

  it('is not, where the campaign says never, nor for calls by hand', () => {
    for (let tries = 0; tries < 20; tries += 1) record('noAnswer', { failuresBeforeRetired: null });
    expect(point()).toMatchObject({ status: 'active', failures: 20 });
  });

  it('is dead at once when there is no such number', () => {
    record('invalidNumber', { delayMs: null });
    expect(point()).toMatchObject({ status: 'dead' });
  });

  it('is not touched when somebody has said already what it is', () => {
    store.runNow((db) => db.update('contactPoint', mobile, { status: 'wrongNumber' }));
    record('invalidNumber');
    expect(point()).toMatchObject({ status: 'wrongNumber' });
  });
});

describe('an answer that crossed our hanging up', () => {
  it('turns the failure into an answer, and takes back the retirement that it brought', () => {
    for (let tries = 0; tries < 3; tries += 1) record('noAnswer');
    expect(point()).toMatchObject({ status: 'retired' });
    correct('abandoned', 'noAnswer');
    expect(point()).toMatchObject({ status: 'active', failures: 0 });
    expect(tallies()).toEqual([{ slot: 'workday-18', tries: 3, answers: 1 }]);
  });

  it('is counted as a try where none was, and only once', () => {
    record('cancelled');
    correct('abandoned', 'cancelled');
    correct('abandoned', 'abandoned');
    expect(tallies()).toEqual([{ slot: 'workday-18', tries: 1, answers: 1 }]);
  });
});

describe('any row of tries', () => {
  const results: AttemptResult[] = [
    'noAnswer',
    'busy',
    'rejected',
    'machine',
    'answered',
    'abandoned',
    'cancelled',
    'networkFailure',
  ];
  const told = new Set(['noAnswer', 'busy', 'rejected', 'machine', 'answered', 'abandoned']);

  it('adds up: tallies are the tries that said something, failures those since the last answer', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...results), { maxLength: 12 }), (tries) => {
        open();
        for (const result of tries) {
          clock.advance(HOUR_MS);
          record(result, { failuresBeforeRetired: null });
        }
        const sum = store.read.get<{ tries: number; answers: number }>(
          'SELECT COALESCE(sum(tries), 0) AS tries, COALESCE(sum(answers), 0) AS answers FROM answerTally',
        );
        const reached = (result: AttemptResult) => result === 'answered' || result === 'abandoned';
        expect(sum).toEqual({
          tries: tries.filter((result) => told.has(result)).length,
          answers: tries.filter(reached).length,
        });
        const since = tries.slice(tries.findLastIndex(reached) + 1);
        expect(point()?.failures).toBe(
          since.filter((result) => told.has(result) && !reached(result)).length,
        );
        store.close();
      }),
      { numRuns: 25 },
    );
    open();
  });
});

describe('the order that campaigns ask for', () => {
  const ask = (only: string[], at = clock.now()) =>
    createNumberOrder(store.read).order(
      {
        debtorId,
        rules,
        absentWaitMs: HOUR_MS,
        numbers: only.map((contactPointId) => ({ contactPointId, number: '' })),
      },
      at,
    );

  it('has the numbers in use of those asked about, best first', () => {
    // after work the table names home first
    expect(ask([mobile, home]).numbers.map(({ contactPointId }) => contactPointId)).toEqual([
      home,
      mobile,
    ]);
    expect(ask([mobile]).numbers).toEqual([{ contactPointId: mobile, number: '+48500000001' }]);
  });

  it('says until when all of them wait', () => {
    record('noAnswer');
    expect(ask([mobile])).toEqual({ numbers: [], until: START + HOUR_MS, because: 'number-rests' });
  });

  it('says when there is none at all', () => {
    record('invalidNumber');
    expect(ask([mobile])).toEqual({ numbers: [], until: null, because: 'number-missing' });
  });

  it('holds the maximum of a day by the calls of that day alone', () => {
    store.runNow((db, context) => {
      for (const ago of [1, 2, 3, 20])
        db.insert('attempt', {
          id: context.newId(),
          callId: context.newId(),
          debtorId,
          contactPointId: mobile,
          number: '+48500000001',
          mode: 'progressive',
          trunkId: 't',
          state: 'ended',
          reservedAt: START - ago * HOUR_MS,
          dialedAt: START - ago * HOUR_MS,
        });
      db.update('contactPoint', mobile, { lastTriedAt: START - HOUR_MS });
    });
    expect(ask([mobile])).toMatchObject({ until: Date.parse('2026-11-24T00:00:00+01:00') });
    expect(ask([home]).numbers).toHaveLength(1);
  });

  it('is learnt from the answers of the number', () => {
    for (let tries = 0; tries < 4; tries += 1)
      record('answered', { delayMs: null, answeredAt: START });
    store.runNow((db) => db.update('contactPoint', mobile, { lastTriedAt: START }));
    expect(ask([mobile, home]).numbers[0]?.contactPointId).toBe(mobile);
  });
});
