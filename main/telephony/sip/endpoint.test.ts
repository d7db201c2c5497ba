import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ANSWER_SDP, makeSipBench, OFFER_SDP, type SipBench } from '../../testing/sip-bench.ts';

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

describe('a plain call', () => {
  it('rings, is answered, and is ended by the caller', async () => {
    const record = bench.place();
    await pass(10);
    const [call] = bench.incoming;
    expect(call?.toUser).toBe('+48221234567');
    expect(call?.fromUser).toBe('+48229876543');
    expect(call?.offerSdp).toBe(OFFER_SDP);
    call?.ringing();
    await pass(10);
    const answering = call?.answer(ANSWER_SDP);
    await pass(10);
    expect(await answering).toEqual({ ackSdp: null });
    expect(record.order).toEqual(['beforeSend', '180', 'answered']);
    expect(record.answered?.answerSdp).toBe(ANSWER_SDP);
    let endedAtPeer: unknown = null;
    if (call) call.onEnded = (end) => (endedAtPeer = end);
    const hangingUp = record.call.hangUp({ q850Cause: 16 });
    await pass(10);
    await hangingUp;
    expect(record.ended).toEqual({ by: 'local', q850Cause: 16 });
    expect(endedAtPeer).toEqual({ by: 'remote' });
    expect(bench.network.of('BYE')).toHaveLength(1);
    expect(bench.network.of('BYE')[0]?.text).toContain('Reason: Q.850;cause=16');
  });

  it('is ended by the callee', async () => {
    const record = bench.place();
    await pass(10);
    void bench.incoming[0]?.answer(ANSWER_SDP);
    await pass(10);
    void bench.incoming[0]?.hangUp({ q850Cause: 31 });
    await pass(10);
    expect(record.ended).toEqual({ by: 'remote', q850Cause: 31 });
  });

  it('is refused with the reason that the carrier gave', async () => {
    const record = bench.place();
    await pass(10);
    bench.incoming[0]?.reject(486, 'Busy Here', 17);
    await pass(10);
    expect(record.failed).toEqual({ status: 486, reasonPhrase: 'Busy Here', q850Cause: 17 });
    expect(bench.network.of('ACK')).toHaveLength(1);
  });

  it('reports early media before the answer', async () => {
    const record = bench.place();
    await pass(10);
    bench.incoming[0]?.earlyMedia?.(ANSWER_SDP);
    await pass(10);
    expect(record.provisionals).toEqual([{ status: 183, earlyMediaSdp: ANSWER_SDP }]);
  });
});
