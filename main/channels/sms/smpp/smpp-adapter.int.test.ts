import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type PracticeSmsc,
  type PracticeSmscParts,
  type SmscFault,
  type SubmittedPart,
  startPracticeSmsc,
} from '../../../practice/gateways/smsc/index.ts';
import { testSmpp } from './test-gateway.ts';
import { AdapterRig, aMessage, machineClock, type RigOptions } from './testing/adapter-rig.ts';
import { commandStatus } from './wire/index.ts';

type Behaviour = NonNullable<PracticeSmscParts['behaviour']>;
const atOnce: Behaviour = () => ({
  outcome: 'delivered',
  afterMs: 0,
  failure: null,
  reply: null,
});
const silent: Behaviour = () => ({
  outcome: 'silent',
  afterMs: 0,
  failure: null,
  reply: null,
});
const later: Behaviour = () => ({
  outcome: 'delivered',
  afterMs: 600,
  failure: null,
  reply: null,
});
const longPolish = 'Prosimy o wpłatę zaległej raty, żeby uniknąć odsetek. '.repeat(6).trim();
const until = <Value>(check: () => Value | Promise<Value>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 10 });

const started: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.stop();
});

async function anSmsc(parts: Partial<PracticeSmscParts> = {}): Promise<PracticeSmsc> {
  const smsc = await startPracticeSmsc({
    port: 0,
    clock: machineClock,
    seed: 1,
    behaviour: atOnce,
    ...parts,
  });
  started.push(smsc);
  return smsc;
}

async function aBoundAdapter(options: RigOptions): Promise<AdapterRig> {
  const rig = new AdapterRig(options);
  started.push({ stop: () => rig.adapter.close() });
  rig.adapter.open();
  await until(() => expect(rig.state?.kind).toBe('ready'));
  return rig;
}

/** An SMSC that fails at some submits, and an adapter bound to it. */
async function aPair(
  smscParts: Partial<PracticeSmscParts> = {},
  settings: RigOptions['settings'] = {},
) {
  const smsc = await anSmsc(smscParts);
  const rig = await aBoundAdapter({ port: smsc.port, settings });
  return { smsc, rig };
}
const faultAt = (number: number, fault: SmscFault) => (submit: SubmittedPart) =>
  submit.number === number ? fault : null;

describe('handing over', () => {
  it('hands over a message and hears that it was delivered', async () => {
    const { smsc, rig } = await aPair();
    const message = aMessage();
    const handOver = await rig.adapter.send(message);
    expect(handOver).toMatchObject({ kind: 'accepted', parts: 1 });
    expect(smsc.submitted()).toMatchObject([
      { text: message.text, to: '48100000090', from: 'FIRMA' },
    ]);
    await until(() => expect(rig.receipts).toHaveLength(1));
    const [providerId] = handOver.kind === 'accepted' ? handOver.providerIds : [];
    expect(rig.receipts[0]).toMatchObject({ providerId, state: 'delivered', code: 'DELIVRD' });
    expect(rig.receipts[0]).toMatchObject({ messageId: message.messageId });
    await until(() => expect(smsc.waiting()).toBe(0));
  });

  it.each(['udh', 'sar', 'payload'] as const)(
    'hands over a long one whole by %s',
    async (longMessages) => {
      const { smsc, rig } = await aPair({}, { longMessages });
      const handOver = await rig.adapter.send(aMessage({ text: longPolish }));
      expect(handOver).toMatchObject({ kind: 'accepted', parts: 5 });
      expect(smsc.submitted().map(({ text }) => text)).toEqual([longPolish]);
      const receipts = longMessages === 'payload' ? 1 : 5;
      await until(() => expect(rig.receipts).toHaveLength(receipts));
      const ids = handOver.kind === 'accepted' ? [...handOver.providerIds] : [];
      expect(rig.receipts.map(({ providerId }) => providerId).sort()).toEqual(ids.sort());
    },
  );

  it.each([
    [commandStatus.throttled, { kind: 'later', code: 'gateway.throttled' }],
    [commandStatus.queueFull, { kind: 'later', code: 'gateway.throttled' }],
    [commandStatus.systemError, { kind: 'later', code: 'gateway.not-now' }],
    [
      commandStatus.invalidDestination,
      { kind: 'rejected', code: 'gateway.bad-destination', badAddress: true },
    ],
    [
      commandStatus.invalidSource,
      { kind: 'rejected', code: 'gateway.sender-refused', badAddress: false },
    ],
    [commandStatus.submitFailed, { kind: 'rejected', code: 'gateway.refused', badAddress: false }],
    [0x0400, { kind: 'rejected', code: 'gateway.refused', detail: '0x00000400' }],
  ])('understands a refusal by status %i', async (status, expected) => {
    const { smsc, rig } = await aPair({ faultOf: faultAt(1, { kind: 'refuse', status }) });
    expect(await rig.adapter.send(aMessage())).toMatchObject(expected);
    expect(smsc.parts()).toHaveLength(0);
  });

  it('says that it was asked to be slower, and that it may go on', async () => {
    const { rig } = await aPair({
      faultOf: faultAt(1, { kind: 'refuse', status: commandStatus.throttled }),
    });
    await rig.adapter.send(aMessage());
    expect(rig.state).toMatchObject({ kind: 'limited', code: 'gateway.throttled' });
    await rig.adapter.send(aMessage());
    expect(rig.state).toMatchObject({ kind: 'ready' });
  });

  it('does not know what became of a message without an answer', async () => {
    const { smsc, rig } = await aPair(
      { faultOf: faultAt(1, { kind: 'dropAnswer' }), receiptStyle: 'text', behaviour: silent },
      { answerWithinMs: 200 },
    );
    expect(await rig.adapter.send(aMessage())).toEqual({
      kind: 'unknown',
      code: 'gateway.no-answer',
      detail: null,
    });
    expect(smsc.parts()).toHaveLength(1);
  });

  it('learns the fate of such a message by our reference in its receipt, also in its next life', async () => {
    const smsc = await anSmsc({ faultOf: () => ({ kind: 'dropAnswer' }), behaviour: later });
    const first = await aBoundAdapter({ port: smsc.port, settings: { answerWithinMs: 100 } });
    const message = aMessage();
    expect(await first.adapter.send(message)).toMatchObject({ kind: 'unknown' });
    await first.adapter.close();
    const second = new AdapterRig({ port: smsc.port, cursors: first.cursors });
    started.push({ stop: () => second.adapter.close() });
    const { messageId, channel, to } = message;
    // its owner asks at every start for what is unknown
    const asked = { messageId, channel, to, providerIds: [], permittedAt: Date.now() };
    expect(await second.adapter.query(asked)).toBeNull();
    second.adapter.open();
    await until(() => expect(second.receipts).toHaveLength(1));
    expect(second.receipts[0]).toMatchObject({ messageId, state: 'delivered' });
  });

  it('learns it also when the receipt comes before its owner asks', async () => {
    const smsc = await anSmsc({ faultOf: () => ({ kind: 'dropAnswer' }), behaviour: later });
    const first = await aBoundAdapter({ port: smsc.port, settings: { answerWithinMs: 100 } });
    const message = aMessage();
    expect(await first.adapter.send(message)).toMatchObject({ kind: 'unknown' });
    await first.adapter.close();
    const second = await aBoundAdapter({ port: smsc.port });
    await until(() => expect(second.receipts).toMatchObject([{ messageId: null }]));
    const { messageId, channel, to } = message;
    const asked = { messageId, channel, to, providerIds: [], permittedAt: Date.now() };
    expect(await second.adapter.query({ ...asked, to: '+48100000099' })).toBeNull();
    expect(await second.adapter.query(asked)).toMatchObject({
      messageId,
      providerId: smsc.parts()[0]?.id,
      state: 'delivered',
    });
  });

  it('learns it by the first receipt after a start, asked or not', async () => {
    const smsc = await anSmsc({ faultOf: () => ({ kind: 'dropAnswer' }), behaviour: later });
    const first = await aBoundAdapter({ port: smsc.port, settings: { answerWithinMs: 100 } });
    const message = aMessage();
    expect(await first.adapter.send(message)).toMatchObject({ kind: 'unknown' });
    await first.adapter.close();
    const { messageId, to } = message;
    const lost = [
      { messageId: 'another', to: '+48100000099', parts: 1 },
      { messageId, to, parts: 1 },
    ];
    const second = await aBoundAdapter({ port: smsc.port, lost });
    await until(() => expect(second.receipts).toHaveLength(1));
    expect(second.receipts[0]).toMatchObject({ messageId, providerId: smsc.parts()[0]?.id });
    expect(second.receipts[0]?.onePart).toBeUndefined();
  });

  it('learns of each part of a long one that was lost, as a part', async () => {
    const smsc = await anSmsc({ behaviour: later });
    const first = await aBoundAdapter({ port: smsc.port });
    const message = aMessage({ text: longPolish });
    expect(await first.adapter.send(message)).toMatchObject({ kind: 'accepted', parts: 5 });
    await first.adapter.close();
    const { messageId, to } = message;
    const second = await aBoundAdapter({ port: smsc.port, lost: [{ messageId, to, parts: 5 }] });
    await until(() => expect(second.receipts).toHaveLength(5));
    for (const receipt of second.receipts)
      expect(receipt).toMatchObject({ messageId, onePart: true, state: 'delivered' });
    const asked = { messageId, channel: message.channel, to, permittedAt: 0, parts: 5 };
    const providerIds = smsc.parts().map(({ id }) => id);
    // what became of a part that has no name here nobody can say
    expect(await second.adapter.query({ ...asked, providerIds: providerIds.slice(1) })).toBeNull();
    expect(await second.adapter.query({ ...asked, providerIds })).toMatchObject({
      state: 'delivered',
    });
  });

  it('tells of an answer that came too late', async () => {
    const { smsc, rig } = await aPair(
      { faultOf: faultAt(1, { kind: 'delayAnswer', delayMs: 400 }), behaviour: silent },
      { answerWithinMs: 100 },
    );
    const message = aMessage();
    expect(await rig.adapter.send(message)).toMatchObject({ kind: 'unknown' });
    await until(() => expect(rig.receipts).toHaveLength(1));
    expect(rig.receipts[0]).toMatchObject({
      messageId: message.messageId,
      providerId: smsc.parts()[0]?.id,
      state: 'accepted',
    });
  });

  it.each([true, false])(
    'does not know it either when the connection ends before the answer, and binds again (taken: %s)',
    async (taken) => {
      const { smsc, rig } = await aPair({ faultOf: faultAt(1, { kind: 'disconnect', taken }) });
      expect(await rig.adapter.send(aMessage())).toMatchObject({ kind: 'unknown' });
      await until(() => expect(rig.state?.kind).toBe('ready'));
      expect(await rig.adapter.send(aMessage())).toMatchObject({ kind: 'accepted' });
      expect(smsc.parts()).toHaveLength(taken ? 2 : 1);
    },
  );

  it('leaves for later what could not be written', async () => {
    const rig = new AdapterRig({ port: 1 });
    started.push({ stop: () => rig.adapter.close() });
    rig.adapter.open();
    expect(await rig.adapter.send(aMessage())).toMatchObject({
      kind: 'later',
      code: 'gateway.not-connected',
    });
    await until(() =>
      expect(rig.state).toMatchObject({ kind: 'failing', code: 'gateway.unreachable' }),
    );
  });

  it('does not send again a long one of which a part is taken', async () => {
    const { smsc, rig } = await aPair(
      { faultOf: faultAt(2, { kind: 'dropAnswer' }), behaviour: silent },
      { answerWithinMs: 200 },
    );
    expect(await rig.adapter.send(aMessage({ text: longPolish }))).toMatchObject({
      kind: 'unknown',
      code: 'gateway.partly-taken',
      detail: '1/5: gateway.no-answer',
    });
    expect(smsc.parts()).toHaveLength(2);
  });

  it('goes on with a part that the SMSC was too busy for', async () => {
    const { smsc, rig } = await aPair({
      faultOf: faultAt(2, { kind: 'refuse', status: commandStatus.throttled }),
    });
    expect(await rig.adapter.send(aMessage({ text: longPolish }))).toMatchObject({
      kind: 'accepted',
    });
    expect(smsc.submitted().map(({ text }) => text)).toEqual([longPolish]);
  });

  it('asks the SMSC for the state of a message by its ids', async () => {
    const { rig } = await aPair();
    const { messageId, channel, to, text } = aMessage({ text: longPolish });
    const handOver = await rig.adapter.send(aMessage({ text }));
    const providerIds = handOver.kind === 'accepted' ? handOver.providerIds : [];
    const asked = { messageId, channel, to, permittedAt: 0 };
    await until(async () =>
      expect(await rig.adapter.query({ ...asked, providerIds })).toMatchObject({
        state: 'delivered',
      }),
    );
    expect(await rig.adapter.query({ ...asked, providerIds: ['999'] })).toBeNull();
    expect(await rig.adapter.query({ ...asked, providerIds: [] })).toBeNull();
  });
});

describe('receipts', () => {
  it.each([
    ['text', 'asGiven'],
    ['tlv', 'asGiven'],
    ['both', 'hexInReceipt'],
    ['text', 'hexInReceipt'],
    ['tlv', 'decimalInReceipt'],
  ] as const)('are understood as %s with ids %s', async (receiptStyle, receiptIds) => {
    const { rig } = await aPair({ receiptStyle, receiptIds });
    const handOver = await rig.adapter.send(aMessage());
    await until(() => expect(rig.receipts).toHaveLength(1));
    const [providerId] = handOver.kind === 'accepted' ? handOver.providerIds : [];
    expect(rig.receipts[0]).toMatchObject({ providerId, state: 'delivered' });
    expect(rig.cursors.get('receiptIds')).toBe(receiptIds);
  });

  it('say which addresses do not exist', async () => {
    const { rig } = await aPair({
      behaviour: (to) => ({
        outcome: 'failed',
        afterMs: 0,
        failure: to.endsWith('94') ? 'unknownAddress' : 'refused',
        reply: null,
      }),
    });
    await rig.adapter.send(aMessage({ to: '+48100000094' }));
    await rig.adapter.send(aMessage({ to: '+48100000095' }));
    await until(() => expect(rig.receipts).toHaveLength(2));
    expect(rig.receipts.map(({ state, badAddress }) => [state, badAddress])).toEqual([
      ['failed', true],
      ['failed', false],
    ]);
  });

  it('come before the answer and twice, and each is told as it came', async () => {
    const { rig } = await aPair({
      faultOf: ({ number }) => ({ kind: number === 1 ? 'receiptFirst' : 'receiptTwice' }),
    });
    const first = await rig.adapter.send(aMessage());
    expect(first).toMatchObject({ kind: 'accepted' });
    expect(rig.receipts).toHaveLength(1);
    await rig.adapter.send(aMessage());
    await until(() => expect(rig.receipts).toHaveLength(3));
  });

  it('are offered again when they could not be stored, and acknowledged once they are', async () => {
    let failures = 2;
    const smsc = await anSmsc();
    const rig = await aBoundAdapter({
      port: smsc.port,
      onEvents: () => {
        failures -= 1;
        if (failures >= 0) throw new Error('the disk is full');
      },
    });
    await rig.adapter.send(aMessage());
    await until(() => expect(rig.receipts).toHaveLength(1));
    await until(() => expect(smsc.waiting()).toBe(0));
    expect(failures).toBe(-1);
  });

  it('do not keep each other from being stored', async () => {
    const smsc = await anSmsc();
    let bad: string | null = null;
    const rig = await aBoundAdapter({
      port: smsc.port,
      onEvents: (events) => {
        for (const event of events) {
          if (event.kind !== 'incoming') continue;
          bad ??= event.sourceKey;
          if (event.sourceKey === bad) throw new Error('this one cannot be stored');
        }
      },
    });
    void smsc.deliver({ from: '+48100000001', to: '7157', text: 'pierwszy' });
    const stored = ['drugi', 'trzeci'].map((text) =>
      smsc.deliver({ from: '+48100000001', to: '7157', text }),
    );
    await Promise.all(stored);
    expect(rig.incoming.map(({ text }) => text).sort()).toEqual(['drugi', 'trzeci']);
    expect(smsc.waiting()).toBe(1);
  });
});

describe('what phones send', () => {
  it.each(['udh', 'sar', 'payload'] as const)('arrives long by %s', async (long) => {
    const { smsc, rig } = await aPair();
    await smsc.deliver({ from: '+48100000091', to: '7157', text: longPolish, long });
    const { incoming } = rig;
    const inOrder = incoming.toSorted((a, b) => (a.part?.number ?? 0) - (b.part?.number ?? 0));
    expect(inOrder.map(({ text }) => text).join('')).toBe(longPolish);
    expect(new Set(incoming.map(({ part }) => part?.group)).size).toBe(1);
    expect(new Set(incoming.map(({ sourceKey }) => sourceKey)).size).toBe(incoming.length);
    expect(incoming[0]).toMatchObject({ from: '+48100000091', to: '7157', channel: 'sms' });
  });

  it('keeps its name when it is delivered again to the next life of the engine', async () => {
    const smsc = await anSmsc();
    let stored: string | null = null;
    const first = await aBoundAdapter({
      port: smsc.port,
      // stored, and the engine dies before it could say so
      onEvents: (events) => {
        const [event] = events;
        if (event?.kind === 'incoming') stored = event.sourceKey;
        return new Promise(() => {});
      },
    });
    void smsc.deliver({ from: '+48100000093', to: '7157', text: 'STOP' });
    await until(() => expect(stored).not.toBeNull());
    smsc.disconnectAll();
    const second = await aBoundAdapter({ port: smsc.port, cursors: first.cursors });
    await first.adapter.close();
    await until(() => expect(second.incoming).toHaveLength(1));
    expect(second.incoming[0]?.sourceKey).toBe(stored);
    await until(() => expect(smsc.waiting()).toBe(0));
  });

  it('has another name when somebody writes the same again', async () => {
    const { smsc, rig } = await aPair();
    await smsc.deliver({ from: '+48100000092', to: '7157', text: 'tak' });
    // the SMSC answers this, so it has read our acknowledgement
    await rig.adapter.send(aMessage());
    await smsc.deliver({ from: '+48100000092', to: '7157', text: 'tak' });
    expect(rig.incoming).toHaveLength(2);
    expect(rig.incoming[0]?.sourceKey).not.toBe(rig.incoming[1]?.sourceKey);
  });
});

describe('the connection', () => {
  it('uses two binds where the SMSC wants them', async () => {
    const { smsc, rig } = await aPair({}, { bind: 'transmitterReceiver' });
    expect(
      smsc
        .binds()
        .map(({ role }) => role)
        .sort(),
    ).toEqual(['receiver', 'transmitter']);
    await rig.adapter.send(aMessage());
    await until(() => expect(rig.receipts).toHaveLength(1));
    await smsc.deliver({ from: '+48100000001', to: '7157', text: 'ok' });
    expect(rig.incoming).toHaveLength(1);
  });

  it('says that the login is wrong', async () => {
    const smsc = await anSmsc({ login: { systemId: 'dialdesk', password: 'other' } });
    const rig = new AdapterRig({ port: smsc.port });
    started.push({ stop: () => rig.adapter.close() });
    rig.adapter.open();
    await until(() =>
      expect(rig.state).toEqual({
        kind: 'failing',
        code: 'gateway.login-refused',
        detail: 'ESME_RINVPASWD',
      }),
    );
  });

  it('finds out that the other end died, and comes back', async () => {
    const { smsc, rig } = await aPair({}, { enquireEveryMs: 150, answerWithinMs: 150 });
    smsc.setSilent(true);
    await until(() =>
      expect(rig.state).toMatchObject({ kind: 'failing', code: 'gateway.no-answer' }),
    );
    smsc.setSilent(false);
    await until(() => expect(rig.state?.kind).toBe('ready'));
  });

  it('comes back after the SMSC took its leave or broke off', async () => {
    const { smsc, rig } = await aPair();
    await smsc.unbindAll();
    expect(rig.state).toMatchObject({ kind: 'failing', code: 'gateway.connection-lost' });
    await until(() => expect(rig.state?.kind).toBe('ready'));
    smsc.disconnectAll();
    await until(() => expect(rig.state?.kind).toBe('failing'));
    await until(() => expect(rig.state?.kind).toBe('ready'));
    expect(await rig.adapter.send(aMessage())).toMatchObject({ kind: 'accepted' });
  });

  it('waits for what is under way when it closes, unbinds, and is heard of no more', async () => {
    const { smsc, rig } = await aPair({
      faultOf: faultAt(1, { kind: 'delayAnswer', delayMs: 300 }),
    });
    const handOver = rig.adapter.send(aMessage());
    await until(() => expect(smsc.parts()).toHaveLength(1));
    await rig.adapter.close();
    expect(await handOver).toMatchObject({ kind: 'accepted' });
    expect(smsc.binds()).toEqual([]);
    const heard = [rig.events.length, rig.states.length];
    void smsc.deliver({ from: '+48100000001', to: '7157', text: 'ok' });
    expect(await rig.adapter.send(aMessage())).toMatchObject({ kind: 'later' });
    expect([rig.events.length, rig.states.length]).toEqual(heard);
  });

  it('speaks TLS with an authority of one’s own, and believes nobody else', async () => {
    const { key, cert } = selfSigned();
    const smsc = await anSmsc({ tls: { key, cert } });
    const rig = await aBoundAdapter({
      port: smsc.port,
      settings: { tls: { authority: cert, verify: true } },
    });
    expect(await rig.adapter.send(aMessage())).toMatchObject({ kind: 'accepted' });
    const wary = new AdapterRig({ port: smsc.port, settings: { tls: { verify: true } } });
    started.push({ stop: () => wary.adapter.close() });
    wary.adapter.open();
    await until(() =>
      expect(wary.state).toMatchObject({ kind: 'failing', code: 'gateway.bad-certificate' }),
    );
  });

  it('keeps to the window when many go out at once', async () => {
    const { smsc, rig } = await aPair();
    const messages = Array.from({ length: 300 }, (_, index) =>
      aMessage({ to: `+48100${String(index).padStart(6, '0')}`, text: `Saldo ${index}` }),
    );
    const answers = await Promise.all(messages.map((message) => rig.adapter.send(message)));
    expect(answers.every(({ kind }) => kind === 'accepted')).toBe(true);
    expect(smsc.submitted()).toHaveLength(300);
    await until(() => expect(rig.receipts).toHaveLength(300));
  });
});

describe('a test of the settings', () => {
  const steps = (found: Awaited<ReturnType<typeof testSmpp>>) =>
    found.map(({ step, state, code }) => [step, state, code]);

  it('tries step by step, and sends when it may', async () => {
    const smsc = await anSmsc();
    const { parts } = new AdapterRig({ port: smsc.port });
    expect(steps(await testSmpp(parts, null))).toEqual([
      ['resolve', 'ok', null],
      ['connect', 'ok', null],
      ['login', 'ok', null],
      ['enquire', 'ok', null],
    ]);
    expect(smsc.parts()).toHaveLength(0);
    const sent = steps(await testSmpp(parts, aMessage()));
    expect(sent.slice(4)).toEqual([
      ['send', 'ok', null],
      ['receipt', 'ok', null],
    ]);
    expect(smsc.binds()).toEqual([]);
  });

  it('says at which step it fails, and skips the rest', async () => {
    const smsc = await anSmsc({ login: { systemId: 'somebody', password: 'secret' } });
    const { parts } = new AdapterRig({ port: smsc.port });
    expect(steps(await testSmpp(parts, aMessage())).slice(1)).toEqual([
      ['connect', 'ok', null],
      ['login', 'failed', 'gateway.login-refused'],
      ['enquire', 'skipped', null],
      ['send', 'skipped', null],
      ['receipt', 'skipped', null],
    ]);
    const nobody = new AdapterRig({ port: 1 });
    expect(steps(await testSmpp(nobody.parts, null))[1]).toEqual([
      'connect',
      'failed',
      'gateway.unreachable',
    ]);
  });

  it('takes nothing that belongs to debtors', async () => {
    const smsc = await anSmsc();
    const answer = smsc.deliver({ from: '+48100000091', to: '7157', text: 'STOP' });
    const rig = new AdapterRig({ port: smsc.port });
    await testSmpp(rig.parts, null);
    expect(smsc.waiting()).toBe(1);
    rig.adapter.open();
    started.push({ stop: () => rig.adapter.close() });
    await answer;
    expect(rig.incoming.map(({ text }) => text)).toEqual(['STOP']);
  });
});

/** A certificate for 127.0.0.1 that is its own authority. */
function selfSigned(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'smpp-tls-'));
  try {
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-keyout', keyFile, '-out', certFile, '-days', '3650', '-subj', '/CN=practice SMSC'],
        ...['-addext', 'subjectAltName=IP:127.0.0.1'],
      ],
      { stdio: 'ignore' },
    );
    return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
