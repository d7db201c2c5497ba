import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandName, Principal } from '#shared/contract/index.ts';
import { parseLoginFragment, parseToken } from '#shared/contract/index.ts';
import type { RequestContext } from '../contract-server/index.ts';
import { manualClock } from '../testing/contract-clock.ts';
import { openTestStore, type TestStore } from '../testing/open-test-store.ts';
import { type Access, accessWrites, createAccess, SIP_REALM } from './index.ts';
import { clientProof, serverProof } from './proofs.ts';

const quiet = { info() {}, warn() {}, error() {} };
const nonces = { serverNonce: '01'.repeat(32), clientNonce: '02'.repeat(32) };

let clock: ReturnType<typeof manualClock>;
let store: TestStore;
let access: Access;
let owner: Principal;

beforeEach(async () => {
  clock = manualClock();
  store = openTestStore({ writes: accessWrites, clock });
  access = createAccess({ store, clock, logger: quiet, baseUrl: () => 'http://127.0.0.1:4000' });
  const { personId, displayName, role } = await access.open('Owner');
  owner = { personId, displayName, role };
});
afterEach(async () => {
  await access.settled();
  await store.close();
});

/** Runs a handler as the server would, without its checks. */
async function run(name: CommandName, input: unknown, principal = owner, commandId?: string) {
  const handler = access.handlers[name] as (input: unknown, context: RequestContext) => unknown;
  const context = { principal, connectionId: 'c1', commandId: commandId ?? null };
  return (await handler(input, context)) as never;
}
async function addAgent(displayName = 'Agent'): Promise<Principal & { sipUser: string }> {
  return run('access.add-person', { displayName, role: 'agent' });
}
function prove(keyId: string, secretHex: string, kind: 'code' | 'credential' = 'code') {
  const proof = clientProof(secretHex, nonces);
  return access.authenticator.login({ ...nonces, kind, keyId, proof, remoteAddress: '10.0.0.1' });
}
const audit = async () => {
  await access.settled();
  const { entries } = await run('access.list-audit', { limit: 100 });
  return entries as { action: string; displayName: string | null; details: object }[];
};

describe('a new store', () => {
  it('gets one owner and the command line, once', async () => {
    await access.open('Somebody else');
    const rows = store.read.all('SELECT displayName, role FROM person ORDER BY id');
    expect(rows).toEqual([
      { displayName: 'Owner', role: 'admin' },
      { displayName: 'Command line', role: 'machine' },
    ]);
    expect(await run('access.list-people', {})).toMatchObject({
      people: [{ personId: owner.personId, role: 'admin', active: true }],
    });
  });
});

describe('login codes', () => {
  it('open one window within 30 s, as the owner unless told', async () => {
    const { keyId, code } = await access.issueWindowLogin();
    clock.advance(29_999);
    expect(await prove(keyId, code)).toMatchObject({
      ok: true,
      principal: owner,
      proof: serverProof(code, nonces),
    });
    expect(await prove(keyId, code)).toEqual({ ok: false, code: 'access.code-used' });
  });

  it('end after 30 s; an invitation after 24 h', async () => {
    const window = await access.issueWindowLogin();
    clock.advance(30_000);
    expect(await prove(window.keyId, window.code)).toEqual({ ok: false, code: 'access.code-used' });
    const agent = await addAgent();
    const invite = async () => {
      const { url, expiresAt } = await run('access.invite', { personId: agent.personId });
      expect(expiresAt).toBe(clock.now() + 24 * 3_600_000);
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:4000\/#login=/);
      return parseLoginFragment(new URL(url).hash)!;
    };
    const [early, late] = [await invite(), await invite()];
    clock.advance(24 * 3_600_000 - 1);
    expect(await prove(early.keyId, early.code)).toMatchObject({
      ok: true,
      principal: { personId: agent.personId, role: 'agent' },
    });
    clock.advance(1);
    expect(await prove(late.keyId, late.code)).toMatchObject({ ok: false });
  });

  it('open nothing for a person who was deactivated', async () => {
    const agent = await addAgent();
    const { keyId, code } = await access.issueWindowLogin(agent.personId);
    await run('access.update-person', { personId: agent.personId, active: false });
    expect(await prove(keyId, code)).toEqual({ ok: false, code: 'access.bad-credential' });
  });
});

describe('people', () => {
  it('are added with a SIP user of their own, once for a commandId', async () => {
    const input = { displayName: 'Łucja', role: 'agent' };
    const commandId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    const first = await run('access.add-person', input, owner, commandId);
    const second = await run('access.add-person', input, owner, commandId);
    expect(second).toEqual(first);
    const other = await addAgent();
    expect(other.sipUser).toMatch(/^p[0-9a-f]{12}$/);
    expect(other.sipUser).not.toBe((first as { sipUser: string }).sipUser);
    const { people } = await run('access.list-people', {});
    expect(people).toHaveLength(3);
  });

  it('keep at least one administrator', async () => {
    const change = (input: object) =>
      run('access.update-person', { personId: owner.personId, ...input });
    await expect(change({ active: false })).rejects.toMatchObject({ code: 'access.last-admin' });
    await expect(change({ role: 'lead' })).rejects.toMatchObject({ code: 'access.last-admin' });
    expect(await run('access.me', {})).toMatchObject({ role: 'admin', active: true });
    await run('access.add-person', { displayName: 'Second', role: 'admin' });
    expect(await change({ role: 'lead' })).toMatchObject({ role: 'lead' });
  });

  it('are never the command line', async () => {
    const refused = { code: 'access.not-for-people' };
    const add = run('access.add-person', { displayName: 'x', role: 'machine' });
    await expect(add).rejects.toMatchObject(refused);
    const machine = store.read.get<{ id: string }>(`SELECT id FROM person WHERE role = 'machine'`);
    const update = run('access.update-person', { personId: machine?.id, role: 'admin' });
    await expect(update).rejects.toMatchObject(refused);
    const invite = run('access.invite', { personId: machine?.id });
    await expect(invite).rejects.toMatchObject(refused);
  });

  it('that do not exist cannot be changed', async () => {
    const personId = '0190a000-0000-7000-8000-00000000ffff';
    for (const name of ['access.update-person', 'access.invite', 'access.revoke'] as const) {
      await expect(run(name, { personId })).rejects.toMatchObject({ code: 'contract.not-found' });
    }
  });

  it('are announced when they change', async () => {
    const published: unknown[] = [];
    access.attachPublisher({
      publish: (name, data, audience) => published.push([name, (data as Principal).role, audience]),
    });
    const agent = await addAgent();
    expect(published).toEqual([
      ['access.person-changed', 'agent', { kind: 'roles', roles: ['lead', 'admin', 'machine'] }],
      ['access.person-changed', 'agent', { kind: 'person', personId: agent.personId }],
    ]);
  });
});

describe('revocation', () => {
  it('ends credentials, codes, tickets and connections', async () => {
    const agent = await addAgent();
    const code = await access.issueWindowLogin(agent.personId);
    const ended: string[] = [];
    access.onLoginsEnded((personId) => ended.push(personId));
    const { sipUrl } = await run('access.sip-ticket', {}, agent);
    expect(await run('access.revoke', { personId: agent.personId })).toEqual({ revoked: 1 });
    expect(ended).toEqual([agent.personId]);
    expect(await prove(code.keyId, code.code)).toMatchObject({ ok: false });
    expect(access.sipTickets.take((sipUrl as string).split('ticket=')[1] ?? '')).toBeNull();
    expect(access.sipAccounts.lookup(agent.sipUser)).toBeNull();
    expect(await run('access.revoke', { personId: agent.personId })).toEqual({ revoked: 0 });
  });
});

describe('SIP tickets', () => {
  const ticketOf = (sipUrl: string) => sipUrl.split('ticket=')[1] ?? '';

  it('are taken once, within 30 s, and carry what the registrar needs', async () => {
    const agent = await addAgent();
    const issued = (await run('access.sip-ticket', {}, agent)) as Record<string, string>;
    const { sipUrl = '', user, realm, secret, addressOfRecord } = issued;
    expect(sipUrl).toMatch(/^ws:\/\/127\.0\.0\.1:4000\/sip\?ticket=[0-9a-f]{48}$/);
    expect([user, realm]).toEqual([agent.sipUser, SIP_REALM]);
    expect(addressOfRecord).toBe(`sip:${agent.sipUser}@${SIP_REALM}`);
    clock.advance(29_999);
    const grant = access.sipTickets.take(ticketOf(sipUrl));
    expect(grant).toMatchObject({ personId: agent.personId, user, secret });
    const ha1 = createHash('md5').update(`${user}:${realm}:${secret}`).digest('hex');
    expect(grant?.ha1).toBe(ha1);
    expect(access.sipTickets.take(ticketOf(sipUrl))).toBeNull();
    expect(access.sipAccounts.lookup(agent.sipUser)).toEqual(grant);
    expect(access.sipAccounts.lookup('nobody')).toBeNull();
  });

  it('end after 30 s', async () => {
    const { sipUrl } = await run('access.sip-ticket', {});
    clock.advance(30_000);
    expect(access.sipTickets.take(ticketOf(sipUrl))).toBeNull();
  });

  it('have a new secret each', async () => {
    const first = (await run('access.sip-ticket', {})) as { secret: string };
    const second = (await run('access.sip-ticket', {})) as { secret: string; user: string };
    expect(second.secret).not.toBe(first.secret);
    expect(access.sipAccounts.lookup(second.user)?.secret).toBe(second.secret);
  });
});

describe('the token file', () => {
  it('is readable by its owner only, whole, and replaces the one before', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'dialdesk-token-'));
    const path = join(directory, 'deep', 'token');
    const read = () => parseToken(readFileSync(path, 'utf8'))!;
    await access.issueTokenFile(path);
    const first = read();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const login = await prove(first.keyId, first.secretHex, 'credential');
    expect(login).toMatchObject({ ok: true, principal: { role: 'machine' } });
    await access.issueTokenFile(path);
    expect(await prove(first.keyId, first.secretHex, 'credential')).toMatchObject({ ok: false });
    const second = read();
    expect(await prove(second.keyId, second.secretHex, 'credential')).toMatchObject({ ok: true });
    expect(readdirSync(join(directory, 'deep'))).toEqual(['token']);
    rmSync(directory, { recursive: true });
  });
});

describe('the audit list', () => {
  it('has what was done, by whom, newest first, and no secret', async () => {
    const agent = await addAgent();
    clock.advance(1);
    const { url } = await run('access.invite', { personId: agent.personId });
    clock.advance(1);
    const { keyId, code } = parseLoginFragment(new URL(url).hash)!;
    await prove(keyId, '00'.repeat(32));
    await access.settled();
    clock.advance(1);
    await prove(keyId, code);
    const entries = await audit();
    expect(entries.map(({ action, displayName }) => [action, displayName]).slice(0, 4)).toEqual([
      ['access.logged-in', 'Agent'],
      ['access.login-refused', null],
      ['access.invited', 'Owner'],
      ['access.person-added', 'Owner'],
    ]);
    expect(JSON.stringify(entries)).not.toContain(code);
  });

  it('is cut to what was asked for', async () => {
    await addAgent('1');
    await addAgent('2');
    const { entries } = await run('access.list-audit', { limit: 1 });
    expect(entries).toHaveLength(1);
  });
});

describe('guessing', () => {
  it('is slowed for the key and, widely, for the address, until a minute has passed', async () => {
    const { keyId, code } = await access.issueWindowLogin();
    const wrong = '00'.repeat(32);
    for (let n = 0; n < 10; n += 1) await prove(keyId, wrong);
    expect(await prove(keyId, code)).toEqual({ ok: false, code: 'access.too-many-attempts' });
    for (let n = 0; n < 90; n += 1) await prove(`key${n}`, wrong);
    const other = await access.issueWindowLogin();
    expect(await prove(other.keyId, other.code)).toMatchObject({
      code: 'access.too-many-attempts',
    });
    clock.advance(60_000);
    const later = await access.issueWindowLogin();
    expect(await prove(later.keyId, later.code)).toMatchObject({ ok: true });
  });
});
