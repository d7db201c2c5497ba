import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ANSWER_SDP,
  makeScriptedBench,
  makeSipBench,
  OFFER_SDP,
} from '../../../testing/sip-bench.ts';
import { freshRequest, header } from '../../../testing/sip-peer.ts';

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

describe('an incoming call', () => {
  it('tells who is called, who calls, and whether the caller hides', async () => {
    bench.peer.send(
      freshRequest('INVITE', 'sip:+48221234567@10.0.0.1', {
        headers: [
          { name: 'P-Asserted-Identity', value: '"A" <tel:+48600000009>' },
          { name: 'Privacy', value: 'id' },
        ],
      }),
    );
    await pass(5);
    expect(bench.incoming[0]).toMatchObject({
      toUser: '+48221234567',
      fromUser: '+48600000001',
      assertedUser: '+48600000009',
      privacy: true,
      offerSdp: null,
      remoteHost: '10.0.0.2',
    });
  });

  it('is cancelled by the caller: 200 to the CANCEL, 487 to the INVITE', async () => {
    const both = await makeSipBench();
    const record = both.place();
    await pass(10);
    let cancelled = 0;
    both.incoming[0]!.onCancelled = () => {
      cancelled += 1;
    };
    void record.call.hangUp();
    await pass(10);
    expect(cancelled).toBe(1);
    expect(record.failed?.status).toBe(487);
    both.incoming[0]!.reject(486, 'Busy Here');
    await both.incoming[0]!.hangUp();
    await pass(10);
    expect(both.network.of('SIP/2.0 486')).toHaveLength(0);
    await both.close();
  });

  it('offers in its 2xx when the INVITE had no SDP, and takes the answer from the ACK', async () => {
    const request = freshRequest('INVITE', 'sip:1@10.0.0.1');
    bench.peer.send(request);
    await pass(5);
    const answering = bench.incoming[0]!.answer(OFFER_SDP);
    await pass(5);
    const answer = bench.peer.responses(200)[0]!;
    const ack = {
      ...request,
      method: 'ACK',
      headers: [
        ...request.headers
          .filter((item) => !['To', 'CSeq', 'Via'].includes(item.name))
          .concat({ name: 'Via', value: 'SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKack' }),
        { name: 'To', value: header(answer, 'To')! },
        { name: 'CSeq', value: '1 ACK' },
        { name: 'Content-Type', value: 'application/sdp' },
      ],
      body: ANSWER_SDP,
    };
    bench.peer.send(ack);
    await pass(5);
    expect(await answering).toEqual({ ackSdp: ANSWER_SDP });
  });
});
