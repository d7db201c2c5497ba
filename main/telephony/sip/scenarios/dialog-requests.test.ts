import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ANSWER_SDP,
  makeScriptedBench,
  makeSipBench,
  OFFER_SDP,
  placeCall,
} from '../../../testing/sip-bench.ts';
import { freshRequest, header, peerReply, peerRequest } from '../../../testing/sip-peer.ts';

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

describe('requests inside a dialog', () => {
  const MOVED_SDP = OFFER_SDP.replace('40000', '41000');

  async function answered(
    onOffer?: (offer: string) => Promise<string>,
  ): Promise<ReturnType<typeof placeCall>> {
    const record = placeCall(bench.alice, onOffer ? { onOffer } : {});
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('INVITE'), 200, { sdp: ANSWER_SDP }));
    await pass(5);
    return record;
  }

  it.each(['INVITE', 'UPDATE'])('%s with an offer is answered through onOffer', async (method) => {
    const offers: string[] = [];
    await answered(async (offer) => {
      offers.push(offer);
      return MOVED_SDP;
    });
    const offer = {
      headers: [{ name: 'Content-Type', value: 'application/sdp' }],
      body: ANSWER_SDP,
    };
    bench.peer.send(peerRequest(bench.peer.last('INVITE'), method, 1, offer));
    await pass(5);
    const [answer] = bench.peer.responses(200);
    expect(offers).toEqual([ANSWER_SDP]);
    expect(answer?.body).toBe(MOVED_SDP);
    expect(header(answer!, 'Contact')).toBe('<sip:firm@10.0.0.1:5060>');
  });

  it('re-INVITE without SDP is answered with what we last offered; UPDATE without SDP with 200', async () => {
    await answered();
    const invite = bench.peer.last('INVITE');
    bench.peer.send(peerRequest(invite, 'INVITE', 1));
    await pass(5);
    expect(bench.peer.responses(200)[0]?.body).toBe(OFFER_SDP);
    bench.peer.send(peerRequest(invite, 'ACK', 1));
    bench.peer.send(peerRequest(invite, 'UPDATE', 2));
    await pass(5);
    expect(bench.peer.responses(200)[1]?.body).toBe('');
  });

  it('re-INVITE that nobody takes, or whose answer fails, is refused with 488 and the call stays', async () => {
    const record = await answered(() => Promise.reject(new Error('no codec')));
    const offer = {
      headers: [{ name: 'Content-Type', value: 'application/sdp' }],
      body: ANSWER_SDP,
    };
    bench.peer.send(peerRequest(bench.peer.last('INVITE'), 'INVITE', 1, offer));
    await pass(5);
    expect(bench.peer.responses(488)).toHaveLength(1);
    expect(record.ended).toBeNull();
  });

  it('overlapping-re-INVITE: the second is told to come again, the first is answered', async () => {
    let answer = (_sdp: string): void => {};
    await answered(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const invite = bench.peer.last('INVITE');
    const offer = {
      headers: [{ name: 'Content-Type', value: 'application/sdp' }],
      body: ANSWER_SDP,
    };
    bench.peer.send(peerRequest(invite, 'INVITE', 1, offer));
    bench.peer.send(peerRequest(invite, 'INVITE', 2, offer));
    await pass(5);
    expect(bench.peer.responses(500)).toHaveLength(1);
    expect(header(bench.peer.responses(500)[0]!, 'Retry-After')).not.toBeNull();
    answer(MOVED_SDP);
    await pass(5);
    expect(bench.peer.responses(200)).toHaveLength(1);
  });

  it('INFO brings digits, in both forms that carriers use', async () => {
    const record = await answered();
    const invite = bench.peer.last('INVITE');
    const info = (cseq: number, type: string, body: string): void =>
      bench.peer.send(
        peerRequest(invite, 'INFO', cseq, {
          headers: [{ name: 'Content-Type', value: type }],
          body,
        }),
      );
    info(1, 'application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n');
    info(2, 'application/dtmf', '#');
    info(3, 'text/plain', '7');
    await pass(5);
    expect(record.digits).toEqual(['5', '#']);
    expect(bench.peer.responses(200)).toHaveLength(3);
  });

  it('UPDATE and BYE of an unknown dialog get 481', async () => {
    await answered();
    const invite = bench.peer.last('INVITE');
    bench.peer.send(peerRequest(invite, 'UPDATE', 1, { toTag: 'stranger' }));
    bench.peer.send(peerRequest(invite, 'BYE', 2, { toTag: 'stranger' }));
    await pass(5);
    expect(bench.peer.responses(481)).toHaveLength(2);
  });

  it('session-timer: refreshes by re-INVITE when the peer wants us to, and ends when it forgot us', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    bench.peer.send(
      peerReply(bench.peer.last('INVITE'), 200, {
        sdp: ANSWER_SDP,
        extraHeaders: [{ name: 'Session-Expires', value: '120;refresher=uac' }],
      }),
    );
    await pass(60_010);
    const refresh = bench.peer.last('INVITE');
    expect(header(refresh, 'To')).toContain('tag=bob');
    expect(refresh.body).toBe(OFFER_SDP);
    bench.peer.send(peerReply(refresh, 200, { sdp: ANSWER_SDP }));
    await pass(60_010);
    bench.peer.send(peerReply(bench.peer.last('INVITE'), 481));
    await pass(5);
    expect(record.ended?.by).toBe('network');
  });

  it('session-timer: lets a calling peer refresh', async () => {
    bench.peer.send(
      freshRequest('INVITE', 'sip:+48221234567@10.0.0.1', {
        headers: [
          { name: 'Session-Expires', value: '1800' },
          { name: 'Supported', value: 'timer' },
          { name: 'Content-Type', value: 'application/sdp' },
        ],
        body: OFFER_SDP,
      }),
    );
    await pass(5);
    bench.incoming[0]!.answer(ANSWER_SDP).catch(() => {});
    await pass(5);
    const [answer] = bench.peer.responses(200);
    expect(header(answer!, 'Session-Expires')).toBe('1800;refresher=uac');
    expect(header(answer!, 'Require')).toBe('timer');
  });

  it('BYE before the ACK waits for it', async () => {
    const both = await makeSipBench();
    both.network.fault = (packet) => (packet.method === 'ACK' ? { delayMs: 300 } : undefined);
    const record = both.place();
    await pass(10);
    both.incoming[0]!.answer(ANSWER_SDP).catch(() => {});
    void both.incoming[0]!.hangUp();
    await pass(200);
    expect(both.network.of('BYE')).toHaveLength(0);
    await pass(200);
    expect(both.network.of('BYE')).toHaveLength(1);
    expect(record.ended?.by).toBe('remote');
    await both.close();
  });

  it('our own re-INVITE brings the answer of the peer', async () => {
    const both = await makeSipBench();
    both.place({ onOffer: async () => MOVED_SDP });
    await pass(10);
    const [call] = both.incoming;
    void call!.answer(ANSWER_SDP);
    await pass(10);
    const offering = call!.reoffer!(ANSWER_SDP);
    await pass(10);
    expect(await offering).toBe(MOVED_SDP);
    await both.close();
  });
});
