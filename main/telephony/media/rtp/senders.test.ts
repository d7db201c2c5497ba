import { describe, expect, it } from 'vitest';
import { SILENT_FRAME } from '../sound/g711.ts';
import { LineSender } from './line-sender.ts';
import type { RtpPacket } from './rtp-packet.ts';
import { parseTelephoneEvent } from './telephone-event.ts';
import { TrunkSender } from './trunk-sender.ts';

const TYPES = { audio: 0, telephoneEvent: 101, silence: SILENT_FRAME };
const VOICE = new Uint8Array(160).fill(0x10);

function aTrunkSender(): TrunkSender {
  return new TrunkSender({ ssrc: 9, firstSequenceNumber: 65_530, firstTimestamp: 0xffff_ff00 });
}

function pagePacket(rtpTimestamp: number, overrides: Partial<RtpPacket> = {}): RtpPacket {
  return {
    marker: false,
    payloadType: 0,
    sequenceNumber: 0,
    rtpTimestamp,
    ssrc: 5,
    payload: VOICE,
    ...overrides,
  };
}

describe('the line sender', () => {
  it('steps by 1 and 160 for an hour, through every wrap', () => {
    const sender = new LineSender({
      ssrc: 1,
      payloadType: 0,
      firstSequenceNumber: 65_000,
      firstTimestamp: 0xffff_0000,
    });
    let last = sender.next(VOICE);
    expect(last.marker).toBe(true);
    for (let frame = 0; frame < 180_000; frame += 1) {
      const next = sender.next(VOICE);
      expect(next.sequenceNumber).toBe((last.sequenceNumber + 1) % 65_536);
      expect(next.rtpTimestamp).toBe((last.rtpTimestamp + 160) % 2 ** 32);
      last = next;
    }
    expect(last.marker).toBe(false);
  });

  it('moves the timestamp, not the sequence, over frames that a stall swallowed', () => {
    const sender = new LineSender({
      ssrc: 1,
      payloadType: 0,
      firstSequenceNumber: 5,
      firstTimestamp: 0,
    });
    sender.next(VOICE);
    expect(sender.next(VOICE, 49)).toMatchObject({ sequenceNumber: 6, rtpTimestamp: 160 * 50 });
  });
});

describe('the trunk sender', () => {
  it('is a clock of silence until the agent speaks', () => {
    const sender = aTrunkSender();
    const packets = [0, 20, 40, 60].map((ms) => sender.frame(ms, null, TYPES));
    expect(packets.map((packet) => packet?.sequenceNumber)).toEqual([
      65_530, 65_531, 65_532, 65_533,
    ]);
    expect(packets.map((packet) => packet?.marker)).toEqual([true, false, false, false]);
    expect(packets.map((packet) => packet?.rtpTimestamp)).toEqual([
      0xffff_ff00, 0xffff_ffa0, 0x40, 0xe0,
    ]);
  });

  it('sends twice when a coarse timer woke once for two frames', () => {
    const sender = aTrunkSender();
    sender.frame(0, VOICE, TYPES);
    expect(sender.frame(20, VOICE, TYPES)).not.toBeNull();
    expect(sender.frame(40, VOICE, TYPES)).not.toBeNull();
  });

  it("passes the agent's packets on with their own steps, and the clock keeps still", () => {
    const sender = aTrunkSender();
    sender.frame(0, null, TYPES);
    const first = sender.agentPacket(pagePacket(7_000), 9, 0);
    expect(first?.rtpTimestamp).toBe(0xffff_ffa0);
    expect(sender.frame(20, null, TYPES)).toBeNull();
    expect(sender.agentPacket(pagePacket(7_160), 30, 0)?.rtpTimestamp).toBe(0x40);
    // one packet of the page was lost on the way
    expect(sender.agentPacket(pagePacket(7_480), 70, 0)?.rtpTimestamp).toBe(0x40 + 320);
  });

  it('drops what comes twice or late, and starts over when the page starts over', () => {
    const sender = aTrunkSender();
    sender.agentPacket(pagePacket(7_000), 0, 0);
    expect(sender.agentPacket(pagePacket(7_000), 1, 0)).toBeNull();
    expect(sender.agentPacket(pagePacket(900_000), 20, 0)?.rtpTimestamp).toBe(0xffff_ffa0);
    expect(sender.agentPacket(pagePacket(3, { ssrc: 6 }), 40, 0)?.rtpTimestamp).toBe(0x40);
  });

  it('fills with silence when the page stalls, and finds back without overlap', () => {
    const sender = aTrunkSender();
    sender.agentPacket(pagePacket(0), 0, 0);
    const filled = [20, 40, 60, 80, 100].map((ms) => sender.frame(ms, null, TYPES));
    expect(filled.map((packet) => packet !== null)).toEqual([false, false, true, true, true]);
    // a burst of what was delayed: the part whose time has been filled is dropped
    const burst = [160, 320, 480, 640].map((ts) => sender.agentPacket(pagePacket(ts), 101, 0));
    expect(burst.map((packet) => packet !== null)).toEqual([false, false, false, true]);
  });

  it('follows a page whose clock stays behind, after half a second', () => {
    const sender = aTrunkSender();
    sender.agentPacket(pagePacket(8_000), 0, 0);
    const results = Array.from({ length: 40 }, (_, i) =>
      sender.agentPacket(pagePacket(4_000 + i * 40), 20 * i, 0),
    );
    expect(results.slice(0, 25).every((packet) => packet === null)).toBe(true);
    expect(results.some((packet) => packet !== null)).toBe(true);
  });

  it('takes over from the agent with at most one late frame and no overlap', () => {
    for (const silentMs of [1, 8, 14, 20]) {
      const sender = aTrunkSender();
      sender.agentPacket(pagePacket(0), 100, 0);
      sender.releaseAgent();
      const ticks = [0, 20, 40, 60].map((ms) =>
        sender.frame(100 + silentMs + ms, SILENT_FRAME, TYPES),
      );
      const sent = ticks.filter((packet) => packet !== null);
      expect(sent.length).toBeGreaterThanOrEqual(3);
      expect(sent[0]?.rtpTimestamp).toBe(0xffff_ffa0);
      expect(ticks.at(-1)).not.toBeNull();
    }
  });

  it('jumps to real time after a stall of ours, with the marker set', () => {
    const sender = aTrunkSender();
    sender.frame(0, VOICE, TYPES);
    const after = sender.frame(1_000, VOICE, TYPES);
    expect(after).toMatchObject({
      marker: true,
      rtpTimestamp: (0xffff_ff00 + 8_000) % 2 ** 32,
      sequenceNumber: 65_531,
    });
  });

  it('sends digits as events on the same time line, audio keeping still', () => {
    const sender = aTrunkSender();
    sender.frame(0, VOICE, TYPES);
    sender.enqueueDigits('7');
    const packets: (RtpPacket | null)[] = [];
    for (let ms = 20; ms <= 260; ms += 20) packets.push(sender.frame(ms, VOICE, TYPES));
    const events = packets.filter((packet) => packet?.payloadType === 101).map((packet) => packet!);
    expect(new Set(events.map((packet) => packet.rtpTimestamp))).toEqual(new Set([0xffff_ffa0]));
    expect(events.map((packet) => packet.marker)).toEqual([
      true,
      ...events.slice(1).map(() => false),
    ]);
    const read = events.map((packet) => parseTelephoneEvent(packet.payload)!);
    expect(read.map((event) => event.duration)).toEqual([160, 320, 480, 640, 800, 960, 960, 960]);
    expect(read.map((event) => event.end)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
    const audio = packets.findLast((packet) => packet?.payloadType === 0);
    expect(audio?.rtpTimestamp).toBe((0xffff_ff00 + 13 * 160) % 2 ** 32);
    expect(sender.agentPacket(pagePacket(1), 270, 0)).not.toBeNull();
  });

  it("passes the page's events on with one timestamp, then audio after them", () => {
    const sender = aTrunkSender();
    sender.agentPacket(pagePacket(0), 0, 0);
    const event = Uint8Array.of(5, 10, 0, 160);
    const first = sender.agentEvent(pagePacket(160, { payload: event, marker: true }), 160, 20, 97);
    const second = sender.agentEvent(pagePacket(160, { payload: event }), 320, 40, 97);
    expect(first).toMatchObject({ payloadType: 97, marker: true, rtpTimestamp: 0xffff_ffa0 });
    expect(second).toMatchObject({ marker: false, rtpTimestamp: 0xffff_ffa0 });
    expect(sender.agentPacket(pagePacket(480), 60, 0)?.rtpTimestamp).toBe(
      (0xffff_ffa0 + 320) % 2 ** 32,
    );
  });
});
