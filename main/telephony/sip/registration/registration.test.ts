import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeScriptedBench } from '../../../testing/sip-bench.ts';
import { header, peerReply } from '../../../testing/sip-peer.ts';
import { cseqOf, type SipRequest, type SipResponse } from '../message/index.ts';
import { parseDigest } from '../registrar/digest-server.ts';
import type { RegistrationState } from '../types.ts';

let bench: Awaited<ReturnType<typeof makeScriptedBench>>;
let states: RegistrationState[];

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  bench = await makeScriptedBench({
    account: { user: 'firm', authUser: 'login7', password: 'pw', domain: 'carrier.example' },
  });
  states = [];
});

afterEach(async () => {
  await bench.alice.close();
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const start = (): void => bench.alice.startRegistration((state) => states.push(state));

function challenge(request: SipRequest, nonce: string, extra = '', status = 401): SipResponse {
  const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
  const value = `Digest realm="carrier", nonce="${nonce}", algorithm=MD5, qop="auth"${extra}`;
  return peerReply(request, status, { extraHeaders: [{ name, value }] });
}

function accept(request: SipRequest, expires = 300): SipResponse {
  const contact = `<sip:other@10.9.9.9>;expires=9, ${header(request, 'Contact')?.replace(/expires=\d+/, `expires=${expires}`)}`;
  return peerReply(request, 200, { contact });
}

/** A registrar that challenges once per Call-ID and CSeq, as most do. */
function wellBehaved(expires = 300, status = 401): (request: SipRequest) => SipResponse | null {
  const field = status === 401 ? 'Authorization' : 'Proxy-Authorization';
  return (request) =>
    header(request, field) ? accept(request, expires) : challenge(request, 'n1', '', status);
}

it.each([401, 407])(
  'answers a %i challenge with the login name, not the number',
  async (status) => {
    bench.peer.respond = wellBehaved(300, status);
    start();
    await pass(20);
    const request = bench.peer.last('REGISTER');
    const field = status === 401 ? 'Authorization' : 'Proxy-Authorization';
    const fields = parseDigest(header(request, field)!)!;
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const expected = md5(
      [
        md5('login7:carrier:pw'),
        'n1',
        fields.get('nc'),
        fields.get('cnonce'),
        'auth',
        md5('REGISTER:sip:carrier.example'),
      ].join(':'),
    );
    expect(fields.get('username')).toBe('login7');
    expect(fields.get('response')).toBe(expected);
    expect(header(request, 'To')).toContain('sip:firm@carrier.example');
    expect(states).toEqual([
      { kind: 'registering' },
      { kind: 'registered', expiresAt: expect.closeTo(1_300_000, -2) },
    ]);
  },
);

it('takes the expiry of its own Contact, refreshes before it, and says nothing new', async () => {
  bench.peer.respond = wellBehaved(100);
  start();
  await pass(20);
  const before = bench.peer.requests('REGISTER').length;
  await pass(89_000);
  expect(bench.peer.requests('REGISTER')).toHaveLength(before);
  await pass(2000);
  expect(bench.peer.requests('REGISTER').length).toBeGreaterThan(before);
  const numbers = bench.peer.requests('REGISTER').map((request) => cseqOf(request)!.number);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect(new Set(bench.peer.requests('REGISTER').map((item) => header(item, 'Call-ID'))).size).toBe(
    1,
  );
  expect(states.map((state) => state.kind)).toEqual(['registering', 'registered', 'registered']);
});

it('stale-nonce: tries again with the fresh one', async () => {
  let asked = 0;
  bench.peer.respond = (request) => {
    asked += 1;
    if (asked === 1) return challenge(request, 'old');
    if (asked === 2) return challenge(request, 'new', ', stale=true');
    return accept(request);
  };
  start();
  await pass(20);
  expect(header(bench.peer.last('REGISTER'), 'Authorization')).toContain('nonce="new"');
  expect(states.at(-1)?.kind).toBe('registered');
});

it('wrong-password: fails with the status, and comes back after 1, 2, 4 s', async () => {
  bench.peer.respond = (request) => challenge(request, `n${cseqOf(request)!.number}`);
  start();
  await pass(20);
  expect(states.at(-1)).toEqual({
    kind: 'failed',
    status: 401,
    reasonPhrase: 'Scripted',
    retryAt: expect.closeTo(1_000_000 + 1100, -2),
  });
  await pass(1100 + 2200 + 4400);
  expect(states.filter((state) => state.kind === 'failed')).toHaveLength(4);
  bench.peer.respond = wellBehaved();
  await pass(60_000);
  expect(states.at(-1)?.kind).toBe('registered');
});

it('unreachable: fails with status 0 after 32 s and recovers by itself', async () => {
  bench.network.fault = () => ({ drop: true });
  start();
  await pass(32_100);
  expect(states.at(-1)).toMatchObject({ kind: 'failed', status: 0, reasonPhrase: 'No Response' });
  bench.network.fault = () => undefined;
  bench.peer.respond = wellBehaved();
  await pass(1200);
  expect(states.at(-1)?.kind).toBe('registered');
});

it('a refresh that fails says that the trunk is not registered any more', async () => {
  bench.peer.respond = wellBehaved(100);
  start();
  await pass(20);
  bench.peer.respond = (request) => peerReply(request, 503);
  await pass(91_000);
  expect(states.at(-1)).toMatchObject({ kind: 'failed', status: 503 });
});

it('unregisters with Expires 0, once, and survives being stopped twice or never started', async () => {
  await bench.alice.stopRegistration();
  bench.peer.respond = wellBehaved();
  start();
  await pass(20);
  const stopping = bench.alice.stopRegistration();
  void bench.alice.stopRegistration();
  await pass(20);
  await stopping;
  const last = bench.peer.last('REGISTER');
  expect(header(last, 'Contact')).toContain('expires=0');
  expect(states.at(-1)).toEqual({ kind: 'unregistered' });
  const count = bench.peer.requests('REGISTER').length;
  await pass(600_000);
  expect(bench.peer.requests('REGISTER')).toHaveLength(count);
});

it('OPTIONS reports status and round trip, and status 0 when nothing answers', async () => {
  bench.peer.respond = (request) => peerReply(request, 200);
  const answered = bench.alice.options();
  await pass(10);
  expect(await answered).toEqual({ status: 200, roundTripMs: 2 });
  bench.peer.respond = () => null;
  const silent = bench.alice.options();
  await pass(33_000);
  expect((await silent).status).toBe(0);
});
