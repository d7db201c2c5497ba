import { afterEach, describe, expect, it } from 'vitest';
import { formatToken, parseToken } from '#shared/contract/index.ts';
import { clientProof, serverProof } from '../access/proofs.ts';
import {
  type ContractFixture,
  type FixtureOptions,
  openContractFixture,
} from '../testing/contract-fixture.ts';
import {
  logIn,
  openRawSocket,
  proveMessage,
  refusedStatus,
} from '../testing/contract-raw-socket.ts';
import { closeCodes } from './index.ts';

let fixture: ContractFixture | null = null;
afterEach(async () => {
  await fixture?.close();
  fixture = null;
});
async function start(options: FixtureOptions = {}) {
  fixture = await openContractFixture(options);
  return fixture;
}
const actions = (f: ContractFixture) => f.audited.map((entry) => entry.action);
async function auditedInStore(f: ContractFixture) {
  await f.access.settled();
  return f.store.read
    .all<{ action: string; detailsJson: string }>('SELECT action, detailsJson FROM auditEntry')
    .map((row) => ({ action: row.action, details: JSON.parse(row.detailsJson) }));
}

describe('login', () => {
  it('welcomes a code once: a replay of it is refused and audited', async () => {
    const f = await start();
    const { keyId, code } = await f.personWithCode('agent');
    const secret = { kind: 'code' as const, keyId, secretHex: code };
    const first = await openRawSocket(f.address.contractUrl);
    expect(await logIn(first, secret)).toMatchObject({
      t: 'welcome',
      seq: 0,
      epoch: f.server.epoch,
      principal: { role: 'agent' },
      credential: { keyId: expect.any(String) },
    });
    const second = await openRawSocket(f.address.contractUrl);
    expect(await logIn(second, secret)).toEqual({ t: 'refused', code: 'access.code-used' });
    expect(await second.closed).toBe(closeCodes.notLoggedIn);
    expect((await auditedInStore(f)).map((entry) => entry.action)).toContain(
      'access.login-refused',
    );
    first.socket.terminate();
  });

  it('lets only one of two in who use a code at the same time', async () => {
    const f = await start();
    const { keyId, code } = await f.personWithCode('agent');
    const secret = { kind: 'code' as const, keyId, secretHex: code };
    const sockets = await Promise.all([1, 2, 3].map(() => openRawSocket(f.address.contractUrl)));
    const answers = await Promise.all(sockets.map((socket) => logIn(socket, secret)));
    expect(answers.map((answer) => answer.t).sort()).toEqual(['refused', 'refused', 'welcome']);
    for (const { socket } of sockets) socket.terminate();
  });

  it('does not take an old code', async () => {
    const f = await start();
    const { keyId, code } = await f.personWithCode('agent');
    f.store.runNow((db) => db.update('credential', keyId, { expiresAt: Date.now() - 1 }));
    const raw = await openRawSocket(f.address.contractUrl);
    const secret = { kind: 'code' as const, keyId, secretHex: code };
    expect(await logIn(raw, secret)).toEqual({ t: 'refused', code: 'access.code-used' });
  });

  it.each([
    ['a wrong secret', { secretHex: '00'.repeat(32) }],
    ['an unknown key', { keyId: '0190a000-0000-7000-8000-00000000ffff' }],
    ['a code as a credential', { kind: 'credential' as const }],
  ])('refuses %s', async (_what, change) => {
    const f = await start();
    const { keyId, code } = await f.personWithCode('admin');
    const raw = await openRawSocket(f.address.contractUrl);
    const answer = await logIn(raw, { kind: 'code', keyId, secretHex: code, ...change });
    expect(answer).toEqual({ t: 'refused', code: 'access.bad-credential' });
  });

  it('refuses a proof that was made for another challenge', async () => {
    const f = await start();
    const { keyId, code } = await f.personWithCode('admin');
    const raw = await openRawSocket(f.address.contractUrl);
    await raw.next();
    raw.send(proveMessage('ab'.repeat(32), { kind: 'code', keyId, secretHex: code }));
    expect(await raw.next()).toEqual({ t: 'refused', code: 'access.bad-credential' });
  });

  it('proves itself to the client, with a proof that is not the client’s', async () => {
    const f = await start();
    const { keyId, code } = await f.personWithCode('agent');
    const raw = await openRawSocket(f.address.contractUrl);
    const challenge = await raw.next();
    if (challenge.t !== 'challenge') throw new Error('no challenge');
    const { serverNonce } = challenge;
    const prove = proveMessage(serverNonce, { kind: 'code', keyId, secretHex: code });
    raw.send(prove);
    const nonces = { serverNonce, clientNonce: prove.clientNonce };
    expect(prove.proof).toBe(clientProof(code, nonces));
    expect(await raw.next()).toMatchObject({ t: 'welcome', proof: serverProof(code, nonces) });
    expect(serverProof(code, nonces)).not.toBe(clientProof(code, nonces));
    raw.socket.terminate();
  });

  it('refuses a client that is too old', async () => {
    const f = await start();
    const { keyId, code } = await f.personWithCode('agent');
    const raw = await openRawSocket(f.address.contractUrl);
    const challenge = await raw.next();
    if (challenge.t !== 'challenge') throw new Error('no challenge');
    const secret = { kind: 'code' as const, keyId, secretHex: code };
    raw.send({ ...proveMessage(challenge.serverNonce, secret), version: 0 });
    expect(await raw.next()).toEqual({ t: 'refused', code: 'contract.version' });
  });

  it('slows guessing of one key and leaves others alone', async () => {
    const f = await start();
    const guessed = await f.personWithCode('admin');
    const other = await f.personWithCode('agent');
    const guess = async () => {
      const raw = await openRawSocket(f.address.contractUrl);
      const secretHex = 'ee'.repeat(32);
      const answer = await logIn(raw, { kind: 'code', keyId: guessed.keyId, secretHex });
      return answer.t === 'refused' ? answer.code : answer.t;
    };
    for (let n = 0; n < 10; n += 1) expect(await guess()).toBe('access.bad-credential');
    expect(await guess()).toBe('access.too-many-attempts');
    const raw = await openRawSocket(f.address.contractUrl);
    const secret = { kind: 'code' as const, keyId: other.keyId, secretHex: other.code };
    expect(await logIn(raw, secret)).toMatchObject({ t: 'welcome' });
    const refusals = (await auditedInStore(f)).filter(
      (entry) => entry.action === 'access.login-refused',
    );
    expect(refusals.length).toBe(10);
    raw.socket.terminate();
  });

  it('closes a client that does not log in in time', async () => {
    const f = await start({ server: { limits: { loginMs: 30 } } });
    const raw = await openRawSocket(f.address.contractUrl);
    expect(await raw.closed).toBe(closeCodes.notLoggedIn);
  });

  it('takes the token of the command line from its file', async () => {
    const f = await start();
    const { readFileSync, statSync } = await import('node:fs');
    const path = `${f.store.dataDir}/token`;
    await f.access.issueTokenFile(path);
    const token = parseToken(readFileSync(path, 'utf8'));
    if (!token) throw new Error('no token in the file');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toBe(`${formatToken(token)}\n`);
    const raw = await openRawSocket(f.address.contractUrl);
    const answer = await logIn(raw, { kind: 'credential', ...token });
    expect(answer).toMatchObject({ t: 'welcome', principal: { role: 'machine' } });
    expect(answer).not.toHaveProperty('credential');
    await f.access.issueTokenFile(path);
    const late = await openRawSocket(f.address.contractUrl);
    const again = await logIn(late, { kind: 'credential', ...token });
    expect(again).toEqual({ t: 'refused', code: 'access.bad-credential' });
    raw.socket.terminate();
  });
});

describe('an open connection', () => {
  async function openAs(role: 'agent' | 'lead' | 'admin', options: FixtureOptions = {}) {
    const f = await start(options);
    const login = await f.personWithCode(role);
    const raw = await openRawSocket(f.address.contractUrl);
    await logIn(raw, { kind: 'code', keyId: login.keyId, secretHex: login.code });
    return { f, raw, personId: login.personId };
  }

  it('answers a ping with the same number', async () => {
    const { raw } = await openAs('agent');
    raw.send({ t: 'ping', n: 7 });
    expect(await raw.next()).toEqual({ t: 'pong', n: 7 });
    raw.socket.terminate();
  });

  it.each([
    ['no JSON', '{'],
    ['no message', '{"t":"hello"}'],
    ['a command without id', '{"t":"command","name":"access.me","input":{}}'],
    [
      'a second login',
      JSON.stringify(proveMessage('ab'.repeat(32), { kind: 'code', keyId: 'k', secretHex: '11' })),
    ],
  ])('is closed after %s', async (_what, text) => {
    const { f, raw } = await openAs('agent');
    raw.socket.send(text);
    expect(await raw.closed).toBe(closeCodes.malformed);
    expect(f.server.connections()).toEqual([]);
  });

  it('is closed after binary data, and the fault is audited', async () => {
    const { f, raw, personId } = await openAs('agent');
    raw.socket.send(Buffer.from('{"t":"ping","n":1}'));
    expect(await raw.closed).toBe(closeCodes.malformed);
    expect(f.audited).toContainEqual(
      expect.objectContaining({ action: 'contract.malformed', personId }),
    );
  });

  it('is closed after a message that is too large', async () => {
    const { f, raw } = await openAs('agent', { server: { maxMessageBytes: 10_000 } });
    raw.send({ t: 'command', id: 1, name: 'access.me', input: { text: 'x'.repeat(20_000) } });
    expect(await raw.closed).toBe(1009);
    expect(actions(f)).toContain('contract.bad-frame');
  });

  it('gets an error for a command that is not well formed but has an id', async () => {
    const { raw } = await openAs('agent');
    raw.send({ t: 'command', id: 3, name: 'access.me', input: {}, commandId: 'no uuid' });
    expect(await raw.next()).toMatchObject({
      t: 'error',
      id: 3,
      error: { code: 'contract.bad-input' },
    });
    raw.socket.terminate();
  });

  it('gets an error for a changing command without commandId', async () => {
    const { raw } = await openAs('admin');
    const input = { displayName: 'B', role: 'agent' };
    raw.send({ t: 'command', id: 4, name: 'access.add-person', input });
    expect(await raw.next()).toMatchObject({ id: 4, error: { code: 'contract.bad-input' } });
    raw.socket.terminate();
  });

  it('is refused what its role may not do, which is audited', async () => {
    const { f, raw, personId } = await openAs('agent');
    raw.send({ t: 'command', id: 5, name: 'access.list-audit', input: {} });
    expect(await raw.next()).toMatchObject({ id: 5, error: { code: 'access.refused' } });
    expect(await auditedInStore(f)).toContainEqual({
      action: 'access.command-refused',
      details: { command: 'access.list-audit', role: 'agent', source: personId },
    });
    raw.socket.terminate();
  });

  it('ends at once when its person is revoked, and its credential with it', async () => {
    const f = await start();
    const login = await f.personWithCode('agent');
    const raw = await openRawSocket(f.address.contractUrl);
    await logIn(raw, { kind: 'code', keyId: login.keyId, secretHex: login.code });
    const admin = f.server.connectInMemory({
      personId: f.ownerId,
      displayName: 'Owner',
      role: 'admin',
    });
    const result = await admin.send('access.revoke', { personId: login.personId as never });
    expect(result).toEqual({ ok: true, value: { revoked: 1 } });
    expect(await raw.closed).toBe(closeCodes.loginEnded);
    expect(admin.closed).toBe(false);
  });

  it('ends when it sends no frame for too long', async () => {
    const { f, raw } = await openAs('agent', { server: { limits: { silentMs: 60 } } });
    // A paused socket reads no ping and so answers none.
    raw.socket.pause();
    const gone = new Promise<void>((resolve) => {
      f.server.onConnectionChange((change) => change.kind === 'closed' && resolve());
    });
    await gone;
    expect(f.server.connections()).toEqual([]);
    raw.socket.terminate();
  });

  it('stays while it answers the WebSocket’s own pings', async () => {
    const { f, raw } = await openAs('agent', { server: { limits: { silentMs: 60 } } });
    for (let pings = 0; pings < 4; pings += 1) {
      await new Promise((resolve) => raw.socket.once('ping', resolve));
    }
    expect(f.server.connections().length).toBe(1);
    raw.socket.terminate();
  });

  it('stays when it was the engine that did nothing for so long', async () => {
    const { f, raw } = await openAs('agent', { server: { limits: { silentMs: 300 } } });
    await new Promise((resolve) => raw.socket.once('ping', resolve));
    const until = performance.now() + 700;
    while (performance.now() < until);
    await new Promise((resolve) => raw.socket.once('ping', resolve));
    expect(f.server.connections().length).toBe(1);
    raw.socket.terminate();
  });

  it('is dropped when it does not read, without holding up others', async () => {
    const { f, raw } = await openAs('lead', {
      server: { limits: { maxBufferedBytes: 256 * 1024 } },
    });
    raw.socket.pause();
    const gone = new Promise<number>((resolve) => {
      let sent = 0;
      f.server.onConnectionChange((change) => change.kind === 'closed' && resolve(sent));
      const person = {
        personId: f.ownerId,
        displayName: 'x'.repeat(64 * 1024),
        role: 'admin' as const,
        active: true,
        sipUser: 'p',
      };
      const publish = () => {
        if (f.server.connections().length === 0 || sent > 2000) return;
        sent += 1;
        f.server.publish('access.person-changed', person, { kind: 'everyone' });
        setImmediate(publish);
      };
      publish();
    });
    expect(await gone).toBeLessThan(2000);
    expect(f.logged).toContainEqual(
      expect.objectContaining({ message: 'contract connection dropped' }),
    );
    raw.socket.terminate();
  });

  it('cannot do anything more once it is being closed', async () => {
    const { f, raw, personId } = await openAs('admin');
    f.access.authenticator.endLogins(personId);
    // On its way before the client has seen the close frame.
    const input = { displayName: 'Late', role: 'admin' };
    const commandId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    raw.send({ t: 'command', id: 1, name: 'access.add-person', input, commandId });
    expect(f.server.connections()).toEqual([]);
    expect(await raw.closed).toBe(closeCodes.loginEnded);
    const late = f.store.read.get(`SELECT id FROM person WHERE displayName = 'Late'`);
    expect(late).toBeUndefined();
  });

  it('is counted: beyond the limit no more are taken', async () => {
    const f = await start({ server: { maxConnections: 1 } });
    const first = await openRawSocket(f.address.contractUrl);
    expect(await refusedStatus(f.address.contractUrl)).toBe(503);
    first.socket.terminate();
  });

  it('ends with the server', async () => {
    const { f, raw } = await openAs('agent');
    await f.server.close();
    expect(await raw.closed).toBe(closeCodes.stopping);
  });
});
