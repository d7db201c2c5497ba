import { afterEach, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { createAttemptWrites, createRecoverWrites } from '../attempts/writes.ts';

const opened: TestStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

const door = {} as Parameters<typeof createAttemptWrites>[0];
const writes = createAttemptWrites(door);
const recover = createRecoverWrites(writes);

/** A dialed attempt of nobody's debtor: nothing but its own rows hangs on its end. */
function dialed() {
  const store = openTestStore({ writes: { ...writes, ...recover } });
  opened.push(store);
  store.runNow((db) =>
    db.insert('attempt', {
      id: 'a',
      callId: 'a',
      number: '+13125550123',
      mode: 'manual',
      trunkId: 't',
      callerId: '+16465551000',
      state: 'ringing',
      reservedAt: 1,
      dialedAt: 2,
    }),
  );
  const end = (result: 'noAnswer' | 'rejected', sipStatus: number) =>
    store.write(writes, 'attempt.end', {
      attemptId: 'a',
      result,
      endedBy: 'network',
      sipStatus,
      sipReason: null,
      q850Cause: null,
    });
  const tally = () => store.read.all('SELECT calls, answers, refusals FROM callerIdTally');
  return { store, end, tally };
}

it('an attempt is counted in the write that ends it, and once however often it is ended', async () => {
  const { end, tally } = dialed();
  expect(tally()).toEqual([]);
  await end('rejected', 608);
  await end('rejected', 608);
  expect(tally()).toEqual([{ calls: 1, answers: 0, refusals: 1 }]);
});

it('an attempt of a run that died is no try that nobody answered', async () => {
  const { store, end, tally } = dialed();
  await store.write(recover, 'attempt.recover', null);
  expect(tally()).toEqual([]);
  await end('noAnswer', 480);
  expect(tally()).toEqual([]);
});

it('what ended before the run died is not counted again by the next', async () => {
  const { store, end, tally } = dialed();
  await end('noAnswer', 480);
  await store.write(recover, 'attempt.recover', null);
  expect(tally()).toEqual([{ calls: 1, answers: 0, refusals: 0 }]);
});
