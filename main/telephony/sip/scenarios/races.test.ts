import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ANSWER_SDP,
  makeScriptedBench,
  makeSipBench,
  OFFER_SDP,
  placeCall,
} from '../../../testing/sip-bench.ts';
import { freshRequest, header, peerReply, peerRequest } from '../../../testing/sip-peer.ts';
import { cseqOf, parseNameAddress, parseVia } from '../message/index.ts';

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

describe('before an INVITE leaves', () => {
  it('reports exactly what then goes to the wire, and sends nothing until the promise resolves', async () => {
    let leave = (): void => {};
    const record = placeCall(bench.alice, {
      beforeSend: (identity) => {
        record.identities.push(identity);
        return new Promise((resolve) => {
          leave = resolve;
        });
      },
    });
    await pass(3000);
    expect(bench.peer.packets).toHaveLength(0);
    leave();
    await pass(5);
    const invite = bench.peer.last('INVITE');
    const from = parseNameAddress(header(invite, 'From')!)!;
    expect(record.identities[0]).toEqual({
      sipCallId: header(invite, 'Call-ID'),
      localTag: from.parameters.get('tag'),
      remoteTag: null,
      branch: parseVia(header(invite, 'Via')!)!.branch,
      localCseq: cseqOf(invite)!.number,
      localUri: from.uri,
      remoteUri: parseNameAddress(header(invite, 'To')!)!.uri,
      requestUri: invite.requestUri,
      remoteTarget: null,
      routeSet: [],
      localContact: 'sip:firm@10.0.0.1:5060',
      peerHost: '10.0.0.2',
      peerPort: 5060,
      confirmed: false,
    });
    await pass(490);
    expect(bench.peer.requests('INVITE')).toHaveLength(1);
    await pass(20);
    expect(bench.peer.requests('INVITE')).toHaveLength(2);
  });

  it('does not send when the promise rejects', async () => {
    const record = placeCall(bench.alice, {
      beforeSend: () => Promise.reject(new Error('no disk')),
    });
    await pass(60_000);
    expect(bench.peer.packets).toHaveLength(0);
    expect(record.failed).toEqual({ status: 0, reasonPhrase: 'Not Sent', q850Cause: null });
  });

  it('does not send when the call was hung up while it waited', async () => {
    let leave = (): void => {};
    const record = placeCall(bench.alice, {
      beforeSend: () =>
        new Promise((resolve) => {
          leave = resolve;
        }),
    });
    await pass(5);
    await record.call.hangUp();
    leave();
    await pass(60_000);
    expect(bench.peer.packets).toHaveLength(0);
    expect(record.failed?.status).toBe(487);
    expect(record.call.identity).toBeNull();
  });

  it('asks again before the INVITE with credentials, with its new branch and CSeq', async () => {
    const trunk = await makeScriptedBench({
      account: { user: 'firm', authUser: 'login7', password: 'pw', domain: 'carrier.example' },
    });
    const record = placeCall(trunk.alice);
    await pass(5);
    const first = trunk.peer.last('INVITE');
    trunk.peer.send(
      peerReply(first, 407, {
        extraHeaders: [
          {
            name: 'Proxy-Authenticate',
            value: 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5',
          },
          { name: 'Proxy-Authenticate', value: 'Digest realm="r", nonce="n", algorithm=SHA-256' },
        ],
      }),
    );
    await pass(5);
    const second = trunk.peer.last('INVITE');
    expect(header(second, 'Proxy-Authorization')).toContain('username="login7"');
    expect(cseqOf(second)?.number).toBe(2);
    expect(record.order).toEqual(['beforeSend', 'beforeSend']);
    expect(record.identities[1]?.localCseq).toBe(2);
    expect(record.identities[1]?.branch).toBe(parseVia(header(second, 'Via')!)!.branch);
    expect(record.identities[1]?.branch).not.toBe(record.identities[0]?.branch);
    trunk.peer.send(
      peerReply(second, 407, {
        extraHeaders: [
          {
            name: 'Proxy-Authenticate',
            value: 'Digest realm="r", nonce="n2", qop="auth", algorithm=MD5',
          },
        ],
      }),
    );
    await pass(5);
    expect(record.failed?.status).toBe(407);
    await trunk.alice.close();
  });
});

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
    const { parseMessage, serialise } = await import('../message/index.ts');
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
