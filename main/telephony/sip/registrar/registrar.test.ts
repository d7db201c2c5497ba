import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ANSWER_SDP, globalClock, OFFER_SDP, RecordingLogger } from '../../../testing/sip-bench.ts';
import { FakeSocket, FakeSoftphone } from '../../../testing/sip-softphone.ts';
import { header } from '../message/index.ts';
import type { OutgoingCall } from '../types.ts';
import { createRegistrar } from './registrar.ts';
import { EXPIRY_GRACE_MS } from './softphone.ts';
import type { LineInvite, Registrar, SoftphoneGrant } from './types.ts';

const GRANT: SoftphoneGrant = {
  personId: 'p1',
  user: 'anna',
  addressOfRecord: 'sip:anna@dialdesk.invalid',
  realm: 'dialdesk.invalid',
  secret: 's3cret',
};

let registrar: Registrar;
let logger: RecordingLogger;
let events: string[];

beforeEach(() => {
  vi.useFakeTimers();
  logger = new RecordingLogger();
  registrar = createRegistrar({ clock: globalClock, logger, userAgent: 'test' });
  events = [];
  registrar.onRegistered((personId) => events.push(`${personId} registered`));
  registrar.onUnregistered((personId, reason) => events.push(`${personId} ${reason}`));
});

afterEach(async () => {
  await registrar.close();
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

function connected(grant = GRANT, contactUri?: string): FakeSoftphone {
  const phone = new FakeSoftphone(grant, contactUri);
  registrar.acceptSocket(phone.socket, grant);
  return phone;
}

function registered(grant = GRANT): FakeSoftphone {
  const phone = connected(grant);
  phone.register();
  return phone;
}

interface LineRecord {
  call: OutgoingCall;
  order: string[];
}

function openLine(overrides: Partial<LineInvite> = {}): LineRecord {
  const order: string[] = [];
  const call = registrar.inviteLine('p1', {
    offerSdp: OFFER_SDP,
    nonce: 'n0nce',
    beforeSend: async () => void order.push('beforeSend'),
    onAnswered: (sdp) => order.push(sdp === ANSWER_SDP ? 'answered' : 'wrong sdp'),
    onFailed: (status) => order.push(`failed ${status}`),
    onEnded: () => order.push('ended'),
    ...overrides,
  });
  return { call, order };
}

describe('registering', () => {
  it('challenges with MD5 and qop auth, then accepts the right secret', () => {
    const phone = registered();
    const [challenge, accepted] = phone.responses;
    expect(challenge?.status).toBe(401);
    expect(header(challenge!, 'WWW-Authenticate')).toMatch(/algorithm=MD5, qop="auth"/);
    expect(accepted?.status).toBe(200);
    expect(header(accepted!, 'Contact')).toBe(`<${phone.contactUri}>;expires=600`);
    expect(events).toEqual(['p1 registered']);
    expect(registrar.registered('p1')).toBe(true);
  });

  it('refuses a wrong secret and logs neither it nor the user', () => {
    const phone = connected();
    phone.register({ secret: 'guess' });
    expect(phone.lastStatus).toBe(403);
    expect(registrar.registered('p1')).toBe(false);
    expect(registrar.counters.refused).toBe(1);
    expect(logger.lines.join('\n')).not.toMatch(/guess|anna|s3cret/);
  });

  it('refuses an address of record that is not that of the ticket', () => {
    const phone = connected();
    phone.register({ addressOfRecord: 'sip:boss@dialdesk.invalid' });
    expect(phone.lastStatus).toBe(403);
    expect(registrar.registered('p1')).toBe(false);
  });

  it('refuses a replayed authorisation with a new challenge', () => {
    const phone = connected();
    const frames: string[] = [];
    const original = phone.socket.receive.bind(phone.socket);
    phone.socket.receive = (text) => {
      frames.push(text);
      original(text);
    };
    phone.register();
    original(frames.at(-1)!.replace(/branch=z9hG4bK\w+/, 'branch=z9hG4bKreplayed'));
    expect(phone.lastStatus).toBe(401);
    expect(header(phone.responses.at(-1)!, 'WWW-Authenticate')).toContain('stale=true');
  });

  it('asks for a fresh nonce after five minutes', async () => {
    const phone = connected();
    const send = phone.socket.receive.bind(phone.socket);
    const frames: string[] = [];
    phone.socket.receive = (text) => void frames.push(text);
    phone.register();
    send(frames[0]!);
    phone.socket.receive = (text) => void frames.push(text);
    phone.register();
    await pass(5 * 60_000 + 1000);
    // The challenge was answered in the second register(), whose authorised frame is sent only now.
    const late = frames.at(-1)!;
    send(late);
    expect(phone.lastStatus).toBe(401);
    expect(header(phone.responses.at(-1)!, 'WWW-Authenticate')).toContain('stale=true');
  });

  it('keeps a softphone whose refresh is late: a talk is not cut for it', async () => {
    const phone = connected();
    phone.register({ expires: 60 });
    await pass(60_000 + EXPIRY_GRACE_MS - 1_000);
    expect(events).toEqual(['p1 registered']);
    phone.register({ expires: 60 });
    await pass(EXPIRY_GRACE_MS);
    expect(events).not.toContain('p1 expired');
  });

  it('asks for more than ten seconds, forgets after expiry, and lets go on Expires 0', async () => {
    const phone = connected();
    phone.register({ expires: 5 });
    expect(phone.lastStatus).toBe(423);
    phone.register({ expires: 60 });
    expect(phone.lastStatus).toBe(200);
    await pass(60_000 + EXPIRY_GRACE_MS);
    expect(events).toEqual(['p1 registered', 'p1 expired']);
    phone.register();
    phone.register({ expires: 0 });
    expect(events.slice(2)).toEqual(['p1 registered', 'p1 left']);
  });

  it('gives the line to the newest window and tells the older one not to return', () => {
    const older = registered();
    const newer = registered();
    expect(older.socket.closeCode).toBe(4409);
    expect(newer.socket.readyState).toBe(1);
    expect(events).toEqual(['p1 registered', 'p1 replaced', 'p1 registered']);
  });
});

describe('the agent line', () => {
  it('invites with the nonce, answers, and ends', async () => {
    const phone = registered();
    const { call, order } = openLine();
    await pass(1);
    const invite = phone.requests.find((request) => request.method === 'INVITE');
    expect(invite?.requestUri).toBe(phone.contactUri);
    expect(header(invite!, 'X-Dialdesk-Line')).toBe('n0nce');
    expect(invite?.body).toBe(OFFER_SDP);
    expect(order).toEqual(['beforeSend', 'answered']);
    await call.hangUp();
    expect(order.at(-1)).toBe('ended');
    expect(phone.requests.at(-1)?.method).toBe('BYE');
  });

  it('holds the INVITE back until beforeSend has resolved', async () => {
    const phone = registered();
    let leave = (): void => {};
    openLine({ beforeSend: () => new Promise((resolve) => (leave = resolve)) });
    await pass(1000);
    expect(phone.requests).toHaveLength(0);
    leave();
    await pass(1);
    expect(phone.requests[0]?.method).toBe('INVITE');
  });

  it('is ended by endLine, and by the softphone', async () => {
    const phone = registered();
    const first = openLine();
    await pass(1);
    await registrar.endLine('p1');
    expect(first.order.at(-1)).toBe('ended');
    const second = openLine();
    await pass(1);
    phone.bye();
    await pass(1);
    expect(second.order.at(-1)).toBe('ended');
    expect(phone.lastStatus).toBe(200);
  });

  it('repeats nothing on a reliable transport', async () => {
    const phone = registered();
    phone.answers = false;
    const { order } = openLine();
    await pass(31_000);
    expect(phone.requests.filter((request) => request.method === 'INVITE')).toHaveLength(1);
    await pass(2000);
    expect(order.at(-1)).toBe('failed 0');
  });

  it('throws for a person who is not registered', () => {
    expect(() => openLine()).toThrow(/No softphone/);
  });
});

describe('a socket that drops', () => {
  it('is replaced within the grace without losing the dialog', async () => {
    const phone = registered();
    const { call, order } = openLine();
    await pass(1);
    phone.socket.close(1006);
    await pass(3000);
    registrar.acceptSocket(phone.connect(), GRANT);
    phone.register();
    await pass(60_000);
    expect(events).toEqual(['p1 registered']);
    expect(registrar.counters.recovered).toBe(1);
    expect(order).toEqual(['beforeSend', 'answered']);
    await call.hangUp();
    expect(phone.requests.at(-1)?.method).toBe('BYE');
  });

  it('delivers a BYE that was sent during the blip', async () => {
    const phone = registered();
    const { call } = openLine();
    await pass(1);
    phone.socket.close(1006);
    const ending = call.hangUp();
    await pass(1000);
    registrar.acceptSocket(phone.connect(), GRANT);
    phone.register();
    await ending;
    expect(phone.requests.at(-1)?.method).toBe('BYE');
  });

  it('ends line and registration after five seconds', async () => {
    const phone = registered();
    const { order } = openLine();
    await pass(1);
    phone.socket.close(1006);
    await pass(4999);
    expect(registrar.registered('p1')).toBe(true);
    await pass(1);
    expect(registrar.registered('p1')).toBe(false);
    expect(order.at(-1)).toBe('ended');
    expect(events.at(-1)).toBe('p1 lost');
  });

  it('forged-contact: the same Contact with a wrong digest does not steal the line', async () => {
    const phone = registered();
    const { order } = openLine();
    await pass(1);
    phone.socket.close(1006);
    const thief = connected(GRANT, phone.contactUri);
    thief.register({ secret: 'guess' });
    await pass(1);
    expect(thief.lastStatus).toBe(403);
    expect(registrar.counters.recovered).toBe(0);
    thief.bye();
    await pass(6000);
    expect(thief.requests).toHaveLength(0);
    expect(order.at(-1)).toBe('ended');
    expect(events.at(-1)).toBe('p1 lost');
  });

  it("forged-contact: another person's own login with my Contact does not steal the line", async () => {
    const phone = registered();
    const { call } = openLine();
    await pass(1);
    phone.socket.close(1006);
    const other: SoftphoneGrant = {
      personId: 'p2',
      user: 'eve',
      addressOfRecord: 'sip:eve@dialdesk.invalid',
      realm: 'dialdesk.invalid',
      secret: 'own',
    };
    const thief = connected(other, phone.contactUri);
    thief.register();
    expect(thief.lastStatus).toBe(200);
    void call.hangUp();
    await pass(1);
    expect(thief.requests).toHaveLength(0);
  });
});

describe('what a softphone may not do', () => {
  it('place calls of its own', () => {
    const phone = registered();
    phone.request('INVITE', [{ name: 'Contact', value: `<${phone.contactUri}>` }]);
    expect(phone.lastStatus).toBe(403);
    expect(header(phone.responses.at(-1)!, 'Reason')).toMatch(/^SIP;cause=403/);
  });

  it('say anything before it has registered', () => {
    const phone = connected();
    phone.request('OPTIONS');
    expect(phone.lastStatus).toBe(403);
  });

  it('break the engine with frames that are not SIP', () => {
    const phone = registered();
    for (const frame of ['hello', 'SIP/2.0 200 OK\r\n\r\n', '\0\0\0', `X ${'y'.repeat(70_000)}`]) {
      phone.socket.receive(frame);
    }
    expect(registrar.counters.malformed).toBe(4);
    phone.request('OPTIONS');
    expect(phone.lastStatus).toBe(200);
  });
});

it('answers a bare line end, which is how sip.js asks whether the socket lives', () => {
  const socket = new FakeSocket();
  registrar.acceptSocket(socket, GRANT);
  socket.receive('\r\n\r\n');
  expect(socket.sent).toEqual(['\r\n']);
});
