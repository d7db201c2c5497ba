import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeScriptedBench, placeCall } from '../../../testing/sip-bench.ts';
import { header, peerReply } from '../../../testing/sip-peer.ts';
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
