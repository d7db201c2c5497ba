import type { RtpPacket } from './rtp-packet.ts';

const FRAME_TICKS = 160;

/**
 * The clocked source of an agent line: one SSRC, sequence +1, timestamp +160, for the line's whole life. Only a stall of
 * this process moves the timestamp further, by the frames that were skipped: a browser takes a clock that stood still
 * for late packets, and half a second of delay would stay.
 */
export class LineSender {
  readonly #ssrc: number;
  readonly #payloadType: number;
  #sequenceNumber: number;
  #rtpTimestamp: number;
  #packets = 0;

  constructor(options: {
    ssrc: number;
    payloadType: number;
    firstSequenceNumber: number;
    firstTimestamp: number;
  }) {
    this.#ssrc = options.ssrc;
    this.#payloadType = options.payloadType;
    this.#sequenceNumber = options.firstSequenceNumber & 0xffff;
    this.#rtpTimestamp = options.firstTimestamp >>> 0;
  }

  get ssrc(): number {
    return this.#ssrc;
  }

  get packetsSent(): number {
    return this.#packets;
  }

  /** where the next frame will begin, in clock ticks */
  get rtpTimestamp(): number {
    return this.#rtpTimestamp;
  }

  /** The packet of this tick. @param skippedFrames ticks that a stall swallowed before it */
  next(payload: Uint8Array, skippedFrames = 0): RtpPacket {
    this.#rtpTimestamp = (this.#rtpTimestamp + skippedFrames * FRAME_TICKS) >>> 0;
    const packet: RtpPacket = {
      marker: this.#packets === 0,
      payloadType: this.#payloadType,
      sequenceNumber: this.#sequenceNumber,
      rtpTimestamp: this.#rtpTimestamp,
      ssrc: this.#ssrc,
      payload,
    };
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    this.#rtpTimestamp = (this.#rtpTimestamp + FRAME_TICKS) >>> 0;
    this.#packets += 1;
    return packet;
  }
}
