import type { ReceptionStatistics } from './reception-statistics.ts';
import { middleOfNtp, parseRtcp, type RtcpReport, toNtp, writeRtcp } from './rtcp-packet.ts';

const TICKS_PER_UNIT = 65_536;

/** What a leg tells its peer about quality every 5 s, and what it learns from the peer's reports. */
export class RtcpReporter {
  readonly #canonicalName: string;
  #peerReport: { middleNtp: number; atMs: number } | null = null;
  #roundTripMs: number | null = null;
  #peerLostPercent: number | null = null;

  constructor(canonicalName: string) {
    this.#canonicalName = canonicalName;
  }

  /** from the peer's last report on us (RFC 3550 §6.4.1); null before it */
  get roundTripMs(): number | null {
    return this.#roundTripMs;
  }

  /** what the peer lost of ours lately, percent */
  get peerLostPercent(): number | null {
    return this.#peerLostPercent;
  }

  receive(bytes: Uint8Array, ownSsrc: number, instant: { nowMs: number; epochMs: number }): void {
    for (const report of parseRtcp(bytes)) {
      if (report.sender) {
        this.#peerReport = { middleNtp: middleOfNtp(report.sender), atMs: instant.nowMs };
      }
      this.#readBlocks(report, ownSsrc, instant.epochMs);
    }
  }

  #readBlocks(report: RtcpReport, ownSsrc: number, epochMs: number): void {
    for (const block of report.blocks) {
      if (block.ssrc !== ownSsrc) continue;
      this.#peerLostPercent = (block.fractionLost * 100) / 256;
      if (block.lastSenderReport === 0) continue;
      const now = middleOfNtp(toNtp(epochMs));
      const units = (now - block.lastSenderReport - block.delaySinceLastSenderReport) | 0;
      this.#roundTripMs = Math.max(0, (units * 1000) / TICKS_PER_UNIT);
    }
  }

  write(
    sender: { ssrc: number; rtpTimestamp: number; packetsSent: number; octetsSent: number },
    reception: ReceptionStatistics,
    instant: { nowMs: number; epochMs: number },
  ): Buffer {
    const block = reception.takeReport();
    const info = {
      ...toNtp(instant.epochMs),
      rtpTimestamp: sender.rtpTimestamp,
      packets: sender.packetsSent,
      octets: sender.octetsSent,
    };
    const report: RtcpReport = {
      ssrc: sender.ssrc,
      sender: sender.packetsSent > 0 ? info : null,
      blocks: block ? [{ ...block, ...this.#lastSenderReport(instant.nowMs) }] : [],
    };
    return writeRtcp(report, this.#canonicalName);
  }

  #lastSenderReport(nowMs: number): {
    lastSenderReport: number;
    delaySinceLastSenderReport: number;
  } {
    if (!this.#peerReport) return { lastSenderReport: 0, delaySinceLastSenderReport: 0 };
    return {
      lastSenderReport: this.#peerReport.middleNtp,
      delaySinceLastSenderReport: Math.round(
        ((nowMs - this.#peerReport.atMs) * TICKS_PER_UNIT) / 1000,
      ),
    };
  }
}
