import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ANSWER_SDP, makeSipBench, type SipBench } from '../../../testing/sip-bench.ts';
import type { NetworkFault, SipPacket } from '../../../testing/sip-network.ts';

let bench: SipBench;

beforeEach(async () => {
  vi.useFakeTimers();
  bench = await makeSipBench();
});

afterEach(async () => {
  await bench.close();
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** Drops the first `count` packets that match. */
function dropFirst(count: number, matches: (packet: SipPacket) => boolean): NetworkFault {
  let left = count;
  return (packet) => {
    if (left === 0 || !matches(packet)) return undefined;
    left -= 1;
    return { drop: true };
  };
}

async function answeredCall(): Promise<ReturnType<SipBench['place']>> {
  const record = bench.place();
  await pass(10);
  bench.incoming[0]!.answer(ANSWER_SDP).catch(() => {});
  await pass(10);
  expect(record.answered).not.toBeNull();
  return record;
}

describe('requests that are lost', () => {
  it('timer-A: an INVITE is repeated after 0.5, 1 and 2 s until something answers', async () => {
    bench.network.fault = dropFirst(3, (packet) => packet.startLine.startsWith('INVITE'));
    bench.place();
    await pass(10_000);
    const times = bench.network.of('INVITE').map((packet) => Math.round(packet.atMs));
    expect(times.map((at) => at - times[0]!)).toEqual([0, 500, 1500, 3500]);
    expect(bench.incoming).toHaveLength(1);
  });

  it('timer-B: an INVITE that nothing answers fails after 32 s with status 0', async () => {
    bench.network.fault = () => ({ drop: true });
    const record = bench.place();
    await pass(31_900);
    expect(record.failed).toBeNull();
    await pass(200);
    expect(record.failed).toEqual({ status: 0, reasonPhrase: 'No Response', q850Cause: null });
    expect(bench.network.of('INVITE')).toHaveLength(7);
    await pass(60_000);
    expect(bench.network.of('INVITE')).toHaveLength(7);
  });

  it('timer-E: a BYE is repeated after 0.5, 1, 2, 4, 4 … s, and given up after 32 s', async () => {
    const record = await answeredCall();
    bench.network.fault = (packet) => (packet.method === 'BYE' ? { drop: true } : undefined);
    let done = false;
    void record.call.hangUp().then(() => {
      done = true;
    });
    expect(record.ended).toEqual({ by: 'local', q850Cause: null });
    await pass(31_000);
    expect(done).toBe(false);
    await pass(2000);
    expect(done).toBe(true);
    const times = bench.network.of('BYE').map((packet) => Math.round(packet.atMs));
    const gaps = times.slice(1).map((at, index) => at - times[index]!);
    expect(gaps.slice(0, 5)).toEqual([500, 1000, 2000, 4000, 4000]);
    expect(bench.network.of('BYE')).toHaveLength(11);
  });
});

describe('answers that are lost', () => {
  it('drops-first-200: the 2xx is repeated, and the call comes up once', async () => {
    bench.network.fault = dropFirst(
      1,
      (packet) => packet.status === 200 && packet.method === 'INVITE',
    );
    const record = bench.place();
    await pass(10);
    const answering = bench.incoming[0]!.answer(ANSWER_SDP);
    await pass(600);
    expect(await answering).toEqual({ ackSdp: null });
    expect(record.order).toEqual(['beforeSend', 'answered']);
    expect(bench.network.of('SIP/2.0 200')).toHaveLength(2);
  });

  it('drops-first-ACK: the repeated 2xx gets the same ACK again', async () => {
    bench.network.fault = dropFirst(1, (packet) => packet.method === 'ACK');
    const record = bench.place();
    await pass(10);
    const answering = bench.incoming[0]!.answer(ANSWER_SDP);
    await pass(600);
    await answering;
    const acks = bench.network.of('ACK');
    expect(acks).toHaveLength(2);
    expect(acks[1]?.text).toBe(acks[0]?.text);
    expect(record.order).toEqual(['beforeSend', 'answered']);
    await pass(10_000);
    expect(bench.network.of('SIP/2.0 200')).toHaveLength(2);
  });

  it('never-ACKs: the callee repeats its 2xx, then sends BYE and ends after 32 s', async () => {
    bench.network.fault = (packet) => (packet.method === 'ACK' ? { drop: true } : undefined);
    const record = bench.place();
    await pass(10);
    const call = bench.incoming[0]!;
    let end: unknown = null;
    call.onEnded = (reason) => {
      end = reason;
    };
    const answering = call.answer(ANSWER_SDP).then(
      () => 'acknowledged',
      (error: { code: string }) => error.code,
    );
    await pass(33_000);
    expect(await answering).toBe('sip.call-over');
    expect(end).toEqual({ by: 'network' });
    expect(record.ended?.by).toBe('remote');
  });

  it('timer-G: a refusal is repeated after 0.5, 1, 2 s until its ACK', async () => {
    bench.network.fault = dropFirst(3, (packet) => packet.status === 486);
    const record = bench.place();
    await pass(10);
    bench.incoming[0]!.reject(486, 'Busy Here');
    await pass(20_000);
    const times = bench.network.of('SIP/2.0 486').map((packet) => Math.round(packet.atMs));
    expect(times.map((at) => at - times[0]!)).toEqual([0, 500, 1500, 3500]);
    expect(record.failed?.status).toBe(486);
  });

  it('timer-D: a repeated refusal gets its ACK again although sip.js has forgotten it', async () => {
    bench.network.fault = dropFirst(2, (packet) => packet.method === 'ACK');
    const record = bench.place();
    await pass(10);
    bench.incoming[0]!.reject(486, 'Busy Here');
    await pass(20_000);
    const acks = bench.network.of('ACK');
    expect(acks).toHaveLength(3);
    expect(new Set(acks.map((packet) => packet.text)).size).toBe(1);
    expect(bench.network.of('SIP/2.0 486')).toHaveLength(3);
    expect(record.order).toEqual(['beforeSend', 'failed']);
  });

  it('repeated-BYE: a BYE whose answer was lost is answered 200 again, not 481', async () => {
    const record = await answeredCall();
    bench.network.fault = dropFirst(
      2,
      (packet) => packet.status === 200 && packet.method === 'BYE',
    );
    const hangingUp = record.call.hangUp();
    await pass(2000);
    await hangingUp;
    expect(bench.network.of('BYE')).toHaveLength(3);
    const answers = bench.network.sent.filter((packet) => packet.method === 'BYE' && packet.status);
    expect(answers.map((packet) => packet.status)).toEqual([200, 200, 200]);
    expect(bench.bob.counters.repeatsAnswered).toBe(2);
  });

  it('repeated-INVITE: a duplicate from the network does not make a second call', async () => {
    bench.network.fault = (packet) =>
      packet.startLine.startsWith('INVITE') ? { copies: 3 } : undefined;
    bench.place();
    await pass(10);
    expect(bench.incoming).toHaveLength(1);
    bench.incoming[0]!.ringing();
    await pass(10);
    expect(bench.network.of('SIP/2.0 482')).toHaveLength(0);
  });
});

describe('a bad network', () => {
  it('reordered: a BYE that overtakes the ACK still ends both ends', async () => {
    bench.network.fault = (packet) => (packet.method === 'ACK' ? { delayMs: 200 } : undefined);
    const record = bench.place();
    await pass(10);
    bench.incoming[0]!.answer(ANSWER_SDP).catch(() => {});
    let end: unknown = null;
    bench.incoming[0]!.onEnded = (reason) => {
      end = reason;
    };
    await pass(10);
    void record.call.hangUp();
    await pass(1000);
    expect(end).toEqual({ by: 'remote' });
    expect(record.ended?.by).toBe('local');
  });

  it('30-percent-loss: every one of 60 calls comes up and both ends agree that it is over', async () => {
    let seed = 7;
    const random = (): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    bench.network.fault = () => (random() < 0.3 ? { drop: true } : undefined);
    const ended: string[] = [];
    bench.bob.onIncoming = (call) => {
      call.ringing();
      call.onEnded = ({ by }) => ended.push(by);
      call.answer(ANSWER_SDP).catch(() => {});
    };
    const records = Array.from({ length: 60 }, () => bench.place());
    await pass(32_000);
    expect(records.filter((record) => record.answered === null)).toHaveLength(0);
    for (const record of records) void record.call.hangUp();
    await pass(33_000);
    expect(records.every((record) => record.ended?.by === 'local')).toBe(true);
    expect(ended).toHaveLength(60);
    expect(bench.alice.counters.retransmitted).toBeGreaterThan(20);
  });
});
