import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ANSWER_SDP,
  makeScriptedBench,
  makeSipBench,
  placeCall,
} from '../../../testing/sip-bench.ts';
import { header, peerReply } from '../../../testing/sip-peer.ts';
import { cseqOf } from '../message/index.ts';
import type { DialogIdentity } from '../types.ts';

/** A dialog that a run left behind is ended by the next run, which has nothing but the stored identity. */

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

/** Places a call, kills the endpoint with no goodbye and opens another one at the same address. */
async function afterCrash(
  answer: 'nothing' | 'ringing' | 'answered',
): Promise<{ identity: DialogIdentity; invite: ReturnType<typeof bench.peer.last> }> {
  const record = placeCall(bench.alice);
  await pass(5);
  const invite = bench.peer.last('INVITE');
  if (answer === 'ringing') bench.peer.send(peerReply(invite, 180));
  if (answer === 'answered') bench.peer.send(peerReply(invite, 200, { sdp: ANSWER_SDP }));
  await pass(5);
  const identity = record.answered?.identity ?? record.identities[0]!;
  await bench.alice.close();
  const former = bench.peer;
  bench = await makeScriptedBench();
  // What the former run's peer received is kept for comparison only.
  expect(former.requests('CANCEL')).toHaveLength(0);
  return { identity: JSON.parse(JSON.stringify(identity)) as DialogIdentity, invite };
}

describe('an answered call', () => {
  it('gets BYE in the dialog', async () => {
    const { identity, invite } = await afterCrash('answered');
    const ending = bench.alice.endOrphan(identity);
    await pass(5);
    const bye = bench.peer.last('BYE');
    expect(bye.requestUri).toBe('sip:bob@10.0.0.2:5060');
    expect(header(bye, 'Call-ID')).toBe(header(invite, 'Call-ID'));
    expect(header(bye, 'From')).toBe(header(invite, 'From'));
    expect(header(bye, 'To')).toContain(';tag=bob');
    // above whatever the earlier run sent in the dialog
    expect(cseqOf(bye)!.number).toBeGreaterThanOrEqual(cseqOf(invite)!.number + 1_000);
    bench.peer.send(peerReply(bye, 200));
    await pass(5);
    expect(await ending).toBe('ended');
  });

  it('is unknown to the peer when that has ended it already', async () => {
    const { identity } = await afterCrash('answered');
    const ending = bench.alice.endOrphan(identity);
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('BYE'), 481));
    await pass(5);
    expect(await ending).toBe('unknown-to-peer');
  });

  it('repeats the BYE when it is lost, and gives up after 32 s', async () => {
    const { identity } = await afterCrash('answered');
    const ending = bench.alice.endOrphan(identity);
    await pass(31_900);
    expect(bench.peer.requests('BYE').length).toBe(11);
    await pass(200);
    expect(await ending).toBe('no-answer');
  });
});

describe('an INVITE whose answer never came', () => {
  it('gets CANCEL in its transaction, and the 487 gets its ACK', async () => {
    const { identity, invite } = await afterCrash('nothing');
    const ending = bench.alice.endOrphan(identity);
    await pass(5);
    const cancel = bench.peer.last('CANCEL');
    expect(header(cancel, 'Via')).toBe(header(invite, 'Via'));
    expect(cancel.requestUri).toBe(invite.requestUri);
    expect(cseqOf(cancel)!.number).toBe(cseqOf(invite)!.number);
    expect(header(cancel, 'To')).not.toContain('tag=');
    bench.peer.send(peerReply(cancel, 200));
    bench.peer.send(peerReply(invite, 487));
    bench.peer.send(peerReply(invite, 487));
    await pass(5);
    expect(await ending).toBe('ended');
    expect(bench.peer.requests('ACK')).toHaveLength(2);
    expect(header(bench.peer.last('ACK'), 'Via')).toBe(header(invite, 'Via'));
  });

  it('late-2xx: a 2xx that still arrives gets ACK and BYE, each time the ACK', async () => {
    const { identity, invite } = await afterCrash('nothing');
    const ending = bench.alice.endOrphan(identity);
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('CANCEL'), 481));
    await pass(4_000);
    bench.peer.send(peerReply(invite, 200, { sdp: ANSWER_SDP }));
    await pass(5);
    expect(bench.peer.requests('ACK')).toHaveLength(1);
    expect(bench.peer.requests('BYE')).toHaveLength(1);
    bench.peer.send(peerReply(invite, 200, { sdp: ANSWER_SDP }));
    await pass(5);
    expect(bench.peer.requests('ACK')).toHaveLength(2);
    expect(bench.peer.requests('BYE')).toHaveLength(1);
    bench.peer.send(peerReply(bench.peer.last('BYE'), 200));
    await pass(5);
    expect(await ending).toBe('ended');
  });

  it('late-2xx: nothing is sent in the dialog before it is written', async () => {
    const { identity, invite } = await afterCrash('nothing');
    const written = Promise.withResolvers<void>();
    const confirmed: DialogIdentity[] = [];
    void bench.alice.endOrphan(identity, (dialog) => {
      confirmed.push(dialog);
      return written.promise;
    });
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('CANCEL'), 200));
    bench.peer.send(peerReply(invite, 200, { sdp: ANSWER_SDP }));
    bench.peer.send(peerReply(invite, 200, { sdp: ANSWER_SDP }));
    await pass(5);
    expect(bench.peer.requests('ACK')).toHaveLength(0);
    expect(confirmed).toMatchObject([{ confirmed: true, remoteTag: 'bob' }]);
    written.resolve();
    await pass(5);
    expect(bench.peer.requests('ACK')).toHaveLength(2);
    expect(bench.peer.requests('BYE')).toHaveLength(1);
  });

  it('is not over while a 2xx may come, though the peer does not know the CANCEL', async () => {
    const { identity } = await afterCrash('nothing');
    const ends: string[] = [];
    void bench.alice.endOrphan(identity).then((outcome) => ends.push(outcome));
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('CANCEL'), 481));
    await pass(31_000);
    expect(ends).toEqual([]);
    await pass(1_100);
    expect(ends).toEqual(['unknown-to-peer']);
  });

  it('counts as ended when the peer took the CANCEL and says no more', async () => {
    const { identity } = await afterCrash('nothing');
    const ending = bench.alice.endOrphan(identity);
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('CANCEL'), 200));
    await pass(32_100);
    expect(await ending).toBe('ended');
  });

  it('unknown CANCEL with a known early dialog: BYE in it, for the 2xx may have come before the crash', async () => {
    const { identity } = await afterCrash('ringing');
    const ending = bench.alice.endOrphan({ ...identity, remoteTag: 'bob' });
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('CANCEL'), 481));
    await pass(5);
    bench.peer.send(peerReply(bench.peer.last('BYE'), 200));
    await pass(5);
    expect(await ending).toBe('ended');
  });
});

it('ends a call at a real endpoint, answered or ringing', async () => {
  const both = await makeSipBench();
  const ends: string[] = [];
  const answered = both.place();
  const ringing = both.place();
  await pass(10);
  const [first, second] = both.incoming;
  first!.onEnded = ({ by }) => ends.push(by);
  second!.onCancelled = () => ends.push('cancelled');
  first!.answer(ANSWER_SDP).catch(() => {});
  second!.ringing();
  await pass(10);
  // From the callee's identity too: an engine that crashed with an inbound call up has only that.
  const ending = both.bob.endOrphan(first!.identity);
  const cancelling = both.alice.endOrphan(ringing.identities[0]!);
  await pass(10);
  expect(await ending).toBe('ended');
  expect(await cancelling).toBe('ended');
  expect(ends).toEqual(['cancelled']);
  expect(answered.ended?.by).toBe('remote');
  await both.close();
});
