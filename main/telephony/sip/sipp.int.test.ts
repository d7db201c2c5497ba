import { afterEach, expect, it } from 'vitest';
import {
  endpointOptions,
  globalClock,
  halfRandom,
  OFFER_SDP,
  placeCall,
  RecordingLogger,
} from '../../testing/sip-bench.ts';
import { type SippRun, startSipp } from '../../testing/sipp.ts';
import { createSipEndpoint } from './index.ts';
import type { RegistrationState, SipEndpoint, SipEndpointOptions } from './types.ts';

/** Against software that is not ours, on real loopback sockets. */

const opened: { close(): Promise<void> }[] = [];
const runs: SippRun[] = [];

afterEach(async () => {
  for (const run of runs.splice(0)) run.stop();
  for (const endpoint of opened.splice(0)) await endpoint.close();
});

async function endpoint(overrides: Partial<SipEndpointOptions> = {}): Promise<SipEndpoint> {
  const services = { clock: globalClock, random: halfRandom, logger: new RecordingLogger() };
  const created = await createSipEndpoint(endpointOptions(overrides), services);
  opened.push(created);
  return created;
}

async function sipp(...args: Parameters<typeof startSipp>): Promise<SippRun> {
  const run = await startSipp(...args);
  runs.push(run);
  return run;
}

/** Resolves when `check` first holds after one of `events` was called. */
function waiter(): { fire: () => void; next: Promise<void> } {
  let fire = (): void => {};
  const next = new Promise<void>((resolve) => {
    fire = resolve;
  });
  return { fire, next };
}

it('a hundred calls to SIPp, twenty at a time, come up with early media and are ended by us', async () => {
  const run = await sipp({ scenario: 'uas-answers.xml', calls: 100 });
  const alice = await endpoint({ peer: { host: '127.0.0.1', port: run.port } });
  const early: string[] = [];
  const results: string[] = [];
  for (let batch = 0; batch < 5; batch += 1) {
    const calls = Array.from({ length: 20 }, () => wholeCall(alice, early));
    results.push(...(await Promise.all(calls)));
  }
  expect(results.filter((result) => result !== 'ended')).toEqual([]);
  expect(early.every((sdp) => sdp.includes('m=audio 6000'))).toBe(true);
  expect(early.length).toBeGreaterThanOrEqual(100);
  expect(await run.exit, run.output()).toBe(0);
});

/** A call that is ended as soon as it is answered. */
function wholeCall(alice: SipEndpoint, early: string[]): Promise<string> {
  return new Promise((resolve) => {
    const record = placeCall(alice, {
      onProvisional: ({ earlyMediaSdp }) => early.push(earlyMediaSdp ?? ''),
      onAnswered: ({ answerSdp }) => {
        expect(answerSdp).toContain('m=audio 6000 RTP/AVP 8');
        void record.call.hangUp().then(() => resolve('ended'));
      },
      onFailed: ({ status }) => resolve(`failed ${status}`),
    });
  });
}

it('timer A repeats an INVITE that SIPp leaves unanswered, and our CANCEL is what it expects', async () => {
  const run = await sipp({ scenario: 'uas-slow-then-cancelled.xml' });
  const alice = await endpoint({ peer: { host: '127.0.0.1', port: run.port } });
  const failed = new Promise<number>((resolve) => {
    const record = placeCall(alice, {
      onProvisional: () => void record.call.hangUp(),
      onFailed: ({ status }) => resolve(status),
    });
  });
  expect(await failed).toBe(487);
  expect(await run.exit, run.output()).toBe(0);
  expect(alice.counters.retransmitted).toBe(1);
});

it('registers with a digest that SIPp checks', async () => {
  const run = await sipp({ scenario: 'uas-challenges.xml' });
  const alice = await endpoint({
    peer: { host: '127.0.0.1', port: run.port },
    account: { user: 'firm', authUser: 'login7', password: 'pw', domain: '127.0.0.1' },
  });
  const settled = new Promise<RegistrationState>((resolve) => {
    alice.startRegistration((state) => {
      if (state.kind !== 'registering') resolve(state);
    });
  });
  expect((await settled).kind).toBe('registered');
  expect(await run.exit, run.output()).toBe(0);
});

it('late-ack: SIPp calls, leaves our 2xx without ACK for 1.8 s, sends INFO, moves its media and hangs up', async () => {
  const bob = await endpoint();
  const digits: string[] = [];
  const offers: string[] = [];
  const ended = waiter();
  let acknowledged: unknown = null;
  bob.onIncoming = (call) => {
    call.ringing();
    call.onInfoDigit = (digit) => digits.push(digit);
    call.onOffer = async (offer) => {
      offers.push(offer);
      return OFFER_SDP;
    };
    call.onEnded = () => ended.fire();
    void call.answer(OFFER_SDP).then((result) => {
      acknowledged = result;
    });
    expect(call.toUser).toBe('+48221234567');
  };
  const target = { host: '127.0.0.1', port: bob.localPort, service: '+48221234567' };
  const run = await sipp({ scenario: 'uac-late-ack.xml', target });
  await ended.next;
  expect(await run.exit, run.output()).toBe(0);
  expect(acknowledged).toEqual({ ackSdp: null });
  expect(digits).toEqual(['4']);
  expect(offers[0]).toContain('m=audio 6002');
  expect(bob.counters.retransmitted).toBeGreaterThanOrEqual(1);
});
