import { type RtpPacket, timestampDifference } from './rtp-packet.ts';
import { TelephoneEventEncoder } from './telephone-event-encoder.ts';

const FRAME_TICKS = 160;
const TICKS_PER_MS = 8;
/** a clocked frame waits for the next tick while the stream is so far ahead of the clock */
const AHEAD_TICKS = 80;
/** after the agent's own packets the clock takes over only when the stream is not ahead at all */
const HANDOVER_AHEAD_TICKS = 8;
/** behind by so much (this process stalled) the timestamp follows real time */
const BEHIND_TICKS = 480;
/** silence of the page that is filled by the clock */
const PAGE_STALL_MS = 60;
const PAGE_RESTART_TICKS = 8_000;
const LATE_PACKETS_BEFORE_REBASE = 25;

/**
 * What a trunk leg sends: one SSRC and sequence over the whole call, whatever feeds it.
 *
 * - `frame`: the 20 ms clock (silence, music, prompts, digits), or a stand-in when the page is late;
 * - `agentPacket`: the page's own packets, passed on at once with the page's timestamp steps.
 *
 * Both write to one time line. Passing on costs no delay and the carrier's jitter buffer sees the page's own spacing.
 */
export class TrunkSender {
  readonly #ssrc: number;
  #sequenceNumber: number;
  #nextTimestamp: number;
  #anchor: { atMs: number; timestamp: number } | null = null;
  #source: { ssrc: number; offset: number } | null = null;
  #sourceEvent: { from: number; to: number } | null = null;
  #lastAgentMs = Number.NEGATIVE_INFINITY;
  #handover = false;
  #latePackets = 0;
  #marker = true;
  #packets = 0;
  #octets = 0;
  readonly #digits = new TelephoneEventEncoder();

  constructor(options: { ssrc: number; firstSequenceNumber: number; firstTimestamp: number }) {
    this.#ssrc = options.ssrc;
    this.#sequenceNumber = options.firstSequenceNumber & 0xffff;
    this.#nextTimestamp = options.firstTimestamp >>> 0;
  }

  get ssrc(): number {
    return this.#ssrc;
  }
  get packetsSent(): number {
    return this.#packets;
  }
  get octetsSent(): number {
    return this.#octets;
  }
  get rtpTimestamp(): number {
    return this.#nextTimestamp;
  }

  /** Queues digits as telephone-events; they go out with the following frames. */
  enqueueDigits(digits: string): void {
    this.#digits.enqueue(digits);
  }

  /** The agent no longer feeds this leg: its next packet, if any, finds its place anew. */
  releaseAgent(): void {
    this.#source = null;
    this.#lastAgentMs = Number.NEGATIVE_INFINITY;
  }

  /**
   * The clock's turn. @param audio what to send if it is the clock that feeds the leg; null = the agent does, and the
   * clock only stands in
   */
  frame(
    frameMs: number,
    audio: Uint8Array | null,
    payloadTypes: { audio: number; telephoneEvent: number | null; silence: Uint8Array },
  ): RtpPacket | null {
    if (this.#digits.busy && payloadTypes.telephoneEvent !== null) {
      return this.#eventFrame(frameMs, payloadTypes.telephoneEvent);
    }
    if (audio === null && frameMs - this.#lastAgentMs < PAGE_STALL_MS) return null;
    const aheadTicks = this.#aheadOf(frameMs);
    if (aheadTicks > (this.#handover ? HANDOVER_AHEAD_TICKS : AHEAD_TICKS)) return null;
    if (aheadTicks < -BEHIND_TICKS) this.#jump(-aheadTicks);
    if (this.#handover || this.#anchor === null) this.#anchorAt(frameMs, this.#nextTimestamp);
    this.#handover = false;
    return this.#emitAudio(payloadTypes.audio, audio ?? payloadTypes.silence);
  }

  /** Audio of the agent's page, already in the leg's codec. @returns null when it came too late */
  agentPacket(packet: RtpPacket, nowMs: number, payloadType: number): RtpPacket | null {
    if (this.#digits.busy || packet.payload.length === 0) return null;
    const timestamp = this.#placeOf(packet);
    const lead = timestampDifference(timestamp, this.#nextTimestamp);
    this.#lastAgentMs = nowMs;
    if (lead < 0) {
      this.#latePackets += 1;
      return null;
    }
    this.#latePackets = 0;
    this.#nextTimestamp = timestamp;
    this.#handover = true;
    this.#anchorAt(nowMs, timestamp);
    return this.#emitAudio(payloadType, packet.payload);
  }

  /** A telephone-event packet of the page: its own way past every queue. */
  agentEvent(packet: RtpPacket, duration: number, nowMs: number, payloadType: number): RtpPacket {
    if (this.#sourceEvent?.from !== packet.rtpTimestamp) {
      const place = this.#placeOf(packet);
      const lead = timestampDifference(place, this.#nextTimestamp);
      this.#sourceEvent = { from: packet.rtpTimestamp, to: lead < 0 ? this.#nextTimestamp : place };
    }
    const timestamp = this.#sourceEvent.to;
    const end = (timestamp + duration) >>> 0;
    if (timestampDifference(end, this.#nextTimestamp) > 0) this.#nextTimestamp = end;
    this.#lastAgentMs = nowMs;
    this.#handover = true;
    this.#anchorAt(nowMs, this.#nextTimestamp);
    return this.#emit({
      payloadType,
      rtpTimestamp: timestamp,
      marker: packet.marker,
      payload: packet.payload,
    });
  }

  /** where the page's timestamp falls on our time line */
  #placeOf(packet: RtpPacket): number {
    if (this.#source?.ssrc === packet.ssrc && this.#latePackets < LATE_PACKETS_BEFORE_REBASE) {
      const timestamp = (packet.rtpTimestamp + this.#source.offset) >>> 0;
      const lead = timestampDifference(timestamp, this.#nextTimestamp);
      if (Math.abs(lead) <= PAGE_RESTART_TICKS) return timestamp;
    }
    this.#latePackets = 0;
    this.#source = { ssrc: packet.ssrc, offset: this.#nextTimestamp - packet.rtpTimestamp };
    return this.#nextTimestamp;
  }

  #eventFrame(frameMs: number, payloadType: number): RtpPacket | null {
    const event = this.#digits.nextFrame();
    const now = this.#nextTimestamp;
    this.#nextTimestamp = (now + FRAME_TICKS) >>> 0;
    this.#anchorAt(frameMs, now);
    this.#lastAgentMs = frameMs;
    if (!event) return null;
    return this.#emit({
      payloadType,
      rtpTimestamp: (now - event.framesSinceStart * FRAME_TICKS) >>> 0,
      marker: event.marker,
      payload: event.payload,
    });
  }

  #aheadOf(nowMs: number): number {
    if (!this.#anchor) return 0;
    const elapsed = Math.round((nowMs - this.#anchor.atMs) * TICKS_PER_MS);
    return timestampDifference(this.#nextTimestamp, this.#anchor.timestamp) - elapsed;
  }

  #anchorAt(atMs: number, timestamp: number): void {
    this.#anchor = { atMs, timestamp };
  }

  #jump(ticks: number): void {
    const frames = Math.round(ticks / FRAME_TICKS);
    this.#nextTimestamp = (this.#nextTimestamp + frames * FRAME_TICKS) >>> 0;
    this.#marker = true;
  }

  #emitAudio(payloadType: number, payload: Uint8Array): RtpPacket {
    const packet = this.#emit({
      payloadType,
      rtpTimestamp: this.#nextTimestamp,
      marker: this.#marker,
      payload,
    });
    this.#marker = false;
    this.#nextTimestamp = (this.#nextTimestamp + payload.length) >>> 0;
    return packet;
  }

  #emit(fields: Omit<RtpPacket, 'ssrc' | 'sequenceNumber'>): RtpPacket {
    const packet = { ...fields, ssrc: this.#ssrc, sequenceNumber: this.#sequenceNumber };
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    this.#packets += 1;
    this.#octets += fields.payload.length;
    return packet;
  }
}
