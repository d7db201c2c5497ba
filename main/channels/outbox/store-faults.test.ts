import { describe, expect, it } from 'vitest';
import { gatewayWrites } from '../gateways/writes.ts';
import type { HandOver } from '../types.ts';
import { openOutboxRig, settle } from './outbox.fixture.ts';

type Rig = Awaited<ReturnType<typeof openOutboxRig>>;
const idOf = (reply: Awaited<ReturnType<Rig['send']>>) => (reply.ok ? reply.messageId : 'refused');

/** Lets writes of this name fail as a full disk does, as long as it answers true. */
function failing(rig: Rig, name: string, fails: (input: unknown) => boolean): void {
  const write = rig.store.write.bind(rig.store);
  rig.store.write = (async (...input: Parameters<typeof write>) => {
    if (input[1] === name && fails(input[2])) throw new Error('SQLITE_FULL');
    return write(...input);
  }) as never;
}

describe('a store that takes nothing for a while', () => {
  it('learns later what came of a message, and it is handed over once', async () => {
    const rig = await openOutboxRig();
    let isFull = true;
    failing(rig, 'message.reports', () => isFull);
    await rig.restart();
    const messageId = idOf(await rig.send(rig.addDebtor()));
    expect(rig.state(messageId).state).toBe('permitted');
    isFull = false;
    rig.clock.advance(6_000);
    await settle();
    expect(rig.state(messageId).state).toBe('sent');
    expect(rig.fake.sent).toHaveLength(1);
  });

  it('and one receipt that it never takes keeps no other out', async () => {
    const rig = await openOutboxRig();
    failing(rig, 'message.reports', (input) => JSON.stringify(input).includes('p-bad'));
    await rig.restart();
    const messageId = idOf(await rig.send(rig.addDebtor()));
    const told = await Promise.allSettled([
      rig.fake.receipt({ providerId: 'p-bad' }),
      rig.fake.receipt({ providerId: `p-${messageId}` }),
    ]);
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(rig.state(messageId).state).toBe('delivered');
  });
});

it('an answer that comes after it was given up tells that it arrived', async () => {
  const rig = await openOutboxRig();
  const answer = Promise.withResolvers<HandOver>();
  rig.fake.answer = () => answer.promise;
  const messageId = idOf(await rig.send(rig.addDebtor()));
  for (let passed = 0; passed < 240; passed += 10) {
    rig.clock.advance(10_000);
    await settle(10);
  }
  expect(rig.state(messageId)).toMatchObject({ state: 'unknown', reason: 'gateway.no-answer' });
  answer.resolve({ kind: 'accepted', providerIds: ['p-late'], parts: 1 });
  await settle();
  expect(rig.state(messageId).state).toBe('sent');
  await rig.fake.receipt({ providerId: 'p-late' });
  expect(rig.state(messageId).state).toBe('delivered');
});

it('a name that a gateway gives again is that of the message which it took last', async () => {
  const rig = await openOutboxRig();
  rig.fake.answer = () => ({ kind: 'accepted', providerIds: ['1'], parts: 1 });
  const [first, second] = [
    idOf(await rig.send(rig.addDebtor())),
    idOf(await rig.send(rig.addDebtor())),
  ];
  await rig.fake.receipt({ providerId: '1', state: 'failed' });
  expect([rig.state(first).state, rig.state(second).state]).toEqual(['sent', 'failed']);
});

it('a gateway that was removed in between gets nothing that would wait for it', async () => {
  const rig = await openOutboxRig();
  const debtor = rig.addDebtor();
  await rig.store.write(gatewayWrites, 'gateway.remove-row', { gatewayId: rig.gatewayId });
  await expect(rig.send(debtor, { dueAt: rig.clock.now() + 60_000 })).rejects.toMatchObject({
    code: 'message.no-gateway',
  });
  expect(rig.store.read.get('SELECT count(*) AS n FROM message')).toEqual({ n: 0 });
});

it('a message to one debtor is no answer in the thread of another', async () => {
  const rig = await openOutboxRig();
  const [own, other] = [rig.addDebtor(), rig.addDebtor()];
  rig.store.runNow((db) => {
    for (const { debtorId } of [own, other])
      db.insert('inboxThread', {
        ...{ id: `t-${debtorId}`, debtorId, peer: '', state: 'open', lastAt: 0, lastInAt: 0 },
        ...{ unread: 0, channels: 'email', createdAt: 0 },
      });
  });
  const threadOf = (messageId: string) =>
    rig.store.read.get('SELECT threadId FROM message WHERE id = ?', messageId);
  const [right, wrong] = [`t-${own.debtorId}`, `t-${other.debtorId}`];
  expect(threadOf(idOf(await rig.send(own, { threadId: wrong })))).toEqual({ threadId: null });
  expect(threadOf(idOf(await rig.send(own, { threadId: right })))).toEqual({ threadId: right });
});

it('a report that a gateway took what waits to be sent again ends the waiting', async () => {
  const rig = await openOutboxRig();
  rig.fake.answer = () => ({ kind: 'later', code: 'x', detail: null, retryAfterMs: 60_000 });
  const messageId = idOf(await rig.send(rig.addDebtor()));
  expect(rig.state(messageId).state).toBe('queued');
  await rig.fake.receipt({ messageId, providerId: 'p-1', state: 'accepted', at: Number.NaN });
  expect(rig.state(messageId).state).toBe('sent');
  expect(rig.reservation(messageId)).toBe('used');
  rig.clock.advance(120_000);
  await settle();
  expect(rig.fake.sent).toHaveLength(1);
});
