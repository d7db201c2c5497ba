import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../../contract-server/types.ts';
import { lacking, type Made, openOutboxRig, settle } from './outbox.fixture.ts';

type Rig = Awaited<ReturnType<typeof openOutboxRig>>;
const context: RequestContext = {
  principal: { personId: 'lead-1', displayName: 'Lead', role: 'lead' } as never,
  connectionId: 'c',
  commandId: null,
};

async function sendMany(rig: Rig, more: Record<string, unknown> = {}): Promise<string> {
  const bulk = await rig.bulks.handlers['message.send-many']?.(
    { templateId: 'template-1', name: 'All', scope: {}, perMinute: null, ...more } as never,
    context,
  );
  await rig.bulks.settled();
  await settle();
  return String(bulk?.messageBulkId);
}

const viewOf = async (rig: Rig) =>
  (await rig.bulks.handlers['message.list-many']?.({ limit: 1 }, context))?.bulks[0];

async function pass(rig: Rig, ms: number, stepMs = 100): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    rig.clock.advance(stepMs);
    await settle(10);
  }
}

const DAY = 86_400_000;

function hold(rig: Rig, debtor: Made | undefined, more: { until?: number } = {}): void {
  rig.store.runNow((db, { newId, now }) =>
    db.insert('hold', {
      ...{ id: newId(), debtorId: debtor?.debtorId, kind: 'mediumOptOut', medium: 'sms' },
      ...{ since: now - 1, ...more },
    }),
  );
}

function states(rig: Rig): Record<string, number> {
  const rows = rig.store.read.all<{ state: string; n: number }>(
    'SELECT state, count(*) AS n FROM message GROUP BY state',
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

describe('a message to many', () => {
  it('gives each debtor a text of their own, leaves out who has no address, and ends', async () => {
    const rig = await openOutboxRig();
    const debtors = Array.from({ length: 30 }, () => rig.addDebtor());
    const [gone] = debtors;
    rig.store.runNow((db) =>
      db.update('contactPoint', gone?.contactPointId ?? '', { status: 'dead' }),
    );
    rig.addDebtor({ id: lacking });
    await sendMany(rig);
    await pass(rig, 3_000);
    const texts = new Set(rig.fake.sent.map(({ text }) => text));
    expect(texts).toEqual(new Set(debtors.slice(1).map(({ debtorId }) => `for ${debtorId}`)));
    expect(rig.fake.sent).toHaveLength(29);
    expect(await viewOf(rig)).toMatchObject({
      state: 'finished',
      total: 31,
      counts: { sent: 29, failed: 1 },
      skipped: { 'message.no-recipient': 1 },
    });
    const [failed] = rig.store.read.all<{ reason: string; detail: string }>(
      "SELECT reason, detail FROM message WHERE state = 'failed'",
    );
    expect(failed).toEqual({ reason: 'message.missing-fields', detail: 'total.balance' });
  });

  it('lets a message by hand pass', async () => {
    const rig = await openOutboxRig({ maxPerSecond: 10 });
    for (let index = 0; index < 40; index += 1) rig.addDebtor();
    await sendMany(rig);
    await pass(rig, 500);
    const before = rig.fake.sent.length;
    const debtor = rig.addDebtor();
    await rig.send(debtor);
    await pass(rig, 300);
    const next = rig.fake.sent.slice(before, before + 2).map(({ to }) => to);
    expect(next).toContain(debtor.number);
  });

  it('leaves room for a message by hand also while its own get no answer', async () => {
    const rig = await openOutboxRig();
    for (let index = 0; index < 40; index += 1) rig.addDebtor();
    rig.fake.answer = () => new Promise(() => {});
    await sendMany(rig);
    await pass(rig, 500);
    expect(rig.fake.sent).toHaveLength(rig.fake.concurrency - 1);
    const debtor = rig.addDebtor();
    await rig.send(debtor);
    expect(rig.fake.sent.at(-1)?.to).toBe(debtor.number);
  });

  it('leaves no faster than what came of it is written', async () => {
    const rig = await openOutboxRig();
    const waiting: (() => void)[] = [];
    const write = rig.store.write.bind(rig.store);
    let isSlow = true;
    rig.store.write = (async (...input: Parameters<typeof write>) => {
      if (isSlow && input[1] === 'message.reports')
        await new Promise<void>((resolve) => waiting.push(resolve));
      return write(...input);
    }) as never;
    await rig.restart();
    for (let index = 0; index < 260; index += 1) rig.addDebtor();
    await sendMany(rig);
    await pass(rig, 3_000);
    expect(rig.fake.sent).toHaveLength(rig.fake.concurrency + 200);
    isSlow = false;
    for (const resolve of waiting) resolve();
    await pass(rig, 3_000);
    expect(states(rig)).toEqual({ sent: 260 });
  });

  it('keeps to its own pace, besides that of the gateway', async () => {
    const rig = await openOutboxRig();
    for (let index = 0; index < 40; index += 1) rig.addDebtor();
    await sendMany(rig, { perMinute: 60 });
    await pass(rig, 10_000, 500);
    expect(rig.fake.sent.length).toBeGreaterThanOrEqual(8);
    expect(rig.fake.sent.length).toBeLessThanOrEqual(13);
  });

  it('rests while it is paused, and what has not left is cancelled', async () => {
    const rig = await openOutboxRig({ maxPerSecond: 10 });
    for (let index = 0; index < 40; index += 1) rig.addDebtor();
    const messageBulkId = await sendMany(rig);
    await pass(rig, 1_000);
    const pause = rig.bulks.handlers['message.pause-many'];
    await pause?.({ messageBulkId: messageBulkId as never, paused: true }, context);
    await pass(rig, 500);
    const atRest = rig.fake.sent.length;
    await pass(rig, 3_000);
    expect(rig.fake.sent.length).toBe(atRest);
    await pause?.({ messageBulkId: messageBulkId as never, paused: false }, context);
    await pass(rig, 1_000);
    expect(rig.fake.sent.length).toBeGreaterThan(atRest + 5);
    await rig.bulks.handlers['message.cancel-many']?.(
      { messageBulkId: messageBulkId as never },
      context,
    );
    await pass(rig, 10_000, 1_000);
    const { sent = 0, cancelled = 0, ...rest } = states(rig);
    expect(sent + cancelled).toBe(40);
    expect(cancelled).toBeGreaterThan(10);
    expect(rest).toEqual({});
    await expect(
      pause?.({ messageBulkId: messageBulkId as never, paused: true }, context),
    ).rejects.toMatchObject({ code: 'work.already-ended' });
  });

  it('leaves out whom rules protect since it was put down', async () => {
    const rig = await openOutboxRig();
    const debtors = Array.from({ length: 5 }, () => rig.addDebtor());
    await sendMany(rig, { dueAt: rig.clock.now() + 60_000 });
    expect(rig.fake.sent).toEqual([]);
    rig.store.runNow((db, { newId, now }) =>
      db.insert('hold', {
        id: newId(),
        debtorId: debtors[2]?.debtorId,
        kind: 'mediumOptOut',
        medium: 'sms',
        since: now,
      }),
    );
    await pass(rig, 70_000, 5_000);
    expect(rig.fake.sent).toHaveLength(4);
    expect(states(rig)).toEqual({ sent: 4, failed: 1 });
  });

  it('becomes what was told before it began', async () => {
    const rig = await openOutboxRig();
    const dueAt = rig.clock.now() + 2 * DAY;
    const [held, freed, late, merged, gone, silent, kept] = Array.from({ length: 9 }, () =>
      rig.addDebtor(),
    );
    rig.addDebtor({ id: lacking });
    hold(rig, held);
    hold(rig, freed, { until: dueAt - 1 });
    hold(rig, late, { until: dueAt + 30 * DAY });
    rig.store.runNow((db) => {
      db.update('debtor', merged?.debtorId ?? '', { mergedInto: kept?.debtorId });
      db.remove('debtor', gone?.debtorId ?? '');
      db.update('contactPoint', silent?.contactPointId ?? '', { status: 'dead' });
    });
    const asked = { templateId: 'template-1', scope: {}, perMinute: null, dueAt };
    const told = await rig.bulks.handlers['message.estimate-many']?.(asked as never, context);
    expect(told).toMatchObject({
      ...{ debtors: 8, allowedNow: 4, allowedLater: 0, refused: 2, noAddress: 1, missingFields: 1 },
      ...{ sampled: false, parts: 4 },
    });
    const now = { ...asked, dueAt: undefined };
    const toldNow = await rig.bulks.handlers['message.estimate-many']?.(now as never, context);
    expect(toldNow).toMatchObject({ allowedNow: 3, allowedLater: 1, refused: 2 });
    await sendMany(rig, { dueAt });
    rig.clock.advance(2 * DAY);
    await pass(rig, 5_000, 500);
    expect(states(rig)).toEqual({ sent: 4, failed: 3 });
    expect(await viewOf(rig)).toMatchObject({
      total: 8,
      skipped: { 'message.no-recipient': 1 },
    });
  });

  it('crashes in the middle: everybody got it once, or it is said that nobody knows', async () => {
    const rig = await openOutboxRig({ maxPerSecond: 50 });
    for (let index = 0; index < 60; index += 1) rig.addDebtor();
    const taken: string[] = [];
    const take = (id: string) => {
      taken.push(id);
      return { kind: 'accepted', providerIds: [id], parts: 1 } as const;
    };
    const never = new Promise<never>(() => {});
    // the end of the first run: some were taken whose answer never came, some never reached the gateway
    let handed = 0;
    rig.fake.answer = ({ messageId }) => {
      handed += 1;
      if (handed <= 20) return take(messageId);
      if (handed % 2 === 0) taken.push(messageId);
      return never;
    };
    const first = rig.fake;
    await sendMany(rig);
    await pass(rig, 1_500);
    await rig.restart({
      answer: ({ messageId }) => take(messageId),
      queryAnswer: ({ messageId }) => (taken.includes(messageId) ? null : 'notTaken'),
    });
    expect(rig.fake).not.toBe(first);
    await pass(rig, 40_000, 500);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken).toHaveLength(60);
    const { sent = 0, unknown = 0, ...rest } = states(rig);
    expect(sent + unknown).toBe(60);
    expect(unknown).toBeGreaterThan(0);
    expect(rest).toEqual({});
  });
});
