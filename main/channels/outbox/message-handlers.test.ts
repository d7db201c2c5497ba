import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../../contract-server/types.ts';
import { createIdSource, systemRandom } from '../../store/index.ts';
import type { GatewayHub } from '../gateways/index.ts';
import { gatewayWrites } from '../gateways/writes.ts';
import type { FilledMessage, KeptMedia } from '../ports.ts';
import type { MayDisclose } from './compose-message.ts';
import { createMessageHandlers } from './message-handlers.ts';
import { fakeTexts, openOutboxRig, settle } from './outbox.fixture.ts';

const context = (role = 'agent'): RequestContext => ({
  principal: { personId: 'person-1', displayName: 'Anna', role } as never,
  connectionId: 'c',
  commandId: null,
});

/** Handlers over an outbox; what is filled in and whether it may be given out is up to the test. */
async function aDesk() {
  const rig = await openOutboxRig();
  const told: string[] = [];
  const audited: string[] = [];
  const made: KeptMedia = {
    documentId: 'd-1',
    name: 'plan.pdf',
    mediaType: 'application/pdf',
    bytes: 900,
  };
  const say = {
    filled: {} as Partial<FilledMessage>,
    disclose: { ok: true } as ReturnType<MayDisclose>,
    asked: [] as unknown[],
  };
  const handlers = createMessageHandlers({
    store: rig.store,
    clock: rig.clock,
    rules: rig.rules,
    hub: {
      // its one gateway takes pictures too
      choose: (channel: string, gatewayId?: string) =>
        rig.hub.choose(channel === 'mms' ? 'sms' : (channel as 'sms'), gatewayId),
    } as GatewayHub,
    outbox: rig.outbox,
    idSource: createIdSource(rig.clock, systemRandom),
    publisher: {
      publish: (name, data) => void told.push(`${name} ${(data as { state?: string }).state}`),
    },
    audit: ({ action }) => void audited.push(action),
    texts: {
      ...fakeTexts,
      offer: () => [
        {
          templateId: 'template-1',
          name: 'Reminder',
          language: 'pl',
          discloses: true,
          sample: false,
        },
      ],
      fillMany: (read, requests, at) =>
        fakeTexts.fillMany(read, requests, at).map((one, index) => {
          const text = requests[index]?.text;
          return { ...one, ...(text == null ? {} : { text }), ...say.filled } as FilledMessage;
        }),
    },
    media: {
      make: async () => [made],
      show: async (documentIds) =>
        documentIds.map((documentId) => ({
          ...made,
          documentId,
          url: '/m/x',
          expiresAt: 0,
          width: null,
          height: null,
          pages: 1,
          originalBytes: 900,
          steps: [],
        })),
      keptMedia: (_read, _debtorId, ids) => ids.map((documentId) => ({ ...made, documentId })),
      read: async () => ({
        name: 'plan.pdf',
        mediaType: 'application/pdf',
        bytes: new Uint8Array(9),
      }),
    },
    mayDisclose: (about) => {
      say.asked.push(about);
      return say.disclose;
    },
    publicBaseUrl: () => '',
  });
  const debtor = rig.addDebtor();
  const call = async <Name extends keyof typeof handlers>(
    name: Name,
    input: Record<string, unknown>,
    role?: string,
    // biome-ignore lint/suspicious/noExplicitAny: the answer of any command, looked into by each test
  ): Promise<any> => {
    const answer = await handlers[name]?.(input as never, context(role));
    await settle();
    return answer;
  };
  const send = (more: Record<string, unknown> = {}, role?: string) =>
    call(
      'message.send',
      { debtorId: debtor.debtorId, channel: 'sms', templateId: 'template-1', ...more },
      role,
    );
  return { rig, say, told, audited, debtor, call, send };
}

describe('sending by hand', () => {
  it('offers addresses with what the door says, templates, and the first one filled in', async () => {
    const desk = await aDesk();
    const offer = await desk.call('message.offer', {
      debtorId: desk.debtor.debtorId,
      channel: 'sms',
    });
    expect(offer).toMatchObject({
      recipients: [{ value: desk.debtor.number, permission: { allowed: true } }],
      templates: [{ templateId: 'template-1' }],
      freeText: true,
      unavailable: null,
      preview: { text: `for ${desk.debtor.debtorId}`, gatewayName: 'Gateway 1', missing: [] },
    });
    expect(desk.rig.store.read.get('SELECT count(*) AS n FROM contactDecision')).toEqual({ n: 0 });
  });

  it('sends what the preview shows, and tells of each step', async () => {
    const desk = await aDesk();
    const sent = await desk.send();
    expect(sent).toMatchObject({
      to: desk.debtor.number,
      agentName: null,
      templateId: 'template-1',
    });
    expect(desk.rig.fake.sent[0]?.text).toBe(`for ${desk.debtor.debtorId}`);
    const { messageId } = sent;
    await desk.rig.fake.receipt({ providerId: `p-${messageId}` });
    await settle();
    expect(desk.told.at(-1)).toBe('message.changed delivered');
    // the card has a new line, and rules count one contact more
    const left = desk.told.indexOf('message.changed sent');
    expect(desk.told.slice(left)).toContain('debtor.changed undefined');
    expect(await desk.call('message.get', { messageId })).toMatchObject({
      state: 'delivered',
      text: `for ${desk.debtor.debtorId}`,
    });
    const list = { debtorId: desk.debtor.debtorId, waiting: false, limit: 10 };
    expect(await desk.call('message.list', list)).toMatchObject({
      messages: [{ messageId }],
      more: false,
    });
  });

  it('shows words at once: files of the template are made when they are asked for', async () => {
    const desk = await aDesk();
    const { debtorId } = desk.debtor;
    const attachments = [{ kind: 'document' as const, documentKind: 'plan', as: 'pdf' as const }];
    desk.say.filled = { attachments } as never;
    const asked = { debtorId, channel: 'mms', templateId: 'template-1' };
    const { preview } = await desk.call('message.offer', { debtorId, channel: 'mms' });
    expect(preview).toMatchObject({ text: `for ${debtorId}`, attachments: [], filesPending: true });
    expect(await desk.call('message.preview', { ...asked, filesLater: true })).toEqual(preview);
    expect(await desk.call('message.preview', asked)).toMatchObject({
      attachments: [{ documentId: 'd-1' }],
      filesPending: false,
    });
    const own = { ...asked, filesLater: true, attachments: ['d-2'] };
    expect(await desk.call('message.preview', own)).toMatchObject({
      attachments: [{ documentId: 'd-2' }],
      filesPending: false,
    });
  });

  it.each([
    [{ missing: ['total.balance'] }, 'message.missing-fields'],
    [
      { problems: [{ problem: 'missing', blocks: true, element: 'optOut', rule: 'X' }] },
      'message.content-refused',
    ],
    [
      { problems: [{ problem: 'too-long', blocks: true, element: null, rule: null }] },
      'message.too-long',
    ],
    [{ text: ' ' }, 'message.empty'],
  ])('is refused with %j', async (filled, code) => {
    const desk = await aDesk();
    desk.say.filled = filled as never;
    await expect(desk.send()).rejects.toMatchObject({ code });
    expect(desk.rig.fake.sent).toEqual([]);
  });

  it('a rule that only warns about a text does not stop it', async () => {
    const desk = await aDesk();
    desk.say.filled = {
      problems: [{ problem: 'missing', blocks: false, element: 'optOut' }],
    } as never;
    expect(await desk.send()).toMatchObject({ reason: null });
    expect(desk.rig.fake.sent).toHaveLength(1);
  });

  it('says which rule refuses, and until when', async () => {
    const desk = await aDesk();
    desk.rig.store.runNow((db, { newId, now }) =>
      db.insert('hold', {
        id: newId(),
        debtorId: desk.debtor.debtorId,
        kind: 'cease',
        since: now - 1,
      }),
    );
    await expect(desk.send()).rejects.toMatchObject({
      code: 'contact-rules.refused',
      details: { blockedBy: [{ because: 'hold' }] },
    });
  });

  it('needs a gateway that is on, an address in use, and a sender that may be shown', async () => {
    const desk = await aDesk();
    await expect(desk.send({ sender: 'Nobody' })).rejects.toMatchObject({
      code: 'message.bad-sender',
    });
    await expect(desk.send({ contactPointId: 'not-theirs' })).rejects.toMatchObject({
      code: 'message.no-recipient',
    });
    await expect(desk.send({ channel: 'email' })).rejects.toMatchObject({
      code: 'message.no-gateway',
    });
  });

  it('names the senders that may be chosen, unless the template has its own', async () => {
    const desk = await aDesk();
    const settings = desk.rig.hub.choose('sms')?.record.settings as { senders: string[] };
    settings.senders = ['Firm', '+48100999999'];
    const preview = () =>
      desk.call('message.preview', {
        debtorId: desk.debtor.debtorId,
        channel: 'sms',
        templateId: 'template-1',
      });
    expect(await preview()).toMatchObject({ sender: 'Firm', senders: ['Firm', '+48100999999'] });
    desk.say.filled = { sender: '+48100999999' };
    expect(await preview()).toMatchObject({ sender: '+48100999999', senders: [] });
  });

  it('refuses what is larger than the gateway takes, before the door is asked', async () => {
    const desk = await aDesk();
    desk.say.filled = { text: 'x'.repeat(300_001) };
    await expect(desk.send({ channel: 'mms' })).rejects.toMatchObject({
      code: 'message.too-large',
      details: { bytes: 300_001, maxBytes: 300_000 },
    });
    expect(desk.rig.store.read.get('SELECT count(*) AS n FROM contactDecision')).toEqual({ n: 0 });
  });
});

describe('what names a debt', () => {
  it('goes to who is identified, or for a reason that is kept, and never past a third person', async () => {
    const desk = await aDesk();
    desk.say.filled = { discloses: true };
    desk.say.disclose = { ok: false, because: 'notIdentified' };
    const preview = await desk.call('message.preview', {
      debtorId: desk.debtor.debtorId,
      channel: 'sms',
      templateId: 'template-1',
    });
    expect(preview.needsIdentification).toBe(true);
    await expect(desk.send({ callId: 'call-1' })).rejects.toMatchObject({
      code: 'call.not-identified',
      details: { because: 'notIdentified' },
    });
    expect(desk.say.asked.at(-1)).toMatchObject({ callId: 'call-1', personId: 'person-1' });
    await desk.send({ callId: 'call-1', revealReason: 'the debtor asked for it' });
    const kept = desk.rig.store.read.all(
      "SELECT dataJson FROM interactionEvent WHERE kind = 'revealed'",
    );
    expect(kept).toEqual([{ dataJson: '{"reason":"the debtor asked for it"}' }]);
    expect(desk.audited).toEqual(['message.sent-unidentified']);
    // also when it leaves later
    const dueAt = desk.rig.clock.now() + 60_000;
    await desk.send({ callId: 'call-1', revealReason: 'asked for it tomorrow', dueAt });
    desk.rig.clock.advance(120_000);
    await settle();
    const later = desk.rig.store.read.all<{ dataJson: string }>(
      "SELECT dataJson FROM interactionEvent WHERE kind = 'revealed' ORDER BY id",
    );
    expect(later.map(({ dataJson }) => dataJson)).toContain('{"reason":"asked for it tomorrow"}');
    desk.say.disclose = { ok: false, because: 'thirdPerson' };
    await expect(desk.send({ revealReason: 'all the same' })).rejects.toMatchObject({
      code: 'call.not-identified',
    });
    expect(desk.rig.fake.sent).toHaveLength(2);
  });

  it('is also what is attached to a text that says nothing', async () => {
    const desk = await aDesk();
    desk.say.filled = { discloses: false };
    desk.say.disclose = { ok: false, because: 'thirdPerson' };
    const attached = { channel: 'mms', attachments: ['d-7'] };
    await expect(desk.send(attached)).rejects.toMatchObject({ code: 'call.not-identified' });
    expect(desk.rig.fake.sent).toEqual([]);
  });

  it('is collection by the template, whatever the sender calls it', async () => {
    const desk = await aDesk();
    await desk.send({ purpose: 'legalNotice' });
    const row = desk.rig.store.read.get<{ requestJson: string }>(
      'SELECT requestJson FROM contactDecision',
    );
    expect(JSON.parse(row?.requestJson ?? '')).toMatchObject({ purpose: 'collection' });
  });

  it('is asked about only when the text names it', async () => {
    const desk = await aDesk();
    desk.say.disclose = { ok: false, because: 'notIdentified' };
    desk.say.filled = { discloses: false };
    await desk.send();
    expect(desk.rig.fake.sent).toHaveLength(1);
  });
});

describe('free text', () => {
  const set = (desk: Awaited<ReturnType<typeof aDesk>>, freeText: string) =>
    desk.rig.store.write(gatewayWrites, 'gateway.set-message-settings', { freeText } as never);

  it('is for those whom the firm lets write', async () => {
    const desk = await aDesk();
    const own = { templateId: undefined, text: 'my own words' };
    await desk.send(own);
    expect(desk.rig.fake.sent[0]?.text).toBe('my own words');
    await set(desk, 'leads');
    await expect(desk.send(own, 'agent')).rejects.toMatchObject({
      code: 'message.free-text-refused',
    });
    await desk.send(own, 'lead');
    await set(desk, 'nobody');
    const changed = { text: 'a template with other words' };
    await expect(desk.send(changed, 'lead')).rejects.toMatchObject({
      code: 'message.free-text-refused',
    });
    await desk.send({}, 'agent');
    expect(desk.rig.fake.sent).toHaveLength(3);
  });

  it('is not nothing', async () => {
    const desk = await aDesk();
    await expect(desk.send({ templateId: undefined })).rejects.toMatchObject({
      code: 'message.empty',
    });
  });
});

describe('once more', () => {
  it('a message that failed is sent as a new one, past the door; others are not', async () => {
    const desk = await aDesk();
    desk.rig.fake.answer = () => ({
      kind: 'rejected',
      code: 'gateway.refused',
      detail: null,
      badAddress: false,
    });
    const { messageId } = await desk.send();
    desk.rig.fake.answer = (message) => ({
      kind: 'accepted',
      providerIds: [`p-${message.messageId}`],
      parts: 1,
    });
    const again = await desk.call('message.send-again', { messageId });
    expect(again.messageId).not.toBe(messageId);
    expect(again.text).toBe(`for ${desk.debtor.debtorId}`);
    const decisions = desk.rig.store.read.get('SELECT count(*) AS n FROM contactDecision');
    expect(decisions).toEqual({ n: 2 });
    await expect(
      desk.call('message.send-again', { messageId: again.messageId }),
    ).rejects.toMatchObject({ code: 'message.not-failed' });
  });

  it('one of unknown fate is asked about, never sent again', async () => {
    const desk = await aDesk();
    desk.rig.fake.answer = () => ({ kind: 'unknown', code: 'gateway.no-answer', detail: null });
    const { messageId } = await desk.send();
    await expect(desk.call('message.send-again', { messageId })).rejects.toMatchObject({
      code: 'message.not-failed',
    });
    await desk.call('message.query', { messageId });
    expect(desk.rig.fake.asked.map((asked) => asked.messageId)).toEqual([messageId]);
    expect(desk.rig.fake.sent).toHaveLength(1);
  });
});

describe('what goes with a message', () => {
  it('is handed over, and stands as sent from then on', async () => {
    const desk = await aDesk();
    desk.rig.store.runNow((db) =>
      db.insert('document', {
        id: 'd-7',
        debtorId: desk.debtor.debtorId,
        kind: 'paymentPlan',
        name: 'plan.pdf',
        mediaType: 'application/pdf',
        bytes: 900,
        sha256: '',
        fileName: 'x',
        keyHex: '00',
        createdAt: 0,
      }),
    );
    await desk.send({ attachments: ['d-7'] });
    expect(desk.rig.fake.sent[0]?.media.map(({ name }) => name)).toEqual(['d-7']);
    const row = desk.rig.store.read.get<{ sentHow: string; sentAt: number }>(
      'SELECT sentHow, sentAt FROM document',
    );
    expect(row?.sentHow).toBe('sms');
    expect(row?.sentAt).toBeGreaterThan(0);
  });
});
