import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseTelephoneEvent } from './rtp/telephone-event.ts';
import type { HeardAudio } from './test-support/heard-audio.ts';
import { MediaRig, type RigLeg, type RigLine } from './test-support/media-rig.ts';

const AGENT_HZ = 440;
const DEBTOR_HZ = 1000;
const QUIET_DBFS = -55;

function hears(heard: HeardAudio, frequencyHz: number): Promise<void> {
  heard.clear();
  return heard.until(
    `${frequencyHz} Hz`,
    (now) => now.packets.length >= 10 && now.tone(frequencyHz, 10) > -20,
  );
}

function losesTone(heard: HeardAudio, frequencyHz: number): Promise<void> {
  heard.clear();
  return heard.until(
    `no ${frequencyHz} Hz`,
    (now) => now.packets.length >= 10 && now.tone(frequencyHz, 10) < QUIET_DBFS,
  );
}

/** takes half a second and gives its level */
async function levelOf(heard: HeardAudio, frequencyHz: number): Promise<number> {
  heard.clear();
  await heard.until('25 packets', (now) => now.packets.length >= 25);
  return heard.tone(frequencyHz, 25);
}

describe('call verbs', () => {
  let rig: MediaRig;
  let line: RigLine;
  let leg: RigLeg;

  beforeAll(async () => {
    rig = new MediaRig();
    await rig.start();
    line = await rig.line({ firstSequenceNumber: 65_500, firstTimestamp: 0xffff_ff00 });
    line.agent.tone(AGENT_HZ);
  });

  afterAll(() => rig.close());

  beforeEach(async () => {
    leg = await rig.leg();
    leg.debtor.tone(DEBTOR_HZ);
  });

  function join(): Promise<unknown> {
    return rig.media.request('join', { legId: leg.legId, lineId: line.lineId, alertTone: false });
  }

  it('part and join again without a gap in either stream', async () => {
    await leg.carrier.heard.until('silence before the join', (now) => now.packets.length >= 5);
    expect(await levelOf(leg.carrier.heard, AGENT_HZ)).toBeLessThan(QUIET_DBFS);
    await join();
    await hears(leg.carrier.heard, AGENT_HZ);
    await hears(line.softphone.heard, DEBTOR_HZ);
    leg.carrier.heard.clear();
    line.softphone.heard.clear();
    await rig.media.request('part', { legId: leg.legId });
    const heard = leg.carrier.heard;
    await heard.until(
      'silence',
      (now) => now.packets.length > 20 && now.tone(AGENT_HZ, 10) < QUIET_DBFS,
    );
    await join();
    await heard.until('agent again', (now) => now.tone(AGENT_HZ, 10) > -20);
    expect(new Set(heard.sequenceSteps())).toEqual(new Set([1]));
    expect(Math.max(...heard.timestampSteps())).toBeLessThanOrEqual(480);
    expect(Math.min(...heard.timestampSteps())).toBeGreaterThanOrEqual(160);
    expect(heard.longestGapMs()).toBeLessThan(80);
    expect(new Set(line.softphone.heard.timestampSteps())).toEqual(new Set([160]));
    expect(new Set(line.softphone.heard.sequenceSteps())).toEqual(new Set([1]));
    expect(line.softphone.heard.packets.some(({ packet }) => packet.marker)).toBe(false);
  });

  it('joining another leg parts the first', async () => {
    await join();
    const second = await rig.leg();
    second.debtor.tone(1_500);
    await rig.media.request('join', { legId: second.legId, lineId: line.lineId, alertTone: false });
    await hears(line.softphone.heard, 1_500);
    expect(await levelOf(line.softphone.heard, DEBTOR_HZ)).toBeLessThan(QUIET_DBFS);
    await losesTone(leg.carrier.heard, AGENT_HZ);
    await hears(second.carrier.heard, AGENT_HZ);
  });

  it('hold lets only the carrier hear music, and resume brings the agent back', async () => {
    await join();
    await hears(line.softphone.heard, DEBTOR_HZ);
    await rig.media.request('hold', { legId: leg.legId });
    await losesTone(leg.carrier.heard, AGENT_HZ);
    await losesTone(line.softphone.heard, DEBTOR_HZ);
    const { heard } = leg.carrier;
    heard.clear();
    await heard.until('music', (now) => now.tone(392, 20) > -45 || now.tone(523.25, 20) > -45);
    expect(
      line.softphone.heard.packets
        .slice(-20)
        .flatMap(({ packet }) => [...packet.payload])
        .every((code) => code === 0xff),
    ).toBe(true);
    await rig.media.request('resume', { legId: leg.legId });
    await hears(heard, AGENT_HZ);
    await hears(line.softphone.heard, DEBTOR_HZ);
  });

  it('mute silences the agent towards the carrier alone', async () => {
    await join();
    await hears(leg.carrier.heard, AGENT_HZ);
    await rig.media.request('mute', { lineId: line.lineId, muted: true });
    await losesTone(leg.carrier.heard, AGENT_HZ);
    await hears(line.softphone.heard, DEBTOR_HZ);
    expect(leg.carrier.heard.packetsPerSecond()).toBeGreaterThan(45);
    await rig.media.request('mute', { lineId: line.lineId, muted: false });
    await hears(leg.carrier.heard, AGENT_HZ);
  });

  it('the alert is heard by the agent, over the debtor, and not by the debtor', async () => {
    line.softphone.heard.clear();
    leg.carrier.heard.clear();
    await rig.media.request('join', { legId: leg.legId, lineId: line.lineId, alertTone: true });
    await line.softphone.heard.until(
      'alert',
      (now) => now.packets.length >= 5 && now.tone(660, 5) > -32,
    );
    await hears(line.softphone.heard, DEBTOR_HZ);
    await hears(leg.carrier.heard, AGENT_HZ);
    expect(leg.carrier.heard.tone(660, leg.carrier.heard.packets.length)).toBeLessThan(QUIET_DBFS);
  });

  it('plays to the debtor over the agent, and tells the end', async () => {
    await join();
    await rig.media.request('play', {
      playId: 'announcement',
      target: { legId: leg.legId },
      source: { kind: 'tone', frequenciesHz: [700], durationMs: 600, levelDbfs: -16 },
      loop: false,
    });
    await hears(leg.carrier.heard, 700);
    expect(leg.carrier.heard.tone(AGENT_HZ, 10)).toBeLessThan(-30);
    await rig.event((event) => event.type === 'playEnded' && event.playId === 'announcement');
    await hears(leg.carrier.heard, AGENT_HZ);
  });

  it('plays to the agent until it is stopped', async () => {
    await rig.media.request('play', {
      playId: 'ringback',
      target: { lineId: line.lineId },
      source: { kind: 'tone', frequenciesHz: [425], durationMs: 1000, levelDbfs: -16 },
      loop: true,
    });
    await hears(line.softphone.heard, 425);
    await rig.media.request('stopPlay', { playId: 'ringback' });
    await losesTone(line.softphone.heard, 425);
    expect(
      rig.events.some((event) => event.type === 'playEnded' && event.playId === 'ringback'),
    ).toBe(false);
    await expect(
      rig.media.request('play', {
        playId: 'x',
        target: { lineId: line.lineId },
        source: { kind: 'file', file: '/nonexistent.wav' },
        loop: false,
      }),
    ).rejects.toMatchObject({ code: 'media.no-sound-file' });
  });

  it('digits go from the page to the carrier, from the carrier to us, and by request', async () => {
    await join();
    await hears(leg.carrier.heard, AGENT_HZ);
    line.agent.press('42');
    await rig.event(
      (event) => event.type === 'dtmf' && 'lineId' in event.from && event.digit === '2',
    );
    await leg.carrier.heard.until('both digits', (now) => digitsIn(now).length === 2);
    expect(digitsIn(leg.carrier.heard)).toEqual([4, 2]);
    leg.debtor.press('7#');
    await rig.event(
      (event) => event.type === 'dtmf' && 'legId' in event.from && event.digit === '#',
    );
    const fromDebtor = rig.events.filter((event) => event.type === 'dtmf' && 'legId' in event.from);
    expect(fromDebtor.map((event) => (event.type === 'dtmf' ? event.digit : ''))).toEqual([
      '7',
      '#',
    ]);
    leg.carrier.heard.clear();
    await rig.media.request('sendDtmf', { legId: leg.legId, digits: '19' });
    await leg.carrier.heard.until('both digits', (now) => digitsIn(now).length === 2);
    expect(digitsIn(leg.carrier.heard)).toEqual([1, 9]);
    await hears(leg.carrier.heard, AGENT_HZ);
  });

  it('digits are tones for a carrier without telephone-event', async () => {
    const plain = await rig.leg({ telephoneEvent: false });
    await rig.media.request('sendDtmf', { legId: plain.legId, digits: '5' });
    await plain.carrier.heard.until(
      '5',
      (now) => now.packets.length >= 4 && now.tone(770, 4) > -19 && now.tone(1336, 4) > -19,
    );
    expect(plain.carrier.heard.events).toEqual([]);
  });

  it('speaks A-law with a carrier that wants it', async () => {
    const aLaw = await rig.leg({ payloadType: 8 });
    aLaw.debtor.tone(DEBTOR_HZ, -15.3);
    await rig.media.request('join', { legId: aLaw.legId, lineId: line.lineId, alertTone: false });
    await hears(aLaw.carrier.heard, AGENT_HZ);
    await hears(line.softphone.heard, DEBTOR_HZ);
    expect(new Set(aLaw.carrier.heard.packets.map(({ packet }) => packet.payloadType))).toEqual(
      new Set([8]),
    );
    // one law after the other costs up to 0.2 dB (ITU-T G.711 §2.5)
    expect(Math.abs((await levelOf(aLaw.carrier.heard, AGENT_HZ)) + 16)).toBeLessThan(0.2);
    const debtorDbfs = await levelOf(line.softphone.heard, DEBTOR_HZ);
    expect(Math.abs(debtorDbfs + 15.3)).toBeLessThan(0.2);
  });

  it('refuses what does not exist', async () => {
    const { media } = rig;
    await expect(media.request('part', { legId: 'no' })).rejects.toMatchObject({
      code: 'media.unknown-leg',
    });
    await expect(media.request('closeAgentLine', { lineId: 'no' })).rejects.toMatchObject({
      code: 'media.unknown-line',
    });
    await expect(media.request('openAgentLine', { lineId: line.lineId })).rejects.toMatchObject({
      code: 'media.line-exists',
    });
    await expect(
      media.request('openTrunkLeg', { legId: 'x', bindHost: '198.51.100.77' }),
    ).rejects.toMatchObject({ code: 'media.no-port' });
  });
});

/** one code per event */
function digitsIn(heard: HeardAudio): number[] {
  const byTimestamp = new Map<number, number>();
  for (const { packet } of heard.events) {
    const event = parseTelephoneEvent(packet.payload);
    if (event?.end) byTimestamp.set(packet.rtpTimestamp, event.event);
  }
  return [...byTimestamp.values()];
}
