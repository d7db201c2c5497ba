import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientMessage, ServerMessage } from '#shared/contract/index.ts';
import { manualClock } from '../../main/testing/contract-clock.ts';
import type { SocketLike } from './contract-socket.ts';
import { createContractClient, memoryCredentialStore } from './index.ts';
import { bytesOf, hexOf } from './proofs.ts';

const secretHex = '11'.repeat(32);
const serverNonce = '22'.repeat(32);
const personId = '0190a000-0000-7000-8000-000000000001';
const callId = '0190a000-0000-7000-8000-000000000002';

/** HMAC as the protocol's text has it: label as UTF-8, then the two nonces as bytes. */
async function hmac(label: string, first: string, second: string) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytesOf(secretHex), algorithm, false, ['sign']);
  const labelHex = hexOf(new TextEncoder().encode(label));
  const proof = await crypto.subtle.sign('HMAC', key, bytesOf(labelHex + first + second));
  return hexOf(new Uint8Array(proof));
}

/** The engine's side of one socket, as far as these tests need it. */
class FakeSocket implements SocketLike {
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  readonly sent: ClientMessage[] = [];
  closed = false;

  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.closed = true;
  }
  tell(message: ServerMessage) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  commands() {
    return this.sent.filter((message) => message.t === 'command');
  }
}

/** Lets Web Crypto and the promises after it finish; they do not run on our clock. */
async function until(condition: () => boolean) {
  for (let turn = 0; turn < 2000 && !condition(); turn += 1) {
    await nextTurn();
  }
  expect(condition()).toBe(true);
}
const nextTurn = () =>
  new Promise<void>((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });

function setUp() {
  const clock = manualClock();
  const sockets: FakeSocket[] = [];
  const told: string[] = [];
  let healthy = true;
  const asked: string[] = [];
  const client = createContractClient({
    url: 'ws://127.0.0.1:4000/contract',
    credentialStore: memoryCredentialStore({ keyId: 'k1', secretHex }),
    clock,
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    fetch: async (url) => {
      asked.push(url);
      return { ok: healthy };
    },
    onEvent: (event) => told.push(`event ${event.seq}`),
    onResync: (reason) => told.push(`resync ${reason}`),
    onEpochChange: (epoch) => told.push(`epoch ${epoch}`),
    onStateChange: (state) => told.push(state.kind),
  });
  const latest = () => sockets.at(-1)!;
  const logIn = async (epoch = 'e1', change: Partial<Record<string, unknown>> = {}) => {
    const socket = latest();
    socket.tell({ t: 'challenge', serverNonce });
    await until(() => socket.sent.some((message) => message.t === 'prove'));
    const prove = socket.sent.find((message) => message.t === 'prove')!;
    expect(prove.proof).toBe(await hmac('client', serverNonce, prove.clientNonce));
    socket.tell({
      t: 'welcome',
      proof: await hmac('server', prove.clientNonce, serverNonce),
      version: 1,
      minimumVersion: 1,
      epoch,
      seq: 0,
      principal: { personId, displayName: 'A', role: 'agent' },
      storeKind: 'practice',
      capabilities: [],
      ...change,
    });
    await until(() => client.state.kind === 'ready' || client.state.kind === 'refused');
    return socket;
  };
  const person = (seq: number): ServerMessage => ({
    t: 'event',
    epoch: 'e1',
    seq,
    name: 'access.person-changed',
    data: { personId, displayName: 'A', role: 'agent', active: true, sipUser: 'p', newer: 1 },
  });
  const reconnect = async (epoch = 'e1') => {
    const before = sockets.length;
    latest().onclose?.({});
    clock.advance(0);
    await until(() => sockets.length > before);
    return logIn(epoch);
  };
  return {
    clock,
    client,
    sockets,
    told,
    asked,
    latest,
    logIn,
    person,
    reconnect,
    setHealthy: (value: boolean) => {
      healthy = value;
    },
  };
}

describe('contract client', () => {
  let t: ReturnType<typeof setUp>;
  beforeEach(() => {
    t = setUp();
    t.client.start();
  });

  it('logs in, then asks for snapshots', async () => {
    await t.logIn();
    expect(t.told).toEqual(['connecting', 'proving', 'ready', 'resync connected']);
    expect(t.client.engine?.principal.personId).toBe(personId);
  });

  it('believes nothing of an engine that cannot prove itself', async () => {
    const socket = await t.logIn('e1', { proof: '00'.repeat(32) });
    expect(t.client.state).toEqual({ kind: 'refused', code: 'contract.engine-unproven' });
    expect(socket.closed).toBe(true);
    expect(t.client.engine).toBeNull();
  });

  it('refuses an engine that needs a newer client', async () => {
    await t.logIn('e1', { minimumVersion: 2, version: 2 });
    expect(t.client.state).toEqual({ kind: 'refused', code: 'contract.version' });
  });

  it('looks at events that follow the welcome only after the proof was checked', async () => {
    const socket = t.latest();
    socket.tell({ t: 'challenge', serverNonce });
    socket.tell(t.person(1));
    await t.logIn();
    expect(t.told).not.toContain('event 1');
  });

  it('keeps commands until it is ready and drops fields it does not know', async () => {
    const result = t.client.send('access.me', {});
    const socket = await t.logIn();
    const [command] = socket.commands();
    const value = { personId, displayName: 'A', role: 'agent', active: true, sipUser: 'p' };
    socket.tell({ t: 'reply', id: command!.id, ok: true, value: { ...value, newer: 1 } });
    expect(await result).toEqual({ ok: true, value });
  });

  it('answers a reply that does not fit the contract as an error', async () => {
    const socket = await t.logIn();
    const result = t.client.send('access.me', {});
    socket.tell({ t: 'reply', id: socket.commands()[0]!.id, ok: true, value: {} });
    expect(await result).toMatchObject({ ok: false, error: { code: 'contract.bad-output' } });
  });

  it('strips unknown fields of events and reports a gap', async () => {
    const socket = await t.logIn();
    socket.tell(t.person(1));
    socket.tell(t.person(2));
    socket.tell(t.person(2));
    socket.tell(t.person(5));
    socket.tell(t.person(6));
    expect(t.told.slice(4)).toEqual(['event 1', 'event 2', 'event 5', 'resync gap', 'event 6']);
  });

  it('asks for snapshots when an event cannot be read, not when it is unknown', async () => {
    const socket = await t.logIn();
    socket.tell({ t: 'event', epoch: 'e1', seq: 1, name: 'later.invented', data: {} });
    socket.tell({ t: 'event', epoch: 'e1', seq: 2, name: 'access.person-changed', data: {} });
    expect(t.told.slice(4)).toEqual(['resync gap']);
  });

  it('probes the health address every 100 ms and connects when it answers', async () => {
    await t.logIn();
    t.setHealthy(false);
    t.latest().onclose?.({});
    expect(t.client.state).toEqual({ kind: 'lost', lostSince: t.clock.now() });
    for (let turn = 1; turn <= 5; turn += 1) {
      t.clock.advance(turn === 1 ? 0 : 100);
      await until(() => t.asked.length === turn);
      await nextTurn();
    }
    expect(t.asked[0]).toBe('http://127.0.0.1:4000/health');
    expect(t.sockets.length).toBe(1);
    t.setHealthy(true);
    t.clock.advance(100);
    await until(() => t.sockets.length === 2);
    await t.logIn();
    expect(t.client.state.kind).toBe('ready');
  });

  it('waits longer and longer when the engine answers but no login comes about', async () => {
    t.latest().onclose?.({});
    const waits = [100, 200, 400, 800, 1600, 3200, 5000, 5000];
    for (const [index, wait] of waits.entries()) {
      t.clock.advance(wait - 1);
      expect(t.asked.length).toBe(index);
      t.clock.advance(1);
      await until(() => t.sockets.length === index + 2);
      t.latest().onclose?.({});
    }
  });

  it('repeats an unanswered command with the same commandId after a reconnect', async () => {
    const first = await t.logIn();
    const result = t.client.send('app.set-preference', { key: 'a', value: 1 });
    const second = await t.reconnect('e2');
    expect(second.commands()).toEqual(first.commands());
    expect(first.commands()[0]?.commandId).toMatch(/^[0-9a-f-]{36}$/);
    second.tell({ t: 'reply', id: second.commands()[0]!.id, ok: true, value: {} });
    expect(await result).toEqual({ ok: true, value: {} });
  });

  it('repeats a command on a live call to the same engine only', async () => {
    await t.logIn();
    const result = t.client.send('call.hang-up', { callId });
    const same = await t.reconnect('e1');
    expect(same.commands().length).toBe(1);
    const restarted = await t.reconnect('e2');
    expect(restarted.commands()).toEqual([]);
    expect(await result).toMatchObject({ ok: false, error: { code: 'contract.engine-restarted' } });
  });

  it('tells of a restarted engine before it asks for snapshots', async () => {
    await t.logIn('e1');
    await t.reconnect('e2');
    expect(t.told.slice(-3)).toEqual(['ready', 'epoch e2', 'resync connected']);
    await t.reconnect('e2');
    expect(t.told.filter((line) => line.startsWith('epoch'))).toEqual(['epoch e2']);
  });

  it('calls an engine dead that left two pings without answer', async () => {
    const socket = await t.logIn();
    t.clock.advance(1000);
    expect(socket.sent.at(-1)).toEqual({ t: 'ping', n: 1 });
    socket.tell({ t: 'pong', n: 1 });
    t.clock.advance(2000);
    expect(t.client.state.kind).toBe('ready');
    t.clock.advance(1000);
    expect(t.client.state.kind).toBe('lost');
    expect(socket.closed).toBe(true);
  });

  it('gives up on an engine that takes the socket but never finishes the login', async () => {
    t.clock.advance(5000);
    expect(t.client.state.kind).toBe('lost');
    expect(t.latest().closed).toBe(true);
  });

  it('answers a command that gets no answer in time', async () => {
    await t.logIn();
    const result = t.client.send('access.me', {}, { timeoutMs: 500 });
    t.clock.advance(500);
    expect(await result).toMatchObject({ ok: false, error: { code: 'contract.timeout' } });
  });

  it('stops for good and fails what waits', async () => {
    await t.logIn();
    const result = t.client.send('access.me', {});
    t.client.stop();
    expect(await result).toMatchObject({ ok: false, error: { code: 'contract.not-connected' } });
    expect(await t.client.send('access.me', {})).toMatchObject({ ok: false });
    t.clock.advance(60_000);
    expect(t.sockets.length).toBe(1);
  });

  it('comes back by itself after too many attempts from its address', async () => {
    t.latest().tell({ t: 'challenge', serverNonce });
    await until(() => t.latest().sent.length === 1);
    t.latest().tell({ t: 'refused', code: 'access.too-many-attempts' });
    expect(t.client.state.kind).toBe('lost');
    t.clock.advance(100);
    await until(() => t.sockets.length === 2);
    await t.logIn();
    expect(t.client.state.kind).toBe('ready');
  });

  it('closes a socket that speaks something else', async () => {
    t.latest().onmessage?.({ data: 'hello' });
    expect(t.client.state.kind).toBe('lost');
    expect(t.latest().closed).toBe(true);
  });
});

describe('contract client without a credential', () => {
  it('says so and tries again with the code it is given', async () => {
    const sockets: FakeSocket[] = [];
    const client = createContractClient({
      url: 'ws://127.0.0.1:4000/contract',
      credentialStore: memoryCredentialStore(),
      clock: manualClock(),
      openSocket: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket;
      },
    });
    client.start();
    sockets[0]?.tell({ t: 'challenge', serverNonce });
    await until(() => client.state.kind === 'refused');
    expect(client.state).toEqual({ kind: 'refused', code: 'access.no-credential' });
    expect(sockets[0]?.sent).toEqual([]);
    client.start({ keyId: 'k2', code: secretHex });
    sockets[1]?.tell({ t: 'challenge', serverNonce });
    await until(() => sockets[1]?.sent[0]?.t === 'prove');
    expect(sockets[1]?.sent[0]).toMatchObject({ kind: 'code', keyId: 'k2' });
  });

  it('tells why commands fail instead of keeping them', async () => {
    const client = createContractClient({
      url: 'ws://127.0.0.1:4000/contract',
      credentialStore: memoryCredentialStore(),
      openSocket: () => new FakeSocket(),
    });
    client.stop();
    expect(await client.send('access.me', {})).toMatchObject({
      ok: false,
      error: { code: 'contract.not-connected' },
    });
  });
});
