import { afterEach, describe, expect, it } from 'vitest';
import type { CallRecord } from './calls/call-record.ts';
import { createPracticeCarrier, type PracticeCarrier } from './carrier.ts';
import { readSdp } from './media/sdp.ts';
import { practicePromptFolder } from './process/prompt-folder.ts';
import { systemClock } from './process/system-clock.ts';
import { parseScenario } from './scenario/index.ts';
import { EnginePeer } from './testing/engine-peer.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Watched {
  carrier: PracticeCarrier;
  peer: EnginePeer;
  /** resolves with the first record, now or later, that fits */
  record(fits: (record: CallRecord) => boolean): Promise<CallRecord>;
}

async function open(
  numbers: Record<string, unknown>,
  carrierPart: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Promise<Watched> {
  const rules = Object.entries(numbers).map(([exact, behaviour]) => ({
    match: { exact },
    inTurn: [behaviour],
  }));
  const listeners = new Set<(record: CallRecord) => void>();
  const seen: CallRecord[] = [];
  const carrier = await createPracticeCarrier({
    scenario: parseScenario(
      JSON.stringify({ name: 'test', carrier: carrierPart, numbers: rules, ...more }),
    ),
    listen: { host: '127.0.0.1', port: 0 },
    promptFolders: [practicePromptFolder()],
    clock: systemClock,
    log: (line) => {
      const record = JSON.parse(line) as CallRecord;
      seen.push(record);
      for (const listener of [...listeners]) listener(record);
    },
  });
  closers.push(() => carrier.stop());
  const peer = await EnginePeer.open(carrier);
  closers.push(() => peer.close());
  const record = (fits: (record: CallRecord) => boolean) =>
    new Promise<CallRecord>((resolve) => {
      const known = seen.find(fits);
      if (known) return resolve(known);
      const listener = (candidate: CallRecord) => {
        if (!fits(candidate)) return;
        listeners.delete(listener);
        resolve(candidate);
      };
      listeners.add(listener);
    });
  return { carrier, peer, record };
}

const ended = (record: CallRecord) => !record.stillUp;

describe('a debtor who answers', () => {
  it('rings, answers, and hears a tone at the level that was sent', async () => {
    const { peer, record } = await open({ '1': { kind: 'answer', afterMs: 120 } });

    const call = await peer.call('1', [
      { tone: { hz: 600, levelDbfs: -18, ms: 2300 } },
      { press: '4', toneMs: 100, gapMs: 100 },
    ]);
    await call.until('answered');
    await record((candidate) => candidate.digits.length > 0);
    await call.hangUp();
    const seen = await record(ended);

    expect(call.events.slice(0, 2)).toEqual(['180', 'answered']);
    expect(seen).toMatchObject({ endedBy: 'engine', status: 200, behaviour: 'answer', to: '1' });
    expect(seen.digits.map((digit) => digit.digit)).toEqual(['4']);
    expect(seen.media?.dominantHz).toBe(600);
    expect(seen.media?.dominantLevelDbfs).toBeCloseTo(-18, 0);
    expect(seen.media?.windows[1]?.levelDbfs).toBeCloseTo(-18, 0);
    expect(seen.media?.firstPacketAfterAnswerMs).toBeGreaterThanOrEqual(0);
    expect(seen.media?.firstPacketAfterAnswerMs).toBeLessThan(500);
    expect(seen.media?.packetsReceived).toBeGreaterThan(100);
  });

  it('sends its tone at its level and hangs up when its patience ends', async () => {
    const { peer, record } = await open({
      '2': { kind: 'tone', afterMs: 50, hz: 440, levelDbfs: -12, hangUpAfterMs: 1300 },
    });

    const call = await peer.call('2');
    await call.until('ended by remote');

    expect(call.heard().dominantHz).toBe(440);
    expect(call.heard().dominantLevelDbfs).toBeCloseTo(-12, 0);
    expect(await record(ended)).toMatchObject({ endedBy: 'carrier', status: 200 });
  });

  it('echoes what it hears', async () => {
    const { peer } = await open({ '3': { kind: 'echo', afterMs: 50, hangUpAfterMs: 1600 } });

    const call = await peer.call('3', [{ tone: { hz: 700, levelDbfs: -15 } }]);
    await call.until('ended by remote');

    expect(call.heard().dominantHz).toBe(700);
    expect(call.heard().dominantLevelDbfs).toBeCloseTo(-15, 0);
  });

  it('talks, listens, presses keys, holds and takes back, and hangs up', async () => {
    const { peer } = await open({
      '4': {
        kind: 'answer',
        afterMs: 50,
        steps: [{ say: 'pl/anna/hello' }, { press: '12#' }, { holdMs: 200 }, { pauseMs: 100 }],
        whenDone: 'hangUp',
      },
    });

    const call = await peer.call('4');
    await call.until('ended by remote');

    expect(call.digits).toBe('12#');
    expect(call.events.filter((event) => event.startsWith('offer'))).toEqual([
      'offer sendonly',
      'offer sendrecv',
    ]);
    expect(call.heard().levelDbfs).toBeGreaterThan(-40);
  });

  it('plays ringback as early media, with the same SDP in the answer', async () => {
    const { peer, record } = await open({
      '48100': { kind: 'answer', afterMs: 1300, ringing: 'earlyMedia', ringAfterMs: 20 },
    });

    const call = await peer.call('48100');
    await call.until('answered');

    expect(call.events[0]).toBe('183');
    expect(call.heard().dominantHz).toBe(425);
    await call.hangUp();
    await record(ended);
  });

  it('is a voicemail with greeting, beep and an end', async () => {
    const { peer } = await open({
      '5': {
        kind: 'voicemail',
        afterMs: 50,
        greeting: 'en/mary/hello',
        beep: { hz: 1000, levelDbfs: -10, ms: 1200 },
        recordMs: 200,
      },
    });

    const call = await peer.call('5');
    await call.until('ended by remote');

    expect(call.heard().dominantHz).toBe(1000);
  });
});

describe('a debtor who does not answer', () => {
  it.each([
    ['busy', { kind: 'busy', afterMs: 10 }, 486],
    ['declined', { kind: 'declined', afterMs: 60 }, 603],
    ['wrong number', { kind: 'wrongNumber', afterMs: 10 }, 404],
    ['incomplete number', { kind: 'wrongNumber', afterMs: 10, status: 484 }, 484],
    ['network failure', { kind: 'networkFailure', afterMs: 10 }, 503],
    ['anything else', { kind: 'reject', afterMs: 10, status: 410 }, 410],
    ['the network gives up', { kind: 'ringOut', afterMs: 100 }, 480],
  ])('%s', async (_, behaviour, status) => {
    const { peer, record } = await open({ '6': behaviour });

    const call = await peer.call('6');
    await call.until('failed');

    expect(call.final?.status).toBe(status);
    expect(await record(ended)).toMatchObject({ status, endedBy: 'carrier', answeredAt: null });
  });

  it('plays the information tones before a 404', async () => {
    const { peer } = await open({
      '7': { kind: 'wrongNumber', afterMs: 10, informationTones: true, intercept: 'en/intercept' },
    });

    const call = await peer.call('7');
    await call.until('failed');

    expect(call.events[0]).toBe('183');
    expect(call.heard().packetsReceived).toBeGreaterThan(100);
    expect(call.heard().levelDbfs).toBeGreaterThan(-35);
  });

  it('rings until the caller cancels', async () => {
    const { peer, record } = await open({ '8': { kind: 'ringOut' } });

    const call = await peer.call('8');
    await call.until('180');
    await call.hangUp();

    expect(await record(ended)).toMatchObject({ status: 487, endedBy: 'engine' });
  });

  it('says nothing at all', async () => {
    const { peer, record, carrier } = await open({ '9': { kind: 'noResponse' } });

    const call = await peer.call('9');
    const seen = await record(ended);

    expect(seen).toMatchObject({ behaviour: 'noResponse', status: null, stillUp: false });
    // The INVITE is answered by nobody: only the sending side has counted a packet.
    expect(carrier.status().sip.sent).toBe(0);
    expect(call.events).toEqual([]);
    call.vanish();
  });

  it('refuses codecs that it does not have', async () => {
    const { peer } = await open({ '1': { kind: 'answer', afterMs: 10 } }, { codecs: ['pcma'] });
    const final = new Promise<number>((resolve) => {
      peer.endpoint.invite({
        toUser: '1',
        fromUser: '2',
        offerSdp: gsmOffer,
        beforeSend: async () => {},
        onAnswered: () => resolve(200),
        onFailed: ({ status }) => resolve(status),
        onEnded: () => {},
      });
    });
    expect(await final).toBe(488);
  });
});

const gsmOffer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40000 RTP/AVP 3',
  'a=rtpmap:3 GSM/8000',
  '',
].join('\r\n');

describe('the carrier', () => {
  it('keeps a call up when the far end has vanished, until its BYE', async () => {
    const { peer, record, carrier } = await open(
      { '1': { kind: 'answer', afterMs: 20, steps: [{ pauseMs: 400 }], whenDone: 'hangUp' } },
      { vanishedAfterMs: 200 },
    );
    const call = await peer.call('1');
    await call.until('answered');
    call.vanish();

    const vanished = await record((candidate) => candidate.vanishedAt !== null);
    expect(vanished.stillUp).toBe(true);
    expect(carrier.status().callsUp).toBe(1);

    await call.outgoing?.hangUp();
    expect(await record(ended)).toMatchObject({ endedBy: 'engine' });
    expect(carrier.status().callsUp).toBe(0);
  });

  it('registers with digest, asks for credentials at each INVITE, and calls in', async () => {
    const access = { kind: 'register', user: 'firm', password: 'secret' };
    const { peer, carrier, record } = await open(
      { '1': { kind: 'busy', afterMs: 10 } },
      { access },
    );
    await new Promise<void>((resolve, reject) => {
      peer.endpoint.startRegistration((state) => {
        if (state.kind === 'registered') resolve();
        if (state.kind === 'failed') reject(new Error(`${state.status}`));
      });
    });
    expect(carrier.status().registrations).toBe(1);

    const call = await peer.call('1');
    await call.until('failed');
    expect(call.final?.status).toBe(486);

    const incoming = peer.nextIncoming();
    await carrier.callIn({
      from: '+48100000123',
      to: '+48100000001',
      talk: { steps: [{ tone: { hz: 800, levelDbfs: -20, ms: 1500 } }], whenDone: 'hangUp' },
    });
    const inbound = await incoming;
    expect(inbound).toMatchObject({ toUser: '+48100000001', fromUser: '+48100000123' });
    const media = await peer.openAudio();
    const remote = readSdp(inbound.offerSdp ?? '');
    if (remote === null) throw new Error('no offer');
    const over = new Promise<string>((resolve) => {
      inbound.onEnded = ({ by }) => resolve(by);
    });
    inbound.ringing();
    const sdp = media.audio.answer(remote);
    media.audio.play(null);
    media.audio.markAnswered(0);
    await inbound.answer(sdp ?? '');
    expect(await over).toBe('remote');
    expect(media.audio.close().dominantHz).toBe(800);
    const seen = await record(
      (candidate) => candidate.direction === 'fromDebtor' && ended(candidate),
    );
    expect(seen).toMatchObject({ endedBy: 'carrier', status: 200 });
    await peer.endpoint.stopRegistration();
    expect(carrier.status().registrations).toBe(0);
  });

  it('calls in by its schedule, and the caller gives up', async () => {
    const plan = { from: '+48100000009', to: '+48100000001', patienceMs: 150 };
    const { peer, record } = await open(
      { '1': { kind: 'busy', afterMs: 10 } },
      {},
      { callIn: [{ ...plan, afterMs: 300, everyMs: 200, times: 2 }] },
    );
    const heard: string[] = [];
    peer.endpoint.onIncoming = (call) => {
      heard.push(call.fromUser ?? '');
      call.ringing();
    };
    const call = await peer.call('1');
    await call.until('failed');

    const seen = await record(
      (candidate) =>
        candidate.direction === 'fromDebtor' && candidate.nthCall === 2 && ended(candidate),
    );
    expect(seen).toMatchObject({ endedBy: 'carrier', answeredAt: null });
    expect(heard).toEqual([plan.from, plan.from]);
  });

  it('refuses a wrong password', async () => {
    const access = { kind: 'register', user: 'firm', password: 'another' };
    const { peer } = await open({}, { access });
    const status = await new Promise<number>((resolve) => {
      peer.endpoint.startRegistration((state) => {
        if (state.kind === 'failed') resolve(state.status);
      });
    });
    expect(status).toBe(403);
  });

  it('brings calls up over a network that loses, repeats and delays', async () => {
    const { peer, record } = await open(
      { '1': { kind: 'tone', afterMs: 50, hz: 500, hangUpAfterMs: 1500 } },
      {
        sip: { lossPercent: 20, duplicatePercent: 20, delayMs: { fromMs: 1, toMs: 30 } },
        rtp: { lossPercent: 5, duplicatePercent: 5, delayMs: 10 },
        malformed: { sipPerMinute: 1200, rtpPercent: 20 },
      },
    );
    const calls = await Promise.all(Array.from({ length: 5 }, () => peer.call('1')));
    await Promise.all(calls.map((call) => call.until('ended by remote')));

    const seen = await record((candidate) => candidate.callNumber === 5 && ended(candidate));
    expect(seen.status).toBe(200);
    expect(peer.endpoint.counters.malformed).toBeGreaterThan(5);
    for (const call of calls) {
      expect(call.heard().dominantHz).toBe(500);
      expect(call.heard().packetsDropped).toBeGreaterThan(0);
    }
  });

  it('carries fifty calls at once, each with 50 packets a second', async () => {
    const { peer, carrier } = await open({
      '1': { kind: 'tone', afterMs: 100, hz: 500, hangUpAfterMs: 3000 },
    });
    const calls = await Promise.all(Array.from({ length: 50 }, () => peer.call('1')));
    await Promise.all(calls.map((call) => call.until('ended by remote')));

    const { calls: records } = carrier.status();
    expect(records).toHaveLength(50);
    for (const record of records) {
      expect(record.media?.packetsSent).toBeGreaterThan(140);
      expect(record.media?.packetsSent).toBeLessThan(155);
    }
  });

  it('is gone and comes back', async () => {
    const { peer, carrier } = await open({ '1': { kind: 'busy', afterMs: 10 } });
    carrier.setNetworkUp(false);
    const call = await peer.call('1');
    carrier.setNetworkUp(true);
    await call.until('failed');
    expect(call.final?.status).toBe(486);
  });

  it('names a prompt that it does not have', async () => {
    const behaviour = { kind: 'answer', afterMs: 10, steps: [{ say: 'pl/nobody/hello' }] };
    await expect(open({ '1': behaviour })).rejects.toMatchObject({ code: 'practice.no-prompt' });
  });
});
