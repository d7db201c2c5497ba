import { describe, expect, it } from 'vitest';
import type { HandOver } from '../types.ts';
import { openOutboxRig, settle, tuesday } from './outbox.fixture.ts';

const MINUTE = 60_000;
const idOf = (reply: Awaited<ReturnType<Rig['send']>>) => (reply.ok ? reply.messageId : 'refused');
type Rig = Awaited<ReturnType<typeof openOutboxRig>>;

function hold(rig: Rig, debtorId: string, kind = 'mediumOptOut') {
  rig.store.runNow((db, context) =>
    db.insert('hold', {
      id: context.newId(),
      debtorId,
      kind,
      medium: 'sms',
      since: rig.clock.now() - 1,
    }),
  );
}

describe('a message by hand', () => {
  it('leaves at once, counts as a contact and stands in the history with its text', async () => {
    const rig = await openOutboxRig();
    const debtor = rig.addDebtor();
    const messageId = idOf(await rig.send(debtor));
    expect(rig.fake.sent.map(({ to, text }) => [to, text])).toEqual([
      [debtor.number, 'Good morning'],
    ]);
    expect(rig.state(messageId)).toMatchObject({
      state: 'sent',
      reason: null,
      sentAt: tuesday + 1,
    });
    expect(rig.reservation(messageId)).toBe('used');
    expect(rig.events(messageId)).toEqual(['sent']);
    expect(rig.threads).toEqual([debtor.debtorId]);
    const [content] = rig.store.read.all<{ kind: string; text: string; peer: string }>(
      `SELECT c.kind, c.text, i.peer FROM interactionContent c JOIN interaction i ON i.id = c.interactionId`,
    );
    expect(content).toEqual({ kind: 'body', text: 'Good morning', peer: debtor.number });
  });

  it('is refused by the door before anything is written but the decision', async () => {
    const rig = await openOutboxRig();
    const debtor = rig.addDebtor();
    hold(rig, debtor.debtorId);
    const reply = await rig.send(debtor);
    expect(reply).toMatchObject({ ok: false, decision: { blockedBy: [{ because: 'hold' }] } });
    expect(rig.fake.sent).toEqual([]);
    expect(rig.store.read.get('SELECT count(*) AS n FROM message')).toEqual({ n: 0 });
    expect(rig.store.read.get('SELECT count(*) AS n FROM contactDecision')).toEqual({ n: 1 });
  });

  it('waits while its gateway is not connected, and is asked about again when it leaves', async () => {
    const rig = await openOutboxRig();
    rig.fake.parts.onState({ kind: 'connecting', code: null, detail: null });
    const one = rig.addDebtor();
    const other = rig.addDebtor();
    const first = idOf(await rig.send(one));
    const second = idOf(await rig.send(other));
    expect(rig.state(first)).toMatchObject({ state: 'queued', interactionId: null });
    expect(rig.reservation(first)).toBe('held');
    hold(rig, other.debtorId);
    rig.fake.parts.onState({ kind: 'ready', code: null, detail: null });
    await settle();
    expect(rig.fake.sent.map(({ to }) => to)).toEqual([one.number]);
    expect(rig.state(first).state).toBe('sent');
    expect(rig.state(second)).toMatchObject({
      state: 'failed',
      reason: 'contact-rules.refused',
      detail: 'hold',
    });
  });

  it('that is scheduled takes no contact before its time, and leaves then', async () => {
    const rig = await openOutboxRig();
    const debtor = rig.addDebtor();
    const dueAt = rig.clock.now() + 10 * MINUTE;
    const messageId = idOf(await rig.send(debtor, { dueAt }));
    expect(rig.state(messageId)).toMatchObject({ state: 'queued', reservationId: null });
    rig.clock.advance(9 * MINUTE);
    await settle();
    expect(rig.fake.sent).toEqual([]);
    rig.clock.advance(2 * MINUTE);
    await settle();
    expect(rig.state(messageId).state).toBe('sent');
  });

  it('can be taken back while it waits, and no later', async () => {
    const rig = await openOutboxRig();
    const debtor = rig.addDebtor();
    const waiting = idOf(await rig.send(debtor, { dueAt: rig.clock.now() + MINUTE }));
    await rig.outbox.cancel(waiting, {});
    rig.clock.advance(5 * MINUTE);
    await settle();
    expect(rig.state(waiting).state).toBe('cancelled');
    expect(rig.fake.sent).toEqual([]);
    const left = idOf(await rig.send(debtor));
    await expect(rig.outbox.cancel(left, {})).rejects.toMatchObject({
      code: 'message.already-left',
    });
  });

  it('the same command twice sends once', async () => {
    const rig = await openOutboxRig();
    const debtor = rig.addDebtor();
    const options = { commandId: 'c-1' };
    const { aMessage } = await import('./outbox.fixture.ts');
    await rig.outbox.queue(aMessage(rig.gatewayId, debtor, rig.clock), options);
    await rig.outbox.queue(aMessage(rig.gatewayId, debtor, rig.clock), options);
    await settle();
    expect(rig.fake.sent).toHaveLength(1);
  });
});

describe('what a gateway answers', () => {
  it('rejected: the contact is given back, and an address that does not exist is not used again', async () => {
    const rig = await openOutboxRig();
    rig.fake.answer = () => ({
      kind: 'rejected',
      code: 'gateway.bad-number',
      detail: 'no such number',
      badAddress: true,
    });
    const debtor = rig.addDebtor();
    const messageId = idOf(await rig.send(debtor));
    expect(rig.state(messageId)).toMatchObject({ state: 'failed', reason: 'gateway.bad-number' });
    expect(rig.reservation(messageId)).toBe('released');
    const point = rig.store.read.get(
      'SELECT status FROM contactPoint WHERE id = ?',
      debtor.contactPointId,
    );
    expect(point).toEqual({ status: 'dead' });
    const traces = rig.store.read.all<{ dataJson: string }>(
      "SELECT dataJson FROM interactionEvent WHERE kind = 'happened'",
    );
    expect(traces[0]?.dataJson).toContain('contact-point.status-set');
  });

  it('later: it is tried again, no faster than asked, and taken once', async () => {
    const rig = await openOutboxRig();
    let times = 0;
    rig.fake.answer = ({ messageId }) => {
      times += 1;
      return times === 1
        ? { kind: 'later', code: 'gateway.throttled', detail: null, retryAfterMs: 20_000 }
        : { kind: 'accepted', providerIds: [messageId], parts: 1 };
    };
    const messageId = idOf(await rig.send(rig.addDebtor()));
    expect(rig.state(messageId)).toMatchObject({ state: 'queued', reason: 'gateway.throttled' });
    expect(rig.reservation(messageId)).toBe('held');
    rig.clock.advance(19_000);
    await settle();
    expect(times).toBe(1);
    rig.clock.advance(3_000);
    await settle();
    expect(times).toBe(2);
    expect(rig.state(messageId)).toMatchObject({ state: 'sent', tries: 1 });
    expect(rig.store.read.get('SELECT count(*) AS n FROM interaction')).toEqual({ n: 1 });
  });

  it('later again and again: another gateway takes it', async () => {
    const rig = await openOutboxRig({ gateways: 2 });
    rig.fake.answer = () => ({
      kind: 'later',
      code: 'gateway.down',
      detail: null,
      retryAfterMs: null,
    });
    const messageId = idOf(await rig.send(rig.addDebtor()));
    for (let step = 0; step < 20; step += 1) {
      rig.clock.advance(2_000);
      await settle();
    }
    expect(rig.state(messageId)).toMatchObject({ state: 'sent', gatewayId: rig.gatewayIds[1] });
    expect(rig.fake.sent).toHaveLength(3);
  });

  it('unknown: it counts, is asked about and never handed over again', async () => {
    const rig = await openOutboxRig();
    rig.fake.answer = () => ({ kind: 'unknown', code: 'gateway.timeout', detail: null });
    const messageId = idOf(await rig.send(rig.addDebtor()));
    expect(rig.state(messageId)).toMatchObject({ state: 'unknown', reason: 'gateway.timeout' });
    expect(rig.reservation(messageId)).toBe('used');
    for (let hour = 0; hour < 26; hour += 1) {
      rig.clock.advance(60 * MINUTE);
      await settle();
    }
    expect(rig.fake.sent).toHaveLength(1);
    expect(rig.fake.asked.length).toBeGreaterThan(10);
    // a day later nobody will say any more: it stays unknown, and says so
    expect(rig.state(messageId)).toMatchObject({
      state: 'unknown',
      reason: 'message.fate-unknown',
      nextAt: null,
    });
  });

  it('unknown, then never taken: it is asked about at the door again and handed over once more', async () => {
    const rig = await openOutboxRig();
    rig.fake.answer = () => ({ kind: 'unknown', code: 'gateway.timeout', detail: null });
    rig.fake.queryAnswer = () => 'notTaken';
    const one = rig.addDebtor();
    const other = rig.addDebtor();
    const first = idOf(await rig.send(one));
    const second = idOf(await rig.send(other));
    hold(rig, other.debtorId);
    rig.fake.answer = ({ messageId }) => ({ kind: 'accepted', providerIds: [messageId], parts: 1 });
    rig.clock.advance(10_000);
    await settle();
    expect(rig.state(first).state).toBe('sent');
    expect(rig.state(second)).toMatchObject({ state: 'failed', reason: 'contact-rules.refused' });
    expect(rig.fake.sent).toHaveLength(3);
  });

  it('an adapter that throws leaves the fate unknown', async () => {
    const rig = await openOutboxRig();
    rig.fake.answer = () => Promise.reject(new Error('a mistake of ours'));
    const messageId = idOf(await rig.send(rig.addDebtor()));
    expect(rig.state(messageId)).toMatchObject({ state: 'unknown', reason: 'gateway.failed' });
  });
});

describe('receipts', () => {
  it('that say that another address does not exist close none of the debtor', async () => {
    const rig = await openOutboxRig();
    const statusOf = ({ contactPointId }: { contactPointId: string }) =>
      rig.store.read.get<{ status: string }>(
        'SELECT status FROM contactPoint WHERE id = ?',
        contactPointId,
      )?.status;
    const debtor = rig.addDebtor();
    for (const [address, status] of [
      ['somebody.else@example.org', 'active'],
      [undefined, 'dead'],
    ] as const) {
      const messageId = idOf(await rig.send(debtor));
      const failed = { messageId, state: 'failed', badAddress: true } as const;
      await rig.fake.receipt({ ...failed, ...(address === undefined ? {} : { address }) });
      expect(rig.state(messageId).state).toBe('failed');
      expect(statusOf(debtor)).toBe(status);
    }
  });

  it('come twice, late and in any order, and move a message forward only', async () => {
    const rig = await openOutboxRig();
    const messageId = idOf(await rig.send(rig.addDebtor()));
    const providerId = `p-${messageId}`;
    await rig.fake.receipt({ providerId, state: 'delivered', at: tuesday });
    await rig.fake.receipt({ providerId, state: 'delivered', at: tuesday });
    await rig.fake.receipt({ providerId, state: 'failed', badAddress: true });
    expect(rig.state(messageId)).toMatchObject({ state: 'delivered', deliveredAt: tuesday });
    await rig.fake.receipt({ providerId, state: 'read', hint: true });
    await rig.fake.receipt({ providerId, state: 'delivered' });
    expect(rig.state(messageId)).toMatchObject({ state: 'read', hint: 1 });
    expect(rig.events(messageId)).toEqual(['sent', 'delivered', 'read']);
  });

  it('that come before the answer which names their message are kept for it', async () => {
    const rig = await openOutboxRig();
    const answered = Promise.withResolvers<void>();
    rig.fake.answer = async () => {
      await answered.promise;
      return { kind: 'accepted', providerIds: ['early'], parts: 1 };
    };
    const messageId = idOf(await rig.send(rig.addDebtor()));
    await rig.fake.receipt({ providerId: 'early', state: 'delivered' });
    expect(rig.state(messageId).state).toBe('permitted');
    answered.resolve();
    await settle();
    expect(rig.state(messageId).state).toBe('delivered');
    expect(rig.events(messageId)).toEqual(['sent', 'delivered']);
    expect(rig.store.read.get('SELECT count(*) AS n FROM strayReceipt')).toEqual({ n: 0 });
  });

  it('a long message is delivered when all its parts are, and failed when one is', async () => {
    const rig = await openOutboxRig();
    rig.fake.answer = ({ messageId }) => ({
      kind: 'accepted',
      providerIds: [1, 2, 3].map((part) => `${messageId}-${part}`),
      parts: 3,
    });
    const whole = idOf(await rig.send(rig.addDebtor()));
    for (const part of [3, 1]) await rig.fake.receipt({ providerId: `${whole}-${part}` });
    expect(rig.state(whole)).toMatchObject({ state: 'sent', parts: 3 });
    await rig.fake.receipt({ providerId: `${whole}-2` });
    expect(rig.state(whole).state).toBe('delivered');
    const broken = idOf(await rig.send(rig.addDebtor()));
    await rig.fake.receipt({ providerId: `${broken}-1` });
    await rig.fake.receipt({ providerId: `${broken}-2`, state: 'failed', code: '13' });
    await rig.fake.receipt({ providerId: `${broken}-3` });
    expect(rig.state(broken)).toMatchObject({ state: 'failed', detail: '13' });
  });

  it('by our reference settle a message whose answer was lost', async () => {
    const rig = await openOutboxRig();
    rig.fake.answer = () => ({ kind: 'unknown', code: 'gateway.timeout', detail: null });
    const messageId = idOf(await rig.send(rig.addDebtor()));
    await rig.fake.receipt({ messageId, providerId: 'x', state: 'delivered' });
    expect(rig.state(messageId)).toMatchObject({ state: 'delivered', nextAt: null });
    rig.clock.advance(60 * MINUTE);
    await settle();
    expect(rig.fake.asked).toEqual([]);
  });

  it('by our reference settle a long message part by part', async () => {
    const rig = await openOutboxRig();
    rig.fake.answer = () => ({ kind: 'unknown', code: 'gateway.no-answer', detail: null });
    const reply = await rig.send(rig.addDebtor(), { parts: 3 });
    const messageId = reply.ok ? reply.messageId : '';
    for (const [providerId, state] of [
      ['p-1', 'unknown'],
      ['p-1', 'unknown'],
      ['p-2', 'unknown'],
      ['p-3', 'delivered'],
    ] as const) {
      await rig.fake.receipt({ messageId, providerId, onePart: true });
      expect(rig.state(messageId).state).toBe(state);
    }
    expect(rig.reservation(messageId)).toBe('used');
  });

  it('in one write with the answer that names their message come behind it', async () => {
    const rig = await openOutboxRig();
    const answer = Promise.withResolvers<HandOver>();
    rig.fake.answer = () => answer.promise;
    const reply = await rig.send(rig.addDebtor());
    const messageId = reply.ok ? reply.messageId : '';
    const told = rig.fake.receipt({ messageId, providerId: 'p-1' });
    answer.resolve({ kind: 'accepted', providerIds: ['p-1'], parts: 1 });
    await told;
    await settle();
    expect(rig.state(messageId)).toMatchObject({ state: 'delivered', parts: 1 });
    expect(rig.reservation(messageId)).toBe('used');
  });

  it('and what debtors write go their own ways', async () => {
    const rig = await openOutboxRig();
    await rig.fake.parts.events([
      {
        kind: 'incoming',
        sourceKey: '1',
        channel: 'sms',
        from: '+48100000001',
        to: null,
        text: 'STOP',
        subject: null,
        html: null,
        media: [],
        at: null,
        headerId: null,
        references: [],
        answersProviderId: null,
        automatic: false,
        part: null,
      },
    ]);
    expect(rig.incoming.map(({ text }) => text)).toEqual(['STOP']);
  });
});

describe('a crash', () => {
  it('leaves unknown what was under way, asks about it, and sends nothing twice', async () => {
    const rig = await openOutboxRig();
    const never = new Promise<never>(() => {});
    rig.fake.answer = () => never;
    const messageId = idOf(await rig.send(rig.addDebtor()));
    expect(rig.state(messageId).state).toBe('permitted');
    const before = rig.fake;
    await rig.restart();
    expect(rig.state(messageId)).toMatchObject({
      state: 'unknown',
      reason: 'message.engine-stopped',
    });
    expect(rig.reservation(messageId)).toBe('used');
    rig.fake.queryAnswer = () => ({
      kind: 'receipt',
      messageId,
      providerId: 'p',
      state: 'accepted',
      hint: false,
      badAddress: false,
      code: null,
      at: null,
    });
    rig.clock.advance(15_000);
    await settle();
    expect(rig.state(messageId).state).toBe('sent');
    expect([...before.sent, ...rig.fake.sent]).toHaveLength(1);
  });

  it('tells a gateway at its next start what is unknown, so that a receipt can name it', async () => {
    const rig = await openOutboxRig();
    rig.fake.answer = () => new Promise(() => {});
    const debtor = rig.addDebtor();
    const messageId = idOf(await rig.send(debtor));
    expect(rig.fake.parts.lost?.(10)).toEqual([]);
    await rig.restart();
    expect(rig.fake.parts.lost?.(10)).toEqual([{ messageId, to: debtor.number, parts: 1 }]);
    await rig.fake.receipt({ messageId, providerId: 'p-lost' });
    expect(rig.state(messageId).state).toBe('delivered');
    expect(rig.fake.parts.lost?.(10)).toEqual([]);
    expect(rig.fake.sent).toEqual([]);
  });
});

describe('a gateway', () => {
  it('is given no more at once than it takes, and no more a second than it may have', async () => {
    const rig = await openOutboxRig({ maxPerSecond: 10 });
    rig.fake.concurrency = 3;
    const dueAt = rig.clock.now() + MINUTE;
    for (let index = 0; index < 25; index += 1) await rig.send(rig.addDebtor(), { dueAt });
    rig.clock.advance(MINUTE + 1);
    await settle();
    const atOnce = rig.fake.sent.length;
    expect(atOnce).toBeLessThanOrEqual(2);
    for (let step = 0; step < 10; step += 1) {
      rig.clock.advance(100);
      await settle();
    }
    expect(rig.fake.sent.length - atOnce).toBeLessThanOrEqual(11);
    expect(rig.fake.sent.length - atOnce).toBeGreaterThanOrEqual(8);
    expect(rig.fake.mostUnderWay).toBeLessThanOrEqual(3);
  });

  it('that is closed gives back what was not handed over, and gives up what is under way', async () => {
    const rig = await openOutboxRig();
    const never = new Promise<never>(() => {});
    rig.fake.answer = () => never;
    rig.fake.concurrency = 1;
    const dueAt = rig.clock.now() + 1_000;
    const first = idOf(await rig.send(rig.addDebtor(), { dueAt }));
    const second = idOf(await rig.send(rig.addDebtor(), { dueAt }));
    rig.clock.advance(2_000);
    await settle();
    expect([rig.state(first).state, rig.state(second).state]).toEqual(['permitted', 'permitted']);
    await rig.hub.close();
    await settle();
    expect([rig.state(first).state, rig.state(second).state]).toEqual(['unknown', 'queued']);
    expect(rig.fake.isClosed).toBe(true);
  });

  it('that is removed leaves what waits to another one', async () => {
    const rig = await openOutboxRig({ gateways: 2 });
    const dueAt = rig.clock.now() + MINUTE;
    const messageId = idOf(await rig.send(rig.addDebtor(), { dueAt }));
    rig.store.runNow((db) => db.remove('gateway', rig.gatewayId));
    await rig.hub.changed(rig.gatewayId);
    await rig.outbox.moveQueue(rig.gatewayId);
    rig.clock.advance(2 * MINUTE);
    await settle();
    expect(rig.state(messageId)).toMatchObject({ state: 'sent', gatewayId: rig.gatewayIds[1] });
  });

  it('never takes a message whose time is over', async () => {
    const rig = await openOutboxRig();
    rig.fake.parts.onState({ kind: 'connecting', code: null, detail: null });
    const expiresAt = rig.clock.now() + MINUTE;
    const messageId = idOf(await rig.send(rig.addDebtor(), { expiresAt }));
    rig.clock.advance(2 * MINUTE);
    await settle();
    rig.fake.parts.onState({ kind: 'ready', code: null, detail: null });
    await settle();
    expect(rig.state(messageId)).toMatchObject({ state: 'expired', reason: 'message.expired' });
    expect(rig.reservation(messageId)).toBe('released');
    expect(rig.fake.sent).toEqual([]);
  });
});

describe('a receiver who told the provider that they want no messages', () => {
  const optedOut = {
    kind: 'rejected',
    code: 'gateway.opted-out-there',
    detail: '21610',
    badAddress: false,
  } as const;
  const holdsOf = (rig: Rig, debtorId: string) =>
    rig.store.read.all<Record<string, unknown>>(
      'SELECT kind, medium, reason FROM hold WHERE debtorId = ? ORDER BY medium',
      debtorId,
    );
  const held = ['mms', 'sms'].map((medium) => ({ kind: 'mediumOptOut', medium, reason: '21610' }));

  it('is left alone from then on, as after a STOP that came to us', async () => {
    const rig = await openOutboxRig();
    const debtor = rig.addDebtor();
    rig.fake.answer = () => optedOut;
    expect(rig.state(idOf(await rig.send(debtor))).state).toBe('failed');
    expect(holdsOf(rig, debtor.debtorId)).toEqual(held);
    const next = await rig.send(debtor);
    expect(next).toMatchObject({ ok: false, decision: { blockedBy: [{ because: 'hold' }] } });
  });

  it('also when it is told later, or before the answer that names the message', async () => {
    const rig = await openOutboxRig();
    const [later, early] = [rig.addDebtor(), rig.addDebtor()];
    const sent = idOf(await rig.send(later));
    const failed = { state: 'failed', optedOut: true, code: '21610' } as const;
    await rig.fake.receipt({ ...failed, providerId: `p-${sent}` });
    await rig.fake.receipt({ ...failed, providerId: 'p-early' });
    rig.fake.answer = () => ({ kind: 'accepted', providerIds: ['p-early'], parts: 1 });
    await rig.send(early);
    for (const { debtorId } of [later, early]) expect(holdsOf(rig, debtorId)).toEqual(held);
  });
});
