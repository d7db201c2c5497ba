import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { mm7Settings } from '#shared/contract/gateway-settings.schema.ts';
import type { Clock } from '#shared/util/index.ts';
import {
  type PracticeMmsc,
  type PracticeMmscParts,
  startPracticeMmsc,
} from '../../../practice/gateways/mmsc/index.ts';
import type { AdapterParts, GatewayEvent, OutgoingMessage, Receipt } from '../../types.ts';
import { noisyPicture } from '../media/pictures.fixture.ts';
import { mm7Adapter } from './index.ts';
import { Mm7Listener } from './mm7-listener.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Real time, whose waits are so many times shorter. */
function quickClock(factor: number): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    setTimer(delayMs, callback) {
      const timer = setTimeout(callback, Math.ceil(delayMs / factor));
      return () => clearTimeout(timer);
    },
  };
}

/** A port that nobody has just now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function centre(parts: Partial<PracticeMmscParts> = {}): Promise<PracticeMmsc> {
  const mmsc = await startPracticeMmsc({
    port: 0,
    clock: quickClock(10),
    seed: 1,
    reportTo: null,
    ...parts,
  });
  closers.push(() => mmsc.stop());
  return mmsc;
}

async function world(
  url: string,
  settings: object = {},
  password?: string,
  clock = quickClock(20),
) {
  const listenPort = await freePort();
  const events: GatewayEvent[] = [];
  const states: { kind: string; code: string | null }[] = [];
  const made = {
    storeIsDown: false,
    events,
    states,
    listenUrl: `http://127.0.0.1:${listenPort}/`,
    receipts: () => events.filter((event): event is Receipt => event.kind === 'receipt'),
  };
  const parts: AdapterParts<'mm7'> = {
    gatewayId: 'g',
    settings: mm7Settings.parse({
      kind: 'mm7',
      name: 'M',
      url,
      listenPort,
      vaspId: 'FIRM',
      vasId: 'sms&mms',
      senders: ['Practice'],
      ...settings,
    }),
    secrets: password === undefined ? {} : { password },
    clock,
    fetch,
    events: async (given) => {
      if (made.storeIsDown) throw new Error('the store is down');
      events.push(...given);
    },
    cursors: { read: () => null, write: async () => {} },
    onState: ({ kind, code }) => states.push({ kind, code }),
    log: () => {},
  };
  return Object.assign(made, { parts });
}

/** An adapter and a centre that know each other. */
async function pair(
  parts: Partial<PracticeMmscParts> = {},
  settings: object = {},
  password?: string,
) {
  const mmsc = await centre(parts);
  const made = await world(mmsc.url, settings, password);
  mmsc.setReportTo(made.listenUrl);
  const adapter = mm7Adapter.create(made.parts);
  closers.push(() => adapter.close());
  adapter.open();
  await expect.poll(() => made.states.at(-1)?.kind).toBe('ready');
  return Object.assign(made, { mmsc, adapter });
}

const picture = noisyPicture(60, 40);
const message: OutgoingMessage = {
  messageId: '0190',
  channel: 'mms',
  to: '+48000000090',
  sender: null,
  text: 'Faktura <1> & zażółć',
  subject: 'Do zapłaty & już',
  html: null,
  media: [{ name: 'Zdjęcie.jpg', mediaType: 'image/jpeg', bytes: picture }],
  validityMs: null,
  inReplyTo: null,
  references: [],
  language: 'pl',
};

describe('a message to an MMS centre', () => {
  it('arrives whole, and is reported on', async () => {
    const { adapter, mmsc, receipts } = await pair();
    const sent = await adapter.send(message);
    expect(sent).toMatchObject({ kind: 'accepted', parts: 1 });
    const [submit] = mmsc.submits();
    expect(submit).toMatchObject({
      transactionId: '0190',
      vaspId: 'FIRM',
      to: '+48000000090',
      sender: 'Practice',
      subject: 'Do zapłaty & już',
      text: 'Faktura <1> & zażółć',
      wantsReport: true,
    });
    expect(submit?.media).toHaveLength(1);
    expect(submit?.media[0]?.mediaType).toBe('image/jpeg');
    expect(submit?.media[0]?.bytes.equals(picture)).toBe(true);
    expect(submit?.smil).toContain('<img src="picture1.jpg"');
    const [providerId] = sent.kind === 'accepted' ? sent.providerIds : [];
    await expect
      .poll(receipts, { timeout: 10_000 })
      .toMatchObject([{ providerId, state: 'delivered' }]);
    await expect.poll(() => mmsc.answers()).toEqual([{ http: 200, code: 1000 }]);
  });

  it('speaks the version that is set', async () => {
    const namespace = 'http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-5-MM7-1-2';
    const { adapter, mmsc } = await pair({}, { version: '5.3.0', namespace });
    await adapter.send({ ...message, sender: '+48100999999' });
    const [submit] = mmsc.submits();
    expect(submit?.xml).toContain(`<SubmitReq xmlns="${namespace}"><MM7Version>5.3.0</MM7Version>`);
    expect(submit?.xml).toContain('<SenderAddress><Number>48100999999</Number></SenderAddress>');
  });

  it('of text alone has one slide', async () => {
    const { adapter, mmsc } = await pair();
    await adapter.send({ ...message, media: [], subject: '' });
    expect(mmsc.submits()[0]).toMatchObject({ text: message.text, subject: '', media: [] });
  });

  it.each([
    ['failed', '+48000000094'],
    ['expired', '+48000000096'],
  ])('is reported as %s', async (state, to) => {
    const { adapter, receipts } = await pair();
    await adapter.send({ ...message, to });
    await expect.poll(receipts, { timeout: 10_000 }).toMatchObject([{ state }]);
  });

  it.each([
    [
      { kind: 'refuse', code: 2003 },
      { kind: 'rejected', badAddress: true },
    ],
    [
      { kind: 'refuse', code: 4006 },
      { kind: 'later', code: 'gateway.mm7-busy' },
    ],
    [{ kind: 'http', status: 503 }, { kind: 'later' }],
    [
      { kind: 'http', status: 500 },
      { kind: 'unknown', code: 'gateway.mm7-no-answer' },
    ],
    [
      { kind: 'drop', taken: true },
      { kind: 'unknown', code: 'gateway.mm7-no-answer' },
    ],
    [{ kind: 'drop', taken: false }, { kind: 'unknown' }],
    [{ kind: 'rubbish' }, { kind: 'unknown', code: 'gateway.mm7-bad-answer' }],
  ] as const)('that meets %j', async (fault, expected) => {
    const { adapter, states } = await pair({ faultOf: () => fault });
    expect(await adapter.send(message)).toMatchObject(expected);
    expect(states.at(-1)?.kind).toBe(expected.kind === 'rejected' ? 'ready' : 'failing');
  });

  it('is unknown when no answer comes in time', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const sockets = new Set<{ destroy(): void }>();
    silent.on('connection', (socket) => sockets.add(socket));
    closers.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => silent.close(resolve));
    });
    const { port } = silent.address() as { port: number };
    const made = await world(
      `http://127.0.0.1:${port}/`,
      { listenPort: 0 },
      undefined,
      quickClock(100),
    );
    const adapter = mm7Adapter.create(made.parts);
    closers.push(() => adapter.close());
    adapter.open();
    expect(await adapter.send(message)).toMatchObject({ kind: 'unknown' });
  });

  it('has certainly not left when nobody is there', async () => {
    const made = await world(`http://127.0.0.1:${await freePort()}/`, { listenPort: 0 });
    const adapter = mm7Adapter.create(made.parts);
    closers.push(() => adapter.close());
    adapter.open();
    expect(await adapter.send(message)).toMatchObject({
      kind: 'later',
      code: 'gateway.mm7-unreachable',
    });
  });

  it('is reported before it is answered, and twice', async () => {
    const first = await pair({ faultOf: () => ({ kind: 'reportFirst' }) });
    const sent = await first.adapter.send(message);
    expect(sent.kind).toBe('accepted');
    expect(first.receipts()).toHaveLength(1);
    const twice = await pair({ faultOf: () => ({ kind: 'reportTwice' }) });
    await twice.adapter.send(message);
    await expect.poll(() => twice.receipts().length, { timeout: 10_000 }).toBe(2);
    const [one, other] = twice.receipts();
    expect(one?.providerId).toBe(other?.providerId);
  });
});

describe('what a debtor sends', () => {
  it('comes with its picture', async () => {
    const { mmsc, events } = await pair();
    mmsc.receive({
      from: '+48000000001',
      to: '+48100999999',
      text: 'Oto dowód wpłaty ✓',
      media: [{ mediaType: 'image/jpeg', bytes: picture }],
    });
    await expect
      .poll(() => events, { timeout: 10_000 })
      .toMatchObject([
        { kind: 'incoming', from: '+48000000001', to: '+48100999999', text: 'Oto dowód wpłaty ✓' },
      ]);
    const [event] = events;
    const media = event?.kind === 'incoming' ? event.media : [];
    expect(media).toHaveLength(1);
    expect(picture.equals(media[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it('is acknowledged when the store has it, and comes again under the same key until then', async () => {
    const made = await pair();
    made.storeIsDown = true;
    made.mmsc.receive({ from: '+48000000001', to: '+48100999999', text: 'STOP' });
    await expect.poll(() => made.mmsc.answers()[0]).toEqual({ http: 500, code: 3000 });
    expect(made.events).toEqual([]);
    made.storeIsDown = false;
    await expect.poll(() => made.events.length, { timeout: 10_000 }).toBe(1);
    expect(made.events[0]).toMatchObject({ text: 'STOP' });
  });
});

describe('the port for reports', () => {
  const post = (url: string, body: string, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': 'text/xml', ...headers } });

  it('takes nothing from elsewhere than the centre, unless it knows the login', async () => {
    // a centre that has another address than this machine
    const made = await world('http://192.0.2.1/mm7', { user: 'firm' }, 'secret');
    const adapter = mm7Adapter.create(made.parts);
    closers.push(() => adapter.close());
    adapter.open();
    await expect.poll(() => made.states.at(-1)?.kind).toBe('ready');
    expect((await post(made.listenUrl, '<x/>')).status).toBe(403);
    const wrong = `Basic ${Buffer.from('firm:wrong').toString('base64')}`;
    expect((await post(made.listenUrl, '<x/>', { authorization: wrong })).status).toBe(403);
    const right = `Basic ${Buffer.from('firm:secret').toString('base64')}`;
    expect((await post(made.listenUrl, '<x/>', { authorization: right })).status).toBe(400);
    expect(made.events).toEqual([]);
  });

  it('knows the centre also when its name could not be found at first', async () => {
    const made = await world('http://centre.example/mm7');
    let nowMs = 0;
    let found: string[] = [];
    const clock = { ...made.parts.clock, monotonic: () => nowMs };
    const listener = new Mm7Listener({ ...made.parts, clock }, async () => found);
    closers.push(() => listener.close());
    await listener.open();
    expect((await post(made.listenUrl, '<x/>')).status).toBe(403);
    found = ['127.0.0.1'];
    // strangers do not make it look up names all the time
    expect((await post(made.listenUrl, '<x/>')).status).toBe(403);
    nowMs += 15_000;
    expect((await post(made.listenUrl, '<x/>')).status).toBe(400);
    found = [];
    nowMs += 15_000;
    expect((await post(made.listenUrl, '<x/>')).status).toBe(400);
  });

  it('answers what it cannot read, and what it does not know', async () => {
    const { listenUrl, events } = await pair();
    expect((await fetch(listenUrl)).status).toBe(405);
    const rubbish = await post(listenUrl, 'rubbish');
    expect(rubbish.status).toBe(400);
    expect(await rubbish.text()).toContain('<StatusCode>4004</StatusCode>');
    const unknown =
      '<e:Envelope xmlns:e="x"><e:Header><TransactionID>t&amp;1</TransactionID></e:Header>' +
      '<e:Body><CancelReq/></e:Body></e:Envelope>';
    const said = await (await post(listenUrl, unknown)).text();
    expect(said).toContain('<StatusCode>4003</StatusCode>');
    expect(said).toContain('t&amp;1</mm7:TransactionID>');
    expect(events).toEqual([]);
  });

  it('that is taken is tried again', async () => {
    const mmsc = await centre();
    const made = await world(mmsc.url);
    const blocker = createServer();
    const port = Number(new URL(made.listenUrl).port);
    await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
    const adapter = mm7Adapter.create(made.parts);
    closers.push(() => adapter.close());
    adapter.open();
    await expect
      .poll(() => made.states.at(-1))
      .toEqual({ kind: 'failing', code: 'gateway.mm7-listen-failed' });
    await new Promise((resolve) => blocker.close(resolve));
    await expect.poll(() => made.states.at(-1)?.kind, { timeout: 10_000 }).toBe('ready');
  });
});

describe('a test of settings', () => {
  it('says that all is well, and sends when it is asked to', async () => {
    const mmsc = await centre({ login: { user: 'firm', password: 'secret' } });
    const made = await world(mmsc.url, { user: 'firm' }, 'secret');
    const steps = await mm7Adapter.test(made.parts, message);
    expect(steps.map(({ step, state }) => [step, state])).toEqual([
      ['connect', 'ok'],
      ['listen', 'ok'],
      ['send', 'ok'],
    ]);
    expect(mmsc.submits()).toHaveLength(1);
  });

  it('says what is wrong', async () => {
    const mmsc = await centre({ login: { user: 'firm', password: 'secret' } });
    const wrong = await world(mmsc.url, { user: 'firm' }, 'wrong');
    expect(await mm7Adapter.test(wrong.parts, message)).toMatchObject([
      { step: 'connect', state: 'failed', code: 'gateway.mm7-login-refused' },
      { step: 'listen', state: 'skipped' },
      { step: 'send', state: 'skipped' },
    ]);
    const nowhere = await world(`http://127.0.0.1:${await freePort()}/`);
    expect(await mm7Adapter.test(nowhere.parts, null)).toMatchObject([
      { step: 'connect', state: 'failed', code: 'gateway.mm7-unreachable' },
      { step: 'listen', state: 'skipped' },
    ]);
    const deaf = await world(mmsc.url, { user: 'firm', listenPort: 0 }, 'secret');
    expect(await mm7Adapter.test(deaf.parts, null)).toMatchObject([
      { state: 'ok' },
      { step: 'listen', state: 'warning', code: 'gateway.mm7-no-receipts' },
    ]);
  });
});
