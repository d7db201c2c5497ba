import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ANSWER_SDP,
  globalClock,
  makeScriptedBench,
  OFFER_SDP,
  placeCall,
} from '../../../testing/sip-bench.ts';
import { freshRequest, header, headers, peerReply } from '../../../testing/sip-peer.ts';
import { parseVia } from '../message/index.ts';

/** One test for each trap of sip.js that was measured before (reference notes: libraries §6, media path §2). */

let bench: Awaited<ReturnType<typeof makeScriptedBench>>;

beforeEach(async () => {
  vi.useFakeTimers();
  bench = await makeScriptedBench();
});

afterEach(async () => {
  await bench.alice.close();
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('404-trap: any user in the Request-URI is ours', () => {
  it.each(['+48221234567', 'firm', '22%2312*3'])('takes an INVITE for %s', async (user) => {
    bench.peer.send(freshRequest('INVITE', `sip:${user}@10.0.0.1:5060`, { body: OFFER_SDP }));
    await pass(5);
    expect(bench.incoming).toHaveLength(1);
    expect(bench.peer.responses(404)).toHaveLength(0);
  });

  it('takes one with no user at all, and OPTIONS too', async () => {
    bench.peer.send(freshRequest('INVITE', 'sip:10.0.0.1:5060', { body: OFFER_SDP }));
    bench.peer.send(freshRequest('OPTIONS', 'sip:10.0.0.1:5060'));
    await pass(5);
    expect(bench.incoming).toHaveLength(1);
    expect(bench.peer.responses(200)).toHaveLength(1);
  });

  it('takes a tel: number, and costs no gruu in Supported', async () => {
    bench.peer.send(freshRequest('INVITE', 'tel:+48221234567', { body: OFFER_SDP }));
    placeCall(bench.alice);
    await pass(5);
    expect(bench.incoming[0]?.toUser).toBe('+48221234567');
    expect(header(bench.peer.last('INVITE'), 'Supported')).not.toContain('gruu');
  });
});

describe('branch-space: transactions cannot be confused', () => {
  it('puts 128 random bits into every branch, and the same one into ACK and CANCEL', async () => {
    for (let count = 0; count < 200; count += 1) placeCall(bench.alice);
    await pass(5);
    const branches = bench.peer
      .requests('INVITE')
      .map((request) => parseVia(header(request, 'Via')!)!.branch);
    expect(new Set(branches).size).toBe(200);
    expect(branches.every((branch) => /^z9hG4bK[0-9a-f]{32}$/.test(branch))).toBe(true);
    bench.peer.send(peerReply(bench.peer.requests('INVITE')[0]!, 486));
    await pass(5);
    expect(parseVia(header(bench.peer.last('ACK'), 'Via')!)!.branch).toBe(branches[0]);
  });
});

describe('via: host, port and rport', () => {
  it('shows host and port, asks for rport, and takes an answer with received and rport', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    const invite = bench.peer.last('INVITE');
    const via = header(invite, 'Via')!;
    expect(via).toMatch(/^SIP\/2\.0\/UDP 10\.0\.0\.1:5060;branch=\S+;rport$/);
    const answered = peerReply(invite, 200, { sdp: ANSWER_SDP });
    const stamped = via.replace(';rport', ';received=203.0.113.7;rport=61234');
    bench.peer.send({
      ...answered,
      headers: answered.headers.map((item) =>
        item.name === 'Via' ? { name: 'Via', value: stamped } : item,
      ),
    });
    await pass(5);
    expect(record.answered?.answerSdp).toBe(ANSWER_SDP);
  });

  it('answers to where the request came from, and says so in Via', async () => {
    bench.network.inject(
      { host: '10.0.0.2', port: 5060 },
      { host: '10.0.0.1', port: 5060 },
      [
        'OPTIONS sip:10.0.0.1 SIP/2.0',
        'Via: SIP/2.0/UDP behind.nat.example:9999;rport;branch=z9hG4bKnat',
        'From: <sip:a@b>;tag=1',
        'To: <sip:c@d>',
        'Call-ID: nat',
        'CSeq: 1 OPTIONS',
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
    await pass(5);
    const [answer] = bench.peer.responses(200);
    expect(header(answer!, 'Via')).toContain('received=10.0.0.2;rport=5060');
  });

  it('shows the public address behind a NAT, in Via and Contact', async () => {
    const nat = await makeScriptedBench({ publicAddress: { host: '203.0.113.7', port: 15060 } });
    const record = placeCall(nat.alice);
    await pass(5);
    const invite = nat.peer.last('INVITE');
    expect(header(invite, 'Via')).toContain('203.0.113.7:15060');
    expect(header(invite, 'Contact')).toBe('<sip:firm@203.0.113.7:15060>');
    expect(record.identities[0]?.localContact).toBe('sip:firm@203.0.113.7:15060');
    await nat.alice.close();
  });

  it('contact-transport: a UDP Contact names no other transport', async () => {
    placeCall(bench.alice);
    await pass(5);
    expect(header(bench.peer.last('INVITE'), 'Contact')).not.toMatch(/transport=ws/i);
  });
});

it('several-vias: a response with more than one Via is counted, and the call goes on', async () => {
  const record = placeCall(bench.alice);
  await pass(5);
  const answered = peerReply(bench.peer.last('INVITE'), 200, { sdp: ANSWER_SDP });
  const second = { name: 'Via', value: 'SIP/2.0/UDP proxy.example;branch=z9hG4bKx' };
  bench.peer.send({ ...answered, headers: [...answered.headers, second] });
  await pass(5);
  expect(record.answered).toBeNull();
  expect(bench.alice.counters.malformed).toBe(1);
  bench.peer.send(answered);
  await pass(5);
  expect(record.answered).not.toBeNull();
});

it('zero-timers-J: a repeated OPTIONS or BYE gets the very same answer for 32 s, then is new', async () => {
  const options = freshRequest('OPTIONS', 'sip:10.0.0.1');
  bench.peer.send(options);
  await pass(31_000);
  bench.peer.send(options);
  await pass(5);
  const [first, second] = bench.peer.responses(200);
  expect(second).toEqual(first);
  expect(bench.alice.counters.repeatsAnswered).toBe(1);
  await pass(2000);
  bench.peer.send(options);
  await pass(5);
  expect(bench.peer.responses(200)).toHaveLength(3);
  expect(bench.alice.counters.repeatsAnswered).toBe(1);
});

it('zero-timers-J: remembers by the top Via only', async () => {
  const bye = freshRequest('BYE', 'sip:10.0.0.1', {
    headers: [{ name: 'Via', value: 'SIP/2.0/UDP first.example;branch=z9hG4bKone' }],
  });
  bench.peer.send(bye);
  await pass(5);
  bench.peer.send({
    ...bye,
    headers: bye.headers.map((item) =>
      item.value.includes('first.example')
        ? { name: 'Via', value: 'SIP/2.0/UDP other.example;branch=z9hG4bKtwo' }
        : item,
    ),
  });
  await pass(5);
  expect(bench.alice.counters.repeatsAnswered).toBe(1);
  expect(bench.peer.responses(481)).toHaveLength(2);
});

it('transport-loss: a send that the system refuses fails the call at once', async () => {
  const refusing = await makeScriptedBench({
    socket: {
      localHost: '10.0.0.9',
      localPort: 5060,
      onPacket: null,
      send: () => {
        throw new Error('ENETUNREACH');
      },
      close: async () => {},
    },
  });
  const record = placeCall(refusing.alice);
  await pass(5);
  expect(record.failed).toEqual({ status: 0, reasonPhrase: 'Transport Failure', q850Cause: null });
  await refusing.alice.close();
});

it('transport-loss: a peer whose name cannot be resolved fails the call, not the program', async () => {
  vi.useRealTimers();
  const lost = await makeScriptedBench({ peer: { host: 'no-such-host.invalid', port: 5060 } });
  const failed = await new Promise((resolve) => placeCall(lost.alice, { onFailed: resolve }));
  expect(failed).toMatchObject({ status: 0, reasonPhrase: 'Transport Failure' });
  await lost.alice.close();
  vi.useFakeTimers();
});

it('noise: a call, a refusal and rubbish print nothing and log no content', async () => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => {});
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  placeCall(bench.alice, { toUser: '+48600111222' });
  await pass(5);
  bench.peer.send(peerReply(bench.peer.last('INVITE'), 603));
  bench.peer.send('INVITE sip:+48600111222@x SIP/2.0\r\nVia: nonsense\r\n\r\n');
  await pass(5);
  expect(print.mock.calls.length + warn.mock.calls.length + error.mock.calls.length).toBe(0);
  expect(bench.logger.lines.length).toBeGreaterThan(0);
  expect(bench.logger.lines.join()).not.toMatch(/48600111222|nonsense/);
  vi.restoreAllMocks();
});

it('keep-alive: ours is a timer of our own, and a question from the peer is answered', async () => {
  const kept = await makeScriptedBench({ keepAliveMs: 20_000 });
  await pass(60_500);
  expect(kept.peer.packets.filter((text) => text === '\r\n\r\n')).toHaveLength(3);
  kept.peer.send('\r\n\r\n');
  kept.peer.send('\r\n');
  await pass(5);
  expect(kept.peer.packets.filter((text) => text === '\r\n')).toHaveLength(1);
  expect(kept.alice.counters.malformed).toBe(0);
  await kept.alice.close();
});

describe('dropped-without-a-word: responses that sip.js would ignore', () => {
  it('200-without-Contact: is acknowledged, and the call can be ended', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('INVITE'), 200, { sdp: ANSWER_SDP, contact: null }));
    await pass(5);
    expect(record.answered?.answerSdp).toBe(ANSWER_SDP);
    expect(bench.peer.requests('ACK')).toHaveLength(1);
    void record.call.hangUp();
    await pass(5);
    expect(bench.peer.last('BYE').requestUri).toBe('sip:+48221234567@10.0.0.2:5060');
  });

  it('200-without-Contact that crosses a CANCEL: ACK and BYE', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    const invite = bench.peer.last('INVITE');
    bench.peer.send(peerReply(invite, 180));
    await pass(5);
    void record.call.hangUp();
    bench.peer.send(peerReply(invite, 200, { sdp: ANSWER_SDP, contact: null }));
    await pass(5);
    expect(bench.peer.requests('ACK')).toHaveLength(1);
    expect(bench.peer.requests('BYE')).toHaveLength(1);
  });

  it('183-without-Contact-or-tag: early media is reported', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    const progress = peerReply(bench.peer.last('INVITE'), 183, { sdp: ANSWER_SDP, contact: null });
    const untagged = progress.headers.map((item) =>
      item.name === 'To' ? { name: 'To', value: item.value.replace(/;tag=.*/, '') } : item,
    );
    bench.peer.send({ ...progress, headers: untagged });
    await pass(5);
    expect(record.provisionals).toEqual([{ status: 183, earlyMediaSdp: ANSWER_SDP }]);
    expect(record.call.identity?.remoteTag).toBeNull();
  });
});

it('one-clock: the fake clock governs sip.js too, so these tests wait for nothing', () => {
  expect(globalClock.now()).toBe(Date.now());
  expect(vi.isFakeTimers()).toBe(true);
});

it('headers: asserted identity, display name and extra headers cannot be broken out of', async () => {
  placeCall(bench.alice, {
    assertedUser: '+48221112233',
    fromDisplayName: 'Firm "A"\r\nX-Evil: 1',
    extraHeaders: ['X-Case: 7'],
  });
  await pass(5);
  const invite = bench.peer.last('INVITE');
  expect(header(invite, 'P-Asserted-Identity')).toBe('<sip:+48221112233@carrier.example>');
  expect(header(invite, 'From')).toContain('<sip:firm@carrier.example>');
  expect(header(invite, 'X-Case')).toBe('7');
  expect(headers(invite, 'X-Evil')).toEqual([]);
  expect(() => placeCall(bench.alice, { extraHeaders: ['A: b\r\nX-Evil: 1'] })).toThrow();
});
