import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AdapterRig,
  adapterRig,
  aMessage,
  type HttpKind,
  httpKinds,
  type RigOptions,
} from '../../../channels/sms/http/testing/adapter-rig.fixture.ts';
import { systemClock } from '../../../store/index.ts';
import { replyTexts } from '../reply-texts.ts';
import { type PracticeProviders, startPracticeProviders } from './index.ts';

let providers: PracticeProviders;
const open = new Set<AdapterRig>();
const servers = new Set<() => void>();

beforeEach(async () => {
  providers = await startPracticeProviders({
    host: '127.0.0.1',
    port: 0,
    seed: 1,
    clock: systemClock,
  });
});
afterEach(async () => {
  for (const rig of open) await rig.adapter.close();
  open.clear();
  for (const close of servers) close();
  servers.clear();
  await providers.stop();
});

function rigOf(kind: HttpKind, options: Partial<RigOptions> = {}): AdapterRig {
  const rig = adapterRig(kind, {
    baseUrl: providers.urls[kind],
    clock: systemClock,
    settings: { pollEveryMs: 300 },
    ...options,
  });
  open.add(rig);
  return rig;
}

/** A part of the engine: what providers report to, and fetch pictures from. */
async function listen(rig: () => AdapterRig): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const target = request.url ?? '';
      if (target.startsWith('/d/')) return response.end('picture');
      const reply = await rig().adapter.webhook?.({
        method: request.method ?? '',
        path: target.slice('/hook'.length),
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks),
        url: `http://${request.headers.host}${target}`,
      });
      response.writeHead(reply?.status ?? 404).end(reply?.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.add(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const slow = { timeout: 15_000, interval: 50 };

describe.each(httpKinds)('%s, practice', (kind) => {
  it('takes a message, and its receipt comes by polling', async () => {
    const rig = rigOf(kind);
    rig.adapter.open();
    const message = aMessage({ to: '+48100000190' });
    const taken = await rig.adapter.send(message);
    expect(taken).toMatchObject({ kind: 'accepted', parts: 1 });
    const id = taken.kind === 'accepted' ? taken.providerIds[0] : '';
    await expect
      .poll(() => rig.receipts().find(({ state }) => state === 'delivered'), slow)
      .toMatchObject({ providerId: id, badAddress: false });
    expect(rig.states.at(-1)).toBe('ready');
  });

  it('a number that nobody has fails, and says so', async () => {
    const rig = rigOf(kind);
    rig.adapter.open();
    await rig.adapter.send(aMessage({ to: '+48100000194' }));
    await expect
      .poll(() => rig.receipts().find(({ state }) => state === 'failed'), slow)
      // SMSAPI does not tell numbers that nobody has from phones that are off.
      .toMatchObject({ badAddress: kind !== 'smsapi' });
  });

  it('expires when the phone stays off', async () => {
    const rig = rigOf(kind);
    rig.adapter.open();
    await rig.adapter.send(aMessage({ to: '+48100000196' }));
    await expect.poll(() => rig.receipts().map(({ state }) => state), slow).toContain('expired');
  });

  it('what is no number is refused at once', async () => {
    const rig = rigOf(kind);
    expect(await rig.adapter.send(aMessage({ to: '+0' }))).toMatchObject({
      kind: 'rejected',
      code: 'gateway.bad-number',
      badAddress: true,
    });
  });

  it('a wrong login burns no message', async () => {
    const secrets = { authToken: 'x', token: 'x', apiKey: 'x', apiSecret: 'x' };
    const rig = rigOf(kind, { secrets });
    expect(await rig.adapter.send(aMessage())).toMatchObject({
      kind: 'later',
      code: 'gateway.login-refused',
    });
    expect(rig.states.at(-1)).toBe('failing gateway.login-refused');
    const steps = await rig.kind.test(rig.parts, null);
    expect(steps.find(({ step }) => step === 'login')).toMatchObject({
      state: 'failed',
      code: 'gateway.login-refused',
    });
  });

  it('its test passes and sends only when told', async () => {
    const rig = rigOf(kind);
    const steps = await rig.kind.test(rig.parts, null);
    expect(steps.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(steps.map(({ step }) => step)).not.toContain('send');
    const sent = await rig.kind.test(rig.parts, aMessage());
    expect(sent.find(({ step }) => step === 'send')).toMatchObject({ state: 'ok' });
  });

  it('the answer of a debtor comes once', async () => {
    let asked = 0;
    const counting: typeof fetch = (input, init) => {
      asked += 1;
      return fetch(input, init);
    };
    let rig = rigOf(kind, { fetch: counting });
    const engine = await listen(() => rig);
    // SMSAPI tells answers by webhook alone; the others are polled here.
    if (kind === 'smsapi') rig = rigOf(kind, { webhookUrl: `${engine}/hook`, fetch: counting });
    rig.adapter.open();
    await rig.adapter.send(aMessage({ to: '+48100000191', sender: '+48100000000' }));
    await expect.poll(() => rig.incoming().length, slow).toBe(1);
    expect(rig.incoming()[0]).toMatchObject({ channel: 'sms', from: '+48100000191' });
    expect(replyTexts.pl.question).toContain(rig.incoming()[0]?.text);
    // It is asked again over the same minutes. SMSAPI is asked about receipts alone, which have all come.
    const before = asked;
    if (kind !== 'smsapi') await expect.poll(() => asked, slow).toBeGreaterThan(before + 3);
    expect(rig.incoming()).toHaveLength(1);
  });

  it('reports by webhook when the engine can be reached', async () => {
    let rig = rigOf(kind, { settings: { pollEveryMs: 0 } });
    // SerwerSMS is told in its panel where to report to, not with each message.
    if (kind === 'serwersms') return expect(rig.adapter.webhook).toBeDefined();
    const engine = await listen(() => rig);
    rig = rigOf(kind, { webhookUrl: `${engine}/hook`, settings: { pollEveryMs: 0 } });
    rig.adapter.open();
    const message = aMessage({ to: '+48100000190' });
    await rig.adapter.send(message);
    await expect
      .poll(() => rig.receipts().find(({ state }) => state === 'delivered'), slow)
      .toMatchObject({ messageId: message.messageId });
  });

  it('takes a picture with a text', async () => {
    const engine = await listen(() => rig);
    const rig: AdapterRig = rigOf(kind, { publish: ({ name }) => `${engine}/d/${name}` });
    rig.adapter.open();
    const picture = { name: 'a.jpg', mediaType: 'image/jpeg', bytes: Buffer.from('jpeg') };
    const text = 'Faktura jest na obrazku, proszę o wpłatę do piątku. Dziękujemy!';
    const mms = aMessage({ channel: 'mms', subject: 'Faktura', text, media: [picture] });
    expect(await rig.adapter.send(mms)).toMatchObject({ kind: 'accepted' });
    await expect.poll(() => rig.receipts().map(({ state }) => state), slow).toContain('delivered');
  });

  it('without an address on the internet a picture goes only where it can be uploaded', async () => {
    const rig = rigOf(kind);
    const picture = { name: 'a.jpg', mediaType: 'image/jpeg', bytes: Buffer.from('jpeg') };
    const handOver = await rig.adapter.send(aMessage({ channel: 'mms', media: [picture] }));
    const uploads = kind === 'infobip' || kind === 'serwersms';
    expect(handOver).toMatchObject(
      uploads ? { kind: 'accepted' } : { kind: 'rejected', code: 'gateway.needs-public-address' },
    );
  });

  it('is not asked for by name, but a message of unknown fate is found where that can be', async () => {
    const rig = rigOf(kind);
    const message = aMessage({ to: '+48100000190' });
    const before = Date.now();
    await rig.adapter.send(message);
    const asked = { ...message, providerIds: [], permittedAt: before };
    const found = await rig.adapter.query(asked);
    const byReference = ['serwersms', 'infobip', 'vonage'].includes(kind);
    if (byReference) expect(found).toMatchObject({ kind: 'receipt', messageId: message.messageId });
    else expect(found).toBeNull();
    // One that never arrived is not declared so while it may still be on its way.
    const lost = { ...aMessage(), providerIds: [], permittedAt: Date.now() };
    expect(await rig.adapter.query(lost)).toBeNull();
  });
});
