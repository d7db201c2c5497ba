import { afterEach, describe, expect, it } from 'vitest';
import { defaultCampaignSettings } from '#shared/contract/index.ts';
import { type DialerRig, FINAL, openDialerRig, turnsUntil } from '../../testing/dialer-rig.ts';
import { createAttemptWrites } from './attempt-writes.ts';
import { createRecoverWrites } from './recover-writes.ts';

let rig: DialerRig;
afterEach(() => rig.close());

const { retry, numbers } = defaultCampaignSettings;

async function dialing(): Promise<void> {
  rig = openDialerRig();
  await rig.attempts.start(rig.start(), 'call');
  await turnsUntil('sent', () => rig.trunks.calls[0]?.sent === true);
}

const writes = () => createAttemptWrites(rig.door);
const point = (id = rig.phoneIds[0]) =>
  rig.store.read.get<Record<string, unknown>>('SELECT * FROM contactPoint WHERE id = ?', id) ?? {};
const sums = () =>
  rig.store.read.get(
    'SELECT COALESCE(sum(tries), 0) AS tries, COALESCE(sum(answers), 0) AS answers FROM answerTally',
  );
const addPhone = (columns: Record<string, unknown> = {}): string =>
  rig.store.runNow((db, context) => {
    const id = context.newId();
    db.insert('contactPoint', {
      id,
      debtorId: rig.debtorIds[0],
      kind: 'home',
      value: '+48220000009',
      status: 'active',
      timeZonesJson: '[]',
      createdAt: 1,
      ...columns,
    });
    return id;
  });
const fail = async (status: number) => {
  rig.trunks.calls[0]?.fail(FINAL(status));
  await turnsUntil('ended', () => rig.attempt('call').endedAt !== null);
};

describe('the number of an attempt', () => {
  it('is tried when the call leaves, once, also when it is sent again with credentials', async () => {
    await dialing();
    const identity = rig.trunks.calls[0]!.identity!;
    const again = { attemptId: String(rig.attempt('call').id), legId: 'l', identity };
    rig.store.runNow((db, context) => writes()['attempt.send'](db, context, again));
    expect(point()).toMatchObject({ tries: 1 });
  });

  it('waits as long as its result says', async () => {
    await dialing();
    await fail(486);
    const nextTryAt = rig.clock.now() + Number(retry.busyMs);
    expect(point()).toMatchObject({ failures: 1, lastResult: 'busy', nextTryAt });
    expect(rig.entry()).toMatchObject({ status: 'waiting', nextAt: nextTryAt });
    expect(sums()).toEqual({ tries: 1, answers: 0 });
  });

  it('lets another number of the debtor be tried before, after its own pause', async () => {
    await dialing();
    addPhone();
    await fail(480);
    const now = rig.clock.now();
    expect(point()).toMatchObject({ nextTryAt: now + Number(retry.noAnswerMs) });
    expect(rig.entry()).toMatchObject({ nextAt: now + Number(numbers.otherNumberAfterMs) });
  });

  it('waits with all others of a person who pushed the call away', async () => {
    await dialing();
    addPhone();
    await fail(603);
    expect(rig.entry()).toMatchObject({ nextAt: rig.clock.now() + Number(retry.rejectedMs) });
  });

  it('that does not exist leaves the debtor to the others, or ends the entry', async () => {
    await dialing();
    addPhone();
    await fail(404);
    expect(point()).toMatchObject({ status: 'dead' });
    expect(rig.entry()).toMatchObject({ status: 'waiting' });
    await rig.close();
    await dialing();
    await fail(404);
    expect(rig.entry()).toMatchObject({ status: 'done', doneReason: 'invalidNumber' });
  });

  it('waits for the other number where that one waits longer than its pause', async () => {
    await dialing();
    const nextTryAt = rig.clock.now() + 60 * 60_000;
    addPhone({ nextTryAt });
    await fail(480);
    expect(rig.entry()).toMatchObject({ nextAt: nextTryAt });
  });
});

describe('each attempt is counted exactly once', () => {
  it('when its end is written twice', async () => {
    await dialing();
    await fail(486);
    const end = {
      attemptId: String(rig.attempt('call').id),
      result: 'busy',
      endedBy: 'network',
      sipStatus: 486,
      sipReason: null,
      q850Cause: null,
    } as const;
    rig.store.runNow((db, context) => writes()['attempt.end'](db, context, end));
    expect(point()).toMatchObject({ tries: 1, failures: 1 });
    expect(sums()).toEqual({ tries: 1, answers: 0 });
  });

  it('when the engine was killed after the end, or before it', async () => {
    const recover = createRecoverWrites(createAttemptWrites({} as never));
    await dialing();
    await fail(486);
    rig.store.runNow((db, context) => recover['attempt.recover'](db, context, null));
    expect(sums()).toEqual({ tries: 1, answers: 0 });
    await rig.close();

    await dialing();
    const real = createRecoverWrites(writes());
    for (let starts = 0; starts < 3; starts += 1)
      rig.store.runNow((db, context) => real['attempt.recover'](db, context, null));
    // it may have rung: it waits, and says nothing of the number
    expect(point()).toMatchObject({ tries: 1, failures: 0, lastResult: 'interrupted' });
    expect(Number(point().nextTryAt)).toBeGreaterThan(rig.clock.now());
    expect(sums()).toEqual({ tries: 0, answers: 0 });
  });

  it('and an answer that came too late once too', async () => {
    await dialing();
    await fail(480);
    const late = { attemptId: String(rig.attempt('call').id), answeredAt: rig.clock.now() };
    for (let times = 0; times < 2; times += 1)
      rig.store.runNow((db, context) => writes()['attempt.reached-too-late'](db, context, late));
    expect(sums()).toEqual({ tries: 1, answers: 1 });
    expect(point()).toMatchObject({ failures: 0, lastResult: 'abandoned' });
    expect(rig.entry()).toMatchObject({ silentAt: rig.clock.now() });
  });
});
