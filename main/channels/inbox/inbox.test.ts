import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '#shared/contract/index.ts';
import { addPhone } from '../../debtors/debtors.fixture.ts';
import { loadHistory } from '../../debtors/index.ts';
import {
  addPerson,
  anEmail,
  anSms,
  type InboxRig,
  NOW,
  NUMBER,
  openInbox,
} from './inbox.fixture.ts';

let rig: InboxRig;
beforeEach(() => {
  rig = openInbox();
});
afterEach(async () => {
  await rig.inbox.close();
  await rig.store.close();
});

const ANNA = { personId: '00000000-0000-7000-8000-0000000000a1', role: 'agent' } as const;
const PIOTR = { personId: '00000000-0000-7000-8000-0000000000a2', role: 'agent' } as const;
const LEAD = { personId: '00000000-0000-7000-8000-0000000000a3', role: 'lead' } as const;

async function call(
  name: keyof typeof commands,
  input: object,
  who: { personId: string; role: 'agent' | 'lead' } = ANNA,
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever the contract lets through
): Promise<any> {
  const principal = { ...who, displayName: 'A' };
  const handler = rig.inbox.handlers[name] as (...given: unknown[]) => unknown;
  const context = { principal, connectionId: 'c', commandId: null };
  return commands[name].output.parse(await handler(commands[name].input.parse(input), context));
}
const take = (...incoming: Parameters<typeof rig.inbox.sink.take>[1][number][]) =>
  rig.inbox.sink.take('gateway-1', incoming);
const list = async (view = 'open', more = {}) => call('inbox.list', { view, ...more });
const onlyThread = async () => {
  const { threads } = await list();
  expect(threads).toHaveLength(1);
  return threads[0];
};
const inbound = () =>
  rig.store.read.all<Record<string, unknown>>('SELECT * FROM inboundMessage ORDER BY at, id');
const holds = (debtorId: string) =>
  rig.store.read.all<Record<string, unknown>>(
    'SELECT kind, medium, contactPointId, reason FROM hold WHERE debtorId = ? ORDER BY medium',
    debtorId,
  );
const mayText = (debtorId: string, number = NUMBER, channel: 'sms' | 'call' = 'sms') =>
  rig.rules.decide(
    rig.store.read,
    { debtorId, number, channel, mode: 'manual', purpose: 'collection', target: 'debtor' },
    rig.now(),
  );

/** A message of ours to somebody. */
function sent(debtorId: string, more = {}): string {
  return rig.store.runNow((db, context) => {
    const id = context.newId();
    db.insert('message', {
      ...{ id, channel: 'sms', debtorId, toAddress: NUMBER, state: 'sent', gatewayId: 'gateway-1' },
      ...{ dueAt: NOW, queuedAt: NOW - 1_000, ...more },
    });
    return id;
  });
}

describe('what comes in', () => {
  it('is a line of the debtor’s history, a thread that is unread, and a contact that rules see', async () => {
    const debtorId = addPerson(rig.store);
    await take(anSms({ text: 'Zapłacę jutro', at: NOW - 5_000 }));
    const [item] = loadHistory(rig.store.read, { debtorId, limit: 5 }).items;
    expect(item).toMatchObject({
      ...{ channel: 'sms', direction: 'in', text: 'Zapłacę jutro', peer: NUMBER, at: NOW - 5_000 },
    });
    expect(await onlyThread()).toMatchObject({
      ...{ debtorId, displayName: 'Jan Kowalski', peer: NUMBER, channels: ['sms'], unread: 1 },
      ...{ lastDirection: 'in', snippet: 'Zapłacę jutro', matchedBy: 'number', optOut: null },
    });
    expect(
      rig.store.read.get('SELECT kind, direction, channel, debtorId FROM contactEvent'),
    ).toEqual({
      ...{ kind: 'message', direction: 'in', channel: 'sms', debtorId },
    });
    expect(rig.events.map(({ name }) => name)).toEqual([
      'inbox.message-received',
      'inbox.changed',
      'debtor.changed',
    ]);
  });

  it('is taken once, however often it is delivered', async () => {
    addPerson(rig.store);
    const one = anSms({
      text: 'STOP',
      media: [{ name: 'a', mediaType: 'image/png', bytes: new Uint8Array(9) }],
    });
    await take(one, one);
    await Promise.all([take(one), take(one)]);
    expect(inbound()).toHaveLength(1);
    expect(readdirSync(join(rig.store.dataDir, 'documents'))).toHaveLength(1);
    expect((await onlyThread()).unread).toBe(1);
    await rig.inbox.sink.take('gateway-2', [one]);
    expect(inbound()).toHaveLength(2);
  });

  it('is not later than now, whatever the provider’s clock says', async () => {
    addPerson(rig.store);
    await take(anSms({ at: NOW + 3_600_000 }));
    expect(inbound()[0]).toMatchObject({ at: NOW, receivedAt: NOW });
  });

  it('keeps no other out when it cannot be taken itself', async () => {
    const debtorId = addPerson(rig.store);
    const broken = anSms({ channel: null as never });
    const stop = anSms({ text: 'STOP' });
    await expect(take(broken, stop)).rejects.toThrow();
    expect(holds(debtorId)).not.toEqual([]);
    // it comes again with the one that is refused
    await expect(take(broken, stop)).rejects.toThrow();
    expect(inbound()).toHaveLength(1);
    await take(anSms({ at: Number.NaN }));
    expect(inbound()).toHaveLength(2);
  });

  it('is not said to be taken when the store refuses it, and leaves no file', async () => {
    addPerson(rig.store);
    const media = [{ name: 'a', mediaType: 'image/png', bytes: new Uint8Array(9) }];
    const broken = anSms({ media, channel: null as never });
    await expect(take(broken)).rejects.toThrow();
    expect(inbound()).toEqual([]);
    expect(readdirSync(join(rig.store.dataDir, 'documents'))).toEqual([]);
    await take(anSms());
    expect(inbound()).toHaveLength(1);
  });

  it('keeps its files sealed, among the debtor’s papers', async () => {
    const debtorId = addPerson(rig.store);
    const bytes = new TextEncoder().encode('a picture of a receipt');
    await take(
      anSms({ channel: 'mms', media: [{ name: 'r.png', mediaType: 'image/png', bytes }] }),
    );
    const paper = rig.store.read.get<{ fileName: string }>('SELECT * FROM document')!;
    expect(paper).toMatchObject({ debtorId, kind: 'received', name: 'r.png', bytes: bytes.length });
    expect(existsSync(join(rig.store.dataDir, 'documents', paper.fileName))).toBe(true);
    const { items } = await call('inbox.thread', {
      inboxThreadId: (await onlyThread()).inboxThreadId,
    });
    expect(items[0].attachments).toEqual([
      expect.objectContaining({ name: 'r.png', mediaType: 'image/png' }),
    ]);
  });
});

describe('a message finds its debtor', () => {
  it('by the message of ours that it answers, before its number', async () => {
    const [owner, written] = [addPerson(rig.store), addPerson(rig.store, '+48100000002')];
    const id = sent(written);
    rig.store.runNow((db) =>
      db.run(
        `INSERT INTO messagePart (gatewayId, providerId, messageId, part, state, at) VALUES ('gateway-1', 'p-1', ?, 1, 'sent', 1)`,
        id,
      ),
    );
    await take(anSms({ answersProviderId: 'p-1' }));
    await take(anEmail({ references: ['<other@elsewhere.example>', `<${id}@us.example>`] }));
    expect(inbound().map(({ debtorId, matchedBy }) => [debtorId, matchedBy])).toEqual([
      [written, 'thread'],
      [written, 'thread'],
    ]);
    expect(owner).not.toBe(written);
  });

  it('by the one reference in its words, also of a debt', async () => {
    const debtorId = addPerson(rig.store, '+48100000002', { externalRef: 'PL-77/2026' });
    rig.store.runNow((db) => {
      const debt = db.get<{ id: string }>('SELECT id FROM debt WHERE debtorId = ?', debtorId)!;
      db.update('debt', debt.id, { externalRef: 'UM/9/123456' });
    });
    await take(anEmail({ subject: 'Sprawa pl-77/2026' }));
    await take(anEmail({ from: 'x@y.example', text: 'nr umowy UM/9/123456, dnia 22.11.2026' }));
    expect(inbound().map((one) => [one.debtorId, one.matchedBy])).toEqual([
      [debtorId, 'reference'],
      [debtorId, 'reference'],
    ]);
    expect(
      rig.store.read.get('SELECT debtId FROM interaction WHERE debtId IS NOT NULL'),
    ).toBeDefined();
  });

  it('by nothing, when a reference names one and the number another', async () => {
    addPerson(rig.store, '+48100000002', { externalRef: 'PL-77/2026' });
    addPerson(rig.store);
    await take(anSms({ text: 'PL-77/2026' }));
    const { candidates } = await call('inbox.thread', {
      inboxThreadId: (await onlyThread()).inboxThreadId,
    });
    expect(candidates.map(({ why }: { why: string }) => why)).toEqual(['reference', 'number']);
  });

  it('by a number that several share only when one of them got a message there lately', async () => {
    const [husband, wife] = [
      addPerson(rig.store),
      addPerson(rig.store, NUMBER, { displayName: 'Ewa' }),
    ];
    await take(anSms());
    const thread = await onlyThread();
    expect(thread).toMatchObject({ debtorId: null, displayName: null, peer: NUMBER });
    const { candidates } = await call('inbox.thread', { inboxThreadId: thread.inboxThreadId });
    expect(new Set(candidates.map((one: { debtorId: string }) => one.debtorId))).toEqual(
      new Set([husband, wife]),
    );
    sent(wife, { queuedAt: NOW - 40 * 86_400_000 });
    await take(anSms());
    expect(inbound().map(({ debtorId }) => debtorId)).toEqual([null, null]);
    sent(wife);
    await take(anSms());
    expect(inbound().map(({ debtorId }) => debtorId)).toContain(wife);
    sent(husband);
    await take(anSms());
    expect(inbound().filter(({ debtorId }) => debtorId === null)).toHaveLength(3);
  });

  it('not by a number that is no longer theirs', async () => {
    const debtorId = addPerson(rig.store);
    rig.store.runNow((db) => {
      const point = db.get<{ id: string }>(
        'SELECT id FROM contactPoint WHERE debtorId = ?',
        debtorId,
      )!;
      db.update('contactPoint', point.id, { status: 'wrongNumber' });
    });
    await take(anSms());
    expect(inbound()[0]).toMatchObject({ debtorId: null, matchedBy: null });
  });

  it('by an address, however it is written', async () => {
    const debtorId = addPerson(rig.store, 'jan@poczta.example');
    await take(anEmail({ from: 'Jan@Poczta.Example' }));
    expect(inbound()[0]).toMatchObject({ debtorId, matchedBy: 'address' });
  });
});

describe('the parts of a long text', () => {
  const parts = (text: string, group = '7') =>
    [...text].map((letter, index) =>
      anSms({ text: letter, part: { group, number: index + 1, total: text.length } }),
    );

  it('become one text in whatever order, number of batches and repetition they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], { minLength: 10 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 10, maxLength: 10 }),
        async (order, sizes) => {
          const own = openInbox();
          const all = parts('abcde');
          for (let at = 0, batch = 0; at < order.length; batch++) {
            const size = sizes[batch] ?? 1;
            await own.inbox.sink.take(
              'g',
              order.slice(at, at + size).map((index) => all[index]!),
            );
            at += size;
          }
          const texts = own.store.read.all<{ text: string }>('SELECT text FROM interactionContent');
          await own.inbox.close();
          await own.store.close();
          expect(texts).toEqual([{ text: 'abcde' }]);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('of two senders with the same number of a text stay apart, and a number may come again', async () => {
    addPerson(rig.store);
    const other = '+48100000002';
    const [a, b] = parts('ab');
    const [c, d] = parts('cd').map((part) => ({ ...part, from: other }));
    await take(a!, c!, b!, d!);
    await take(...parts('xy'));
    const texts = rig.store.read.all<{ text: string }>(
      'SELECT text FROM interactionContent ORDER BY text',
    );
    expect(texts.map(({ text }) => text)).toEqual(['ab', 'cd', 'xy']);
  });

  it('that never all come are shown after ten minutes, with a mark where one is missing', async () => {
    addPerson(rig.store);
    rig.inbox.start();
    await rig.inbox.settled();
    const [a, , c, , e] = parts('abcde');
    await take(a!, c!);
    await take(e!);
    await rig.advance(9 * 60_000);
    expect(inbound()).toEqual([]);
    await rig.advance(60_000);
    expect((await onlyThread()).snippet).toBe('a[…]c[…]e');
    await take(a!);
    await rig.advance(11 * 60_000);
    expect(inbound()).toHaveLength(1);
  });

  it('are read for opt-outs as one text', async () => {
    const debtorId = addPerson(rig.store);
    await take(...parts('STOP'));
    expect(holds(debtorId).map(({ kind }) => kind)).toContain('mediumOptOut');
  });
});

describe('what a reply asks for', () => {
  it('acts at once, in the transaction that takes it', async () => {
    const debtorId = addPerson(rig.store);
    expect(mayText(debtorId).allowed).toBe(true);
    await take(anSms({ text: 'STOP' }));
    expect(holds(debtorId).map(({ medium }) => medium)).toEqual(['mms', 'sms']);
    expect(mayText(debtorId).allowed).toBe(false);
    expect((await onlyThread()).optOut).toEqual({ verdict: 'optOut', words: 'STOP' });
  });

  it('holds what is not plain until a person has read it', async () => {
    const debtorId = addPerson(rig.store);
    await take(anSms({ text: 'Mój adwokat się z wami skontaktuje' }));
    expect(holds(debtorId)[0]).toMatchObject({ kind: 'mediumOptOut', reason: 'opt-out.unclear' });
  });

  it('is not read from what a machine wrote', async () => {
    const debtorId = addPerson(rig.store, 'jan@poczta.example');
    await take(anEmail({ text: 'STOP', automatic: true }));
    expect(holds(debtorId)).toEqual([]);
    expect(rig.store.read.get('SELECT 1 FROM contactEvent')).toBeUndefined();
    const { inboxThreadId } = await onlyThread();
    const { items } = await call('inbox.thread', { inboxThreadId });
    expect(items[0]).toMatchObject({ automatic: true, optOut: null });
  });

  it('reaches everybody else who has that number', async () => {
    const [writer, other] = [addPerson(rig.store), addPerson(rig.store)];
    sent(writer);
    await take(anSms({ text: 'STOP' }));
    expect(mayText(writer).allowed).toBe(false);
    expect(mayText(other).allowed).toBe(false);
  });

  it('of a number that is nobody’s refuses calls and messages to it, until it is known whose it is', async () => {
    const [husband, wife] = [addPerson(rig.store), addPerson(rig.store)];
    await take(anSms({ text: 'Proszę więcej nie pisać' }));
    for (const debtorId of [husband, wife]) {
      expect(mayText(debtorId).blockedBy.map(({ because }) => because)).toEqual(['doNotCallList']);
      expect(mayText(debtorId, NUMBER, 'call').allowed).toBe(false);
    }
    const { inboxThreadId } = await onlyThread();
    await call('inbox.match', { inboxThreadId, debtorId: wife });
    expect(mayText(wife).blockedBy.map(({ because }) => because)).toContain('hold');
    expect(mayText(wife, NUMBER, 'call').allowed).toBe(true);
    expect(rig.store.read.get('SELECT 1 FROM doNotCall WHERE deletedAt IS NULL')).toBeUndefined();
  });

  it('of an address that is nobody’s refuses mails to it, also when somebody gets it later', async () => {
    await take(anEmail({ text: 'unsubscribe' }));
    const debtorId = addPerson(rig.store, 'jan@poczta.example');
    const point = rig.store.read.get<{ id: string }>(
      'SELECT id FROM contactPoint WHERE debtorId = ?',
      debtorId,
    )!;
    const decision = rig.rules.decide(
      rig.store.read,
      {
        debtorId,
        contactPointId: point.id,
        channel: 'email',
        mode: 'manual',
        purpose: 'collection',
        target: 'debtor',
      },
      rig.now(),
    );
    expect(decision.blockedBy.map(({ because }) => because)).toEqual(['doNotCallList']);
  });
});

describe('a thread', () => {
  it('that a person says whose it is goes to the debtor’s history, with its number and what it asked for', async () => {
    const debtorId = addPerson(rig.store, '+48100000002');
    await take(anSms({ text: 'STOP' }));
    const { inboxThreadId } = await onlyThread();
    const matched = await call('inbox.match', { inboxThreadId, debtorId, addContactPoint: true });
    expect(matched).toMatchObject({ inboxThreadId, debtorId, matchedBy: 'person' });
    expect(loadHistory(rig.store.read, { debtorId, limit: 5 }).items[0]?.text).toBe('STOP');
    const point = rig.store.read.get('SELECT kind FROM contactPoint WHERE value = ?', NUMBER);
    expect(point).toEqual({ kind: 'mobile' });
    expect(holds(debtorId)).not.toEqual([]);
    expect(rig.store.read.get('SELECT debtorId FROM contactEvent')).toEqual({ debtorId });
    await expect(call('inbox.match', { inboxThreadId, debtorId })).rejects.toMatchObject({
      code: 'inbox.already-matched',
    });
  });

  it('joins the one that the debtor has', async () => {
    const debtorId = addPerson(rig.store, '+48100000002');
    await take(anSms({ from: '+48100000002', text: 'one' }));
    await take(anSms({ text: 'two' }));
    const own = await call('inbox.thread-of', { debtorId });
    const stranger = (await list('unmatched')).threads[0];
    const joined = await call('inbox.match', { inboxThreadId: stranger.inboxThreadId, debtorId });
    expect(joined).toMatchObject({ ...own, unread: 2 });
    const { items } = await call('inbox.thread', own);
    expect(items.map(({ text }: { text: string }) => text).sort()).toEqual(['one', 'two']);
    expect((await list('unmatched')).threads).toEqual([]);
  });

  it('loses a message that was given to the wrong debtor, and its number stays held', async () => {
    const debtorId = addPerson(rig.store);
    await take(anSms({ text: 'one', at: NOW - 9 }));
    await take(anSms({ text: 'STOP' }));
    const { inboxThreadId } = await onlyThread();
    const { items } = await call('inbox.thread', { inboxThreadId });
    const { interactionId } = items[1];
    const moved = await call('inbox.unmatch', { inboxThreadId, interactionId });
    expect(moved).toMatchObject({ debtorId: null, peer: NUMBER });
    expect(moved.inboxThreadId).not.toBe(inboxThreadId);
    expect(
      loadHistory(rig.store.read, { debtorId, limit: 5 }).items.map(({ text }) => text),
    ).toEqual(['one']);
    expect(mayText(debtorId, NUMBER, 'call').allowed).toBe(false);
    await expect(
      call('inbox.unmatch', { inboxThreadId: moved.inboxThreadId, interactionId }),
    ).rejects.toMatchObject({ code: 'inbox.not-matched' });
  });

  it('given to the wrong debtor and then to the right one holds the right one too', async () => {
    const [wrong, right] = [addPerson(rig.store), addPerson(rig.store, '+48100000002')];
    await take(anSms({ text: 'Proszę nie wysyłać mi SMS-ów' }));
    const { inboxThreadId } = await onlyThread();
    const { items } = await call('inbox.thread', { inboxThreadId });
    const { interactionId } = items[0];
    const moved = await call('inbox.unmatch', { inboxThreadId, interactionId });
    await call('inbox.match', { inboxThreadId: moved.inboxThreadId, debtorId: right });
    expect(holds(wrong)).not.toEqual([]);
    expect(holds(right).map(({ medium }) => medium)).toEqual(['mms', 'sms']);
    expect(mayText(right, '+48100000002').allowed).toBe(false);
  });

  it('is taken and given back by agents as their own, and moved by leads', async () => {
    rig.store.runNow((db) => {
      for (const { personId } of [ANNA, PIOTR]) {
        db.insert('person', {
          id: personId,
          displayName: 'P',
          role: 'agent',
          sipUser: personId,
          createdAt: 1,
        });
      }
    });
    addPerson(rig.store);
    await take(anSms());
    const { inboxThreadId } = await onlyThread();
    const assign = (
      personId: string | null,
      who: typeof ANNA | typeof PIOTR | typeof LEAD = ANNA,
    ) => call('inbox.assign', { inboxThreadId, personId }, who);
    const refused = { code: 'inbox.assigned-to-other' };
    await expect(assign(PIOTR.personId)).rejects.toMatchObject(refused);
    expect(await assign(ANNA.personId)).toMatchObject({
      assignedTo: ANNA.personId,
      assignedToName: 'P',
    });
    await expect(assign(PIOTR.personId, PIOTR)).rejects.toMatchObject(refused);
    expect((await list('mine')).threads).toHaveLength(1);
    expect((await list('unassigned')).threads).toHaveLength(0);
    await assign(PIOTR.personId, LEAD);
    await assign(null, PIOTR);
    expect((await list('unassigned')).threads).toHaveLength(1);
  });

  it('that was put aside comes back at its instant, also after a restart, or with a new message', async () => {
    addPerson(rig.store);
    await take(anSms());
    const { inboxThreadId } = await onlyThread();
    const snooze = (until: number) => call('inbox.snooze', { inboxThreadId, until });
    await expect(snooze(rig.now())).rejects.toMatchObject({ code: 'inbox.snooze-in-past' });
    await snooze(NOW + 60_000);
    expect((await list('snoozed')).threads).toHaveLength(1);
    rig.inbox.start();
    await rig.inbox.settled();
    await rig.advance(59_000);
    expect((await list('open')).threads).toHaveLength(0);
    await rig.advance(2_000);
    expect((await list('open')).threads).toHaveLength(1);
    await snooze(NOW + 3_600_000);
    await take(anSms({ automatic: true }));
    expect((await list('open')).threads).toHaveLength(0);
    await take(anSms());
    expect((await list('open')).threads[0]).toMatchObject({ state: 'open', snoozedUntil: null });
  });

  it('is done and opened again, read and unread', async () => {
    addPerson(rig.store);
    await take(anSms(), anSms());
    const { inboxThreadId } = await onlyThread();
    expect(await call('inbox.mark-read', { inboxThreadId })).toMatchObject({ unread: 0 });
    expect(await call('inbox.mark-read', { inboxThreadId, read: false })).toMatchObject({
      unread: 1,
    });
    expect(await call('inbox.done', { inboxThreadId })).toMatchObject({ state: 'done' });
    expect((await list('done')).counts).toMatchObject({ open: 0, done: 1 });
    expect(await call('inbox.reopen', { inboxThreadId })).toMatchObject({ state: 'open' });
  });

  it('shows calls that nobody took, and messages of ours', async () => {
    const debtorId = addPerson(rig.store);
    await take(anSms({ text: 'in', at: NOW - 3_000 }));
    rig.store.runNow((db, context) => {
      const [callHead, ours] = [context.newId(), context.newId()];
      db.insert('interaction', {
        ...{
          id: callHead,
          debtorId,
          channel: 'call',
          direction: 'in',
          at: NOW - 2_000,
          peer: NUMBER,
        },
      });
      db.insert('missedInbound', {
        ...{ id: context.newId(), at: NOW - 2_000, number: NUMBER, debtorId, reason: 'noAgent' },
        interactionId: callHead,
      });
      db.insert('interaction', {
        ...{ id: ours, debtorId, channel: 'sms', direction: 'out', at: NOW - 1_000, peer: NUMBER },
      });
      db.insert('interactionContent', {
        id: context.newId(),
        interactionId: ours,
        kind: 'body',
        text: 'out',
      });
    });
    const messageId = sent(debtorId);
    rig.store.runNow((db) => {
      const { id } = db.get<{ id: string }>("SELECT id FROM interaction WHERE direction = 'out'")!;
      db.update('message', messageId, { interactionId: id, state: 'delivered', hint: 1 });
    });
    const { inboxThreadId } = await onlyThread();
    const { items, more, replies } = await call('inbox.thread', { inboxThreadId });
    expect(items).toMatchObject([
      { direction: 'in', channel: 'sms', text: 'in', from: NUMBER },
      { direction: 'in', channel: 'call', text: null, reason: 'noAgent' },
      { direction: 'out', channel: 'sms', text: 'out', messageId, state: 'delivered', hint: true },
    ]);
    expect(more).toBe(false);
    expect(replies).toMatchObject([
      { channel: 'sms', value: NUMBER, permission: { allowed: true } },
    ]);
    const page = await call('inbox.thread', { inboxThreadId, limit: 2 });
    expect([page.items.length, page.more]).toEqual([2, true]);
    const before = page.items[0].at;
    const older = await call('inbox.thread', { inboxThreadId, limit: 2, before });
    expect(older.items).toMatchObject([{ text: 'in' }]);
  });

  it('offers first the way that the debtor used last', async () => {
    const debtorId = addPerson(rig.store);
    rig.store.runNow((db, context) =>
      addPhone(db, context, { debtorId, value: 'jan@poczta.example', kind: 'email' }),
    );
    await take(anEmail());
    const { inboxThreadId } = await onlyThread();
    const { replies } = await call('inbox.thread', { inboxThreadId });
    expect(replies.map(({ channel }: { channel: string }) => channel)).toEqual(['email', 'sms']);
  });

  it('is answered by mail under the newest one, with those before it', async () => {
    addPerson(rig.store, 'jan@poczta.example');
    await take(anEmail({ subject: 'Pytanie', headerId: '<1@x>', at: NOW - 9 }));
    await take(
      anEmail({ subject: 'Re: Pytanie', headerId: '<2@x>', references: ['<0@us>', '<1@x>'] }),
    );
    await take(anEmail({ headerId: '<3@x>', automatic: true }));
    const { inboxThreadId } = await onlyThread();
    expect(rig.inbox.sink.replyHeaders(rig.store.read, inboxThreadId)).toEqual({
      ...{ inReplyTo: '<2@x>', references: ['<0@us>', '<1@x>', '<2@x>'], subject: 'Re: Pytanie' },
    });
    expect(rig.inbox.sink.replyHeaders(rig.store.read, 'none')).toBeNull();
  });
});

describe('the list', () => {
  it('pages without gap or repeat, also through threads of one instant', async () => {
    rig.store.runNow((db, context) => {
      for (let index = 0; index < 23; index++) {
        db.insert('inboxThread', {
          ...{ id: context.newId(), peer: `p${index}`, state: 'open', lastAt: NOW - (index >> 2) },
          ...{ channels: index % 2 ? 'sms' : 'sms email', createdAt: 1 },
        });
      }
    });
    const read = async (more = {}) => {
      const seen: string[] = [];
      for (let page = await list('unmatched', { limit: 3, ...more }); ; ) {
        seen.push(...page.threads.map(({ peer }: { peer: string }) => peer));
        if (!page.more) return seen;
        const before = page.threads.at(-1).lastAt;
        page = await list('unmatched', { limit: 3, before, ...more });
      }
    };
    const all = await read();
    expect([all.length, new Set(all).size]).toEqual([23, 23]);
    expect(await read({ channel: 'email' })).toHaveLength(12);
    expect((await list()).counts).toMatchObject({
      open: 23,
      unmatched: 23,
      unassigned: 23,
      mine: 0,
    });
  });

  it('is read and counted by indexes alone', () => {
    const scope = 'FROM inboxThread t WHERE t.deletedAt IS NULL AND';
    const page = 'AND t.lastAt < 5 ORDER BY t.lastAt DESC LIMIT 50';
    const plans = [
      `SELECT * ${scope} t.state = 'open' ${page}`,
      `SELECT * ${scope} t.state = 'open' AND t.assignedTo = 'x' ${page}`,
      `SELECT * ${scope} t.state = 'open' AND t.debtorId IS NULL ${page}`,
      `SELECT * ${scope} t.state = 'done' AND instr(t.channels, 'email') > 0 ${page}`,
      `SELECT count(*) ${scope} t.state = 'done'`,
      `SELECT count(*) ${scope} t.state = 'open' AND t.assignedTo IS NULL`,
    ].map((sql) =>
      rig.store.read
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .map(({ detail }) => detail)
        .join(),
    );
    for (const plan of plans) {
      expect(plan).toMatch(/SEARCH t USING (COVERING )?INDEX/);
      expect(plan).not.toContain('TEMP B-TREE');
    }
  });
});

describe('mails without end', () => {
  it('are shown in so many words as a connection holds, the newest whole', async () => {
    const debtorId = addPerson(rig.store, 'jan@poczta.example');
    const text = '界'.repeat(200_000);
    for (let count = 0; count < 20; count += 1) await take(anEmail({ text, html: text }));
    const { inboxThreadId } = await onlyThread();
    const thread = await call('inbox.thread', { inboxThreadId });
    expect(thread.items).toHaveLength(20);
    expect(thread.items.at(-1).text).toBe(text);
    expect(thread.items[0].text).toMatch(/^界{500}…$/);
    expect(thread.items[0].html).toBeNull();
    const history = loadHistory(rig.store.read, { debtorId, limit: 50 });
    // what the contract's server lets wait for one connection
    for (const view of [thread, history])
      expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(8 * 1024 * 1024);
  });
});
