import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ANSWER_SDP, makeScriptedBench, placeCall } from '../../../testing/sip-bench.ts';
import { header, peerReply } from '../../../testing/sip-peer.ts';
import { cseqOf, parseMessage, serialise } from '../message/index.ts';

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

describe('hanging up before the answer', () => {
  it('sends CANCEL with the branch of the INVITE once a provisional came, and waits for the 487', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    const invite = bench.peer.last('INVITE');
    let done = false;
    void record.call.hangUp({ q850Cause: 16 }).then(() => {
      done = true;
    });
    void record.call.hangUp();
    await pass(5);
    expect(bench.peer.requests('CANCEL')).toHaveLength(0);
    bench.peer.send(peerReply(invite, 180));
    await pass(5);
    const cancel = bench.peer.last('CANCEL');
    expect(header(cancel, 'Via')).toBe(header(invite, 'Via'));
    expect(cseqOf(cancel)?.number).toBe(cseqOf(invite)?.number);
    expect(header(cancel, 'Reason')).toBe('Q.850;cause=16');
    bench.peer.send(peerReply(cancel, 200));
    bench.peer.send(peerReply(invite, 487));
    await pass(5);
    expect(done).toBe(true);
    expect(record.failed?.status).toBe(487);
    expect(record.failed?.answeredWhileCancelling).toBeUndefined();
    expect(bench.peer.requests('CANCEL')).toHaveLength(1);
    expect(bench.peer.requests('ACK')).toHaveLength(1);
  });

  it('late-2xx-after-cancel: a 2xx that crosses the CANCEL gets ACK and BYE, and is told apart', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    const invite = bench.peer.last('INVITE');
    bench.peer.send(peerReply(invite, 180));
    await pass(5);
    void record.call.hangUp();
    await pass(5);
    bench.peer.send(peerReply(invite, 200, { sdp: ANSWER_SDP }));
    await pass(5);
    expect(bench.peer.requests('ACK')).toHaveLength(1);
    bench.peer.send(peerReply(bench.peer.last('BYE'), 200));
    await pass(5);
    expect(record.order).toEqual(['beforeSend', '180', 'failed']);
    expect(record.failed).toMatchObject({ status: 487, answeredWhileCancelling: true });
    bench.peer.send(peerReply(invite, 200, { sdp: ANSWER_SDP }));
    await pass(5);
    expect(bench.peer.requests('ACK')).toHaveLength(2);
  });

  it('late-2xx-after-cancel: also when no provisional ever came', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    void record.call.hangUp();
    bench.peer.send(peerReply(bench.peer.last('INVITE'), 200, { sdp: ANSWER_SDP }));
    await pass(5);
    expect(bench.peer.requests('CANCEL')).toHaveLength(0);
    expect(bench.peer.requests('ACK')).toHaveLength(1);
    expect(bench.peer.requests('BYE')).toHaveLength(1);
  });

  it('ignored-CANCEL: gives up after 32 s when the peer never sends a final', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('INVITE'), 180));
    await pass(5);
    void record.call.hangUp();
    await pass(31_900);
    expect(record.failed).toBeNull();
    await pass(200);
    expect(record.failed?.status).toBe(487);
  });

  it('CANCEL-refused-crossing: a 486 that crosses is reported as it came', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    const invite = bench.peer.last('INVITE');
    bench.peer.send(peerReply(invite, 180));
    await pass(5);
    void record.call.hangUp();
    bench.peer.send(peerReply(invite, 486));
    await pass(5);
    expect(record.failed?.status).toBe(486);
  });
});

describe('more than one answer', () => {
  it('forked-2xx: the second branch gets ACK and BYE, the first stays', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    const invite = bench.peer.last('INVITE');
    bench.peer.send(peerReply(invite, 200, { sdp: ANSWER_SDP, toTag: 'one' }));
    bench.peer.send(peerReply(invite, 200, { sdp: ANSWER_SDP, toTag: 'two' }));
    await pass(5);
    expect(bench.peer.requests('ACK')).toHaveLength(2);
    expect(header(bench.peer.last('BYE'), 'To')).toContain('tag=two');
    expect(record.answered?.identity.remoteTag).toBe('one');
    expect(record.ended).toBeNull();
  });

  it('2xx-without-SDP: takes the early answer, and without one hangs up', async () => {
    const early = placeCall(bench.alice);
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('INVITE'), 183, { sdp: ANSWER_SDP }));
    bench.peer.send(peerReply(bench.peer.last('INVITE'), 200));
    await pass(5);
    expect(early.answered?.answerSdp).toBe(ANSWER_SDP);
    const none = placeCall(bench.alice);
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('INVITE'), 200));
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('BYE'), 200));
    await pass(5);
    expect(none.failed).toMatchObject({ status: 488 });
  });
});

describe('the identity of an answered call', () => {
  it('has the route set reversed and the remote target, and the BYE follows them', async () => {
    const record = placeCall(bench.alice);
    await pass(5);
    bench.peer.send(
      peerReply(bench.peer.last('INVITE'), 200, {
        sdp: ANSWER_SDP,
        contact: '<sip:gw7@10.0.0.77:5080;x=1>',
        extraHeaders: [
          { name: 'Record-Route', value: '<sip:10.0.0.8;lr>' },
          { name: 'Record-Route', value: '<sip:10.0.0.2;lr>' },
        ],
      }),
    );
    await pass(5);
    expect(record.answered?.identity).toMatchObject({
      confirmed: true,
      remoteTag: 'bob',
      remoteTarget: 'sip:gw7@10.0.0.77:5080;x=1',
      routeSet: ['<sip:10.0.0.2;lr>', '<sip:10.0.0.8;lr>'],
    });
    void record.call.hangUp();
    await pass(5);
    const bye = bench.peer.last('BYE');
    expect(bye.requestUri).toBe('sip:gw7@10.0.0.77:5080;x=1');
    expect(header(bye, 'Route')).toContain('10.0.0.2');
  });

  it('private-contact: a public peer with a private Contact is still reached', async () => {
    const far = await makeScriptedBench({ peer: { host: '198.51.100.9', port: 5060 } });
    placeCall(far.alice);
    await pass(5);
    expect(far.network.of('INVITE')[0]?.to.host).toBe('198.51.100.9');
    const text = far.network.of('INVITE')[0]!.text;
    const parsed = parseMessage(Buffer.from(text));
    if (!parsed.ok || parsed.message.kind !== 'request') throw new Error('no INVITE');
    const answered = peerReply(parsed.message, 200, {
      sdp: ANSWER_SDP,
      contact: '<sip:x@192.168.1.5>',
    });
    far.network.inject(
      { host: '198.51.100.9', port: 5060 },
      { host: '10.0.0.1', port: 5060 },
      serialise(answered),
    );
    await pass(5);
    expect(far.network.of('ACK')[0]?.to.host).toBe('198.51.100.9');
    await far.alice.close();
  });
});
