import { type RtpPacket, sequenceDifference, timestampDifference } from './rtp-packet.ts';

/** a jump of more is a new start of the stream (RFC 3550 A.1, MAX_DROPOUT) */
const LARGEST_JUMP = 3_000;
const TICKS_PER_MS = 8;

/**
 * What RFC 3550 asks a receiver to know about one source: highest sequence number, losses, interarrival jitter.
 * Survives restarts of the stream: counts go on, the reference points begin anew.
 * @see RFC 3550 A.1, A.3, A.8
 */
export class ReceptionStatistics {
  #ssrc: number | null = null;
  #baseExtended = 0;
  #highestExtended = 0;
  #receivedOfSource = 0;
  #received = 0;
  #lostBefore = 0;
  #jitterTicks = 0;
  #lastTransit: number | null = null;
  #lastTimestamp: number | null = null;
  #expectedAtReport = 0;
  #receivedAtReport = 0;

  /** Takes one valid packet that arrived at `arrivalMs` (monotonic). */
  add(packet: RtpPacket, arrivalMs: number): void {
    this.#received += 1;
    const step = sequenceDifference(packet.sequenceNumber, this.#highestExtended & 0xffff);
    if (packet.ssrc !== this.#ssrc || Math.abs(step) > LARGEST_JUMP) this.#begin(packet);
    else if (step > 0) this.#highestExtended += step;
    this.#receivedOfSource += 1;
    this.#updateJitter(packet, arrivalMs);
  }

  get packetsReceived(): number {
    return this.#received;
  }

  /** expected minus received, over all sources so far; duplicates make it smaller (RFC 3550 §6.4.1), never negative */
  get packetsLost(): number {
    return this.#lostBefore + Math.max(0, this.#expected() - this.#receivedOfSource);
  }

  get interarrivalJitterMs(): number {
    return this.#jitterTicks / TICKS_PER_MS;
  }

  /** The numbers of a report block; the fraction runs from the previous call. */
  takeReport(): {
    ssrc: number;
    fractionLost: number;
    packetsLost: number;
    highestSequence: number;
    jitter: number;
  } | null {
    if (this.#ssrc === null) return null;
    const expected = this.#expected() - this.#expectedAtReport;
    const received = this.#receivedOfSource - this.#receivedAtReport;
    const lost = Math.max(0, expected - received);
    this.#expectedAtReport = this.#expected();
    this.#receivedAtReport = this.#receivedOfSource;
    return {
      ssrc: this.#ssrc,
      fractionLost: expected <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / expected)),
      packetsLost: this.packetsLost,
      highestSequence: this.#highestExtended >>> 0,
      jitter: Math.floor(this.#jitterTicks),
    };
  }

  #begin(packet: RtpPacket): void {
    if (this.#ssrc !== null) this.#lostBefore = this.packetsLost;
    this.#ssrc = packet.ssrc;
    this.#baseExtended = packet.sequenceNumber;
    this.#highestExtended = packet.sequenceNumber;
    this.#receivedOfSource = 0;
    this.#expectedAtReport = 0;
    this.#receivedAtReport = 0;
    this.#lastTransit = null;
    this.#lastTimestamp = null;
  }

  #expected(): number {
    return this.#ssrc === null ? 0 : this.#highestExtended - this.#baseExtended + 1;
  }

  #updateJitter(packet: RtpPacket, arrivalMs: number): void {
    // repeats of one timestamp are telephone events: they say nothing of the network
    if (packet.rtpTimestamp === this.#lastTimestamp) return;
    this.#lastTimestamp = packet.rtpTimestamp;
    const transit = Math.round(arrivalMs * TICKS_PER_MS) - packet.rtpTimestamp;
    if (this.#lastTransit !== null) {
      const variation = Math.abs(timestampDifference(transit, this.#lastTransit));
      this.#jitterTicks += (variation - this.#jitterTicks) / 16;
    }
    this.#lastTransit = transit;
  }
}
