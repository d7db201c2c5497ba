import { describe, expect, it } from 'vitest';
import { ReceptionStatistics } from './reception-statistics.ts';
import { middleOfNtp, parseRtcp, type RtcpReport, toNtp, writeRtcp } from './rtcp-packet.ts';
import { RtcpReporter } from './rtcp-reporter.ts';
import type { RtpPacket } from './rtp-packet.ts';

function packet(index: number, overrides: Partial<RtpPacket> = {}): RtpPacket {
  return {
    marker: false,
    payloadType: 0,
    sequenceNumber: (65_500 + index) % 65_536,
    rtpTimestamp: (0xffff_f000 + index * 160) % 2 ** 32,
    ssrc: 7,
    payload: new Uint8Array(160),
    ...overrides,
  };
}

describe('reception statistics', () => {
  it('count over both wraps, with losses and no jitter on an even stream', () => {
    const statistics = new ReceptionStatistics();
    for (let i = 0; i < 200; i += 1) if (i % 10 !== 5) statistics.add(packet(i), i * 20);
    expect(statistics.packetsReceived).toBe(180);
    expect(statistics.packetsLost).toBe(20);
    expect(statistics.interarrivalJitterMs).toBeLessThan(0.5);
    expect(statistics.takeReport()).toMatchObject({ ssrc: 7, fractionLost: 25, packetsLost: 20 });
    for (let i = 200; i < 300; i += 1) statistics.add(packet(i), i * 20);
    expect(statistics.takeReport()).toMatchObject({ fractionLost: 0, packetsLost: 20 });
  });

  it('find the jitter of a stream whose every other packet is 16 ms late', () => {
    const statistics = new ReceptionStatistics();
    for (let i = 0; i < 400; i += 1) statistics.add(packet(i), i * 20 + (i % 2) * 16);
    expect(statistics.interarrivalJitterMs).toBeCloseTo(16, 0);
  });

  it('take reordering for no loss, repeats of a telephone-event for no jitter', () => {
    const statistics = new ReceptionStatistics();
    for (const i of [0, 2, 1, 3]) statistics.add(packet(i), i * 20);
    for (let i = 4; i < 20; i += 1) {
      statistics.add(packet(i, { rtpTimestamp: packet(4).rtpTimestamp }), i * 20);
    }
    expect(statistics.packetsLost).toBe(0);
    expect(statistics.interarrivalJitterMs).toBeLessThan(6);
  });

  it('do not take a new source or a restarted stream for loss', () => {
    const statistics = new ReceptionStatistics();
    for (let i = 0; i < 5; i += 1) statistics.add(packet(i), i * 20);
    statistics.add(packet(0, { ssrc: 8, sequenceNumber: 30_000 }), 120);
    statistics.add(packet(0, { ssrc: 8, sequenceNumber: 10 }), 140);
    expect(statistics.packetsLost).toBe(0);
    expect(statistics.packetsReceived).toBe(7);
  });
});

const REPORT: RtcpReport = {
  ssrc: 0xdeadbeef,
  sender: { ...toNtp(1_700_000_000_500), rtpTimestamp: 0xffff_ffff, packets: 10, octets: 1_600 },
  blocks: [
    {
      ssrc: 7,
      fractionLost: 25,
      packetsLost: -3,
      highestSequence: 0x1_0005,
      jitter: 12,
      lastSenderReport: 0x1234_5678,
      delaySinceLastSenderReport: 65_536,
    },
  ],
};

describe('RTCP', () => {
  it('is written and read back equal, with a name of any length behind it', () => {
    for (const name of ['', 'a', 'ab', 'abc', 'dialdesk', 'ż'.repeat(200)]) {
      const bytes = writeRtcp(REPORT, name);
      expect(bytes.length % 4).toBe(0);
      expect(parseRtcp(bytes)).toEqual([REPORT]);
    }
    expect(parseRtcp(writeRtcp({ ...REPORT, sender: null, blocks: [] }, 'x'))).toEqual([
      { ssrc: REPORT.ssrc, sender: null, blocks: [] },
    ]);
  });

  it('never throws when it is cut anywhere or damaged', () => {
    const bytes = writeRtcp(REPORT, 'dialdesk');
    for (let length = 0; length < bytes.length; length += 1) parseRtcp(bytes.subarray(0, length));
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at] = 0xff;
      parseRtcp(damaged);
    }
    expect(parseRtcp(bytes.subarray(0, 40))).toEqual([]);
  });
});

describe('a reporter', () => {
  it('measures the round trip from its own report and the answer', () => {
    const ours = new RtcpReporter('ours');
    const theirs = new RtcpReporter('theirs');
    const reception = new ReceptionStatistics();
    reception.add(packet(0, { ssrc: 1 }), 0);
    const sender = { ssrc: 1, rtpTimestamp: 0, packetsSent: 5, octetsSent: 800 };
    const atMs = 1_700_000_000_000;
    const first = ours.write(sender, new ReceptionStatistics(), { nowMs: 0, epochMs: atMs });
    theirs.receive(first, 2, { nowMs: 1_000, epochMs: atMs });
    const back = theirs.write({ ...sender, ssrc: 2 }, reception, { nowMs: 3_000, epochMs: atMs });
    ours.receive(back, 1, { nowMs: 2_040, epochMs: atMs + 2_040 });
    expect(ours.roundTripMs).toBeCloseTo(40, 0);
    expect(ours.peerLostPercent).toBe(0);
  });

  it('ignores blocks about others, and has nothing to say before a report came', () => {
    const reporter = new RtcpReporter('ours');
    reporter.receive(writeRtcp(REPORT, 'x'), 99, { nowMs: 0, epochMs: 0 });
    expect(reporter.roundTripMs).toBeNull();
    expect(reporter.peerLostPercent).toBeNull();
  });

  it('knows the middle of an NTP instant', () => {
    expect(middleOfNtp({ ntpSeconds: 0xaaaa_1234, ntpFraction: 0x5678_bbbb })).toBe(0x1234_5678);
  });
});
