import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ALICE,
  ANSWER_SDP,
  BOB,
  makeScriptedBench,
  OFFER_SDP,
  placeCall,
} from '../../../testing/sip-bench.ts';
import { freshRequest, header, peerReply, peerRequest } from '../../../testing/sip-peer.ts';
import { serialise } from '../message/index.ts';

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
const INVITE = (): string =>
  serialise(
    freshRequest('INVITE', 'sip:1@10.0.0.1', {
      headers: [{ name: 'Content-Type', value: 'application/sdp' }],
      body: OFFER_SDP,
    }),
  );

/** After whatever came before, an ordinary call must still work. */
async function stillServes(): Promise<void> {
  const before = bench.incoming.length;
  bench.peer.send(INVITE());
  await pass(5);
  expect(bench.incoming).toHaveLength(before + 1);
  const record = placeCall(bench.alice);
  await pass(5);
  bench.peer.send(peerReply(bench.peer.last('INVITE'), 200, { sdp: ANSWER_SDP }));
  await pass(5);
  expect(record.answered).not.toBeNull();
}

describe('what is not SIP is counted and dropped', () => {
  const samples: [string, string | Uint8Array][] = [
    ['text', 'hello'],
    ['HTTP', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['binary', Uint8Array.from({ length: 500 }, (_, index) => (index * 7919) % 256)],
    ['nothing but zeros', new Uint8Array(64)],
    ['an endless line', `INVITE sip:${'9'.repeat(30_000)}@x SIP/2.0\r\n\r\n`],
    ['another version', 'OPTIONS sip:x SIP/3.0\r\nVia: SIP/3.0/UDP x;branch=z9hG4bK1\r\n\r\n'],
    ['a start line alone', 'INVITE sip:x SIP/2.0\r\n\r\n'],
    ['a status out of range', 'SIP/2.0 999 What\r\n\r\n'],
  ];
  it.each(samples)('%s', async (_name, bytes) => {
    bench.network.inject(BOB, ALICE, bytes);
    await pass(5);
    expect(bench.alice.counters.malformed).toBe(1);
    expect(bench.peer.packets).toHaveLength(0);
    await stillServes();
  });
});

describe('a request that still says whom to answer gets 400', () => {
  it.each(['From', 'To', 'Call-ID', 'CSeq', 'Via'])('without %s', async (name) => {
    bench.peer.send(freshRequest('INVITE', 'sip:1@10.0.0.1', { without: [name] }));
    await pass(5);
    expect(bench.alice.counters.malformed).toBe(1);
    expect(bench.incoming).toHaveLength(0);
    expect(bench.peer.responses(400)).toHaveLength(name === 'To' ? 1 : 0);
    await stillServes();
  });

  it('with a body shorter than Content-Length', async () => {
    const text = INVITE();
    bench.peer.send(text.slice(0, text.length - 20));
    await pass(5);
    expect(bench.peer.responses(400)).toHaveLength(1);
    expect(bench.incoming).toHaveLength(0);
  });

  it.each(['-1', 'x', '99999999'])('with Content-Length %s', async (value) => {
    bench.peer.send(INVITE().replace(/Content-Length: \d+/, `Content-Length: ${value}`));
    await pass(5);
    expect(bench.alice.counters.malformed).toBe(1);
    expect(bench.incoming).toHaveLength(0);
  });

  it('with a CSeq of another method, or without Contact', async () => {
    bench.peer.send(INVITE().replace('1 INVITE', '1 BYE'));
    bench.peer.send(freshRequest('INVITE', 'sip:1@10.0.0.1', { without: ['Contact'] }));
    await pass(5);
    expect(bench.peer.responses(400)).toHaveLength(2);
  });
});

it('a longer body than Content-Length says is cut there, as RFC 3261 §18.3 wants', async () => {
  bench.peer.send(`${INVITE()}and some more`);
  await pass(5);
  expect(bench.incoming[0]?.offerSdp).toBe(OFFER_SDP);
});

it('short names, folded lines and Via lists are read', async () => {
  bench.peer.send(
    INVITE()
      .replace('From:', 'f:')
      .replace('To:', 't:')
      .replace('Call-ID:', 'i :')
      .replace('Contact:', 'm:')
      .replace('Content-Type: ', 'c:\r\n\t')
      .replace(/Via: (.*)\r\n/, 'v: $1, SIP/2.0/UDP second.example;branch=z9hG4bKsecond\r\n'),
  );
  await pass(5);
  expect(bench.incoming[0]?.offerSdp).toBe(OFFER_SDP);
  const trying = bench.peer.responses(100)[0]!;
  expect(trying.headers.filter((item) => item.name === 'Via')).toHaveLength(2);
});

it('unknown methods get 405 with Allow, unknown dialogs 481, and unreadable addresses 400 or 416', async () => {
  bench.peer.send(freshRequest('PUBLISH', 'sip:1@10.0.0.1'));
  bench.peer.send(freshRequest('REGISTER', 'sip:10.0.0.1'));
  bench.peer.send(freshRequest('MESSAGE', 'sip:10.0.0.1'));
  bench.peer.send(freshRequest('BYE', 'sip:1@10.0.0.1'));
  bench.peer.send(freshRequest('CANCEL', 'sip:1@10.0.0.1'));
  bench.peer.send(freshRequest('INVITE', 'http://10.0.0.1/'));
  await pass(5);
  expect(bench.peer.responses(405)).toHaveLength(3);
  expect(header(bench.peer.responses(405)[0]!, 'Allow')).toContain('INVITE');
  expect(bench.peer.responses(481)).toHaveLength(2);
  expect(bench.incoming).toHaveLength(0);
  await stillServes();
});

it('in-dialog requests that make no sense leave the call alone', async () => {
  const record = placeCall(bench.alice);
  await pass(5);
  const invite = bench.peer.last('INVITE');
  bench.peer.send(peerReply(invite, 200, { sdp: ANSWER_SDP }));
  await pass(5);
  bench.peer.send(peerRequest(invite, 'ACK', 99));
  bench.peer.send(peerRequest(invite, 'REFER', 5));
  bench.peer.send(peerRequest(invite, 'NOTIFY', 6));
  bench.peer.send(peerRequest(invite, 'INFO', 2));
  bench.peer.send(peerRequest(invite, 'PRACK', 7));
  bench.peer.send(
    peerRequest(invite, 'INVITE', 8, { headers: [{ name: 'Contact', value: '<<>' }] }),
  );
  await pass(5);
  expect(record.ended).toBeNull();
  void record.call.hangUp();
  await pass(5);
  expect(record.ended?.by).toBe('local');
});

it('answers to what was never asked change nothing', async () => {
  const record = placeCall(bench.alice);
  await pass(5);
  const reply = peerReply(bench.peer.last('INVITE'), 200, { sdp: ANSWER_SDP });
  const via = { name: 'Via', value: 'SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKforged' };
  bench.peer.send({
    ...reply,
    headers: reply.headers.map((item) => (item.name === 'Via' ? via : item)),
  });
  await pass(5);
  expect(record.answered).toBeNull();
});

it('fuzz: 4,000 damaged messages throw nothing, log nothing of them, and leave a working endpoint', async () => {
  let seed = 3;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % below;
  };
  const call = placeCall(bench.alice);
  await pass(5);
  const sources = [
    INVITE(),
    serialise(peerReply(bench.peer.last('INVITE'), 200, { sdp: ANSWER_SDP })),
    serialise(
      peerReply(bench.peer.last('INVITE'), 401, {
        extraHeaders: [{ name: 'WWW-Authenticate', value: 'Digest realm="r", nonce="n"' }],
      }),
    ),
    serialise(peerRequest(bench.peer.last('INVITE'), 'UPDATE', 3, { body: OFFER_SDP })),
    serialise(freshRequest('OPTIONS', 'sip:1@10.0.0.1')),
  ];
  for (let round = 0; round < 4000; round += 1) {
    const bytes = Buffer.from(sources[random(sources.length)]!);
    for (let hits = random(6); hits >= 0; hits -= 1) bytes[random(bytes.length)] = random(256);
    const cut = random(4) === 0 ? random(bytes.length) : bytes.length;
    bench.network.inject(BOB, ALICE, bytes.subarray(0, cut));
    if (round % 200 === 0) await pass(5);
  }
  await pass(40_000);
  await call.call.hangUp();
  expect(bench.alice.counters.malformed).toBeGreaterThan(1000);
  expect(bench.logger.lines.join()).not.toMatch(/carrier\.example|48600000001|rtpmap/);
  await stillServes();
});
