import { describe, expect, it } from 'vitest';
import type { TrunkSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { manualClock } from '../../testing/contract-clock.ts';
import { anIdentity, FINAL, rest } from '../../testing/dialer-rig.ts';
import type { TrunkInvite } from '../call/index.ts';
import type { InviteRequest, RegistrationState, SipEndpoint, SipFinal } from '../sip/types.ts';
import { Trunk } from './trunk.ts';

const settings: TrunkSettings = {
  name: 'T',
  host: '127.0.0.1',
  port: 5060,
  authentication: 'address',
  user: 'firm',
  authUser: '',
  domain: '',
  callerIdHeader: 'from',
  numberFormat: 'e164',
  country: 'PL',
  dialPrefix: '',
  codecs: ['pcma'],
  maxConcurrentCalls: 10,
  localPort: 0,
  nat: { kind: 'none' },
  keepAliveMs: 0,
};

/** A carrier played by the test: it answers OPTIONS or not, and hears INVITEs. */
class FakeEndpoint {
  localPort = 5070;
  counters = { received: 0, sent: 0, retransmitted: 0, malformed: 0, repeatsAnswered: 0 };
  answersOptions = true;
  asked = 0;
  readonly invites: { request: InviteRequest; hungUp: number }[] = [];
  onRegistration: ((state: RegistrationState) => void) | null = null;
  onIncoming = null;

  options(): Promise<{ status: number; roundTripMs: number }> {
    this.asked += 1;
    return this.answersOptions
      ? Promise.resolve({ status: 200, roundTripMs: 1 })
      : new Promise(() => {});
  }

  invite(request: InviteRequest) {
    const call = { request, hungUp: 0 };
    this.invites.push(call);
    void request.beforeSend(anIdentity());
    return {
      identity: null,
      hangUp: async () => {
        call.hungUp += 1;
      },
    };
  }

  startRegistration(listener: (state: RegistrationState) => void): void {
    this.onRegistration = listener;
  }

  async stopRegistration(): Promise<void> {}
  async close(): Promise<void> {}
}

async function open(overrides: Partial<TrunkSettings> = {}, failures: Error[] = []) {
  const clock = manualClock();
  const endpoint = new FakeEndpoint();
  const bound: number[] = [];
  const trunk = new Trunk(
    {
      trunkId: 't',
      settings: { ...settings, ...overrides },
      password: 'pw',
      enabled: true,
      practice: false,
    },
    {
      clock,
      createEndpoint: async (options) => {
        bound.push(options.bindPort);
        const failure = failures.shift();
        if (failure) throw failure;
        return endpoint as unknown as SipEndpoint;
      },
      discoverPublicAddress: async () => ({ host: '192.0.2.1', port: 5060 }),
      localAddressTowards: async () => '127.0.0.1',
      onChange: () => {},
      onIncoming: () => {},
      lastPort: () => 5_070,
      rememberPort: () => {},
    },
  );
  await trunk.open();
  return { trunk, endpoint, clock, bound };
}

function call(trunk: Trunk) {
  const finals: SipFinal[] = [];
  let ended = 0;
  const request: TrunkInvite = {
    toNumber: '+48100000001',
    callerId: '+48100999000',
    offerSdp: '',
    beforeSend: async () => {},
    onAnswered: () => {},
    onFailed: (final) => finals.push(final),
    onEnded: () => {
      ended += 1;
    },
  };
  trunk.invite(request);
  return { finals, ended: () => ended };
}

describe('a trunk known by its address', () => {
  it('is reachable until a call proves the contrary', async () => {
    const { trunk } = await open();
    expect(trunk.status.kind).toBe('reachable');
    expect(trunk.media()).toEqual({ bindHost: '127.0.0.1', codecs: ['pcma'] });
  });

  it('that leaves an INVITE and the question after it unanswered is unreachable within ten seconds', async () => {
    const { trunk, endpoint, clock } = await open();
    endpoint.answersOptions = false;
    const { finals } = call(trunk);
    await rest();
    clock.advance(4_000);
    await rest();
    expect(endpoint.asked).toBe(1);
    clock.advance(6_000);
    await rest();
    expect(trunk.status.kind).toBe('unreachable');
    expect(finals).toEqual([FINAL(0, { reasonPhrase: 'No Response' })]);
    expect(endpoint.invites[0]?.hungUp).toBe(1);
    expect(trunk.callsUp).toBe(0);
    expect(() => call(trunk)).toThrowError(AppError);
  });

  it('is asked again after 1 s, 2 s, 4 s and so on, and takes calls when it answers', async () => {
    const { trunk, endpoint, clock } = await open();
    endpoint.answersOptions = false;
    call(trunk);
    await rest();
    clock.advance(4_000);
    await rest();
    clock.advance(6_000);
    await rest();
    const pauses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const retryAt = trunk.lastFailure?.retryAt ?? 0;
      pauses.push(retryAt - clock.now());
      clock.advance(retryAt - clock.now());
      await rest();
      clock.advance(6_000);
      await rest();
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    endpoint.answersOptions = true;
    clock.advance(60_000);
    await rest();
    expect(trunk.status).toEqual({ kind: 'reachable', failure: null });
  });

  it('that is slow, but sends packets, is left alone', async () => {
    const { trunk, endpoint, clock } = await open();
    const { finals } = call(trunk);
    await rest();
    endpoint.counters.received += 1;
    clock.advance(20_000);
    await rest();
    expect(endpoint.asked).toBe(0);
    expect(finals).toEqual([]);
    endpoint.invites[0]?.request.onFailed(FINAL(503));
    expect(trunk.status.kind).toBe('reachable');
    expect(trunk.callsUp).toBe(0);
  });

  it('a person who was reached after the trunk had been given up is still reported', async () => {
    const { trunk, endpoint, clock } = await open();
    endpoint.answersOptions = false;
    const { finals } = call(trunk);
    await rest();
    clock.advance(4_000);
    await rest();
    clock.advance(6_000);
    await rest();
    endpoint.invites[0]?.request.onFailed(FINAL(487, { answeredWhileCancelling: true }));
    endpoint.invites[0]?.request.onFailed(FINAL(487));
    expect(finals.map(({ answeredWhileCancelling }) => answeredWhileCancelling)).toEqual([
      undefined,
      true,
    ]);
    expect(trunk.callsUp).toBe(0);
  });

  it('counts a call until its end, once', async () => {
    const { trunk, endpoint } = await open();
    const { ended } = call(trunk);
    await rest();
    expect(trunk.callsUp).toBe(1);
    const { request } = endpoint.invites[0]!;
    request.onAnswered({ answerSdp: '', identity: anIdentity() });
    request.onEnded({ by: 'remote', q850Cause: null });
    expect(ended()).toBe(1);
    expect(trunk.callsUp).toBe(0);
  });

  it('with a keep-alive is asked at that rate', async () => {
    const { endpoint, clock, trunk } = await open({ keepAliveMs: 30_000 });
    expect(endpoint.asked).toBe(1);
    clock.advance(30_000);
    await rest();
    expect(endpoint.asked).toBe(2);
    expect(trunk.status.kind).toBe('reachable');
  });

  it('takes another port when that of last time is taken, and never one that was not asked for', async () => {
    const taken = () => Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
    const free = await open({}, [taken()]);
    expect(free.bound).toEqual([5_070, 0]);
    expect(free.trunk.status.kind).toBe('reachable');
    const fixed = await open({ localPort: 5_080 }, [taken()]);
    expect(fixed.bound).toEqual([5_080]);
    expect(fixed.trunk.status).toMatchObject({
      kind: 'unreachable',
      failure: { code: 'EADDRINUSE' },
    });
    fixed.clock.advance(1_000);
    await rest();
    expect(fixed.trunk.status.kind).toBe('reachable');
  });

  it('shows the asserted number and keeps the account in From where the carrier wants that', async () => {
    const { trunk, endpoint } = await open({
      callerIdHeader: 'pAssertedIdentity',
      numberFormat: 'e164NoPlus',
      dialPrefix: '9',
    });
    call(trunk);
    expect(endpoint.invites[0]?.request).toMatchObject({
      toUser: '948100000001',
      fromUser: 'firm',
      assertedUser: '48100999000',
    });
  });
});

describe('a trunk that registers', () => {
  it('takes calls once registered; refused, it says so and when it tries again', async () => {
    const { trunk, endpoint } = await open({ authentication: 'register' });
    expect(trunk.status.kind).toBe('connecting');
    endpoint.onRegistration?.({
      kind: 'failed',
      status: 403,
      reasonPhrase: 'Forbidden',
      retryAt: 77,
    });
    expect(trunk.status).toEqual({
      kind: 'refused',
      failure: { code: 'sip.403', message: 'Forbidden', retryAt: 77 },
    });
    endpoint.onRegistration?.({ kind: 'registered', expiresAt: 99 });
    expect(trunk.status.kind).toBe('registered');
    expect(() => call(trunk)).not.toThrow();
  });
});
