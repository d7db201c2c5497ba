import { expect, test } from 'vitest';
import type { ContactRequest } from '../types.ts';
import { aCall, aCap, aDoor, aPack, because, hour, polish, tuesday } from './door.fixture.ts';

const others = '+48602222222';
const nobodys = '+48603333333';

function twoDebtors() {
  const door = aDoor();
  const mine = door.addDebtor();
  const theirs = door.addDebtor({}, [others]);
  const ask = (request: Partial<ContactRequest>) => {
    const { number: _, ...call } = aCall(mine, { mode: 'manual' });
    return door.rules.decide(door.store.read, { ...call, ...request }, tuesday);
  };
  return { ...door, mine, theirs, ask };
}

test.each([
  ['their number', { number: others }],
  ['their contact point', { contactPointId: `debtor-2 ${others}` }],
  ['their contact point, my number', { contactPointId: `debtor-2 ${others}`, number: polish }],
  ['my contact point, their number', { contactPointId: `debtor-1 ${polish}`, number: others }],
  ['my contact point, no one’s number', { contactPointId: `debtor-1 ${polish}`, number: nobodys }],
  ['a contact point that is none', { contactPointId: 'gone', number: polish }],
])('%s is not reached under my name', (_what, request) => {
  const { store, theirs, ask } = twoDebtors();
  store.runNow((db) =>
    db.insert('hold', { id: 'h1', debtorId: theirs, kind: 'cease', since: tuesday - hour }),
  );
  expect(because(ask(request))).toEqual(['debtor-ambiguous']);
});

test.each([
  ['my number', { number: polish }],
  ['my contact point', { contactPointId: `debtor-1 ${polish}` }],
  ['both', { contactPointId: `debtor-1 ${polish}`, number: polish }],
  ['a number on nobody’s record', { number: nobodys }],
])('%s is reached', (_what, request) => {
  expect(because(twoDebtors().ask(request))).toEqual([]);
});

test('a number that two debtors share is reached under the name of either', () => {
  const { addDebtor, rules, store } = twoDebtors();
  const third = addDebtor();
  expect(rules.decide(store.read, aCall(third), tuesday).allowed).toBe(true);
});

test('a number whose owner is gone is nobody’s', () => {
  const { store, theirs, ask } = twoDebtors();
  store.runNow((db) => db.update('debtor', theirs, { deletedAt: tuesday }));
  expect(because(ask({ number: others }))).toEqual([]);
});

test('a double that a merge took away still names the debtor’s number', () => {
  const { store, mine, ask } = twoDebtors();
  const id = `debtor-2 ${others}`;
  store.runNow((db) =>
    db.update('contactPoint', id, { debtorId: mine, value: polish, deletedAt: tuesday }),
  );
  expect(because(ask({ contactPointId: id, number: polish }))).toEqual([]);
  expect(because(ask({ contactPointId: id, number: nobodys }))).toEqual(['debtor-ambiguous']);
});

test('many are asked at once, each about their own', () => {
  const { store, rules, mine, theirs } = twoDebtors();
  const asked = [aCall(mine), aCall(mine, { number: others }), aCall(theirs, { number: others })];
  const answers = rules.decideMany(store.read, asked, tuesday);
  expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, true]);
});

test('an override for one number lifts nothing for another that comes with its contact point', () => {
  const cap = aCap('SOFT', 1, 1, { severity: 'denyUnlessOverride' });
  const { store, overrides, rules, addDebtor, reserve } = aDoor({ packs: [aPack([cap])] });
  const [debtorId, second] = [addDebtor({}, [polish, others]), nobodys];
  const manual = { mode: 'manual', personId: 'agent' } as const;
  reserve(aCall(debtorId, manual));
  const contactPointId = `${debtorId} ${polish}`;
  store.runNow((db, context) =>
    overrides['override.grant'](db, context, {
      overrideId: null,
      target: { debtorId, channel: 'call', contactPointId },
      reason: 'promised to be at home',
      forMinutes: 60,
      personId: 'lead',
    }),
  );
  const ask = (number: string, more: Partial<ContactRequest> = {}) =>
    rules.decide(store.read, aCall(debtorId, { ...manual, number, ...more }), tuesday);
  expect(ask(polish, { contactPointId }).allowed).toBe(true);
  for (const number of [others, second]) {
    expect(ask(number)).toMatchObject({ allowed: false, override: null });
    expect(ask(number, { contactPointId })).toMatchObject({ allowed: false, override: null });
    expect(reserve(aCall(debtorId, { ...manual, number, contactPointId })).allowed).toBe(false);
  }
  expect(reserve(aCall(debtorId, { ...manual, contactPointId })).allowed).toBe(true);
});
