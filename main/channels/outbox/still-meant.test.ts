import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../../contract-server/types.ts';
import { openOutboxRig, settle } from './outbox.fixture.ts';

type Rig = Awaited<ReturnType<typeof openOutboxRig>>;
const MINUTE = 60_000;
const idOf = (reply: Awaited<ReturnType<Rig['send']>>) => (reply.ok ? reply.messageId : 'refused');
const context: RequestContext = {
  principal: { personId: 'lead-1', displayName: 'Lead', role: 'lead' } as never,
  connectionId: 'c',
  commandId: null,
};
const later = (retryAfterMs: number) =>
  ({ kind: 'later', code: 'gateway.throttled', detail: null, retryAfterMs }) as const;
const lost = { kind: 'unknown', code: 'gateway.no-answer', detail: null } as const;

async function sendMany(rig: Rig, more: Record<string, unknown> = {}): Promise<string> {
  const bulk = await rig.bulks.handlers['message.send-many']?.(
    { templateId: 'template-1', name: 'All', scope: {}, perMinute: null, ...more } as never,
    context,
  );
  await rig.bulks.settled();
  await settle();
  return String(bulk?.messageBulkId);
}

async function pass(rig: Rig, ms: number, stepMs = 1_000): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    rig.clock.advance(stepMs);
    await settle(10);
  }
}

function states(rig: Rig): Record<string, number> {
  const rows = rig.store.read.all<{ state: string; n: number }>(
    'SELECT state, count(*) AS n FROM message GROUP BY state',
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

describe('an address that changed while a message waited', () => {
  it.each([
    { status: 'wrongNumber' },
    { status: 'dead' },
    { value: '+48500999999' },
    { deletedAt: 1 },
  ])('gets nothing any more: %o', async (change) => {
    const rig = await openOutboxRig();
    const debtor = rig.addDebtor();
    const messageId = idOf(await rig.send(debtor, { dueAt: rig.clock.now() + MINUTE }));
    rig.store.runNow((db) => db.update('contactPoint', debtor.contactPointId, change));
    await pass(rig, 5 * MINUTE, 10_000);
    expect(rig.fake.sent).toEqual([]);
    expect(rig.state(messageId)).toMatchObject({
      state: 'failed',
      reason: 'message.no-recipient',
      reservationId: null,
    });
  });

  it('is the same one under another id after a merge', async () => {
    const rig = await openOutboxRig();
    const debtor = rig.addDebtor();
    const { debtorId, contactPointId } = debtor;
    await rig.send(debtor, { dueAt: rig.clock.now() + MINUTE });
    rig.store.runNow((db) => {
      const point = { debtorId, kind: 'mobile', value: debtor.number, createdAt: 0 };
      db.insert('contactPoint', { ...point, id: 'kept', status: 'active', timeZonesJson: '[]' });
      db.update('contactPoint', contactPointId, { deletedAt: 1 });
    });
    await pass(rig, 5 * MINUTE, 10_000);
    expect(rig.fake.sent.map(({ to }) => to)).toEqual([debtor.number]);
  });
});

describe('a message to many', () => {
  it('reaches two debtors once who were merged after it was put down', async () => {
    const rig = await openOutboxRig();
    const [kept, merged] = [rig.addDebtor(), rig.addDebtor()];
    await sendMany(rig, { dueAt: rig.clock.now() + MINUTE });
    rig.store.runNow((db) => {
      db.run('UPDATE message SET debtorId = ?', kept.debtorId);
      db.update('contactPoint', merged.contactPointId, { debtorId: kept.debtorId });
      db.update('debtor', merged.debtorId, { mergedInto: kept.debtorId, deletedAt: 1 });
    });
    await pass(rig, 3 * MINUTE, 10_000);
    expect(rig.fake.sent).toHaveLength(1);
    expect(states(rig)).toEqual({ sent: 1, cancelled: 1 });
    expect(rig.store.read.get('SELECT count(*) AS n FROM contactEvent')).toEqual({ n: 1 });
  });

  it('that was cancelled takes along what comes back from the gateway after that', async () => {
    const rig = await openOutboxRig();
    rig.addDebtor();
    rig.addDebtor();
    const answers: ((answer: ReturnType<typeof later>) => void)[] = [];
    rig.fake.answer = () => new Promise((resolve) => void answers.push(resolve));
    const messageBulkId = await sendMany(rig);
    await pass(rig, 2_000);
    expect(answers).toHaveLength(2);
    await rig.bulks.handlers['message.cancel-many']?.(
      { messageBulkId: messageBulkId as never },
      context,
    );
    for (const answer of answers) answer(later(1_000));
    await pass(rig, MINUTE);
    expect(states(rig)).toEqual({ cancelled: 2 });
    expect(rig.store.read.all('SELECT DISTINCT reservation FROM contactEvent')).toEqual([
      { reservation: 'released' },
    ]);
  });

  it('is cancelled also where its gateway asked to be left alone in the middle', async () => {
    const rig = await openOutboxRig({ maxPerSecond: 100 });
    rig.fake.concurrency = 1;
    for (let index = 0; index < 10; index += 1) rig.addDebtor();
    rig.fake.answer = () => later(10 * MINUTE);
    const messageBulkId = await sendMany(rig);
    await pass(rig, 2_000);
    expect(states(rig)).toEqual({ queued: 10 });
    await rig.bulks.handlers['message.cancel-many']?.(
      { messageBulkId: messageBulkId as never },
      context,
    );
    rig.fake.answer = () => ({ kind: 'accepted', providerIds: ['x'], parts: 1 });
    await pass(rig, 15 * MINUTE, 30_000);
    expect(rig.fake.sent).toHaveLength(1);
    expect(states(rig)).toEqual({ cancelled: 10 });
  });

  it('of which the engine ended while it was being cancelled is cancelled at the next start', async () => {
    const rig = await openOutboxRig();
    rig.addDebtor();
    const messageBulkId = await sendMany(rig, { dueAt: rig.clock.now() + MINUTE });
    rig.store.runNow((db) => db.update('messageBulk', messageBulkId, { state: 'cancelled' }));
    await rig.restart();
    expect(states(rig)).toEqual({ cancelled: 1 });
  });

  it('that is paused and goes on while its debtors are put down leaves nobody out', async () => {
    const rig = await openOutboxRig();
    for (let index = 0; index < 3; index += 1) rig.addDebtor();
    const write = rig.store.write.bind(rig.store);
    const toggle = (paused: boolean, id: string) =>
      rig.store.runNow((db) =>
        db.update('messageBulk', id, { state: paused ? 'paused' : 'collecting' }),
      );
    let isFirst = true;
    rig.store.write = (async (...input: Parameters<typeof write>) => {
      const [, name, given] = input;
      if (name !== 'message.collect-bulk' || !isFirst) return write(...input);
      isFirst = false;
      const { bulkId } = given as unknown as { bulkId: string };
      toggle(true, bulkId);
      const output = await write(...input);
      toggle(false, bulkId);
      return output;
    }) as never;
    await rig.restart();
    await sendMany(rig, { dueAt: rig.clock.now() + MINUTE });
    expect(states(rig)).toEqual({ queued: 3 });
  });
});

describe('asking a gateway', () => {
  it('what it says of one try is not taken for another', async () => {
    const rig = await openOutboxRig();
    const messageId = await (async () => {
      rig.fake.answer = () => lost;
      return idOf(await rig.send(rig.addDebtor()));
    })();
    // two ask at once: a person and the engine
    const answers: ((answer: 'notTaken') => void)[] = [];
    rig.fake.queryAnswer = (() => new Promise((resolve) => void answers.push(resolve))) as never;
    rig.clock.advance(1_000);
    const asked = [rig.outbox.query(messageId), rig.outbox.query(messageId)];
    await settle();
    answers[0]?.('notTaken');
    await settle();
    expect(rig.fake.sent).toHaveLength(2);
    expect(rig.state(messageId).state).toBe('unknown');
    // the second try may have arrived: an answer about the first one says nothing of it
    answers[1]?.('notTaken');
    await Promise.all(asked);
    await settle();
    expect(rig.fake.sent).toHaveLength(2);
    expect(rig.state(messageId).state).toBe('unknown');
  });

  it('names the instant at which handing over began, not that of the permission', async () => {
    const rig = await openOutboxRig({ maxPerSecond: 0.02 });
    rig.fake.answer = () => lost;
    await rig.send(rig.addDebtor());
    const waits = idOf(await rig.send(rig.addDebtor()));
    await pass(rig, 3 * MINUTE, 500);
    const { sent, asked } = rig.fake;
    expect(sent.map(({ messageId }) => messageId)).toContain(waits);
    const of = asked.find(({ messageId }) => messageId === waits);
    expect(of?.permittedAt).toBeGreaterThanOrEqual(rig.clock.now() - 3 * MINUTE + 45_000);
  });

  it('that never answers holds up neither the others nor the end', async () => {
    const rig = await openOutboxRig({ gateways: 2 });
    const [slow = '', quick = ''] = rig.gatewayIds;
    for (const gatewayId of [slow, quick]) {
      (rig.fakes.get(gatewayId) as typeof rig.fake).answer = () => lost;
      await rig.send(rig.addDebtor(), { gatewayId });
    }
    (rig.fakes.get(slow) as typeof rig.fake).queryAnswer = (() => new Promise(() => {})) as never;
    await pass(rig, 10_000);
    expect(rig.fakes.get(quick)?.asked).toHaveLength(1);
    await rig.outbox.stop();
  });

  it('goes on until it can be reached again, also after more than a day', async () => {
    const rig = await openOutboxRig();
    rig.fake.answer = () => lost;
    const messageId = idOf(await rig.send(rig.addDebtor()));
    rig.fake.parts.onState({ kind: 'connecting', code: null, detail: null });
    await pass(rig, 30 * 60 * MINUTE, 10 * MINUTE);
    expect(rig.fake.asked).toEqual([]);
    rig.fake.queryAnswer = ({ messageId: id }) => ({
      ...{ kind: 'receipt', providerId: null, messageId: id, state: 'delivered', hint: false },
      ...{ badAddress: false, code: null, at: null },
    });
    rig.fake.parts.onState({ kind: 'ready', code: null, detail: null });
    await pass(rig, 2 * MINUTE, 5_000);
    expect(rig.state(messageId).state).toBe('delivered');
  });
});

describe('a clock that jumps', () => {
  it('ends nothing that waits while nobody has confirmed the time', async () => {
    const rig = await openOutboxRig();
    rig.suspect.clock = true;
    const messageId = idOf(
      await rig.send(rig.addDebtor(), {
        dueAt: rig.clock.now() + MINUTE,
        expiresAt: rig.clock.now() + 2 * MINUTE,
      }),
    );
    await pass(rig, 5 * MINUTE, 10_000);
    expect(rig.state(messageId).state).toBe('queued');
    rig.suspect.clock = false;
    await pass(rig, 2 * MINUTE, 10_000);
    expect(rig.state(messageId)).toMatchObject({ state: 'expired', reason: 'message.expired' });
  });
});
