import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MediaRig } from './test-support/media-rig.ts';
import { systemClock } from './test-support/system-clock.ts';

describe('a joined call', () => {
  let rig: MediaRig;

  beforeEach(async () => {
    rig = new MediaRig();
    await rig.start();
  });

  afterEach(() => rig.close());

  it('carries tones both ways at exactly the level they were sent with', async () => {
    const { legId, carrier, debtor } = await rig.leg();
    const { lineId, softphone, agent } = await rig.line();
    await rig.media.request('join', { legId, lineId, alertTone: false });
    agent.tone(440, -10.5);
    debtor.tone(1000, -15.3);

    await carrier.heard.until(
      'agent',
      (heard) => heard.packets.length > 20 && heard.tone(440, 10) > -11,
    );
    await softphone.heard.until(
      'debtor',
      (heard) => heard.packets.length > 20 && heard.tone(1000, 10) > -16,
    );
    carrier.heard.clear();
    softphone.heard.clear();
    await carrier.heard.until('2 s', (heard) => heard.packets.length >= 100);
    await softphone.heard.until('2 s', (heard) => heard.packets.length >= 100);

    expect(carrier.heard.tone(440, 100)).toBeCloseTo(-10.5, 1);
    expect(softphone.heard.tone(1000, 100)).toBeCloseTo(-15.3, 1);
    expect(carrier.heard.tone(1000, 100)).toBeLessThan(-60);
    expect(softphone.heard.tone(440, 100)).toBeLessThan(-60);
  });

  it('sends 50 packets a second each way without a gap, on one SSRC', async () => {
    const { legId, carrier } = await rig.leg();
    const { lineId, softphone } = await rig.line();
    await rig.media.request('join', { legId, lineId, alertTone: false });
    carrier.heard.clear();
    softphone.heard.clear();
    await softphone.heard.until('3 s', (heard) => heard.packets.length >= 150);

    for (const { heard } of [carrier, softphone]) {
      expect(heard.packetsPerSecond()).toBeGreaterThan(49);
      expect(heard.packetsPerSecond()).toBeLessThan(51);
      expect(heard.longestGapMs()).toBeLessThan(80);
      expect(new Set(heard.sequenceSteps())).toEqual(new Set([1]));
      expect(new Set(heard.packets.map(({ packet }) => packet.ssrc)).size).toBe(1);
    }
    expect(new Set(softphone.heard.timestampSteps())).toEqual(new Set([160]));
  });

  it('brings the agent to the carrier within 40 ms of the request to join', async () => {
    const latenciesMs: number[] = [];
    const { lineId, agent } = await rig.line();
    agent.tone(440);
    for (let call = 0; call < 12; call += 1) {
      const { legId, carrier } = await rig.leg();
      const askedAtMs = systemClock.monotonic();
      await rig.media.request('join', { legId, lineId, alertTone: true });
      await carrier.heard.until('agent', (heard) => firstVoiceMs(heard) !== null);
      latenciesMs.push((firstVoiceMs(carrier.heard) ?? 0) - askedAtMs);
      await rig.media.request('closeTrunkLeg', { legId });
    }
    latenciesMs.sort((first, second) => first - second);
    process.stdout.write(
      `join to first agent packet, ms: ${latenciesMs.map((ms) => ms.toFixed(1)).join(' ')}\n`,
    );
    expect(latenciesMs.at(-1)).toBeLessThan(60);
    expect(latenciesMs[6]).toBeLessThan(40);
  });
});

function firstVoiceMs(heard: MediaRigHeard): number | null {
  const voice = heard.packets.find(({ packet }) =>
    packet.payload.some((code) => code < 0xf0 && (code & 0x7f) < 0x60),
  );
  return voice?.atMs ?? null;
}

type MediaRigHeard = { packets: { atMs: number; packet: { payload: Uint8Array } }[] };
