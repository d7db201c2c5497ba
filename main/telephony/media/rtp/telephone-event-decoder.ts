import type { RtpPacket } from './rtp-packet.ts';
import { timestampDifference } from './rtp-packet.ts';
import { digitOfEvent, parseTelephoneEvent } from './telephone-event.ts';

const TICKS_PER_MS = 8;
/** end packets may all be lost: the event is over when its packets stop (RFC 4733 §2.5.1.2 repeats every 20-50 ms) */
const SILENT_END_MS = 120;

export interface DecodedDigit {
  digit: string;
  durationMs: number;
}

interface OpenEvent {
  rtpTimestamp: number;
  event: number;
  duration: number;
  lastPacketMs: number;
}

/**
 * Digits out of telephone-event packets: each digit once, at its end, however often packets repeat or are lost.
 * A long event is continued with a new timestamp (§2.5.1.3) only after duration 0xFFFF, which no key press reaches.
 */
export class TelephoneEventDecoder {
  #open: OpenEvent | null = null;
  #lastClosedTimestamp: number | null = null;

  /** @returns the digit that this packet ended, and one that a new event ended before it */
  add(packet: RtpPacket, nowMs: number): DecodedDigit[] {
    const event = parseTelephoneEvent(packet.payload);
    if (!event || this.#isOld(packet.rtpTimestamp)) return [];
    const digits: DecodedDigit[] = [];
    if (this.#open && this.#open.rtpTimestamp !== packet.rtpTimestamp)
      digits.push(...this.#close());
    const open = this.#open ?? {
      rtpTimestamp: packet.rtpTimestamp,
      event: event.event,
      duration: 0,
      lastPacketMs: nowMs,
    };
    this.#open = open;
    open.duration = Math.max(open.duration, event.duration);
    open.lastPacketMs = nowMs;
    if (event.end) digits.push(...this.#close());
    return digits;
  }

  /** Ends an event whose end packets were lost; call it every frame. */
  tick(nowMs: number): DecodedDigit[] {
    if (!this.#open || nowMs - this.#open.lastPacketMs < SILENT_END_MS) return [];
    return this.#close();
  }

  #isOld(rtpTimestamp: number): boolean {
    if (this.#lastClosedTimestamp === null) return false;
    const step = timestampDifference(rtpTimestamp, this.#lastClosedTimestamp);
    // far back is a sender that began anew
    return step <= 0 && step > -80_000;
  }

  #close(): DecodedDigit[] {
    const open = this.#open;
    this.#open = null;
    if (!open) return [];
    this.#lastClosedTimestamp = open.rtpTimestamp;
    const digit = digitOfEvent(open.event);
    return digit === null ? [] : [{ digit, durationMs: Math.round(open.duration / TICKS_PER_MS) }];
  }
}
