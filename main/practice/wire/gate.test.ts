import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type CarrierAccess, seededRandom } from '../scenario/index.ts';
import { FakeSipSocket } from '../testing/fake-sip-socket.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { Gate } from './gate.ts';
import { ImpairedSocket } from './impaired-socket.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

function aGate(access: CarrierAccess, silentUser = 'nobody') {
  const inner = new FakeSipSocket();
  const clock = new ManualClock();
  const passed: string[] = [];
  const gate = new Gate({
    inner,
    access,
    clock,
    ignoresInvite: (invite) => invite.requestUri.includes(silentUser),
  });
  gate.onPacket = (packet) => passed.push(Buffer.from(packet).toString().split('\r\n')[0] ?? '');
  return { inner, clock, gate, passed };
}

function request(method: string, cseq: number, extra: string[] = [], user = 'firm'): string {
  return [
    `${method} sip:${user}@carrier SIP/2.0`,
    'Via: SIP/2.0/UDP 10.0.0.1:5060;rport;branch=z9hG4bKa',
    `From: <sip:firm@carrier>;tag=1`,
    `To: <sip:${user}@carrier>`,
    `Call-ID: call-${user}`,
    `CSeq: ${cseq} ${method}`,
    ...extra,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

function credentials(reply: string, method: string, password: string, header: string): string {
  const nonce = /nonce="([^"]+)"/.exec(reply)?.[1] ?? '';
  const uri = 'sip:carrier';
  const secretHash = md5(`firm:practice.invalid:${password}`);
  const middle = `${nonce}:00000001:abc:auth`;
  const response = md5(`${secretHash}:${middle}:${md5(`${method}:${uri}`)}`);
  return `${header}: Digest username="firm", realm="practice.invalid", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="abc"`;
}

const register: CarrierAccess = {
  kind: 'register',
  user: 'firm',
  password: 'secret',
  realm: 'practice.invalid',
  challengeInvites: true,
  maxExpiresSec: 300,
};
const statusOf = (reply: string | undefined) => Number(/^SIP\/2\.0 (\d+)/.exec(reply ?? '')?.[1]);

describe('the registrar', () => {
  const contact = 'Contact: <sip:firm@10.0.0.1:5060>;expires=3600';

  it('challenges, accepts, shortens the lifetime, forgets in time and on request', () => {
    const { inner, gate, clock, passed } = aGate(register);
    inner.arrive(request('REGISTER', 1, [contact]));
    expect(statusOf(inner.sent[0])).toBe(401);

    const authorization = credentials(inner.sent[0]!, 'REGISTER', 'secret', 'Authorization');
    inner.arrive(request('REGISTER', 2, [contact, authorization]));
    expect(statusOf(inner.sent[1])).toBe(200);
    expect(inner.sent[1]).toContain('Contact: <sip:firm@10.0.0.1:5060>;expires=300');
    expect(inner.sent[1]).toContain('rport=5080;branch=z9hG4bKa;received=127.0.0.1');
    expect(gate.engineAddress()).toEqual({ host: '127.0.0.1', port: 5080 });

    inner.arrive(
      request('REGISTER', 3, ['Contact: <sip:firm@10.0.0.1:5060>;expires=0', authorization]),
    );
    expect(gate.registrations.count).toBe(0);

    inner.arrive(request('REGISTER', 4, [contact, authorization]));
    expect(gate.registrations.count).toBe(1);
    clock.advance(301_000);
    expect(gate.registrations.count).toBe(0);
    expect(passed).toEqual([]);
  });

  it('refuses a wrong password and asks again when a nonce is unknown', () => {
    const { inner } = aGate(register);
    inner.arrive(request('REGISTER', 1, [contact]));
    const wrong = credentials(inner.sent[0]!, 'REGISTER', 'guess', 'Authorization');
    inner.arrive(request('REGISTER', 2, [contact, wrong]));
    const stale = credentials('nonce="made-up"', 'REGISTER', 'secret', 'Authorization');
    inner.arrive(request('REGISTER', 3, [contact, stale]));
    expect(inner.sent.map(statusOf)).toEqual([401, 403, 401]);
  });
});

describe('calls', () => {
  it('need credentials, and the ACK to a refusal ends here', () => {
    const { inner, passed } = aGate(register);
    inner.arrive(request('INVITE', 1));
    expect(statusOf(inner.sent[0])).toBe(407);
    inner.arrive(request('ACK', 1));
    const proof = credentials(inner.sent[0]!, 'INVITE', 'secret', 'Proxy-Authorization');
    inner.arrive(request('INVITE', 2, [proof]));
    inner.arrive(request('ACK', 2));
    expect(passed).toEqual(['INVITE sip:firm@carrier SIP/2.0', 'ACK sip:firm@carrier SIP/2.0']);
  });

  it('are refused to strangers when only registered addresses may call', () => {
    const { inner, passed } = aGate({ ...register, challengeInvites: false });
    inner.arrive(request('INVITE', 1));
    expect(inner.sent.map(statusOf)).toEqual([403]);
    expect(passed).toEqual([]);
  });

  it('are refused to other addresses', () => {
    const { inner, passed } = aGate({ kind: 'address', allow: ['127.0.0.9'] });
    inner.arrive(request('INVITE', 1));
    inner.arrive(request('INVITE', 2), { host: '127.0.0.9', port: 1 });
    expect(inner.sent.map(statusOf)).toEqual([403]);
    expect(passed).toHaveLength(1);
  });

  it('are refused to everyone by a carrier that has closed the contract', () => {
    const { inner, passed } = aGate({ kind: 'refuse', status: 402 });
    inner.arrive(request('INVITE', 1));
    inner.arrive(request('REGISTER', 2));
    expect(inner.sent.map(statusOf)).toEqual([402, 402]);
    expect(passed).toEqual([]);
  });

  it('to a silent number get no packet back, whatever is repeated', () => {
    const { inner, passed } = aGate({ kind: 'address' }, 'silent');
    for (let count = 0; count < 7; count += 1) inner.arrive(request('INVITE', 1, [], 'silent'));
    expect(inner.sent).toEqual([]);
    expect(passed).toEqual([]);
  });

  it('pass with everything that is not ours to judge', () => {
    const { inner, passed } = aGate({ kind: 'address' });
    inner.arrive('\r\n\r\n');
    inner.arrive('SIP/2.0 200 OK\r\n\r\n');
    inner.arrive('garbage');
    inner.arrive(request('OPTIONS', 1));
    expect(passed).toHaveLength(4);
  });
});

describe('a bad network', () => {
  it('loses, repeats and delays, the same for the same seed', () => {
    const play = () => {
      const inner = new FakeSipSocket();
      const clock = new ManualClock();
      const socket = new ImpairedSocket({
        inner,
        impairment: { lossPercent: 30, duplicatePercent: 20, delayMs: { fromMs: 1, toMs: 50 } },
        random: seededRandom('network'),
        clock,
      });
      for (let count = 0; count < 500; count += 1) socket.send(Buffer.from(`${count}`), 'h', 1);
      expect(inner.sent).toEqual([]);
      clock.advance(50);
      return inner.sent;
    };
    const arrived = play();
    expect(arrived).toEqual(play());
    expect(new Set(arrived).size).toBeGreaterThan(310);
    expect(new Set(arrived).size).toBeLessThan(390);
    expect(arrived.length).toBeGreaterThan(new Set(arrived).size);
  });

  it('is gone while it is down', () => {
    const inner = new FakeSipSocket();
    const received: string[] = [];
    const socket = new ImpairedSocket({
      inner,
      impairment: { lossPercent: 0, duplicatePercent: 0, delayMs: 0 },
      random: seededRandom(1),
      clock: new ManualClock(),
    });
    socket.onPacket = (packet) => received.push(Buffer.from(packet).toString());
    socket.setUp(false);
    inner.arrive('a');
    socket.send(Buffer.from('b'), 'h', 1);
    socket.setUp(true);
    inner.arrive('c');
    expect(received).toEqual(['c']);
    expect(inner.sent).toEqual([]);
  });
});
