import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import {
  type ConnectionState,
  type ContractClient,
  createContractClient,
  memoryCredentialStore,
} from '../../renderer/client/index.ts';
import {
  type ContractFixture,
  type FixtureOptions,
  openContractFixture,
} from '../testing/contract-fixture.ts';

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
  cleanUps.length = 0;
});

async function start(options: FixtureOptions = {}) {
  const fixture = await openContractFixture(options);
  cleanUps.push(fixture.close);
  return fixture;
}

/** A client with its own record, that lets a test wait for a state. */
function clientOf(url: string, login: { keyId: string; code: string } | null) {
  const states: ConnectionState['kind'][] = [];
  const told: string[] = [];
  let waiting: { kind: ConnectionState['kind']; resolve: () => void }[] = [];
  const credentialStore = memoryCredentialStore();
  const client: ContractClient = createContractClient({
    url,
    credentialStore,
    login: login && { keyId: login.keyId, code: login.code },
    onEpochChange: () => told.push('epoch'),
    onResync: (reason) => told.push(reason),
    onStateChange(state) {
      states.push(state.kind);
      for (const one of waiting) if (one.kind === state.kind) one.resolve();
      waiting = waiting.filter((one) => one.kind !== state.kind);
    },
  });
  cleanUps.push(() => client.stop());
  return {
    client,
    states,
    told,
    credentialStore,
    becomes: (kind: ConnectionState['kind']) =>
      new Promise<void>((resolve) => waiting.push({ kind, resolve })),
  };
}

async function ready(f: ContractFixture, role: 'agent' | 'lead' | 'admin' = 'agent') {
  const login = await f.personWithCode(role);
  const one = clientOf(f.address.contractUrl, login);
  const becameReady = one.becomes('ready');
  one.client.start();
  await becameReady;
  return { ...one, personId: login.personId };
}

describe('client and server', () => {
  it('agree on the proofs and exchange a code for a credential that works', async () => {
    const f = await start();
    const { client, credentialStore } = await ready(f);
    expect(credentialStore.read()?.secretHex).toMatch(/^[0-9a-f]{64}$/);
    client.stop();
    const again = createContractClient({ url: f.address.contractUrl, credentialStore });
    cleanUps.push(() => again.stop());
    again.start();
    expect(await again.send('access.me', {})).toMatchObject({ ok: true, value: { role: 'agent' } });
  });

  it('a used code is refused and not tried again; a new one works', async () => {
    const f = await start();
    const login = await f.personWithCode('agent');
    const first = clientOf(f.address.contractUrl, login);
    const firstReady = first.becomes('ready');
    first.client.start();
    await firstReady;
    const second = clientOf(f.address.contractUrl, login);
    const refused = second.becomes('refused');
    second.client.start();
    await refused;
    expect(second.client.state).toEqual({ kind: 'refused', code: 'access.code-used' });
    const secondReady = second.becomes('ready');
    second.client.start(await f.access.issueWindowLogin(login.personId));
    await secondReady;
  });

  it('comes back by itself with the same credential after the engine restarted', async () => {
    const f = await start();
    const { client, becomes, told } = await ready(f, 'admin');
    const before = client.engine?.epoch;
    const lost = becomes('lost');
    await f.server.close();
    await lost;
    const waiting = client.send('access.me', {});
    const { createContractServer } = await import('./index.ts');
    const { createIdSource, systemClock, systemRandom } = await import('../store/index.ts');
    const quiet = { info() {}, warn() {}, error() {} };
    const restarted = createContractServer({
      authenticator: f.access.authenticator,
      audit: f.access.audit,
      clock: systemClock,
      idSource: createIdSource(systemClock, systemRandom),
      logger: quiet,
      storeKind: 'practice',
      handlers: f.access.handlers,
      checkOutputs: true,
    });
    cleanUps.push(() => restarted.close());
    const readyAgain = becomes('ready');
    await restarted.listen({ port: f.address.port });
    const since = performance.now();
    await readyAgain;
    expect(performance.now() - since).toBeLessThan(2000);
    expect(await waiting).toMatchObject({ ok: true, value: { role: 'admin' } });
    expect(client.engine?.epoch).toBe(restarted.epoch);
    expect(client.engine?.epoch).not.toBe(before);
    expect(told).toEqual(['connected', 'epoch', 'connected']);
  });

  it('loses nothing when a connection is cut in the middle of a command', async () => {
    let runs = 0;
    const gate: { open?: () => void } = {};
    const opened = new Promise<void>((resolve) => {
      gate.open = resolve;
    });
    let onRunning = () => {};
    const running = new Promise<void>((resolve) => {
      onRunning = resolve;
    });
    const f = await start();
    f.server.register({
      'app.set-preference': async () => {
        runs += 1;
        onRunning();
        await opened;
        return {};
      },
    });
    const { client, becomes, personId } = await ready(f);
    const result = client.send('app.set-preference', { key: 'a', value: 1 });
    await running;
    const readyAgain = becomes('ready');
    f.access.authenticator.endLogins(personId);
    await readyAgain;
    gate.open?.();
    expect(await result).toEqual({ ok: true, value: {} });
    expect(runs).toBe(1);
  });

  it('a revoked person is out and stays out', async () => {
    const f = await start();
    const { client, becomes, personId } = await ready(f);
    const refused = becomes('refused');
    const admin = await ready(f, 'admin');
    expect(await admin.client.send('access.revoke', { personId: personId as never })).toMatchObject(
      { ok: true },
    );
    await refused;
    expect(client.state).toEqual({ kind: 'refused', code: 'access.bad-credential' });
  });

  it('who revokes itself gets the reply first', async () => {
    const f = await start();
    const { client, becomes, personId } = await ready(f, 'admin');
    const refused = becomes('refused');
    const result = await client.send('access.revoke', { personId: personId as never });
    expect(result).toEqual({ ok: true, value: { revoked: 1 } });
    await refused;
  });

  it('a changed role takes effect at once, without a click', async () => {
    const f = await start();
    const agent = await ready(f);
    const admin = await ready(f, 'admin');
    const readyAgain = agent.becomes('ready');
    const personId = agent.personId as never;
    await admin.client.send('access.update-person', { personId, role: 'lead' });
    await readyAgain;
    expect(agent.client.engine?.principal.role).toBe('lead');
  });

  it('two roles see what their roles may see', async () => {
    const f = await start();
    const agent = await ready(f);
    const admin = await ready(f, 'admin');
    expect(await agent.client.send('access.list-people', {})).toMatchObject({
      ok: false,
      error: { code: 'access.refused' },
    });
    expect(await admin.client.send('access.list-people', {})).toMatchObject({
      ok: true,
      value: { people: [{ displayName: 'Owner' }, { role: 'agent' }, { role: 'admin' }] },
    });
  });
});

describe('another program on the port', () => {
  it('learns nothing and is not believed', async () => {
    const heard: string[] = [];
    const http = createServer((_request, response) => response.end('{"ok":true}'));
    const impostor = new WebSocketServer({ server: http, handleProtocols: () => 'dialdesk.v1' });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    cleanUps.push(() => {
      for (const socket of impostor.clients) socket.terminate();
      http.close();
    });
    impostor.on('connection', (socket) => {
      socket.send(JSON.stringify({ t: 'challenge', serverNonce: '33'.repeat(32) }));
      socket.on('message', (data) => {
        heard.push(data.toString());
        socket.send(
          JSON.stringify({
            t: 'welcome',
            // the only proof it can think of: the client's own
            proof: JSON.parse(data.toString()).proof,
            version: 1,
            minimumVersion: 1,
            epoch: 'e',
            seq: 0,
            principal: { personId: 'p', displayName: 'x', role: 'admin' },
            storeKind: 'real',
            capabilities: [],
          }),
        );
      });
    });
    const { port } = http.address() as AddressInfo;
    const code = 'ab'.repeat(32);
    const one = clientOf(`ws://127.0.0.1:${port}/contract`, { keyId: 'k', code });
    const refused = one.becomes('refused');
    const waiting = one.client.send('access.me', {});
    one.client.start();
    await refused;
    expect(one.client.state).toEqual({ kind: 'refused', code: 'contract.engine-unproven' });
    expect(one.client.engine).toBeNull();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'contract.engine-unproven' } });
    expect(heard.length).toBe(1);
    expect(heard.join()).not.toContain(code);
  });
});
