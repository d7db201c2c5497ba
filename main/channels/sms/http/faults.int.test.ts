import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../../testing/contract-clock.ts';
import { adapterRig, aMessage, httpKinds } from './testing/adapter-rig.fixture.ts';
import { type Fault, type FaultyServer, faultyServer } from './testing/faulty-server.fixture.ts';

let server: FaultyServer;
beforeEach(async () => {
  server = await faultyServer();
});
afterEach(() => server.stop());

const answers = (status: number, body = '', headers: Record<string, string> = {}): Fault => ({
  kind: 'answers',
  status,
  body,
  headers,
});

describe.each(httpKinds)('%s hands over', (kind) => {
  const open = (baseUrl = server.url) => {
    const clock = manualClock();
    return { clock, rig: adapterRig(kind, { baseUrl, clock, settings: { pollEveryMs: 0 } }) };
  };

  it.each([
    ['is cut before the body', { kind: 'dropBeforeBody' }],
    ['is cut after the body', { kind: 'dropAfterBody' }],
    ['breaks off in its answer', { kind: 'breaksOff' }],
    ['answers 500', answers(500)],
    ['answers 502 with a page of a proxy', answers(502, '<html>Bad gateway</html>')],
    ['answers 503 with nothing', answers(503)],
    ['answers 200 with what is no JSON', answers(200, '<html>maintenance</html>')],
    ['answers 200 with JSON that says nothing', answers(200, '{}')],
    ['answers 200 with a list', answers(200, '[]')],
    ['answers 200 with half a JSON', answers(200, '{"messages":[{"messageId"')],
    ['answers with more than can be read', answers(200, 'x'.repeat(17 * 1024 * 1024))],
  ] as [string, Fault][])('a connection that %s leaves the fate unknown', async (_name, fault) => {
    const { rig } = open();
    server.set(fault);
    expect(await rig.adapter.send(aMessage())).toMatchObject({ kind: 'unknown' });
    expect(rig.states.at(-1)).toMatch(/^failing gateway\./);
  });

  it('no answer in time leaves the fate unknown', async () => {
    const { rig, clock } = open();
    server.set({ kind: 'neverAnswers' });
    const sending = rig.adapter.send(aMessage());
    await expect.poll(() => server.read.length).toBe(1);
    clock.advance(30_000);
    expect(await sending).toMatchObject({ kind: 'unknown', code: 'gateway.no-answer' });
  });

  it('a refused connection is certain: later', async () => {
    const { url } = server;
    await server.stop();
    const { rig } = open(url);
    expect(await rig.adapter.send(aMessage())).toMatchObject({
      kind: 'later',
      code: 'gateway.unreachable',
    });
    server = await faultyServer();
  });

  it('a name that does not resolve is certain: later', async () => {
    const { rig } = open('http://gateway.invalid');
    expect(await rig.adapter.send(aMessage())).toMatchObject({
      kind: 'later',
      code: 'gateway.host-unknown',
    });
  });

  it('no TLS at the other end is no hand-over', async () => {
    const { rig } = open(server.url.replace('http:', 'https:'));
    server.set({ kind: 'neverAnswers' });
    const handOver = await rig.adapter.send(aMessage());
    expect(handOver.kind).not.toBe('accepted');
    expect(server.read).toEqual([]);
  });

  it('429 waits as long as it is told', async () => {
    const { rig } = open();
    server.set(answers(429, '{}', { 'retry-after': '17' }));
    expect(await rig.adapter.send(aMessage())).toMatchObject({
      kind: 'later',
      code: 'gateway.throttled',
      retryAfterMs: 17_000,
    });
    expect(rig.states.at(-1)).toBe('limited gateway.throttled');
  });

  it.each(['99999999999', '9'.repeat(400), 'Fri, 01 Jan 2100 00:00:00 GMT'])(
    'a wait of %s is no longer than an hour',
    async (wait) => {
      const { rig } = open();
      server.set(answers(429, '{}', { 'retry-after': wait }));
      expect(await rig.adapter.send(aMessage())).toMatchObject({ retryAfterMs: 3_600_000 });
    },
  );

  it('no credit burns no message', async () => {
    const { rig } = open();
    server.set(answers(402, '{}'));
    expect(await rig.adapter.send(aMessage())).toMatchObject({
      kind: 'later',
      code: 'gateway.no-credit',
    });
  });

  it('a redirect is not followed: the login stays here', async () => {
    const { rig } = open();
    const elsewhere = await faultyServer();
    elsewhere.set(answers(200, '{}'));
    server.set(answers(307, '', { location: elsewhere.url }));
    expect(await rig.adapter.send(aMessage())).toMatchObject({
      kind: 'later',
      code: 'gateway.bad-address',
    });
    expect(elsewhere.read).toEqual([]);
    await elsewhere.stop();
  });

  it('each message once, whatever comes of it', async () => {
    const { rig } = open();
    server.set({ kind: 'dropAfterBody' });
    await rig.adapter.send(aMessage());
    expect(server.read).toHaveLength(1);
  });

  it('neither logs nor states hold the number, the text or a secret', async () => {
    const { rig } = open();
    const message = aMessage({ to: '+48100123456', text: 'Tajna kwota 987,65' });
    for (const fault of [answers(500), answers(400, '{}'), answers(200, 'x')]) {
      server.set(fault);
      await rig.adapter.send(message);
    }
    const said = [...rig.logged, ...rig.states].join(' ');
    for (const secret of ['100123456', '987,65', 'practice-']) expect(said).not.toContain(secret);
  });
});

describe.each(httpKinds)('%s polling', (kind) => {
  it.each([
    ['500', answers(500)],
    ['what is no JSON', answers(200, '<html>')],
    ['more than can be read', answers(200, 'x'.repeat(17 * 1024 * 1024))],
    ['a cut', { kind: 'dropAfterBody' }],
  ] as [string, Fault][])('goes on after %s, and moves no cursor', async (_name, fault) => {
    const clock = manualClock();
    const unfinished = [{ providerId: 'a1b2c3', at: clock.now() - 60_000 }];
    const rig = adapterRig(kind, { baseUrl: server.url, clock, unfinished });
    server.set(fault);
    rig.adapter.open();
    clock.advance(0);
    await expect.poll(() => rig.states.some((state) => state.startsWith('failing'))).toBe(true);
    expect(rig.cursors.size).toBe(0);
    const before = server.read.length;
    const asked = () => {
      clock.advance(500);
      return server.read.length;
    };
    await expect.poll(asked).toBeGreaterThan(before);
    await rig.adapter.close();
  });
});
